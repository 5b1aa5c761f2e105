"""What the page of a record says, made of the record, of what stands around it and of who reads."""

from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import F, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_countries import countries

from members.models.texts import Told, told
from members.rules import is_shown
from publications import registry
from publications.enums import (
    INVERSE,
    LISTED,
    PRACTICES,
    Access,
    Lens,
    RecordKind,
    RecordState,
    RelationKind,
    Sector,
    Stratum,
)
from publications.exports import describing
from publications.models import Collection, Practice, Record, Relation
from publications.rules import is_editor
from publications.views.file_rows import files_of
from red_mpe.core.locale import COLUMN
from red_mpe.core.text import excerpt, markdown, plain

_ENDS: Final = tuple(f"{end}__{name}" for end in ("record", "other") for name in ("code", "state", "kind", "year"))
_TITLES: Final = tuple(f"{end}__title_{column}" for end in ("record", "other") for column in COLUMN.values())
#: In this order relations are told; the second of a pair says whether from the other's side.
_ORDER: Final = tuple((kind, inverse) for kind in RelationKind for inverse in (True, False))
_NEWER: Final = (RelationKind.EDITION_OF, RelationKind.REPLACES)


def page_of_record(request: HttpRequest, record: Record) -> dict[str, Any]:
    """Return everything that the page of a record shows."""
    titles = describing.all_told(record, "title") or [Told(record.code, "", "")]
    relations = related(record, request.user)
    return {
        **head_of(record, request.user, titles),
        **words_of(request, record),
        **facts_of(record, request.user),
        **files_for(request, record),
        "relations": told_relations(relations),
        "newer": [row for row in relations if row["inverse"] and row["relation"] in _NEWER and not row["withdrawn"]],
        "uses": uses_of(record, request.user),
        "collections": collections_of(record, request.user),
        **work_on(record, request.user),
    }


def gone_page(request: HttpRequest, record: Record) -> dict[str, Any]:
    """Return what the tombstone of a withdrawn record shows: that it was there, why it went, what stands in its place."""
    titles = describing.all_told(record, "title") or [Told(record.code, "", "")]
    relations = related(record, request.user)
    newer = [row for row in relations if row["inverse"] and row["relation"] in _NEWER and not row["withdrawn"]]
    return {"record": record, "title": titles[0], "authors": describing.authors(record.authors.all(), request.user), "newer": newer}


def head_of(record: Record, user: Any, titles: list[Told]) -> dict[str, Any]:
    """Return title, other titles and authors."""
    return {
        "record": record,
        "title": titles[0],
        "foreign": titles[0].lang not in ("", get_language()),
        "other_titles": titles[1:],
        "authors": describing.authors(record.authors.all(), user),
        "languages_of_work": describing.languages(record),
        "practice": practice_of(record),
    }


def practice_of(record: Record) -> Practice | None:
    """Return the story of a good practice or lesson, where it has one."""
    return getattr(record, "practice", None) if record.kind in PRACTICES else None


def words_of(request: HttpRequest, record: Record) -> dict[str, Any]:
    """Return the abstract, or the story, in the language that was asked for, and the tabs to the others."""
    practice = practice_of(record)
    written = [code for code, _name in settings.LANGUAGES if _has_words(record, practice, COLUMN[code])]
    wanted = next((code for code in (request.GET.get("text"), get_language()) if code in written), next(iter(written), ""))
    names = dict(settings.LANGUAGES)
    tabs = [{"url": f"?text={code}", "label": names[code], "current": code == wanted, "lang": code} for code in written]
    abstract = in_language(record, "abstract", wanted)
    return {
        "tabs": tabs if len(tabs) > 1 else [],
        "abstract": abstract,
        "abstract_html": markdown(abstract.text),
        "summary": excerpt(plain(markdown(abstract.text)), 200),
        "answers": _answers(practice, wanted) if practice else [],
        "contact": in_language(practice, "contact", wanted) if practice else Told("", "", ""),
    }


def _has_words(record: Record, practice: Practice | None, column: str) -> bool:
    questions = Practice.QUESTIONS if practice else ()
    return bool(getattr(record, f"abstract_{column}")) or any(getattr(practice, f"{name}_{column}") for name in questions)


def in_language(source: Any, field: str, wanted: str) -> Told:
    """Return a field in the language `wanted`, otherwise in the first it was written in."""
    found = describing.all_told(source, field)
    return next((each for each in found if each.lang == wanted), found[0] if found else Told("", "", ""))


def _answers(practice: Practice, wanted: str) -> list[dict[str, Any]]:
    rows = [(name, in_language(practice, name, wanted)) for name in Practice.QUESTIONS if name != "contact"]
    return [
        {"name": name, "label": describing.question(name), "told": words, "html": markdown(words.text), "foreign": words.lang != wanted}
        for name, words in rows
        if words
    ]


