"""PDF: words of every page, a picture of the first, and what an editor should know of it."""

import re
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from publications.readers.archives import Unreadable
from publications.readers.extracting import SIGNS, Say, write_text, write_thumbnail
from publications.readers.pictures import THUMBNAIL

PAGES = 5000  # read at most
_STEP = 25  # pages between two words to whoever waits
_SCRIPTS = re.compile(rb"/(JavaScript|JS|Launch|RichMedia)\b")
_ATTACHED = re.compile(rb"/(EmbeddedFiles?|Filespec)\b")


def take_out(source: str, folder: Path, say: Say) -> dict[str, Any]:
    """Write text and thumbnail of a PDF; return pages and flags. Raises Unreadable: damaged, or with a password."""
    try:
        document = pdfium.PdfDocument(source)
        pages = len(document)
    except pdfium.PdfiumError as error:
        raise Unreadable("encrypted" if error.err_code == raw.FPDF_ERR_PASSWORD else "broken") from error
    if not pages:
        raise Unreadable("broken")
    known: dict[str, Any] = {"pages": pages, "flags": _flags(document, source), **_picture(document, folder)}
    return known | write_text(folder, _text(document, pages, say)) | ({"problem": "cut", "kept": True} if pages > PAGES else {})


def _text(document: Any, pages: int, say: Say) -> str:
    """Read page after page; one that is damaged says nothing."""
    words: list[str] = []
    length = 0
    for number in range(min(pages, PAGES)):
        words.append(_page(document, number))
        length += len(words[-1])
        if number % _STEP == 0:
            say(number, pages)
        if length > SIGNS:
            break
    say(pages, pages)
    return "\n".join(words)


def _page(document: Any, number: int) -> str:
    try:
        page = document[number]
        text = page.get_textpage()
        words: str = text.get_text_bounded()
        text.close()
        page.close()
    except pdfium.PdfiumError:
        return ""
    return words.replace("\ufffe", "")  # a hyphen at the end of a line: the word goes on


def _picture(document: Any, folder: Path) -> dict[str, int]:
    """Paint the first page no larger than it is shown, however large it claims to be."""
    try:
        page = document[0]
        width, height = page.get_size()
        scale = min(THUMBNAIL[0] / max(width, 1), THUMBNAIL[1] / max(height, 1))
        return write_thumbnail(folder, page.render(scale=scale).to_pil())
    except (pdfium.PdfiumError, ValueError, OSError):
        return {}


def _flags(document: Any, source: str) -> list[str]:
    """Tell scripts and attachments: as the reader of PDFs counts them, and as the bytes name them."""
    data = Path(source).read_bytes()
    found = {
        "scripts": raw.FPDFDoc_GetJavaScriptActionCount(document) > 0 or _SCRIPTS.search(data),
        "attachments": raw.FPDFDoc_GetAttachmentCount(document) > 0 or _ATTACHED.search(data),
    }
    return [flag for flag, holds in found.items() if holds]
