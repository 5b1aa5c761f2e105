"""A record as CSL-JSON, the plain value from which every citation and every export is made.

What CSL has no word for stands in `custom`, so that what goes out can come back whole. https://docs.citationstyles.org
"""

from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from publications.enums import AuthorRole, RecordKind, Scheme
from publications.models import Author, Relation
from publications.readers.bibliography.metadata import COLUMNS
from red_mpe.core.locale import COLUMN, column_language

Item = dict[str, Any]

#: The type of CSL for each kind.
TYPES = {
    RecordKind.GUIDE: "book",
    RecordKind.ARTICLE: "article-journal",
    RecordKind.THESIS: "thesis",
    RecordKind.LAW: "legislation",
    RecordKind.PROCEEDINGS: "paper-conference",
    RecordKind.DATASET: "dataset",
    RecordKind.PRESENTATION: "speech",
    RecordKind.AUDIO: "song",
    RecordKind.VIDEO: "motion_picture",
}
ROLES = {
    AuthorRole.AUTHOR: "author",
    AuthorRole.SPEAKER: "author",
    AuthorRole.EDITOR: "editor",
    AuthorRole.COMPILER: "compiler",
    AuthorRole.TRANSLATOR: "translator",
    AuthorRole.ILLUSTRATOR: "illustrator",
    AuthorRole.CONTRIBUTOR: "contributor",
}
_SCHEMES = {Scheme.DOI: "DOI", Scheme.ISBN: "ISBN", Scheme.ISSN: "ISSN"}
_KEPT = ("countries", "lenses", "strata", "sectors")


def for_export(records: "QuerySet[Any]", user: Any) -> list[Any]:
    """Read records with all that an item tells, in a number of queries that does not depend on how many there are."""
    shown = Relation.objects.visible_to(user).select_related("other").only("kind", "record_id", "other__code")
    relations = Prefetch("relations", shown, to_attr="shown_relations")
    return list(records.prefetch_related("authors", "identifiers", "themes", relations))


def permanent_address(code: str) -> str:
    """Return the address of a record that depends on no language."""
    return settings.BASE_URL + reverse("record_address", args=[code])


def csl_item(record: Any, language: str | None = None) -> Item:
    """Return a record as an item of CSL-JSON; the title in the language of the work, otherwise in the reader's `language`."""
    column = _column(record, language)
    item: Item = {"id": record.code, "type": TYPES.get(record.kind, "report"), "title": _words(record, "title", column)}
    item |= {"abstract": _words(record, "abstract", column), "language": _language(record)}
    item |= {name: getattr(record, field) for name, field in COLUMNS.items()}
    item |= {"issued": date_parts(record.issued), "event-date": date_parts(record.event_date)}
    item |= _people(record) | _identifiers(record)
    item["keyword"] = ", ".join(theme.code for theme in record.themes.all())
    item["custom"] = _custom(record, column)
    return {name: value for name, value in item.items() if value}


def date_parts(day: str) -> dict[str, Any]:
    """Return a date as exact as it is known."""
    return {"date-parts": [[int(part) for part in day.split("-")]]} if day else {}


def plain_date(value: Any) -> str:
    """Return a date of CSL as we write it; empty where there is none."""
    parts = ((value or {}).get("date-parts") or [[]])[0]
    return "-".join([f"{parts[0]:04d}", *(f"{part:02d}" for part in parts[1:])]) if parts else ""


def names(item: Item, *roles: str) -> list[str]:
    """Return who stands in those roles as a list has them: family name first."""
    found = [who for role in roles for who in item.get(role, [])]
    return [who.get("literal") or ", ".join(filter(None, (who.get("family"), who.get("given")))) for who in found]


def _column(record: Any, language: str | None) -> str:
    own = next((COLUMN[code] for code in record.languages if code in COLUMN), "")
    columns = [own, column_language(language), *COLUMN.values()]
    return next((column for column in columns if column and getattr(record, f"title_{column}")), "es")


def _words(record: Any, field: str, column: str) -> str:
    texts = (getattr(record, f"{field}_{one}") for one in (column, *COLUMN.values()))
    return next((text for text in texts if text), "")


def _language(record: Any) -> str:
    return {"pt-br": "pt-BR"}.get(record.languages[0], record.languages[0]) if record.languages else ""


def _name(author: Author) -> dict[str, str]:
    parts = {"family": author.family, "given": author.given, "literal": author.literal}
    return {name: value for name, value in parts.items() if value}


def _people(record: Any) -> Item:
    found: Item = {}
    for author in record.authors.all():
        if role := ROLES.get(author.role):
            found.setdefault(role, []).append(_name(author))
    return found


def _identifiers(record: Any) -> Item:
    rows = list(record.identifiers.all())
    found = {_SCHEMES[one.scheme]: one.value for one in reversed(rows) if one.scheme in _SCHEMES}
    elsewhere = next((one.value for one in rows if one.scheme == Scheme.URL), "")
    handle = next((f"https://hdl.handle.net/{one.value}" for one in rows if one.scheme == Scheme.HANDLE), "")
    return {**found, "URL": elsewhere or handle or permanent_address(record.code)}


def _custom(record: Any, column: str) -> Item:
    texts = {field: {c: getattr(record, f"{field}_{c}") or "" for c in COLUMN.values()} for field in ("title", "abstract")}
    found: Item = {"kind": record.kind, "address": permanent_address(record.code), "licence": record.licence, "access": record.access}
    found["since"] = record.published_at.date().isoformat() if record.published_at else ""
    found |= {"titles": _filled(texts["title"]), "abstracts": _filled(texts["abstract"]), "title_language": column}
    found |= {"languages": list(record.languages), **{name: list(getattr(record, name)) for name in _KEPT}}
    found["authors"] = [{"role": author.role, **_name(author)} for author in record.authors.all()]
    found["identifiers"] = [[one.scheme, one.value] for one in record.identifiers.all()]
    found["relations"] = [[one.kind, one.other.code] for one in getattr(record, "shown_relations", ())]
    return {name: value for name, value in found.items() if value}


def _filled(texts: dict[str, str]) -> dict[str, str]:
    return {column: text for column, text in texts.items() if text}


def csl_items(records: "QuerySet[Any]", user: Any, language: str | None = None) -> list[Item]:
    """Return the items of those records in their order."""
    return [csl_item(record, language) for record in for_export(records, user)]
