import io
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn

from red_mpe.core.blocks import blocks
from red_mpe.core.sheets.archives import CORE, repacked
from standards.exports.word import BESIDE, OWN_LIST, OWN_TEXT, add_beside, add_blocks, new_document, saved


def written(markdown, **more):
    document = new_document(title="", lang="es")
    add_blocks(document, blocks(markdown), **more)
    return Document(io.BytesIO(saved(document)))


def styles(document):
    return [paragraph.style.name for paragraph in document.paragraphs]


def runs(markdown):
    return written(markdown).paragraphs[0].runs


@pytest.mark.parametrize(("markdown", "look"), [("**a**", "bold"), ("*a*", "italic")])
def test_emphasis_is_a_look_of_the_run(markdown, look):
    assert getattr(runs(markdown)[0], look) is True


def test_struck_words_are_struck():
    assert runs("~~a~~")[0].font.strike is True


def test_code_has_its_own_font():
    assert runs("`a`")[0].font.name == "Courier New"
    assert written("    a").paragraphs[0].runs[0].font.name == "Courier New"


def test_link_leads_outside():
    [link] = written("[a](https://a.example/) b").paragraphs[0].hyperlinks
    assert (link.text, link.url) == ("a", "https://a.example/")


def test_words_after_a_link_stay_after_it():
    assert written("[a](https://a.example/) b [c](https://c.example/)").paragraphs[0].text == "a b c"


def test_line_break_is_a_break():
    assert written("a\\\nb").paragraphs[0].text == "a\nb"


def test_lists_have_their_styles_by_depth():
    assert styles(written("- a\n  - b\n    - c\n      - d")) == ["List Bullet", "List Bullet 2", "List Bullet 3", "List Bullet 3"]


def test_numbered_list_has_a_style_that_our_reader_knows():
    assert styles(written("1. a\n   1. b")) == [OWN_LIST, f"{OWN_LIST} 2"]


def test_list_that_begins_with_a_table_keeps_both():
    document = written("- | A |\n  |---|\n  | 1 |")
    assert (len(document.tables), styles(document)) == (1, ["List Bullet"])


def test_words_like_a_label_have_a_style_that_our_reader_knows():
    assert styles(written("2.1 a")) == [OWN_TEXT]


def test_beside_the_text_everything_has_one_style():
    document = written("- a\n\n1. b\n\n> c\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n---", style=BESIDE)
    assert set(styles(document)) == {BESIDE}
    assert [paragraph.text for paragraph in document.paragraphs] == ["• a", "1. b", "c", "A | B", "1 | 2", ""]


def test_quote_has_its_style():
    assert styles(written("> a")) == ["Quote"]


def test_table_repeats_its_head():
    [table] = written("| A |\n|---|\n| 1 |").tables
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_document_is_in_its_language():
    data = saved(new_document(title="T", lang="pt"))
    assert 'w:val="pt-BR"' in zipfile.ZipFile(io.BytesIO(data)).read("word/styles.xml").decode()


@pytest.mark.parametrize(("landscape", "wide"), [(False, False), (True, True)])
def test_page_lies_or_stands(landscape, wide):
    section = new_document(title="", lang="es", landscape=landscape).sections[0]
    assert (section.page_width > section.page_height) == wide


def test_same_document_has_the_same_bytes():
    assert saved(new_document(title="T", lang="en")) == saved(new_document(title="T", lang="en"))


def test_beside_has_a_name_and_words():
    document = new_document(title="", lang="es")
    assert add_beside(document, "Tema", "Agua").text == "Tema Agua"
    assert add_beside(document, "", "Agua").text == "Agua"
    assert add_beside(document, "Tema").runs[0].bold


def test_archive_without_a_member_lacks_it():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("b", "a", CORE):
            archive.writestr(name, name)
    again = zipfile.ZipFile(io.BytesIO(repacked(out.getvalue(), {"a": "other"}, without=frozenset("b"))))
    assert (again.namelist(), again.read("a")) == (["a", CORE], b"other")
    assert again.read(CORE) != b"b"
