"""What kind of file a form is, and how it is read; everything else is refused with words."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from standards.readers.commenting.columns import ROW_LIMIT, Cells, Form, read_rows
from standards.readers.commenting.lines import csv_tables
from standards.readers.commenting.sheets import sheet_tables
from standards.readers.commenting.words import word_tables
from standards.readers.ooxml import Package
from standards.readers.outline import Problems, ReaderError
from standards.readers.safety import MEGABYTE, Archive

FORM_LIMIT = 8 * MEGABYTE
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OTHERS = (b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")
_PAGES = (b"<!doctype", b"<html", b"<?xml")
Tables = Callable[[Problems], Iterator[Iterator[Cells]]]


def read_form(data: bytes) -> Form:
    """Return the rows of a commenting form. Refused with a ReaderError: other files, macros, bombs, too many rows, no headings."""
    if not data.strip():
        raise ReaderError("empty_file")
    if len(data) > FORM_LIMIT:
        raise ReaderError("form_too_large", limit=FORM_LIMIT // MEGABYTE)
    problems = Problems()
    for rows in _tables(data, problems):
        form = read_rows(rows, problems)
        if form is not None:
            return form
    raise ReaderError("no_headings")


def _tables(data: bytes, problems: Problems) -> Iterator[Iterator[Cells]]:
    if data.startswith(_ZIP):
        return _office(data, problems)
    start = data[:256].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if data.startswith(_OTHERS) or start.startswith(_PAGES):
        raise ReaderError("not_a_form")
    return csv_tables(data, problems)


def _office(data: bytes, problems: Problems) -> Iterator[Iterator[Cells]]:
    archive = Archive(data)
    try:
        package = Package(archive)
    except ReaderError as error:
        raise ReaderError("not_a_form" if error.code == "other_archive" else error.code, **error.params) from error
    if package.has_macros:
        raise ReaderError("macros")
    if package.main.startswith("xl/"):
        return sheet_tables(package, problems)
    if package.main.startswith("word/"):
        return word_tables(package)
    raise ReaderError("not_a_form")


__all__ = ["FORM_LIMIT", "ROW_LIMIT", "read_form"]
