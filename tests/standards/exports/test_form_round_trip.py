import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from red_mpe.core.text import clean
from standards.exports.commenting import FORM_FORMATS
from standards.readers.commenting import read_form

NASTY = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="=+-@'\t\n\r ;,\"|_x0041D\u202e\u200b\u00a0\ufeff\ufffe😀𝔸ñg̃&<>\x00\x0b\x1f\x85\u2028\\", max_size=30),
    st.sampled_from(
        [
            "=1+1",
            "'=1",
            "''",
            "_x000D_",
            "_x005F_x000D_",
            "]]>",
            "&amp;",
            "<w:t>",
            " lead and trail ",
            "\t\t",
            "a\r\nb\rc\n",
            '"',
            '""',
            "-",
        ]
    ),
)


def normal(text):
    return clean(text).strip()


def stored(text):
    """What the platform keeps of a text, which is what it writes out again."""
    return clean(text)


@pytest.mark.parametrize("code", sorted(FORM_FORMATS))
@settings(max_examples=150, deadline=None)
@given(rows=st.lists(st.tuples(NASTY, NASTY, NASTY), min_size=1, max_size=5))
@example(rows=[("=1", "'=cmd|' /C calc'!A0", "_x0041_")])
@example(rows=[("\u202eabc\u202c", "𝔸😀\U0010ffff", " \n\t x \n")])
def test_no_character_is_lost(code, rows):
    lines = [("PE-PRO C-M-R1-00001", "", f"1.{number}", "", "te", *map(stored, words)) for number, words in enumerate(rows)]
    form = read_form(FORM_FORMATS[code].write(lines, title="Ronda", language="es"))
    assert [row.clause for row in form.rows] == [f"1.{number}" for number in range(len(rows))]
    got = [tuple(map(normal, (row.comment, row.proposed, row.observation))) for row in form.rows]
    assert got == [tuple(map(normal, words)) for words in rows]
    assert {(row.mb, row.kind) for row in form.rows} == {("PE-PRO C-M-R1-00001", "te")}
