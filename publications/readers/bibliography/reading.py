"""Knowing a format by its beginning, and reading it."""

import re
from collections.abc import Callable, Iterator
from itertools import islice

from django.utils.translation import gettext_lazy as _

from . import bibtex, metadata, ris, table
from .found import LIMIT, Found, ReadError, Reading

READERS: dict[str, Callable[[str], Iterator[Found]]] = {
    "bibtex": bibtex.works,
    "ris": ris.works,
    "json": metadata.works,
    "csv": table.works,
}
_RIS = re.compile(r"\s*TY  ?-", re.MULTILINE)
_BIBTEX = re.compile(r"^\s*@\s*[A-Za-z]+\s*[{(]", re.MULTILINE)


def format_of(text: str) -> str:
    """Return the format in which a text is probably written."""
    start = text.lstrip("\ufeff \t\r\n")
    if start[:1] in ("{", "["):
        return "json"
    if _RIS.match(start):
        return "ris"
    return "bibtex" if _BIBTEX.search(text) else "csv"


def decoded(data: bytes) -> str:
    """Return the text of a file: UTF-8, UTF-16 with its mark, or what old spreadsheets write."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def read_works(text: str) -> Reading:
    """Read works out of a text. Refused when nothing can be read, and when there are more than one import takes."""
    if not text.strip():
        raise ReadError(_("Paste a text or choose a file."))
    format = format_of(text)
    found = list(islice(READERS[format](text.replace("\x00", "")), LIMIT + 1))
    if len(found) > LIMIT:
        raise ReadError(_("That is more than %(limit)s works. Divide the list and import its parts.") % {"limit": LIMIT})
    return Reading(format, found)
