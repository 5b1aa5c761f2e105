"""Citations: a record as the bibliographies of four styles write it.

The engine is citeproc-py; the styles are ours, in `styles/`, short and made for the fields that a record has (docs/adr/0016).
"""

import re
import threading
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc.source.json import CiteProcJSON
from django.utils import timezone, translation
from django.utils.translation import pgettext

from publications.enums import RecordKind
from publications.exports import marks
from publications.exports.csl import Item

STYLES = {"apa": "APA 7", "abnt": "ABNT NBR 6023", "iso690": "ISO 690", "vancouver": "Vancouver"}
LOCALES = {"es": "es-ES", "en": "en-US", "pt-br": "pt-BR"}
_FOLDER = Path(__file__).parent / "styles"
_ENGINE = threading.Lock()  # a style keeps the formatter of the last one who used it
_GENRES = (RecordKind.THESIS, RecordKind.DATASET, RecordKind.PRESENTATION, RecordKind.AUDIO, RecordKind.VIDEO)
_SUPPORTED = {"author", "editor", "title", "edition", "container-title", "volume", "issue", "page", "number"}
_SUPPORTED |= {"publisher", "publisher-place", "event-place", "issued", "event-date", "DOI", "ISBN", "URL", "genre", "accessed"}
_DOUBLED = re.compile(r"([?!…]\x03?)\.(?=\W|$)")
_ORDINALS = {("en", 1): "1st", ("en", 2): "2nd", ("en", 3): "3rd"}


@dataclass(frozen=True)
class Citing:
    """A citation: its style, its words, and the same words in pieces with their emphasis (`""`, `i`, `b`)."""

    style: str
    name: str
    text: str
    pieces: tuple[tuple[str, str], ...]


def cite(item: Item, style: str, language: str | None = None, on: date | None = None) -> Citing:
    """Return the citation of an item in a style, with the words between in `language`; `on` is when it was looked at."""
    language = language or translation.get_language() or "es"
    prepared = {"id": "it", "type": item["type"]} | prepare(item, style, language, on or timezone.localdate())
    with _ENGINE:
        made = CitationStylesBibliography(_style(style, language), CiteProcJSON([prepared]), marks)
        made.register(Citation([CitationItem("it")]))
        text = "".join(str(part) for part in made.bibliography()[0])
    text = _ended(_DOUBLED.sub(r"\1", text).strip())
    return Citing(style, STYLES[style], marks.bare(text), marks.pieces(text))


def _ended(text: str) -> str:
    """End with a full stop unless an address, which a stop would break, is last."""
    return text if text.endswith((".", "?", "!")) or "/" in text.rsplit(" ", 1)[-1] else f"{text}."


def citations(item: Item, language: str | None = None, on: date | None = None) -> list[Citing]:
    """Return the citations of an item in all styles."""
    return [cite(item, style, language, on) for style in STYLES]


def prepare(item: Item, style: str, language: str, on: date) -> Item:
    """Return what the engine is given of an item: what our styles know, said as that style says it."""
    given = {name: value for name, value in item.items() if name in _SUPPORTED}
    given["event"] = item.get("event-title", "")
    given["accessed"] = {"date-parts": [[on.year, on.month, on.day]]}
    if edition := item.get("edition"):
        given["edition"] = edition_words(edition, "abnt" if style == "abnt" else language)
    if genre := _genre(item, language):
        given["genre"] = genre
    if item.get("number") and item["number"] in item["title"]:
        del given["number"]  # a law is called by its number
    if style == "apa" and _same(item.get("author"), item.get("publisher")):
        del given["publisher"]  # who wrote it need not be told again as the house
    return {name: value for name, value in given.items() if value}


def edition_words(edition: str, language: str) -> str:
    """Return “2nd ed.” for a bare number, in the language or in ABNT's way; words as they are."""
    if not edition.isdigit():
        return edition
    number = int(edition)
    if language == "en":
        return f"{_ORDINALS.get(('en', number), f'{number}th')} ed."
    return {"es": f"{number}.ª ed.", "pt-br": f"{number}ª ed."}.get(language, f"{number}. ed.")


def _genre(item: Item, language: str) -> str:
    kind = (item.get("custom") or {}).get("kind")
    if item.get("genre") or kind not in _GENRES:
        return str(item.get("genre", ""))
    with translation.override(language):
        return {
            RecordKind.THESIS: pgettext("in a citation", "Thesis"),
            RecordKind.DATASET: pgettext("in a citation", "Dataset"),
            RecordKind.PRESENTATION: pgettext("in a citation", "Presentation"),
            RecordKind.AUDIO: pgettext("in a citation", "Audio"),
            RecordKind.VIDEO: pgettext("in a citation", "Video"),
        }[RecordKind(kind)]


def _same(authors: Any, publisher: str | None) -> bool:
    return bool(publisher and authors) and len(authors or ()) == 1 and authors[0].get("literal") == publisher


@lru_cache(maxsize=16)
def _style(style: str, language: str) -> CitationStylesStyle:
    return CitationStylesStyle(str(_FOLDER / f"{style}.csl"), locale=LOCALES.get(language, "es-ES"), validate=False)
