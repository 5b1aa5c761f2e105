"""Metadata of a DOI as JSON: CSL-JSON, Crossref or DataCite; one work or a list of them."""

import json
import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from .found import Found, ReadError, divided_name, iso_date

CSL_KINDS = {
    "book": "guide",
    "article-journal": "article",
    "journal-article": "article",
    "article": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "thesis": "thesis",
    "dissertation": "thesis",
    "legislation": "law",
    "bill": "law",
    "paper-conference": "proceedings",
    "proceedings-article": "proceedings",
    "proceedings": "proceedings",
    "dataset": "dataset",
    "speech": "presentation",
    "song": "audio",
    "broadcast": "audio",
    "motion_picture": "video",
}
DATACITE_KINDS = {
    "Book": "guide",
    "JournalArticle": "article",
    "Dissertation": "thesis",
    "ConferenceProceeding": "proceedings",
    "ConferencePaper": "proceedings",
    "Dataset": "dataset",
    "Presentation": "presentation",
    "Sound": "audio",
    "Audiovisual": "video",
}
#: What CSL-JSON calls the plain columns of a record; the way out (exports/csl.py) uses the same.
COLUMNS = {
    "publisher": "publisher",
    "publisher-place": "place",
    "edition": "edition",
    "container-title": "container",
    "volume": "volume",
    "issue": "issue",
    "page": "pages",
    "number": "number",
    "event-title": "event_name",
    "event-place": "event_place",
}
_ROLES = ("author", "editor", "translator", "compiler", "illustrator", "contributor")
_TAG = re.compile(r"<[^>]{0,200}>")
_LICENCE = re.compile(r"creativecommons\.org/(?:licenses/([a-z-]+)/(\d\.\d)(/igo)?|publicdomain/zero)")

Json = dict[str, Any]


