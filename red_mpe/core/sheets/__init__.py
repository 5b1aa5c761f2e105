"""Spreadsheets: XLSX and CSV with words only, no formula, no name of anybody in their properties, the same bytes each time."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from red_mpe.core.sheets.archives import repacked
from red_mpe.core.sheets.cells import escaped, inert

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
LONGEST = 32_767  # characters: what a cell of Excel holds
_NAME = 31  # characters of a sheet's name
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_A4 = 9
_LAST = 10_001  # row to which choices are offered
_LINE = Side(style="thin", color="B0B0B0")
_HEAD = {
    "font": Font(bold=True),
    "fill": PatternFill("solid", fgColor="EDE6D6"),
    "border": Border(bottom=_LINE),
    "alignment": Alignment(wrap_text=True, vertical="top"),
}
_BODY = Alignment(wrap_text=True, vertical="top")


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, the names of its columns, its rows, and how wide each column is in characters.

    `written` is for sheets that people fill in: whatever they type stays as typed (2.10 is no number there), and `choices`
    offers words to choose from in a column, counted from 1.
    """

    name: str
    head: Sequence[str]
    rows: Iterable[Sequence[Any]]
    widths: Sequence[int] = ()
    written: bool = False
    choices: Mapping[int, Sequence[str]] = field(default_factory=dict)


def xlsx(sheets: Sequence[Sheet], *, landscape: bool = True) -> bytes:
    """Return a workbook. Numbers stay numbers; words that look like a formula are made inert (`cells.restored` undoes it).

    The head of each sheet is repeated on every printed page. Properties are empty and all dates the same.
    """
    book = Workbook(write_only=True)
    for sheet in sheets:
        _write_sheet(book, sheet, landscape)
    out = io.BytesIO()
    book.save(out)
    return repacked(out.getvalue())


def csv_lines(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Give the lines of a CSV with commas, for a file or a stream; the first begins with the mark by which Excel knows UTF-8."""
    pen = _Line()
    writer = csv.writer(pen)
    writer.writerow([_words(name) for name in head])
    yield "\ufeff" + pen.take()
    for row in rows:
        writer.writerow([_words(value) if isinstance(value, str) else value for value in row])
        yield pen.take()


def csv_bytes(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return a whole CSV."""
    return "".join(csv_lines(head, rows)).encode()


class _Line(io.StringIO):
    def take(self) -> str:
        line = self.getvalue()
        self.seek(0)
        self.truncate()
        return line


def _words(text: str) -> str:
    return inert(str(text))


def _write_sheet(book: Any, sheet: Sheet, landscape: bool) -> None:
    page = book.create_sheet(sheet.name.translate(_FORBIDDEN).strip()[:_NAME] or "1")
    page.freeze_panes = "A2"
    page.print_title_rows = "1:1"
    page.page_setup.orientation = "landscape" if landscape else "portrait"
    page.page_setup.paperSize = _A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    for number, width in enumerate(sheet.widths, 1):
        page.column_dimensions[get_column_letter(number)].width = width
    page.append([_cell(page, str(name), **_HEAD) for name in sheet.head])
    for number, words in sheet.choices.items():
        offer = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True, showErrorMessage=False)
        offer.add(f"{get_column_letter(number)}2:{get_column_letter(number)}{_LAST}")
        page.data_validations.append(offer)
    look = {"alignment": _BODY, "number_format": "@"} if sheet.written else {"alignment": _BODY}
    for row in sheet.rows:
        page.append([_cell(page, value, **look) for value in row])


def _cell(page: Any, value: Any, **style: Any) -> WriteOnlyCell:
    if isinstance(value, str) or not isinstance(value, int | float | None):
        value = escaped(_fitting(inert(str(value))))
    cell = WriteOnlyCell(page, value)
    if isinstance(value, str):
        cell.data_type = "s"  # never a formula, whatever it looks like
    for name, look in style.items():
        setattr(cell, name, look)
    return cell


def _fitting(text: str) -> str:
    """What a cell cannot hold is left out visibly."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
