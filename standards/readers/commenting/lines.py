"""CSV: any of the usual encodings and separators."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator

from red_mpe.core.sheets.cells import restored
from standards.readers.commenting.columns import Cells, find_head
from standards.readers.outline import Problems, ReaderError

_SEPARATORS = (",", ";", "\t", "|")
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def csv_tables(data: bytes, problems: Problems) -> Iterator[Iterator[Cells]]:
    """Give the one table of a CSV, cut by the separator with which its headings are found."""
    text = decoded(data, problems)
    best = max(_SEPARATORS, key=lambda separator: len(_head(text, separator)))
    yield _rows(text, best)


def decoded(data: bytes, problems: Problems) -> str:
    """Return the text: by its mark, else UTF-8, else UTF-16 without a mark, else Windows text, which is told; otherwise refused."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    if not encoding:
        encoding = _wide(data) if b"\0" in data else "utf-8"
    try:
        return _whole(data.decode(encoding))
    except UnicodeDecodeError as error:
        if encoding.startswith("utf-16"):
            raise ReaderError("form_encoding") from error
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise ReaderError("form_encoding") from error
    problems.once("form_encoding_guessed")
    return text


def _wide(data: bytes) -> str:
    """UTF-16 without its mark: ASCII signs, of which a CSV has many, carry a zero on one side."""
    even, odd = data[0:400:2].count(0), data[1:400:2].count(0)
    if max(even, odd) * 5 < len(data[0:400:2]) or (even and odd):
        raise ReaderError("form_encoding")
    return "utf-16-le" if odd > even else "utf-16-be"


def _whole(text: str) -> str:
    if "\0" in text:
        raise ReaderError("form_encoding")
    return text


def _head(text: str, separator: str) -> dict[int, str]:
    try:
        return find_head(_rows(text, separator))[0]
    except ReaderError:
        return {}


def _rows(text: str, separator: str) -> Iterator[Cells]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for number, cells in enumerate(reader, 1):
            yield number, [restored(cell) for cell in cells]
    except csv.Error as error:
        raise ReaderError("damaged_form") from error