def works(text: str) -> Iterator[Found]:
    """Yield each work. Refused when the text is no JSON, or holds no work."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise ReadError(_("The text begins like JSON but is none: a bracket, a comma or a quotation mark is missing.")) from None
    rows = _rows(data)
    if not rows:
        raise ReadError(_("The JSON holds no work that CSL, Crossref or DataCite would describe."))
    for number, row in enumerate(rows, 1):
        yield _work(number, row)


def _rows(data: Any) -> list[Any]:
    """Return the works in whatever envelope they came."""
    if isinstance(data, list):
        return data
    if not isinstance(data, dict):
        return []
    for envelope in ("message", "data", "items"):
        inner = data.get(envelope)
        if isinstance(inner, dict | list):
            return _rows(inner)
    return [data]


def _work(number: int, row: Any) -> Found:
    """Return one work; whatever has another form than it should is told, and nothing breaks."""
    try:
        if isinstance(row, dict) and isinstance(row.get("attributes"), dict):
            row = row["attributes"]
        if not isinstance(row, dict):
            raise TypeError
        return _datacite(number, row) if "titles" in row else _csl(number, row)
    except (TypeError, ValueError, KeyError, AttributeError, IndexError):
        return Found(number, faults=[_("This work has another form than CSL, Crossref and DataCite give it.")])


def _one(value: Any) -> str:
    """Crossref puts titles into lists."""
    if isinstance(value, list):
        value = value[0] if value else ""
    return _TAG.sub("", str(value)) if isinstance(value, str | int | float) else ""


def _csl(number: int, row: Json) -> Found:
    work = Found(number, kind=CSL_KINDS.get(str(row.get("type")), "report"))
    title, subtitle = _one(row.get("title")), _one(row.get("subtitle"))
    work.say(work.titles, "", f"{title}: {subtitle}" if title and subtitle and subtitle not in title else title)
    work.say(work.abstracts, "", _one(row.get("abstract")))
    for name, column in COLUMNS.items():
        work.put(column, _one(row.get(name)))
    event = row.get("event")
    if isinstance(event, dict):
        work.put("event_name", event.get("name"))
        work.put("event_place", event.get("location"))
    work.put("issued", _date(row.get("issued") or row.get("published")))
    work.put("event_date", _date(row.get("event-date")))
    for role in _ROLES:
        for who in row.get(role) or []:
            work.credit(
                role, family=_one(who.get("family")), given=_one(who.get("given")), literal=_one(who.get("literal") or who.get("name"))
            )
    for name in ("DOI", "ISBN", "ISSN"):
        work.named(name.lower(), _one(row.get(name)))
    work.named("url", _one(row.get("URL")))
    work.languages = [str(row["language"])] if row.get("language") else []
    work.themes = [word.strip() for word in _one(row.get("keyword")).split(",") if word.strip()]
    work.licence = _licence(str([one.get("URL") for one in row.get("license") or []]))
    if isinstance(row.get("custom"), dict):
        _ours(work, row["custom"])
    return work


def _date(value: Any) -> str:
    if not isinstance(value, dict):
        return ""
    parts = (value.get("date-parts") or [[]])[0]
    return iso_date("-".join(f"{int(part):0{4 if place == 0 else 2}d}" for place, part in enumerate(parts) if part)) or iso_date(
        str(value.get("raw") or value.get("literal") or "")
    )


def _ours(work: Found, custom: Json) -> None:
    """What our own export says beyond CSL."""
    work.kind, work.licence = str(custom.get("kind") or work.kind), str(custom.get("licence") or work.licence)
    for name, texts in (("titles", work.titles), ("abstracts", work.abstracts)):
        if isinstance(custom.get(name), dict):
            texts.clear()
            for column, words in custom[name].items():
                work.say(texts, str(column), words)
    if custom.get("authors"):
        work.authors = []
        for who in custom["authors"]:
            work.credit(who["role"], **{part: who.get(part, "") for part in ("family", "given", "literal")})
    work.identifiers = [(str(scheme), str(value)) for scheme, value in custom.get("identifiers", [])]
    work.languages = [str(code) for code in custom.get("languages", [])] or work.languages
    work.lists = {name: [str(code) for code in custom.get(name, [])] for name in ("countries", "lenses", "strata", "sectors")}


def _datacite(number: int, row: Json) -> Found:
    types = row.get("types") or {}
    work = Found(number, kind=DATACITE_KINDS.get(str(types.get("resourceTypeGeneral")), "report"))
    work.say(work.titles, "", _one(row["titles"][0].get("title")))
    described = [one for one in row.get("descriptions") or [] if one.get("descriptionType") == "Abstract"]
    work.say(work.abstracts, "", _one(described[0].get("description")) if described else "")
    publisher = row.get("publisher")
    work.put("publisher", publisher.get("name") if isinstance(publisher, dict) else publisher)
    issued = [one.get("date") for one in row.get("dates") or [] if one.get("dateType") == "Issued"]
    work.put("issued", iso_date(str(issued[0] if issued else row.get("publicationYear") or "")))
    for role, people in (("author", row.get("creators")), ("contributor", row.get("contributors"))):
        for who in people or []:
            if who.get("familyName"):
                work.credit(role, family=who["familyName"], given=who.get("givenName") or "")
            else:
                organisation = who.get("nameType") == "Organizational"
                work.credit(role, **({"literal": _one(who.get("name"))} if organisation else divided_name(_one(who.get("name")))))
    work.named("doi", _one(row.get("doi")))
    work.named("url", _one(row.get("url")))
    work.languages = [str(row["language"])] if row.get("language") else []
    work.licence = _licence(str([one.get("rightsUri") for one in row.get("rightsList") or []]))
    return work


def _licence(addresses: str) -> str:
    """Return the SPDX identifier of the first Creative Commons licence among addresses."""
    found = _LICENCE.search(addresses)
    if found is None:
        return ""
    return f"CC-{found[1].upper()}-{found[2]}{'-IGO' if found[3] else ''}" if found[1] else "CC0-1.0"
