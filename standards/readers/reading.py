"""The one door for documents: what a file is, is told by its content."""

from __future__ import annotations

from .docx import read_docx
from .markdown import read_markdown
from .outline import Outline, ReaderError
from .safety import FILE_LIMIT, MEGABYTE, Archive

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_REFUSED = ((b"%PDF", "pdf"), (b"{\\rtf", "rtf"), (b"<!doctype html", "html"), (b"<html", "html"))


def read_document(data: bytes, filename: str) -> Outline:
    """Read a DOCX, Markdown or plain text into an outline. The name only gives a title where the text has none.

    Refused with a `ReaderError`: empty, oversized, protected, damaged or unsafe files and other formats.
    """
    if not data.strip():
        raise ReaderError("empty_file")
    if len(data) > FILE_LIMIT:
        raise ReaderError("file_too_large", limit=FILE_LIMIT // MEGABYTE)
    _refuse_other_formats(data)
    try:
        outline = _read_archive(data) if data.startswith(_ZIP) else read_markdown(data)
    except RecursionError as error:
        raise ReaderError("too_complex") from error
    outline.title = outline.title or _title_of(filename)
    return outline


def _refuse_other_formats(data: bytes) -> None:
    if data.startswith(_OLE):
        raise ReaderError("encrypted" if _ENCRYPTED_STREAM in data else "old_word")
    start = data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for sign, code in _REFUSED:
        if start.startswith(sign.lower()):
            raise ReaderError(code)


def _read_archive(data: bytes) -> Outline:
    if (Archive(data).read("mimetype") or b"").startswith(b"application/vnd.oasis.opendocument"):
        raise ReaderError("open_document")
    return read_docx(data)


def _title_of(filename: str) -> str:
    name = filename.replace("\\", "/").rpartition("/")[2]
    return (name.rpartition(".")[0] or name).replace("_", " ").strip()
