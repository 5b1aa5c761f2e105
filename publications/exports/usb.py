"""The edition for a memory stick: one archive that opens in any browser, without a network, a server or a script.

It holds what everybody may read and may pass on: descriptions in three languages, the stories of practices, and files whose licence
allows it, in their light copy where there is one. The same records give the same bytes.
"""

import mimetypes
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from members.models.texts import Told, told
from publications.enums import PRACTICES, SHARED_ON, RecordKind
from publications.exports import describing, stored
from publications.models import Collection, File, Practice, Record
from red_mpe.core.files import whole_file
from red_mpe.core.text import markdown, unlinked

_PUBLIC: Final = AnonymousUser()
_ACTIVE: Final = ("text/html", "application/xhtml+xml", "image/svg+xml")
_DATE: Final = (1980, 1, 1, 0, 0, 0)
_PAGES: Final = 7_000  # bytes that the pages of one record take in the archive, about
_ALWAYS: Final = 12_000
HEAVY: Final = 30_000_000  # bytes from which a file without a light copy stays at home
LANGUAGES: Final = tuple(code for code, _name in settings.LANGUAGES)


@dataclass(frozen=True, slots=True)
class Carried:
    """A file in the archive: its name there, where its bytes lie, how many they are."""

    name: str
    stored: str
    size: int
    light: bool
    shown: str


@dataclass(frozen=True, slots=True)
class Outline:
    """What an edition holds, told before it is built."""

    records: int
    size: int


@dataclass(slots=True)
class Edition:
    """A collection, or the whole library (None), with everything that goes into the archive."""

    collection: Collection | None
    records: list[Record]
    notes: dict[int, Any] = field(default_factory=dict)
    files: dict[int, list[Carried]] = field(default_factory=dict)


def public_records(collection: Collection | None) -> Any:
    """Return what everybody may read of a collection in its order, or of the whole library in the order of codes."""
    rows = Record.objects.listed_for(_PUBLIC)
    if collection is None:
        return rows.order_by("code")
    return rows.filter(collection_items__collection=collection).order_by("collection_items__position", "collection_items__id")


def shared_files(records: Any) -> Any:
    """Return the files of those records that everybody may have and pass on."""
    free = File.objects.downloadable_by(_PUBLIC).newest()
    return free.filter(record__in=records.order_by().values("pk"), record__licence__in=SHARED_ON).order_by("record", "position", "number")


def outline(collection: Collection | None) -> Outline:
    """Return how much there is to take away, about: two queries."""
    records = public_records(collection)
    rows = shared_files(records).values_list("light_size", "size", "media_type")
    bytes_of_files = sum(light or (size if size <= HEAVY and kind not in _ACTIVE else 0) for light, size, kind in rows)
    many = records.count()
    return Outline(many, bytes_of_files + _PAGES * many + _ALWAYS)


def gather(collection: Collection | None) -> Edition:
    """Read everything that goes into the archive, in a number of queries that does not depend on how much it is."""
    rows = public_records(collection)
    edition = Edition(collection, list(rows.for_detail()))
    if collection is not None:
        edition.notes = {item.record_id: item for item in collection.items.all()}
    codes = {record.pk: record.code for record in edition.records}
    for file in shared_files(rows):
        if (carried := carry(file, codes[file.record_id])) is not None:
            edition.files.setdefault(file.record_id, []).append(carried)
    return edition


def carry(file: File, code: str) -> Carried | None:
    """Return how a file travels: its light copy, or itself; None where it is too heavy, or not in the store.

    A page of HTML travels only as its light copy: opened from the stick, nothing would hold its scripts back.
    """
    light = bool(file.light_name)
    if not light and file.media_type in _ACTIVE:
        return None
    name, size = (file.light_name, file.light_size or 0) if light else (stored.name_of(file.sha256), file.size)
    if (not light and size > HEAVY) or not stored.is_stored(name):
        return None
    ending = mimetypes.guess_extension(file.light_type) if light else PurePosixPath(file.name).suffix.lower()
    stem = slugify(PurePosixPath(file.name).stem)[:60] or "file"
    return Carried(f"files/{code}/{file.number}-{stem}{slug_ending(ending)}", name, size, light, file.description or file.name)


def slug_ending(ending: str | None) -> str:
    """Return the ending of a name with letters and figures alone."""
    letters = slugify((ending or "").lstrip("."))[:8]
    return f".{letters}" if letters else ""


