"""Words, pages and a first picture of a file, by its kind. Runs in a process of its own, which may die of it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from publications.readers import documents, pictures
from publications.readers.archives import Archive, Unreadable

Say = Callable[[int, int], None]
PLAIN = ("txt", "md", "csv")  # there is nothing in them that could hurt a reader
SIGNS = 4_000_000  # of text kept; a book has about one million


def take_out(code: str, source: str, folder: Path, say: Say) -> dict[str, Any]:
    """Write `text`, `thumbnail` and for a heavy picture `light` into the folder; return what is known of the file.

    `pages` may be missing. With `problem` and `kept` the words are there as far as they went. Raises Unreadable.
    """
    if code in ("png", "jpg", "webp"):
        return _picture(code, source, folder)
    if code == "pdf":
        from publications.readers import pdf

        return pdf.take_out(source, folder, say)
    if code in documents.READERS:
        return _document(code, source, folder, say)
    return _words(code, source, folder)


def write_text(folder: Path, text: str) -> dict[str, Any]:
    """Write the words; say so when they were too many."""
    text = "\n".join(line for line in (" ".join(line.split()) for line in text.replace("\0", "").splitlines()) if line)
    (folder / "text").write_text(text[:SIGNS], encoding="utf-8", errors="replace")
    return {"problem": "cut", "kept": True} if len(text) > SIGNS else {}


def write_thumbnail(folder: Path, picture: Any) -> dict[str, int]:
    """Write a small picture of the first page."""
    width, height = pictures.small(picture, folder / "thumbnail", pictures.THUMBNAIL, pictures.THUMBNAIL_BYTES)
    return {"width": width, "height": height}


def _picture(code: str, source: str, folder: Path) -> dict[str, Any]:
    picture = pictures.open_picture(source, (code,))
    if Path(source).stat().st_size > pictures.LIGHT_BYTES * 5:
        pictures.small(picture, folder / "light", pictures.LIGHT, pictures.LIGHT_BYTES)
    return write_thumbnail(folder, picture)


def _document(code: str, source: str, folder: Path, say: Say) -> dict[str, Any]:
    archive = Archive(source)
    found = documents.READERS[code](archive, say)
    known = write_text(folder, found.text)
    if found.pages:
        known["pages"] = found.pages
    if found.attachments:
        known["flags"] = ["attachments"]
    return known | _first_picture(archive, folder)


def _first_picture(archive: Archive, folder: Path) -> dict[str, int]:
    """Use the picture of the first page that some programs put into their files; a damaged one is no harm."""
    import io

    for name in archive.like(r"Thumbnails/thumbnail\.png|docProps/thumbnail\.(jpe?g|png)|(.*/)?[^/]*cover[^/]*\.(jpe?g|png)"):
        try:
            return write_thumbnail(folder, pictures.open_picture(io.BytesIO(archive.read(name))))
        except Unreadable:
            continue
    return {}


def _words(code: str, source: str, folder: Path) -> dict[str, Any]:
    """Plain text, whatever alphabet it was written in, and pages of the web."""
    with Path(source).open("rb") as file:
        data = file.read(SIGNS * 4)
    text = documents.decoded(data)
    return write_text(folder, documents.words_of_html(data) if code == "html" else text)
