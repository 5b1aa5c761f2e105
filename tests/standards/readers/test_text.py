import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from standards.readers.inline import Piece, safe_link, to_markdown
from standards.readers.text import clean, escape, escape_starts, footnote_marks, parser, plain, visible

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cf"]), max_size=40)
SIGNS = st.text(st.sampled_from(list("ab 1.)(*_#-+=>|~:`[]!&;<\\/x")), max_size=30)
PIECES = st.lists(
    st.builds(Piece, st.one_of(WORDS, SIGNS), st.booleans(), st.booleans(), st.sampled_from(["", "https://example.org/a"])), max_size=4
)


def seen(markdown):
    """What a browser would show of a whole text, on one line."""
    tokens = parser().parse(markdown)
    return " ".join(" ".join(visible(token.content) for token in tokens if token.type == "inline").split())


@given(st.one_of(WORDS, SIGNS))
@example("1. no es una lista")
@example("--- | ---")
@example("&amp; y &#60;")
def test_escaped_text_is_shown_as_written(text):
    text, _ = clean(text)
    assert seen(to_markdown([Piece(text)])) == " ".join(text.split())


@settings(max_examples=300)
@given(PIECES)
def test_pieces_show_all_their_characters_and_no_marks(pieces):
    text = "".join(piece.text for piece in pieces)
    assert seen(to_markdown(pieces)) == " ".join(text.split())


@given(st.text())
def test_cleaning_twice_changes_nothing(text):
    once, _ = clean(text)
    assert clean(once) == (once, [])


def test_clean_removes_direction_marks_and_says_so():
    assert clean("abc\u202edef\u2066") == ("abcdef", ["control_characters"])


def test_clean_cuts_a_heap_of_combining_marks():
    text, lost = clean("o" + "\u0336" * 10_000 + "k")
    assert (len(text), lost) == (6, ["combining_marks"])


def test_clean_composes_and_drops_invisible_characters_quietly():
    assert clean("nin\u0303ez\u00ad\u200b\r\nfin\rya") == ("niñez\nfin\nya", [])


def test_bold_and_italic_keep_their_spaces_outside():
    pieces = [Piece("La "), Piece("operación ", bold=True), Piece("debe", italic=True), Piece(" pagar", bold=True, italic=True)]
    assert to_markdown(pieces) == "La **operación** *debe* ***pagar***"


def test_neighbours_of_one_look_are_joined():
    assert to_markdown([Piece("mer", bold=True), Piece("cu", bold=True), Piece("rio", bold=True)]) == "**mercurio**"


def test_marks_that_would_be_shown_are_given_up():
    assert to_markdown([Piece("«nota:»", bold=True), Piece("texto")]) == "«nota:»texto"


def test_link_keeps_words_and_address():
    assert to_markdown([Piece("la [ley]", link="https://example.org/a")]) == "[la \\[ley\\]](https://example.org/a)"


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://example.org/a(b) c", "https://example.org/a%28b%29%20c"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("https://example.org/<script>", ""),
    ],
)
def test_only_web_and_mail_links_are_safe(address, kept):
    assert safe_link(address) == kept


def test_line_breaks_are_kept_and_their_starts_escaped():
    assert to_markdown([Piece("uno \n # dos\n3. tres")]) == "uno\\\n\\# dos\\\n3\\. tres"


def test_escape_starts_leaves_ordinary_numbers():
    assert escape_starts("2.3.1 Texto\n12 de mayo") == "2.3.1 Texto\n12 de mayo"


def test_plain_drops_marks_and_footnote_signs():
    assert plain("La **ley**[^1] dice\nesto") == "La ley dice esto"


def test_footnote_marks_are_listed_once():
    assert footnote_marks("a[^1] b[^nota] c[^1]") == ["1", "nota"]


def test_escape_leaves_a_lone_ampersand():
    assert escape("A & B") == "A & B"
