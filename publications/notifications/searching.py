"""What is announced of kept searches: one item for each search and day, with the records that are new in it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from members.models import told
from publications.models import Record, SavedSearch
from red_mpe.core.models import AuditEntry
from red_mpe.notifications.enums import Category
from red_mpe.notifications.registry import Item, NotificationType

NAMED = 8  # records in a mail; the page has them all


def keeper(entry: AuditEntry) -> Iterable[int]:
    """Who keeps the search, and nobody else."""
    return SavedSearch.objects.filter(pk=entry.target_id).values_list("user_id", flat=True)


def seen_now(entries: Sequence[AuditEntry]) -> dict[int, list[dict[str, Any]]]:
    """Return for each entry what its keeper may find now of the records it names: what was withdrawn or closed since is not told."""
    kept = SavedSearch.objects.select_related("user").in_bulk([entry.target_id for entry in entries])
    readers = {search.user_id: search.user for search in kept.values()}
    named = {pk: {key for entry in entries for key in _keys(entry) if _reader(kept, entry) == pk} for pk in readers}
    rows = {pk: {row["pk"]: row for row in _rows(reader, named[pk])} for pk, reader in readers.items()}
    return {
        entry.pk: [rows[reader][key] for key in _keys(entry) if key in rows[reader]]
        for entry in entries
        if (reader := _reader(kept, entry))
    }


def _keys(entry: AuditEntry) -> list[int]:
    return list(entry.data["records"])


def _reader(kept: dict[int, SavedSearch], entry: AuditEntry) -> int:
    return kept[entry.target_id].user_id if entry.target_id in kept else 0


def _rows(reader: Any, keys: Iterable[int]) -> Any:
    return Record.objects.listed_for(reader).filter(pk__in=keys).values("pk", "code", "year", "title_es", "title_en", "title_pt")


def own_searches(entries: Sequence[AuditEntry], person: Any) -> Iterable[int]:
    """One's own, as long as something of it can still be found."""
    own = set(SavedSearch.objects.visible_to(person).filter(pk__in=[entry.target_id for entry in entries]).values_list("pk", flat=True))
    found = seen_now([entry for entry in entries if entry.target_id in own])
    return [pk for pk, rows in found.items() if rows]


def describe_searches(entries: Sequence[AuditEntry]) -> dict[int, Item]:
    """The name of the search and the titles of what is new."""
    kept = SavedSearch.objects.in_bulk([entry.target_id for entry in entries])
    return {entry.pk: _item(kept[entry.target_id], rows, entry) for entry, rows in _with_rows(entries) if entry.target_id in kept}


def _with_rows(entries: Sequence[AuditEntry]) -> list[tuple[AuditEntry, list[dict[str, Any]]]]:
    found = seen_now(entries)
    return [(entry, found[entry.pk]) for entry in entries if found.get(entry.pk)]


def _item(search: SavedSearch, rows: list[dict[str, Any]], entry: AuditEntry) -> Item:
    return {
        "url": f"{reverse('publications:library')}?{search.query}&sort=newest",
        "group": _("Library"),
        "section": "",
        "search": search.name,
        "records": [_named(row) for row in rows[:NAMED]],
        "count": len(rows),
        "more": entry.data["more"] or len(rows) > NAMED,
    }


def _named(row: dict[str, Any]) -> dict[str, Any]:
    title = told(row, "title")
    return {"title": title.text or row["code"], "lang": title.lang, "year": row["year"] or ""}


TYPES = (
    NotificationType(
        key="publications.saved_search",
        category=Category.LIBRARY,
        audience=keeper,
        describe=describe_searches,
        may_see_many=own_searches,
        rank=60,
    ),
)
