"""Collections: making them, filling them, putting them in order, letting readers see them.

Whoever changes one names the revision that they saw; who was slower is told so and nothing is lost.
"""

from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from publications.models import Collection, CollectionItem, Record
from red_mpe.core import audit
from red_mpe.core.locale import COLUMN
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError, StaleState
from red_mpe.core.text import clean, clean_line

WAYS: Final = ("up", "down", "first", "last")
#: Words that stand in addresses where a slug of a collection could stand.
RESERVED: Final = frozenset({"new", "nueva", "nova", "add", "agregar", "adicionar"})
WORDS: Final = tuple(f"{field}_{column}" for field in ("title", "introduction") for column in COLUMN.values())
NOTES: Final = tuple(f"note_{column}" for column in COLUMN.values())


def create_collection(*, actor: Any, once: UUID, slug: str = "", **fields: Any) -> Collection:
    """Make a collection that readers do not see yet; its address comes from the first title unless `slug` is given.

    `fields` are title_<language>, introduction_<language>, theme, group, open_to_all. Sent twice with the same `once` it is one.
    Refused: without a title.
    """
    require(actor, "publications.add_collection")
    fields = _tidy(fields)
    titles = [fields[f"title_{column}"] for column in COLUMN.values() if fields.get(f"title_{column}")]
    _refuse_nameless(titles)
    try:
        with transaction.atomic():
            if done := Collection.objects.filter(once=once).first():
                return done
            last = Collection.objects.aggregate(last=Max("position"))["last"]
            place = 0 if last is None else last + 1
            collection: Collection = Collection.objects.create(once=once, slug=_free_slug(slug or titles[0]), position=place, **fields)
            audit.record("publications.collection_created", actor=actor, target=collection)
    except IntegrityError:  # the same form, sent twice at once
        return Collection.objects.get(once=once)
    return collection


def change_collection(*, actor: Any, collection: Collection, seen: int, **fields: Any) -> Collection:
    """Write titles, introductions, theme, group and audience. Refused: without a title; StaleState after the revision `seen`."""
    require(actor, "publications.change_collection", collection)
    fields = _tidy(fields)
    _refuse_nameless([fields.get(f"title_{column}", getattr(collection, f"title_{column}")) for column in COLUMN.values()])
    with transaction.atomic():
        _claim(collection, seen, **fields)
        audit.record("publications.collection_changed", actor=actor, target=collection, fields=sorted(fields))
    return collection


def show_collection(*, actor: Any, collection: Collection, seen: int, published: bool) -> Collection:
    """Let readers see a collection, or take it out of their sight. Refused: showing one that is empty."""
    require(actor, "publications.change_collection", collection)
    if published and not collection.items.exists():
        raise DomainError(_("Nothing is in it yet. Add a record first."))
    with transaction.atomic():
        _claim(collection, seen, published=published)
        verb = "publications.collection_shown" if published else "publications.collection_hidden"
        audit.record(verb, actor=actor, target=collection)
    return collection


def delete_collection(*, actor: Any, collection: Collection, seen: int) -> None:
    """Delete a collection that readers do not see; its records stay in the library."""
    require(actor, "publications.delete_collection", collection)
    with transaction.atomic():
        _claim(collection, seen)
        if collection.published:
            raise DomainError(_("Readers see this collection. Take it out of their sight first."))
        audit.record("publications.collection_deleted", actor=actor, target=collection, slug=collection.slug)
        collection.delete()


def add_to_collection(*, actor: Any, collection: Collection, record: Record, **notes: str) -> CollectionItem:
    """Put a record at the end, with a note on why it is there; one that is in it already stays where it is, as it is."""
    require(actor, "publications.change_collection", collection)
    require(actor, "publications.view_record", record)
    with transaction.atomic():
        _claim(collection, None)
        if there := collection.items.filter(record=record).first():
            return there
        last = collection.items.aggregate(last=Max("position"))["last"]
        place = 0 if last is None else last + 1
        item = CollectionItem.objects.create(collection=collection, record=record, position=place, **_tidy_notes(notes))
        audit.record("publications.collection_filled", actor=actor, target=collection, record=record.pk)
    return item


def note_item(*, actor: Any, item: CollectionItem, seen: int, **notes: str) -> CollectionItem:
    """Write why a record is in the collection."""
    require(actor, "publications.change_collection", item.collection)
    with transaction.atomic():
        _claim(item.collection, seen)
        _still_there(item).update(**_tidy_notes(notes))
        audit.record("publications.collection_noted", actor=actor, target=item.collection, record=item.record_id)
    item.refresh_from_db()
    return item


def move_item(*, actor: Any, item: CollectionItem, seen: int, way: str) -> None:
    """Move a record one place `up` or `down`, or to the `first` or `last`; at the end already, it stays."""
    require(actor, "publications.change_collection", item.collection)
    if way not in WAYS:
        raise ValueError(f"no way to move: {way}")
    with transaction.atomic():
        _claim(item.collection, seen)
        rows = list(item.collection.items.all())
        place = next((number for number, row in enumerate(rows) if row.pk == item.pk), None)
        if place is None:
            raise StaleState
        goal = {"up": max(place - 1, 0), "down": place + 1, "first": 0, "last": len(rows)}[way]
        rows.insert(goal, rows.pop(place))
        for number, row in enumerate(rows):
            row.position = number
        CollectionItem.objects.bulk_update(rows, ["position"])
        audit.record("publications.collection_ordered", actor=actor, target=item.collection, record=item.record_id, way=way)


def remove_item(*, actor: Any, item: CollectionItem, seen: int) -> None:
    """Take a record out of a collection; it stays in the library."""
    require(actor, "publications.change_collection", item.collection)
    with transaction.atomic():
        _claim(item.collection, seen)
        _still_there(item).delete()
        audit.record("publications.collection_emptied", actor=actor, target=item.collection, record=item.record_id)


def _claim(collection: Collection, seen: int | None, **fields: Any) -> None:
    """Count the revision and write `fields`; with `seen` refused when another was faster. The row stays locked till the end."""
    rows = Collection.objects.filter(pk=collection.pk)
    if seen is not None:
        rows = rows.filter(revision=seen)
    if not rows.update(revision=F("revision") + 1, **fields):
        raise StaleState
    collection.refresh_from_db()


def _still_there(item: CollectionItem) -> Any:
    rows = CollectionItem.objects.filter(pk=item.pk)
    if not rows.exists():
        raise StaleState
    return rows


def _refuse_nameless(titles: list[Any]) -> None:
    if not any(titles):
        raise DomainError(_("Give the collection a title, in one language at least."))


def _tidy(fields: dict[str, Any]) -> dict[str, Any]:
    unknown = set(fields) - {*WORDS, "theme", "group", "open_to_all"}
    if unknown:
        raise ValueError(f"no columns of a collection: {sorted(unknown)}")
    return {name: _tidy_word(name, value) for name, value in fields.items()}


def _tidy_word(name: str, value: Any) -> Any:
    if name not in WORDS:
        return value
    return clean_line(value or "") if name.startswith("title") else clean(value or "").strip()


def _tidy_notes(notes: dict[str, str]) -> dict[str, str]:
    return {name: clean(notes.get(name) or "").strip() for name in NOTES}


def _free_slug(words: str) -> str:
    """Return an address that no collection has: the words, with a number behind them where they are taken."""
    start = slugify(words)[:70].strip("-") or "collection"
    taken = set(Collection.objects.filter(slug__startswith=start).values_list("slug", flat=True)) | RESERVED
    return next(slug for number in range(len(taken) + 1) if (slug := f"{start}-{number + 1}" if number else start) not in taken)
