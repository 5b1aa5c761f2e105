import io
import zipfile

import pytest
from docx import Document
from openpyxl import Workbook

from standards.exports.commenting import FORM_FORMATS
from standards.readers.commenting import COLUMNS, HEADINGS, ROW_LIMIT, known_kind, read_form
from standards.readers.outline import ReaderError

HEAD = HEADINGS["es"]
ROW = ("", "", "1.1", "", "te", "Por qué", "Otra", "")


def sheet(*rows, head=HEAD, change=None):
    book = Workbook()
    for line in (head, *rows):
        book.active.append(list(line))
    if change:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv_of(*rows, head=HEAD, separator=",", encoding="utf-8"):
    return "\r\n".join(separator.join(line) for line in (head, *rows)).encode(encoding)


def table(*rows, change=None):
    document = Document()
    made = document.add_table(rows=0, cols=8)
    for line in (HEAD, *rows):
        for cell, words in zip(made.add_row().cells, line, strict=True):
            cell.text = words
    if change:
        change(made)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_member(data, name, content):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        new.writestr(name, content)
    return out.getvalue()


def refusal(data):
    with pytest.raises(ReaderError) as refused:
        read_form(data)
    return refused.value.code


@pytest.mark.parametrize("make", [sheet, csv_of, table])
def test_row_is_read(make):
    [row] = read_form(make(ROW)).rows
    assert (row.number, row.clause, row.kind, row.comment, row.proposed) == (2, "1.1", "te", "Por qué", "Otra")


@pytest.mark.parametrize("language", sorted(HEADINGS))
@pytest.mark.parametrize("code", sorted(FORM_FORMATS))
def test_headings_of_each_language_are_known(language, code):
    data = FORM_FORMATS[code].write([ROW], title="R", language={"pt": "pt-br"}.get(language, language))
    assert read_form(data).rows[0].comment == "Por qué"


def test_columns_are_known_in_any_order_and_others_are_told():
    form = read_form(
        csv_of(("te", "Y", "porque", "1.1"), head=("Tipo de comentario", "Mi columna", "COMENTARIOS", "clausula/subclausula2"))
    )
    assert (form.rows[0].comment, form.rows[0].clause, form.unknown) == ("porque", "1.1", ["Mi columna"])


def test_rows_above_the_headings_are_passed_over():
    assert len(read_form(b"sep=,\r\nTitulo,,\r\n" + csv_of(ROW)).rows) == 1


def test_headings_that_come_again_are_no_row():
    assert len(read_form(csv_of(ROW, HEAD, ROW)).rows) == 2


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_each_separator_is_found(separator):
    assert read_form(csv_of(ROW, separator=separator)).rows[0].comment == "Por qué"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_each_encoding_is_found(encoding):
    form = read_form(csv_of(ROW, encoding=encoding))
    assert form.rows[0].comment == "Por qué"
    assert [problem.code for problem in form.problems] == ["form_encoding_guessed"] * (encoding == "cp1252")


@pytest.mark.parametrize("data", [csv_of(ROW).replace("é".encode(), b"\x81\x8d"), b"\xff\xfea", b"a\0\0\0b\0c", b"a,b\0c,d" * 30])
def test_letters_that_cannot_be_told_are_refused(data):
    assert refusal(data) in ("form_encoding", "no_headings")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"  \n", "empty_file"),
        (b"a,b,c\n1,2,3\n", "no_headings"),
        (b"%PDF-1.7 ...", "not_a_form"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "not_a_form"),
        (b"<!DOCTYPE html><table>", "not_a_form"),
        (b"PK\x03\x04 broken", "damaged_archive"),
        (b"x" * (8 * 1024 * 1024 + 1), "form_too_large"),
    ],
)
def test_other_files_are_refused(data, code):
    assert refusal(data) == code


def test_archive_that_is_no_office_file_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "a")
    assert refusal(out.getvalue()) == "not_a_form"


@pytest.mark.parametrize("make", [sheet, table])
def test_macros_are_refused(make):
    assert refusal(with_member(make(ROW), "xl/vbaProject.bin", b"x")) == "macros"


