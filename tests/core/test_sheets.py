import csv
import io
import zipfile

import pytest
from openpyxl import load_workbook

from red_mpe.core.sheets import LONGEST, Sheet, csv_bytes, csv_lines, xlsx
from red_mpe.core.sheets.cells import inert, restored


def book(*rows, name="Hoja", head=("A", "B"), **more):
    return xlsx([Sheet(name, head, rows, **more)])


def read(data):
    return [[cell.value for cell in row] for row in load_workbook(io.BytesIO(data)).active.iter_rows()]


def member(data, name):
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode()


def test_xlsx_has_its_head_and_rows():
    assert read(book(["x", 3])) == [["A", "B"], ["x", 3]]


def test_xlsx_is_the_same_each_time():
    assert book(["x", 1]) == book(["x", 1])


def test_xlsx_says_neither_when_nor_by_whom_it_was_made():
    core = member(book(), "docProps/core.xml")
    assert "openpyxl" not in core
    assert "dcterms:" not in core


def test_xlsx_has_no_formula_whatever_is_written():
    data = book(["=1+1", "@SUM(A1)"], ["-2+3", "+1"])
    assert read(data)[1:] == [["'=1+1", "'@SUM(A1)"], ["'-2+3", "'+1"]]
    assert "<f>" not in member(data, "xl/worksheets/sheet1.xml")


def test_xlsx_repeats_its_head_on_paper():
    assert "Print_Titles" in member(book(), "xl/workbook.xml")


def test_xlsx_has_no_hidden_sheet():
    assert 'state="visible"' in member(book(), "xl/workbook.xml")


def test_xlsx_takes_names_that_excel_would_refuse():
    names = load_workbook(io.BytesIO(book(name="a/b: [c]? " + "x" * 40))).sheetnames
    assert names == [("a b   c   " + "x" * 40)[:31]]


def test_xlsx_says_what_it_could_not_hold():
    [_, [cell, _]] = read(book(["x" * (LONGEST + 5), ""]))
    assert cell == "x" * (LONGEST - 1) + "…"


def test_xlsx_does_not_turn_words_into_letters():
    assert "_x005F_x0041_" in member(book(["_x0041_", ""]), "xl/worksheets/sheet1.xml")


def test_xlsx_keeps_blanks_at_both_ends():
    assert read(book(["  a\n b ", None]))[1] == ["  a\n b ", None]


def test_xlsx_columns_have_their_width():
    assert 'width="44"' in member(book(widths=[44, 10]), "xl/worksheets/sheet1.xml")


def test_csv_begins_with_the_mark_of_utf_8():
    assert csv_bytes(["A"], [["é"]]) == "\ufeffA\r\né\r\n".encode()


def test_csv_has_no_formula():
    assert csv_bytes(["A"], [["=1"], [-1]]).decode("utf-8-sig") == "A\r\n'=1\r\n-1\r\n"


def test_csv_comes_line_by_line():
    lines = csv_lines(["A"], ([str(number)] for number in range(3)))
    assert next(lines) == "\ufeffA\r\n"
    assert list(lines) == ["0\r\n", "1\r\n", "2\r\n"]


def test_csv_keeps_commas_quotes_and_line_ends():
    data = csv_bytes(["A", "B"], [['a,"b"', "c\nd"]]).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(data, newline="")))[1] == ['a,"b"', "c\nd"]


@pytest.mark.parametrize("words", ["=1", "+1", "-1", "@a", "\tx", "\rx", "\nx", " =1", "＝1", "'=1", "''-", "  ＠x", "=", "'\t"])
def test_what_looks_like_a_formula_is_made_inert_and_got_back(words):
    assert inert(words) == "'" + words
    assert restored(inert(words)) == words


@pytest.mark.parametrize("words", ["", "a=1", "'a", "''", "3-2", "’=1", " a"])
def test_other_words_stay_as_they_are(words):
    assert inert(words) == restored(words) == words
