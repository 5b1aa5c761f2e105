"""Words of office documents, books and pages of the web."""

import codecs
import posixpath
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from lxml import etree, html

from publications.readers.archives import Archive, Unreadable, parse_xml

Say = Callable[[int, int], None]
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_PROPERTIES = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_STRICT = (b"http://purl.oclc.org/ooxml/", b"http://schemas.openxmlformats.org/")
_SILENT = ("script", "style", "noscript", "template", "head")
_INLINE = frozenset(
    ("a", "abbr", "b", "cite", "code", "del", "em", "i", "ins", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u")
)
_CELLS = 200_000


@dataclass
class Found:
    """What a document says: its words, how many pages or slides it counts, whether it carries other files."""

    text: str
    pages: int = 0
    attachments: bool = False


def _xml(archive: Archive, name: str) -> Any:
    """Parse a member that must be there. Strict Open XML has other names for the same things."""
    data = archive.read(name)
    if not data:
        raise Unreadable("broken")
    for part in ("wordprocessingml", "drawingml", "spreadsheetml", "presentationml"):
        data = data.replace(_STRICT[0] + part.encode() + b"/main", _STRICT[1] + part.encode() + b"/2006/main")
    return parse_xml(data)


def _lines(root: Any, line: str, run: str, gaps: tuple[str, ...] = ()) -> list[str]:
    """Return the words of each `line` (a paragraph), put together from its runs."""
    found = []
    for paragraph in root.iter(line):
        words = "".join((node.text or "") if node.tag == run else " " for node in paragraph.iter(run, *gaps))
        if words.strip():
            found.append(words)
    return found


def _docx(archive: Archive, say: Say) -> Found:
    parts = ["word/document.xml", *archive.like(r"word/(footnotes|endnotes)\.xml")]
    text = [line for part in parts for line in _lines(_xml(archive, part), f"{_W}p", f"{_W}t", (f"{_W}tab", f"{_W}br"))]
    return Found("\n".join(text), _declared_pages(archive), _embeds(archive, "word/embeddings/"))


def _declared_pages(archive: Archive) -> int:
    """Read how many pages Word counted; it may not have."""
    root = archive.xml("docProps/app.xml") if "docProps/app.xml" in archive.names else None
    words = root.findtext(f"{_PROPERTIES}Pages", "") if root is not None else ""
    return int(words) if words.isdigit() and len(words) < 6 else 0


def _embeds(archive: Archive, folder: str) -> bool:
    return any(name.startswith(folder) for name in archive.names)


def _pptx(archive: Archive, say: Say) -> Found:
    slides = list(archive.like(r"ppt/slides/slide\d+\.xml"))
    text = []
    for number, name in enumerate(slides):
        text += _lines(_xml(archive, name), f"{_A}p", f"{_A}t", (f"{_A}br",))
        say(number + 1, len(slides))
    for name in archive.like(r"ppt/notesSlides/notesSlide\d+\.xml"):
        text += _lines(_xml(archive, name), f"{_A}p", f"{_A}t")
    return Found("\n".join(text), len(slides), _embeds(archive, "ppt/embeddings/"))


def _xlsx(archive: Archive, say: Say) -> Found:
    """The words of a workbook: every text once, the names of its sheets; numbers are for who opens it."""
    book = _xml(archive, "xl/workbook.xml")
    sheets = [sheet.get("name", "") for sheet in book.iter(f"{_S}sheet")]
    text: list[str] = []
    if "xl/sharedStrings.xml" in archive.names:
        items = list(_xml(archive, "xl/sharedStrings.xml").iter(f"{_S}si"))[:_CELLS]
        text = ["".join(node.text or "" for node in item.iter(f"{_S}t")) for item in items]
    return Found("\n".join([*sheets, *text]), 0, _embeds(archive, "xl/embeddings/"))


def _odf(archive: Archive, say: Say) -> Found:
    root = _xml(archive, "content.xml")
    text = []
    for node in root.iter(f"{_TEXT}p", f"{_TEXT}h"):
        words = _odf_words(node)
        if words.strip():
            text.append(words)
    slides = sum(1 for _page in root.iter(f"{_DRAW}page"))
    return Found("\n".join(text), slides or _odf_pages(archive), any(name.startswith("Object ") for name in archive.names))


def _odf_words(node: Any) -> str:
    """Return the words of one paragraph; those of paragraphs inside it (notes, frames) come in their own turn."""
    pieces = [node.text or ""]
    for child in node:
        if child.tag in (f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break"):
            pieces.append(" ")
        elif child.tag in (f"{_TEXT}span", f"{_TEXT}a"):
            pieces.append(_odf_words(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _odf_pages(archive: Archive) -> int:
    root = archive.xml("meta.xml") if "meta.xml" in archive.names else None
    counted = next(iter(root.iter(f"{_META}document-statistic")), None) if root is not None else None
    words = counted.get(f"{_META}page-count", "") if counted is not None else ""
    return int(words) if words.isdigit() and len(words) < 6 else 0


def _epub(archive: Archive, say: Say) -> Found:
    """Read the chapters in the order of the book."""
    chapters = _chapters(archive)
    text = []
    for number, name in enumerate(chapters):
        text.append(words_of_html(archive.read(name)))
        say(number + 1, len(chapters))
    return Found("\n".join(text))


def _chapters(archive: Archive) -> list[str]:
    container = _xml(archive, "META-INF/container.xml")
    package = next((node.get("full-path", "") for node in container.iter("{*}rootfile")), "")
    root = _xml(archive, package)
    items = {node.get("id"): node.get("href", "") for node in root.iter("{*}item")}
    order = [items.get(node.get("idref"), "") for node in root.iter("{*}itemref")]
    base = posixpath.dirname(package)
    paths = [posixpath.normpath(posixpath.join(base, unquote(href.split("#")[0]))) for href in order if href]
    return [path for path in paths if path in archive.names]


def words_of_html(data: bytes) -> str:
    """Return the words of a page, a line for each block, without what browsers do not show."""
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = html.fromstring(decoded(data).encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ""
    pieces: list[str] = []
    for silent in list(root.iter(*_SILENT)):
        silent.drop_tree()
    for event, node in etree.iterwalk(root, events=("start", "end")):
        gap = "" if node.tag in _INLINE else "\n"
        pieces += [gap, node.text or ""] if event == "start" else [gap, node.tail or ""]
    return _joined("".join(pieces).splitlines())


def _joined(lines: list[str]) -> str:
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)


def decoded(data: bytes) -> str:
    """Read text in UTF-8, UTF-16 with its mark, or else as old Windows programs of our countries wrote it."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


READERS: dict[str, Callable[[Archive, Say], Found]] = {
    "docx": _docx,
    "pptx": _pptx,
    "xlsx": _xlsx,
    "odt": _odf,
    "odp": _odf,
    "ods": _odf,
    "epub": _epub,
}