def facts_of(record: Record, user: Any) -> dict[str, Any]:
    """Return what is known of the work, and the ways from it into the library."""
    return {
        "imprint": describing.imprint(record),
        "identifiers": describing.names(record.identifiers.all()),
        "licence": describing.licence(record),
        "audience": describing.audience(record),
        "facets": [(name, links) for name, links in _facets(record, user) if links],
    }


def _facets(record: Record, user: Any) -> list[tuple[str, list[dict[str, str]]]]:
    return [
        (_("Themes"), [facet("theme", theme.code, theme.name) for theme in record.themes.all()]),
        (_("Lenses"), [facet("lens", code, Lens(code).label) for code in record.lenses]),
        (_("About"), [facet("stratum", code, Stratum(code).label) for code in record.strata]),
        (_("Learnt from"), [facet("sector", code, Sector(code).label) for code in record.sectors]),
        (_("Countries"), [facet("country", code, countries.name(code)) for code in record.countries]),
        (_("Groups"), [facet("group", group.slug, told(group, "name").text) for group in record.groups.all() if is_shown(user, group)]),
    ]


def facet(name: str, value: str, label: Any) -> dict[str, str]:
    """Return a link to everything in the library of one theme, country or the like."""
    return {"url": f"{reverse('publications:library')}?{urlencode({name: value})}", "label": str(label)}


def files_for(request: HttpRequest, record: Record) -> dict[str, Any]:
    """Return the files with their weight and what the reader may do, and the PDFs that everybody may have, for machines."""
    files = files_of(request, record)
    free = record.access == Access.PUBLIC and record.state == RecordState.PUBLISHED
    pdfs = [settings.BASE_URL + row.url for row in files["rows"] if free and row.url and row.kind == "PDF"]
    return {"files": files, "pdfs": pdfs}


def related(record: Record, user: Any) -> list[dict[str, Any]]:
    """Return the records that this one has to do with, both ways: one query."""
    rows = Relation.objects.visible_to(user).filter(Q(record=record) | Q(other=record)).order_by("pk")
    return [_related(record, row) for row in rows.values("record_id", relation=F("kind"), **_columns())]


def told_relations(rows: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return relations under their words: “Part of”, “Contains”, …"""
    found = []
    for kind, inverse in _ORDER:
        if here := [row for row in rows if (row["relation"], row["inverse"]) == (kind, inverse)]:
            found.append((str(INVERSE[kind] if inverse else kind.label), here))
    return found


def _columns() -> dict[str, Any]:
    return {name.replace("__", "_of_"): F(name) for name in (*_ENDS, *_TITLES)}


def _related(record: Record, row: dict[str, Any]) -> dict[str, Any]:
    inverse = row["record_id"] != record.pk
    end = "record" if inverse else "other"
    code, kind = row[f"{end}_of_code"], row[f"{end}_of_kind"]
    return {
        "relation": row["relation"],
        "inverse": inverse,
        "title": told(row, f"{end}_of_title") or Told(code, "", ""),
        "kind": str(RecordKind(kind).label),
        "year": row[f"{end}_of_year"],
        "url": reverse("publications:record_detail", args=[code]),
        "withdrawn": row[f"{end}_of_state"] == RecordState.WITHDRAWN,
    }


def uses_of(record: Record, user: Any) -> list[tuple[str, list[registry.UsedBy]]]:
    """Return where the network uses the record, as the apps above the library say."""
    found = [(str(source.label), source.find([record.pk], user)) for source in registry.sources()]
    return [(label, rows) for label, rows in found if rows]


def collections_of(record: Record, user: Any) -> list[tuple[Collection, Told]]:
    """Return the collections that the record stands in and that the reader sees."""
    if record.state not in LISTED:
        return []
    rows = Collection.objects.visible_to(user).filter(items__record=record)
    return [(row, told(row, "title")) for row in rows]


def work_on(record: Record, user: Any) -> dict[str, Any]:
    """Return what this reader may do with the record."""
    mine = user.is_authenticated and record.proposed_by_id == user.pk
    return {
        "keeps": is_editor(user) or mine,
        "may_collect": is_editor(user) and record.state in LISTED,
        "edit_url": reverse("publications:record_edit", args=[record.code]) if user.has_perm("publications.change_record", record) else "",
        "ask_url": _ask(record, user),
        "desk_url": reverse("publications:record_desk", args=[record.code]) if is_editor(user) else "",
    }


def _ask(record: Record, user: Any) -> str:
    if record.access != Access.REQUEST or not user.has_perm("publications.ask_access", record):
        return ""
    return reverse("publications:access_ask", args=[record.code])
