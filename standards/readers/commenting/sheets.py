"""Excel: the cells of each visible sheet as words. Nothing is worked out: a formula is the words it is written with."""

from __future__ import annotations

import re
from collections.abc import Iterator

from red_mpe.core.sheets.cells import restored, unescaped
from standards.readers.commenting.columns import ROW_LIMIT, Cells
from standards.readers.ooxml import Package, R
from standards.readers.outline import Problems, ReaderError
from standards.readers.safety import Element, stream_xml

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_WIDEST = 60  # columns that are looked at
_SHEETS = 12
_BLANK_ROWS = 3 * ROW_LIMIT  # rows without anything, beyond which a table has ended


def sheet_tables(package: Package, problems: Problems) -> Iterator[Iterator[Cells]]:
    """Give the rows of each visible sheet."""
    shared = _shared(package)
    for name in _visible(package)[:_SHEETS]:
        yield _rows(package, name, shared, problems)


def _visible(package: Package) -> list[str]:
    root = package.archive.xml(package.main)
    sheets = [] if root is None else [item for item in root.iter(S + "sheet") if item.get("state", "visible") == "visible"]
    relations = package.main_relations
    return [relations[item.get(R + "id")].target for item in sheets if item.get(R + "id") in relations]


def _shared(package: Package) -> list[str]:
    data = package.archive.read(package.part("sharedStrings"))
    return [] if data is None else [_words(item) for item in stream_xml(data, "sharedStrings", S + "si")]


def _words(item: Element) -> str:
    """The text of a string: all its runs, without the readings above foreign signs."""
    texts = [node.text or "" for node in item.iter(S + "t") if node.getparent().tag != S + "rPh"]
    return unescaped("".join(texts))


def _rows(package: Package, name: str, shared: list[str], problems: Problems) -> Iterator[Cells]:
    data = package.archive.read(name)
    if data is None:
        raise ReaderError("damaged_document", part=name)
    merged = _merged(data, name)
    above: dict[int, str] = {}
    last = blank = 0
    for row in stream_xml(data, name, S + "row"):
        last = int(row.get("r")) if (row.get("r") or "").isdigit() else last + 1
        cells = _cells(row, shared, problems, last)
        for column in merged.get(last, ()):  # a cell merged with the one above says what that one says
            cells[column] = cells[column] or above.get(column, "")
        above = dict(enumerate(cells))
        blank = 0 if any(cells) else blank + 1
        if blank > _BLANK_ROWS:
            return
        yield last, cells


def _cells(row: Element, shared: list[str], problems: Problems, number: int) -> list[str]:
    cells = [""] * _WIDEST
    place = -1
    for cell in row.iter(S + "c"):
        found = _REFERENCE.fullmatch(cell.get("r") or "")
        place = _column(found[1]) if found else place + 1
        if place < _WIDEST:
            cells[place] = _value(cell, shared, problems, number)
    return cells


def _column(letters: str) -> int:
    value = 0
    for letter in letters:
        value = value * 26 + ord(letter) - 64
    return value - 1


def _value(cell: Element, shared: list[str], problems: Problems, number: int) -> str:
    kind = cell.get("t", "n")
    formula = cell.find(S + "f")
    if formula is not None:
        problems.add("form_formula", number)
        return "=" + unescaped(formula.text or "")
    if kind == "inlineStr":
        return restored(_words(cell))
    raw = cell.findtext(S + "v") or ""
    if kind == "s":
        return restored(shared[int(raw)]) if raw.isdigit() and int(raw) < len(shared) else ""
    return _number(raw) if kind == "n" else restored(unescaped(raw))


def _number(raw: str) -> str:
    """Write a number as a person sees it: `2.1`, never `2.1000000000000001`."""
    try:
        return format(float(raw), ".12g") if raw else ""
    except ValueError:
        return raw


def _merged(data: bytes, name: str) -> dict[int, set[int]]:
    """Return for each row the columns whose cell is the lower part of a merged one."""
    found: dict[int, set[int]] = {}
    for item in stream_xml(data, name, S + "mergeCell"):
        ends = [_REFERENCE.fullmatch(end) for end in (item.get("ref") or "").split(":")]
        if len(ends) == 2 and ends[0] and ends[1]:
            first, last, column = int(ends[0][2]), int(ends[1][2]), _column(ends[0][1])
            for row in range(first + 1, min(last, first + ROW_LIMIT) + 1) if column < _WIDEST else ():
                found.setdefault(row, set()).add(column)
    return found
