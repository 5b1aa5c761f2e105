import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards.readers import ReaderError, markdown, read_document
from standards.readers.text import clean


def attempt(data):
    """Read bytes; None when they are refused, any other error is a bug."""
    try:
        return read_document(data, "a.md")
    except ReaderError:
        return None


TREE = st.lists(st.lists(st.integers(0, 4), min_size=1, max_size=4), min_size=1, max_size=4)


@given(TREE)
def test_written_tree_is_read_back(tree):
    lines, expected = [], []
    for first, criteria in enumerate(tree, 1):
        lines.append(f"## {first}. Principio\n")
        expected.append(f"{first}")
        for second, count in enumerate(criteria, 1):
            lines.append(f"### {first}.{second} Criterio\n")
            numbers = [f"{first}.{second}.{third}" for third in range(1, count + 1)]
            lines += [f"{number} La operación debe cumplir.\n" for number in numbers]
            expected += [f"{first}.{second}", *numbers]
    outline = read_document("\n".join(lines).encode(), "a.md")
    assert [entry.label for entry in outline.walk()] == expected
    assert outline.problems == []


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text):
    outline = attempt(text.encode("utf-8", "replace"))
    assert outline is None or outline.entries or "no_entries" in [problem.code for problem in outline.problems]


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data):
    outline = attempt(data)
    assert outline is None or all(entry.label for entry in outline.walk())


@given(st.text(st.characters(categories=["L", "Zs"]), min_size=1, max_size=60))
def test_text_of_a_clause_stays_as_written(text):
    text = " ".join(clean(text)[0].split()) or "x"
    assert read_document(f"## 1.1.1 Título\n\nEl {text}.\n".encode(), "a.md").entries[0].text == f"El {text}."


def test_headings_bold_and_typed_numbers_are_clauses(read, labels):
    outline = read(
        "# Marco\n\n## 1. Uno\n\n### Criterio 1.1: Dos\n\n1.1.1 La operación\nsigue aquí.\n1.1.2 Otra.\n\n"
        "**1.1.3** debe.\n\n- **1.1.4** Más.\n"
    )
    assert labels(outline) == ["1", "1.1", "1.1.1", "1.1.2", "1.1.3", "1.1.4"]
    assert [entry.line for entry in outline.walk()] == [3, 5, 7, 9, 11, 13]
    assert outline.title == "Marco"


def test_lists_tables_and_code_are_kept_as_written(read):
    text = "- a\n  1. b\n\n     más\n- c\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n```\n# no\n```\n\n> cita"
    assert read(f"## 1.1 Título\n\n{text}\n\n---\n\nfin").entries[0].text == text + "\n\nfin"


def test_ordered_lists_are_clauses_when_nothing_else_is(read):
    outline = read("1. Gobernanza\n   1. Ley.\n   2. Pagos.\n\n      Con recibo.\n2. Agua\n   - sin número\n")
    assert [(entry.label, entry.level) for entry in outline.walk()] == [
        ("1", "principle"),
        ("1.1", "criterion"),
        ("1.2", "criterion"),
        ("2", "principle"),
    ]
    assert (outline.entries[0].children[1].text, outline.entries[1].text) == ("Pagos.\n\nCon recibo.", "- sin número")


def test_ordered_list_before_its_chain_is_a_clause(read, labels):
    assert labels(read("1. Gobernanza\n\n1.1 La operación cumple.\n\n2. Agua\n\n2.1 La operación mide.\n")) == ["1", "1.1", "2", "2.1"]


def test_plain_text_with_indents_is_read(read, labels):
    assert labels(read("1 GOBERNANZA\n    1.1 La operación cumple.\n    1.2 Otra.\n\n    1.3 Otra más.\n")) == ["1", "1.1", "1.2", "1.3"]


def test_footnotes_follow_the_clause_that_calls_them(read):
    outline = read("## 1.1 Título\n\nUno[^a] y [^x].\n\n## 1.2 Otro\n\nDos.[^b]\n\n[^a]: Nota uno\n  que sigue\n[^b]: Nota dos\n")
    assert [entry.text for entry in outline.entries] == ["Uno[^a] y [^x].\n\n[^a]: Nota uno que sigue", "Dos.[^b]\n\n[^b]: Nota dos"]


def test_front_matter_gives_the_title(read, labels):
    outline = read("---\ntitle: 'Marco'\nlang: es\n---\n## 1 Uno\n")
    assert (outline.title, labels(outline), outline.entries[0].line) == ("Marco", ["1"], 5)


def test_rules_without_a_title_are_no_front_matter(read):
    assert read("---\n## 1 Uno\n").title == "prueba"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_are_recognised(encoding, end):
    outline = read_document(f"## 1 Niñez{end}{end}Corazón{end}".encode(encoding), "a.txt")
    assert (outline.entries[0].heading, outline.entries[0].text, outline.problems) == ("Niñez", "Corazón", [])


def test_windows_text_is_read_and_said(codes):
    outline = read_document("## 1 Niñez «sí»".encode("cp1252") + b"\x81", "a.txt")
    assert (outline.entries[0].heading[:10], codes(outline)) == ("Niñez «sí»", ["encoding_guessed"])


@pytest.mark.parametrize("data", [b"ab\0cd", b"a\0" * 8 + b"\0\0", b"\xff\xfea", b"a\0\0\xd8a\0"])
def test_bytes_that_are_no_text_are_refused(data):
    with pytest.raises(ReaderError) as refusal:
        read_document(data, "a.txt")
    assert refusal.value.code == "not_a_document"


def test_removed_characters_and_tags_are_reported_with_their_line(read):
    outline = read("## 1 Uno\n\nabc\u202edef <https://example.org>\n\n<script>x</script>\n\no" + "\u0336" * 50)
    assert [(problem.code, problem.line) for problem in outline.problems] == [
        ("control_characters", 3),
        ("html_in_text", 5),
        ("combining_marks", 7),
    ]


def test_text_of_too_many_lines_is_refused(monkeypatch):
    monkeypatch.setattr(markdown, "LINE_LIMIT", 3)
    with pytest.raises(ReaderError, match="more than 3"):
        read_document(b"a\n" * 5, "a.txt")


def test_text_of_too_many_bytes_is_refused(monkeypatch):
    monkeypatch.setattr(markdown, "SIZE_LIMIT", 3)
    with pytest.raises(ReaderError, match="weighs more than"):
        read_document(b"1.1 Texto", "a.txt")


@pytest.mark.parametrize("piece", ["<a", "[^", "**", "1.", "~", "(", "title: ", "\n[^x]:", "_a"])
def test_repeated_signs_take_no_more_than_a_moment(piece):
    started = time.perf_counter()
    read_document(("---\n" + piece * 20_000).encode(), "a.md")
    assert time.perf_counter() - started < 5
