"""People's words stay theirs, and do no harm."""

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from red_mpe.core.text import changes, clean, clean_line, excerpt, markdown, marked, plain, redline, trusted

BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"


def test_clean_keeps_lines_and_tabs_and_drops_controls():
    assert clean("uno\r\ndos\rtres\tcuatro\x00\x07\x85\u2028\ufeff") == "uno\ndos\ntres\tcuatro"


def test_clean_composes_letters_also_across_a_control():
    assert clean("nin\x00\u0303a") == "ni\u00f1a"


def test_clean_leaves_text_of_living_languages_alone():
    for words in ("Niñez, João, Québec", "Tiếng Việt", "क्षेत्र", "မြွှေး", "ภาษาไทย", "👩🏽‍🌾 ❤️ 1️⃣"):
        words = unicodedata.normalize("NFC", words)
        assert clean(words) == words


@pytest.mark.parametrize("mark", ["\u0301", "\u0489", "\u20dd", "\u0e47", "\u0301\u034f", "\u0301\u200d"])
def test_clean_cuts_a_tower_of_marks(mark):
    tower = clean("a" + mark * 10_000)
    assert sum(unicodedata.category(letter).startswith("M") for letter in tower) <= 8


def test_clean_takes_ten_thousand_marks_in_a_moment():
    start = time.perf_counter()
    clean("a" + "\u0301\u0302" * 100_000)
    assert time.perf_counter() - start < 2


@settings(deadline=None)
@given(st.text())
def test_clean_done_twice_changes_nothing_more(text):
    once = clean(text)
    assert clean(once) == once == unicodedata.normalize("NFC", once)


@settings(deadline=None)
@given(st.text())
def test_clean_line_done_twice_changes_nothing_more(text):
    once = clean_line(text)
    assert clean_line(once) == once
    assert not set(once) & set(BIDI + "\n\r\x00")


def test_clean_line_is_one_line_without_directions():
    assert clean_line(f"  Rosa {BIDI}\n Quispe\t") == "Rosa Quispe"


@pytest.mark.parametrize(
    "nasty",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt&colon;alert(1))",
        "[a](data:text/html;base64,PHN2Zz4=)",
        "<javascript:alert(1)>",
        "![a](https://example.org/x.png)",
        "<a href='javascript:x' onclick='x'>a</a>",
        "<svg/onload=alert(1)>",
    ],
)
@pytest.mark.parametrize("rich", [False, True])
def test_markdown_never_lets_code_through(nasty, rich):
    html = markdown(nasty, rich=rich)
    for sign in ("<script", "<img", "<svg", 'href="javascript', 'href="data', "<a onclick"):
        assert sign not in html.lower()


def test_markdown_marks_links_of_strangers():
    html = markdown("[agua](https://example.org) y [correo](mailto:a@example.org)")
    assert html.count('rel="nofollow noopener ugc"') == 2


def test_markdown_of_a_comment_has_no_headings_and_keeps_line_breaks():
    assert markdown("# No\nsigue") == "<p># No<br>\nsigue</p>"


def test_markdown_of_a_framework_has_tables_and_no_breaks():
    html = markdown("uno\ndos\n\n| a |\n|---|\n| b |", rich=True)
    assert "<table>" in html
    assert "<br" not in html


@settings(deadline=None)
@given(st.text(alphabet="<>&\"'[]()!`*_#|-: \nabjavscript/=", max_size=120))
def test_markdown_of_anything_has_only_known_tags(text):
    html = markdown(text)
    assert "<script" not in html
    assert "javascript:" not in html.replace("&quot;", "").split("href=")[-1][:12] or "href=" not in html


def test_trusted_and_marked_escape_as_promised():
    assert trusted("<p>a</p>") == "<p>a</p>"
    assert marked("<b>\x02oro\x03", "\x02", "\x03") == "&lt;b&gt;<mark>oro</mark>"


def test_plain_gives_words_back():
    assert plain(markdown('**Agua** & "río" <x>\n\n- uno')) == 'Agua & "río" <x> uno'


def test_excerpt_cuts_between_words():
    assert excerpt("uno dos tres, cuatro", 14) == "uno dos tres…"
    assert excerpt(" corto  y\nclaro ", 40) == "corto y claro"


def test_excerpt_of_one_long_word_is_cut_hard():
    assert excerpt("a" * 50, 10) == "a" * 10 + "…"


def test_excerpt_turns_no_line_round():
    assert excerpt("a\u202eoro") == "aoro"


def test_redline_shows_words_gone_and_new():
    assert redline("El agua es limpia", "El río es limpio") == ("El <del>agua</del><ins>río</ins> es <del>limpia</del><ins>limpio</ins>")


def test_redline_escapes_and_breaks_lines():
    assert redline("", "<b>\nx") == "<ins>&lt;b&gt;<br>x</ins>"


def test_redline_shows_no_other_words_than_those_proposed():
    assert "\u202e" not in redline("oro", "oro \u202elimpio")


@settings(deadline=None)
@given(st.text(max_size=80), st.text(max_size=80))
def test_changes_rebuild_both_texts(before, after):
    found = changes(before, after)
    assert "".join(words for sign, words in found if sign <= 0) == before
    assert "".join(words for sign, words in found if sign >= 0) == after


def test_changes_of_two_long_texts_end_in_time():
    before, after = (" ".join(f"{letter}{n * n % 3001}" for n in range(4000)) for letter in "ab")
    start = time.perf_counter()
    changes(before, after)
    assert time.perf_counter() - start < 8
