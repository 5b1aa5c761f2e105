"""Word: the tables of a document with the very signs that stand in their cells; deleted words are left out, inserted ones kept."""

from __future__ import annotations

from collections.abc import Iterator

from standards.readers.commenting.columns import Cells
from standards.readers.ooxml import Package, W, integer, value
from standards.readers.outline import ReaderError
from standards.readers.safety import Element, stream_xml

_GONE = frozenset(
    W + tag for tag in ("del", "moveFrom", "instrText", "pPr", "rPr", "tcPr", "fldChar", "footnoteReference", "drawing", "pict")
)
_SIGNS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "\u2011", W + "softHyphen": "\u00ad"}
_WIDEST = 60


def word_tables(package: Package) -> Iterator[Iterator[Cells]]:
    """Give the rows of all tables of the document as one: the headings are looked for in each of them."""
    data = package.archive.read(package.main)
    if data is None:
        raise ReaderError("damaged_document", part=package.main)
    yield _rows(data, package.main)


def _rows(data: bytes, name: str) -> Iterator[Cells]:
    above: list[str] = []
    for number, row in enumerate(stream_xml(data, name, W + "tr"), 1):
        if row.find(f"{W}trPr/{W}del") is not None:
            continue
        cells = _cells(row, above)
        above = cells
        yield number, cells


def _cells(row: Element, above: list[str]) -> list[str]:
    cells: list[str] = []
    for cell in _own_cells(row):
        look = cell.find(W + "tcPr")
        span = min(max(integer(look, "gridSpan") or 1, 1), _WIDEST - len(cells))
        if span < 1:
            break
        continues = value(look, "vMerge") in ("", "continue")
        words = above[len(cells)] if continues and len(cells) < len(above) else "" if continues else _text(cell)
        cells += [words, *[""] * (span - 1)]
    return cells


def _own_cells(parent: Element) -> Iterator[Element]:
    """Find the cells of a row, also those inside controls; not those of a table in a cell."""
    for child in parent:
        if child.tag == W + "tc":
            yield child
        elif child.tag in (W + "sdt", W + "sdtContent", W + "ins", W + "customXml"):
            yield from _own_cells(child)


def _text(cell: Element) -> str:
    """The paragraphs of a cell, one a line."""
    return "\n".join("".join(_signs(paragraph)) for paragraph in cell.iter(W + "p"))


def _signs(parent: Element) -> Iterator[str]:
    for child in parent:
        if child.tag == W + "t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag not in _GONE and child.tag != W + "p":
            yield from _signs(child)
