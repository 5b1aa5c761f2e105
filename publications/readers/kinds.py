"""What a file is, told by its content. The name has a say only among kinds of plain text, which look alike."""

import codecs
import re
from dataclasses import dataclass
from typing import IO

import filetype
from django.utils.translation import gettext_lazy as _

from publications.readers.archives import Archive, Unreadable
from publications.readers.names import split_name
from red_mpe.core.states import DomainError, Words

HEAD = 8192  # bytes that tell what a file is
_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
_MACROS = ("vbaProject.bin", "Basic/script-lc.xml")


@dataclass(frozen=True)
class Kind:
    """A type of file that the library takes. `reads`: there are words in it to take out; `picture`: it is encoded anew."""

    code: str
    media_type: str
    label: str
    also: tuple[str, ...] = ()
    reads: bool = True
    picture: bool = False


KINDS = {
    kind.code: kind
    for kind in (
        Kind("pdf", "application/pdf", "PDF"),
        Kind("docx", f"{_OOXML}wordprocessingml.document", "Word (DOCX)"),
        Kind("pptx", f"{_OOXML}presentationml.presentation", "PowerPoint (PPTX)"),
        Kind("xlsx", f"{_OOXML}spreadsheetml.sheet", "Excel (XLSX)"),
        Kind("odt", f"{_ODF}text", "ODT"),
        Kind("odp", f"{_ODF}presentation", "ODP"),
        Kind("ods", f"{_ODF}spreadsheet", "ODS"),
        Kind("epub", "application/epub+zip", "EPUB"),
        Kind("html", "text/html", "HTML", ("htm", "xhtml")),
        Kind("txt", "text/plain", "TXT", ("text",)),
        Kind("md", "text/markdown", "Markdown", ("markdown",)),
        Kind("csv", "text/csv", "CSV", ("tsv", "tab")),
        Kind("png", "image/png", "PNG", reads=False, picture=True),
        Kind("jpg", "image/jpeg", "JPEG", ("jpeg", "jpe"), reads=False, picture=True),
        Kind("webp", "image/webp", "WEBP", reads=False, picture=True),
        Kind("mp3", "audio/mpeg", "MP3", reads=False),
        Kind("ogg", "audio/ogg", "OGG", ("oga", "opus"), reads=False),
        Kind("mp4", "video/mp4", "MP4", ("m4v",), reads=False),
        Kind("webm", "video/webm", "WEBM", reads=False),
        Kind("zip", "application/zip", "ZIP", reads=False),
    )
}
BY_TYPE = {kind.media_type: kind for kind in KINDS.values()}
_MAGIC = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg", "image/webp": "webp", "audio/mpeg": "mp3"}
_MAGIC |= {"audio/ogg": "ogg", "video/mp4": "mp4", "video/x-m4v": "mp4", "video/webm": "webm", "application/zip": "zip"}
_PACKED = {"word/document.xml": "docx", "ppt/presentation.xml": "pptx", "xl/workbook.xml": "xlsx"}
_DECLARED = {KINDS[code].media_type: code for code in ("odt", "odp", "ods", "epub")}
#: Each comment is taken whole and never given back (atomic groups): forty of them must not be cut in every possible way.
_HTML = re.compile(rb"\s*(?:(?><!--.*?-->)\s*|(?><\?xml[^>]*>)\s*)*+<(!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_MARKUP = re.compile(rb"\s*(<\?xml|<svg|<!doctype|<[a-z]+:?[a-z]* xmlns)", re.IGNORECASE)

_REASONS: dict[str, Words] = {
    "broken": _("This archive is damaged, or was cut on its way. Send it again."),
    "encrypted": _("This archive asks for a password: nobody could open it. Send it without one."),
    "bomb": _("This archive unpacks to far more than it should. It was not taken."),
    "escapes": _("This archive holds paths that lead out of its folder. Pack it anew."),
    "nests": _("This archive holds another archive. Send the files in one archive only, or one by one."),
    "runs": _("This archive holds programs. The library takes documents, data, pictures and sound."),
    "macros": _("This document holds macros, which are programs. Save it without them and send it again."),
}


class FileRefused(DomainError):
    """A file that the library does not take, with words that say why."""


def kind_of(file: IO[bytes], name: str) -> Kind:
    """Return what the file is. Refused with words: what the library does not take, archives that are traps, programs in disguise."""
    file.seek(0)
    head = file.read(HEAD)
    code = _MAGIC.get(getattr(filetype.guess(head), "mime", "")) or _other(head)
    if head[:4] == b"PK\x03\x04":
        return KINDS[_packed(file)]
    if code is None:
        code = _words(file, head, split_name(name)[1])
    return KINDS[code]


def _other(head: bytes) -> str | None:
    """See what the library of types does not: a PDF with something before it, a sound without a tag."""
    if b"%PDF-" in head[:1024]:
        return "pdf"
    return "mp3" if head[:2] in (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2") else None


def _packed(file: IO[bytes]) -> str:
    """Look into a ZIP: a document by what it declares, otherwise an archive of data, which must be harmless."""
    file.seek(0)
    try:
        archive = Archive(file)
        code = _DECLARED.get(archive.read("mimetype", 200).decode("ascii", "replace").strip()) if "mimetype" in archive.names else None
    except Unreadable as error:
        raise FileRefused(_REASONS[error.code]) from error
    code = code or next((code for member, code in _PACKED.items() if member in archive.names), "zip")
    if archive.escapes():
        raise FileRefused(_REASONS["escapes"])
    if any(name.endswith(_MACROS) for name in archive.names):
        raise FileRefused(_REASONS["macros"])
    if code == "zip" and (archive.nests() or archive.runs()):
        raise FileRefused(_REASONS["nests" if archive.nests() else "runs"])
    return code


def _words(file: IO[bytes], head: bytes, ending: str) -> str:
    """Tell kinds of text apart; what is no text is refused."""
    if filetype.guess(head) is not None or not _is_text(file) or (_MARKUP.match(head) and not _HTML.match(head)):
        raise FileRefused(refusal())
    if _HTML.match(head.removeprefix(codecs.BOM_UTF8)):
        return "html"
    return next((code for code in ("md", "csv") if ending == code or ending in KINDS[code].also), "txt")


def _is_text(file: IO[bytes]) -> bool:
    """Tell whether there are words in it: no zeros, hardly any controls."""
    file.seek(0)
    while chunk := file.read(1 << 20):
        controls = sum(chunk.count(bytes([sign])) for sign in (*range(1, 9), *range(14, 27), 127))
        if b"\0" in chunk or controls > len(chunk) // 200:
            return False
    return True


def refusal() -> str:
    """Return the words for a file of a type that the library does not take, naming those it does."""
    names = ", ".join(kind.label for kind in KINDS.values())
    return _("The library does not take files of this type, whatever the name says. It takes %(names)s.") % {"names": names}