@pytest.mark.parametrize("make", [sheet, table])
def test_bombs_are_refused(make):
    assert refusal(with_member(make(ROW), "media/x.bin", b"\0" * 40_000_000)) == "archive_bomb"


@pytest.mark.parametrize(("make", "name"), [(sheet, "xl/worksheets/sheet1.xml"), (table, "word/document.xml")])
def test_entities_are_refused(make, name):
    evil = b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    assert refusal(with_member(make(ROW), name, evil)) == "unsafe_xml"


@pytest.mark.parametrize(("make", "name"), [(sheet, "xl/worksheets/sheet1.xml"), (table, "word/document.xml")])
def test_broken_xml_is_refused(make, name):
    assert refusal(with_member(make(ROW), name, b"<a><b>")) == "damaged_document"


def test_formula_is_words_and_told():
    form = read_form(sheet(("", "", "1.1", "", "ge", '=HYPERLINK("http://evil.example","x")', "", "")))
    assert form.rows[0].comment == '=HYPERLINK("http://evil.example","x")'
    assert [(problem.code, problem.line) for problem in form.problems] == [("form_formula", 2)]


def test_number_is_read_as_a_person_sees_it():
    assert read_form(sheet(("", 14, 2.1, "", "ge", 3, "", ""))).rows[0].clause == "2.1"


def test_hidden_sheet_is_not_read():
    def hide(book):
        book.create_sheet("visible")
        book.worksheets[0].sheet_state = "hidden"
        book.active = 1

    assert refusal(sheet(ROW, change=hide)) == "no_headings"


def test_merged_cells_of_a_sheet_hold_for_each_row():
    form = read_form(sheet(ROW, ("", "", "", "", "ge", "Otro", "", ""), change=lambda book: book.active.merge_cells("C2:C3")))
    assert [row.clause for row in form.rows] == ["1.1", "1.1"]


def test_merge_without_measure_costs_nothing():
    name, merge = "xl/worksheets/sheet1.xml", b'</sheetData><mergeCells><mergeCell ref="C2:XFD1048576"/></mergeCells>'
    data = sheet(ROW)
    main = zipfile.ZipFile(io.BytesIO(data)).read(name).replace(b"</sheetData>", merge)
    assert len(read_form(with_member(data, name, main)).rows) == 1


def test_merged_cells_of_word_hold_for_each_row():
    form = read_form(table(ROW, ("", "", "", "", "ge", "Otro", "", ""), change=lambda made: made.cell(1, 2).merge(made.cell(2, 2))))
    assert [row.clause.strip() for row in form.rows] == ["1.1", "1.1"]


def test_cell_over_two_columns_does_not_push_the_others():
    form = read_form(table(ROW, change=lambda made: made.cell(1, 0).merge(made.cell(1, 1))))
    assert form.rows[0].clause == "1.1"


def test_deleted_words_of_word_are_gone():
    def strike(made):
        run = made.cell(1, 5).paragraphs[0].runs[0]._r
        gone = run.makeelement("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}del", {})
        run.addprevious(gone)
        gone.append(run)

    assert read_form(table(ROW, change=strike)).rows[0].comment == ""


def test_form_of_the_largest_size_is_read():
    assert len(read_form(csv_of(*[ROW] * ROW_LIMIT)).rows) == ROW_LIMIT


@pytest.mark.parametrize("code", sorted(FORM_FORMATS))
def test_forty_thousand_rows_are_refused(code):
    rows = [("", "", "1.1", "", "ge", f"x{number}", "", "") for number in range(40_000 if code == "csv" else ROW_LIMIT + 1)]
    assert refusal(FORM_FORMATS[code].write(rows, title="R", language="es")) == "too_many_rows"


@pytest.mark.parametrize(
    ("words", "code"),
    [("te", "te"), (" TE ", "te"), ("Técnico", "te"), ("general", "ge"), ("De redacción", "ed"), ("pergunta", "qu"), ("x", ""), ("", "")],
)
def test_kind_is_known_in_each_language(words, code):
    assert known_kind(words) == code


def test_there_are_eight_columns_in_each_language():
    assert {len(names) for names in HEADINGS.values()} == {len(COLUMNS)} == {8}