def write(edition: Edition, path: Path) -> Path:
    """Write the archive; a file that is there is whole."""
    with whole_file(path) as out, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in sorted(pages(edition)):
            archive.writestr(zipfile.ZipInfo(name, _DATE), text.encode(), zipfile.ZIP_DEFLATED)
        for carried in sorted((each for rows in edition.files.values() for each in rows), key=lambda each: each.name):
            info = zipfile.ZipInfo(carried.name, _DATE)
            info.file_size = carried.size
            with stored.open_stored(carried.stored) as source, archive.open(info, "w") as target:
                shutil.copyfileobj(source, target)
    return path


def pages(edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield every page with its name: a start in all languages, and for each language contents and records."""
    yield "index.html", render_to_string("publications/usb/start.html", {"languages": settings.LANGUAGES, "names": _names(edition)})
    yield "style.css", render_to_string("publications/usb/style.css")
    yield "README.txt", _readme(edition)
    for language in LANGUAGES:
        with translation.override(language):
            yield from _pages_in(edition, language)


def _names(edition: Edition) -> list[tuple[str, str, str]]:
    """Return code, own name and title of the edition in each language."""
    found = []
    for code, name in settings.LANGUAGES:
        with translation.override(code):
            found.append((code, str(name), title_of(edition).text))
    return found


def title_of(edition: Edition) -> Told:
    """Return what the edition is called in the present language, or in one of its own."""
    if edition.collection is None:
        return Told(_("The library of Red MPE"), translation.get_language() or "", "")
    return told(edition.collection, "title") or Told(edition.collection.slug, "", "")


def _pages_in(edition: Edition, language: str) -> Iterator[tuple[str, str]]:
    introduction = told(edition.collection, "introduction") if edition.collection else Told("", "", "")
    common = {"language": language, "languages": settings.LANGUAGES, "edition_title": title_of(edition)}
    rows = [_told(edition, record) for record in edition.records]
    contents = {**common, "page": "index.html", "rows": rows, "sections": _sections(edition, rows)}
    contents |= {"introduction": introduction, "introduction_html": unlinked(markdown(introduction.text))}
    yield f"{language}/index.html", render_to_string("publications/usb/index.html", contents)
    for row in rows:
        page = f"{row['record'].code}.html"
        yield f"{language}/{page}", render_to_string("publications/usb/record.html", {**common, **row, "page": page})


def _sections(edition: Edition, rows: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return the records of a collection in its order, those of the whole library under their kinds."""
    if edition.collection is not None:
        return [("", rows)]
    kinds = [(kind, [row for row in rows if row["record"].kind == kind]) for kind in RecordKind]
    return [(str(kind.label), sorted(found, key=lambda row: row["title"].text.casefold())) for kind, found in kinds if found]


def _told(edition: Edition, record: Record) -> dict[str, Any]:
    titles = describing.all_told(record, "title") or [Told(record.code, "", "")]
    people = list(record.authors.all())
    note = edition.notes.get(record.pk)
    facts = [*describing.imprint(record), *((one.label, one.url or one.value) for one in describing.names(record.identifiers.all()))]
    return {
        "record": record,
        "title": titles[0],
        "other_titles": titles[1:],
        "authors": "; ".join(describing.printed(row) for row in people),
        "languages_of_work": ", ".join(row["name"] for row in describing.languages(record)),
        "abstract": _words(told(record, "abstract")),
        "answers": _story(record),
        "facts": facts,
        "licence": describing.licence(record),
        "citation": describing.citation(record, people),
        "note": told(note, "note") if note else Told("", "", ""),
        "files": [{"path": each.name, "size": describing.weight(each.size), "each": each} for each in edition.files.get(record.pk, [])],
    }


def _words(words: Told) -> dict[str, Any]:
    return {"lang": words.lang, "html": unlinked(markdown(words.text))}


def _story(record: Record) -> list[dict[str, Any]]:
    practice = getattr(record, "practice", None) if record.kind in PRACTICES else None
    rows = [(describing.question(name), told(practice, name)) for name in Practice.QUESTIONS] if practice else []
    return [{"label": label, **_words(words)} for label, words in rows if words]


def _readme(edition: Edition) -> str:
    parts = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            parts.append(
                render_to_string("publications/usb/readme.txt", {"title": title_of(edition), "many": len(edition.records)}).strip()
            )
    return ("\r\n\r\n" + "-" * 64 + "\r\n\r\n").join(part.replace("\n", "\r\n") for part in parts) + "\r\n"
