import io
import json
import re
import zipfile

import pytest
from django.utils import translation
from docx import Document

from red_mpe.core.blocks import blocks, words
from standards.exports.versions import ALL, FORMATS, file_name, write_version
from standards.exports.versions.labels import printed
from standards.models import ClauseText, Erratum, Version
from standards.readers import read_document
from tests.support.frameworks import make_clause
from tests.support.pdf import letters, unpacked
from tests.support.queries import flat
from tests.support.versions import demo_version

WORDS = {"annex": "Anexo", "part": "Parte"}


def file(version, format, language="es"):
    return write_version(version, language=language, format=FORMATS[format])[0]


def outline(version, format, language="es"):
    return read_document(file(version, format, language), f"x.{format}")


@pytest.fixture
def demo(db):
    return demo_version()


@pytest.mark.parametrize("format", ["docx", "md"])
def test_labels_come_back(version, format):
    assert [entry.label for entry in outline(version, format).walk()] == ["2", "2.1", "2.2"]


@pytest.mark.parametrize("format", ["docx", "md"])
@pytest.mark.parametrize("language", ["es", "en", "pt-br"])
def test_every_label_and_heading_of_a_real_framework_comes_back(demo, format, language):
    column = {"pt-br": "pt"}.get(language, language)
    rows = demo.texts.order_by("position").values_list("label", f"title_{column}")
    assert [(entry.label, entry.heading) for entry in outline(demo, format, language).walk()] == [(label, title) for label, title in rows]


@pytest.mark.parametrize("format", ["docx", "md"])
def test_words_come_back_and_what_stands_beside_them_stays_out(demo, format):
    found = {entry.label: words(blocks(entry.text)) for entry in outline(demo, format).walk()}
    assert found == {label: words(blocks(text)) for label, text in demo.texts.values_list("label", "text_es")}


@pytest.mark.parametrize("format", ["docx", "md"])
def test_reader_says_that_what_stands_beside_was_left_out(version, format):
    assert "beside_left_out" in [problem.code for problem in outline(version, format).problems]


@pytest.mark.parametrize("format", ["docx", "md"])
@pytest.mark.parametrize("text", ["3.4 no es una cláusula.\n\nSigue.", "Uno.\n\n1. a\n2. b", "Anexo II: dice", "2. 2"])
def test_text_that_looks_like_a_clause_begins_none(version, format, text):
    ClauseText.objects.filter(version=version, label="2.1").update(text_es=text)
    assert [entry.label for entry in outline(version, format).walk()] == ["2", "2.1", "2.2"]


@pytest.mark.parametrize(
    ("label", "parent", "typed"),
    [
        ("2.3.1", "2.3", "2.3.1"),
        ("2.3.1.a", "2.3.1", "a)"),
        ("A-II", "", "Anexo II."),
        ("P-IV", "", "Parte IV."),
        ("D", "", "Anexo D."),
        ("D5", "D", "D5"),
        ("H-1", "", ""),
        ("¿?", "", "¿?"),
    ],
)
def test_label_is_typed_so_that_it_is_read_again(label, parent, typed):
    assert printed({"label": label, "parent": parent, "title": "Título"}, WORDS) == typed


def test_docx_has_real_headings_and_no_name_in_its_properties(version):
    data = file(version, "docx")
    headings = [paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs if paragraph.style.name.startswith("Heading")]
    core = zipfile.ZipFile(io.BytesIO(data)).read("docProps/core.xml").decode()
    assert headings[-3:] == ["2 Agua", "2.1 Mercurio", "2.2"]
    assert re.findall(r"<(?:dc|dcterms|cp:last)[^>]*>", core) == []


def test_docx_numbers_each_list_from_its_own_beginning(version):
    ClauseText.objects.filter(version=version, label="2.2").update(text_es="3. c\n4. d")
    main = zipfile.ZipFile(io.BytesIO(file(version, "docx"))).read("word/numbering.xml").decode()
    assert re.findall(r'startOverride w:val="(\d)"', main) == ["1", "3"]


def test_pdf_has_bookmarks_and_the_words(version):
    data = file(version, "pdf")
    assert b"/Outlines" in unpacked(data)
    assert set("Mercurio") <= set(letters(data))


def test_html_is_one_file_without_scripts_or_foreign_addresses(version):
    page = file(version, "html").decode()
    assert "<script" not in page
    assert re.findall(r'(?:src|href)="(?!#)([^"]*)"', page) == ["https://example.org/"]
    assert "<strong>elimina</strong>" in page


@pytest.mark.parametrize("format", ["html", "docx", "md"])
def test_words_cannot_break_out_of_a_document(version, format):
    evil = "</style><script>alert(1)</script>"
    ClauseText.objects.filter(version=version, label="2.2").update(title_es=evil, plain_es=evil)
    assert "<script>" not in file(version, format).decode(errors="replace").replace("\\<script>", "")


@pytest.mark.parametrize("format", ["html", "md"])
def test_missing_translation_is_the_original_and_marked(version, format):
    page = file(version, format, "pt-br").decode()
    with translation.override("pt-br"):
        mark = translation.gettext("not translated yet; this is the original")
    assert f"Español: {mark}" in page


def test_stale_translation_is_marked(version):
    text = version.texts.get(label="2.1")
    text.languages.create(language="en", state="stale")
    assert "The original has changed since this translation." in file(version, "md", "en").decode()


def test_errata_stand_in_the_document(version, secretary):
    Erratum.objects.create(version=version, language="es", wrong="mercurio", right="Mercurio", author=secretary)
    assert "«Mercurio»" in file(version, "md").decode()


def test_json_holds_everything_in_all_languages(version):
    record = json.loads(file(version, "json", ALL))
    [_top, full, _last] = record["clauses"]
    assert record["schema"] == "red-mpe/framework-version/1"
    assert full["title"] == {"es": "Mercurio", "en": "Mercury"}
    assert full["parent"] == record["clauses"][0]["uuid"]
    assert (full["verbal_form"], full["deadline_months"], full["responsible"]) == ("must", 12, ["operator", "plant"])


def test_json_tells_lineage_and_changes_without_people(version, secretary):
    first, second = (version.texts.get(label=label).clause for label in ("2.1", "2.2"))
    version.lineage.create(kind="split", clause=first, other=second, actor=secretary)
    version.changes.create(clause=first, found="new", kind="new", edited_by=secretary)
    record = json.loads(file(version, "json", ALL))
    assert record["lineage"][0]["other"] == str(second.uuid)
    assert set(record["changes"][0]) == {"clause", "found", "kind", "old_label", "new_label", "moved", "summary"}


def test_name_of_a_file_is_safe_everywhere(version):
    assert file_name(version, "pt-br", FORMATS["docx"]) == "marco-0.2-pt-br.docx"


@pytest.mark.parametrize("format", ["html", "md"])
def test_documents_ask_the_database_as_often_for_many_clauses(version, format):
    fresh = Version.objects.select_related("framework__rules", "previous").get(pk=version.pk)
    flat(lambda: file(fresh, format), lambda: [make_clause(version, f"9.{n}", text_es="x") for n in range(3)], ceiling=5)


def test_json_asks_the_database_as_often_for_many_clauses(version):
    flat(lambda: file(version, "json", ALL), lambda: [make_clause(version, f"9.{n}", text_es="x") for n in range(3)], ceiling=6)
