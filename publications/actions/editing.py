"""Saving a record: everything it says in one go, and never over what somebody else has saved."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.models import User
from publications.actions.changing import mark_changed
from publications.actions.identifiers import normal_identifier
from publications.actions.moving import lock
from publications.enums import IN_HAND, PRACTICES, Access, RecordState
from publications.models import Author, Identifier, Practice, Record, Relation
from publications.states import PUBLISH, names_its_group
from red_mpe.core import audit
from red_mpe.core.locale import COLUMN
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError, GuardsUnmet, StaleState

TRANSLATED = tuple(f"{field}_{column}" for field in ("title", "abstract") for column in COLUMN.values())
#: Columns of a record that somebody writes; everything else has an action of its own.
FIELDS = (
    *("kind", *TRANSLATED, "languages", "issued", "publisher", "place", "edition", "container", "volume", "issue", "pages", "number"),
    *("event_name", "event_place", "event_date", "licence", "access", "access_group", "countries", "lenses", "strata", "sectors"),
)
STORY = tuple(f"{question}_{column}" for question in Practice.QUESTIONS for column in COLUMN.values())
_AUTHOR = ("role", "family", "given", "literal", "person", "organisation")
_LINKED = ("themes", "groups")
_PARTS = ("authors", "identifiers", "relations", "practice", *_LINKED)


class OverwrittenError(StaleState):
    """Another person has saved this record in the meantime: nothing was overwritten; `present` is the record as it is now."""

    def __init__(self, present: Record) -> None:
        DomainError.__init__(
            self,
            _("Somebody else has saved this record in the meantime. Nothing was overwritten: compare both texts, and save yours again."),
        )
        self.present = present


def save_record(*, record: Record, actor: User, seen: int, **fields: Any) -> Record:
    """Write what `fields` name, and nothing else, onto the revision `seen`; refused with OverwrittenError when there is a newer one.

    Beside the columns: `authors` (mappings in their order), `identifiers` (pairs of kind and value, put into normal form),
    `relations` (pairs of kind and record), `practice` (columns of its questions), `themes`, `groups`. A record that readers
    can find already must stay complete.
    """
    with transaction.atomic():
        held = lock(record)
        require(actor, "publications.change_record", held)
        if held.revision != seen:
            raise OverwrittenError(held)
        written = write_fields(held, actor, fields)
        mark_changed(held, seen=seen)
        audit.record("publications.record_saved", actor=actor, target=held, fields=written)
    record.refresh_from_db()
    return record


def write_fields(record: Record, actor: User, fields: Mapping[str, Any]) -> list[str]:
    """Write `fields` as `save_record` explains, inside the caller's transaction; return their names. Unknown ones are mistakes in code."""
    if unknown := set(fields) - {*FIELDS, *_PARTS}:
        raise TypeError(f"a record has no {', '.join(sorted(unknown))}")
    _write_columns(record, {name: value for name, value in fields.items() if name in FIELDS})
    for name in _LINKED:
        if name in fields:
            getattr(record, name).set(fields[name])
    for name, write in _WRITERS.items():
        if name in fields:
            write(record, actor, fields[name])
    _refuse_incomplete(record)
    return sorted(fields)


def _write_columns(record: Record, columns: dict[str, Any]) -> None:
    for name, value in columns.items():
        setattr(record, name, value)
    if record.access != Access.GROUP and "access" in columns:
        columns["access_group"] = record.access_group = None
    _refuse_incomplete_group(record)
    if columns:
        record.save(update_fields=[*columns, "updated_at"])


def _refuse_incomplete_group(record: Record) -> None:
    if record.state != RecordState.DRAFT and (missing := list(names_its_group(record))):
        raise GuardsUnmet(missing)


def _refuse_incomplete(record: Record) -> None:
    """What is accepted, or out, stays as complete as it was when it was accepted."""
    if record.state in (*IN_HAND, RecordState.PROPOSED, RecordState.DECLINED, RecordState.WITHDRAWN):
        return
    fresh = Record.objects.get(pk=record.pk)
    if missing := [words for check in PUBLISH.guards for words in check(fresh)]:
        raise GuardsUnmet(missing)


def write_authors(record: Record, actor: User, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write the title page anew, in the order given; whoever has neither name is left out."""
    named = [row for row in rows if row.get("literal") or row.get("family") or row.get("given")]
    record.authors.all().delete()
    Author.objects.bulk_create(
        Author(record=record, position=place, **{name: row[name] for name in _AUTHOR if name in row}) for place, row in enumerate(named)
    )


def write_identifiers(record: Record, actor: User, pairs: Iterable[tuple[str, str]]) -> None:
    """Write the identifiers; one that stays keeps what is known of its link."""
    wanted = list(dict.fromkeys(normal_identifier(scheme, value) for scheme, value in pairs))
    there = {(row.scheme, row.value): row for row in record.identifiers.all()}
    record.identifiers.filter(pk__in=[row.pk for pair, row in there.items() if pair not in wanted]).delete()
    Identifier.objects.bulk_create(Identifier(record=record, scheme=s, value=v) for s, v in wanted if (s, v) not in there)


def write_relations(record: Record, actor: User, pairs: Iterable[tuple[str, Record]]) -> None:
    """Write the relations of which the actor may read the other end; those to what they may not read stay untouched."""
    wanted = dict.fromkeys((kind, other.pk) for kind, other in pairs)
    if any(other == record.pk for _kind, other in wanted):
        raise DomainError(_("A record has no relation to itself."))
    shown = set(Record.objects.visible_to(actor).filter(pk__in=[other for _kind, other in wanted]).values_list("pk", flat=True))
    if any(other not in shown for _kind, other in wanted):
        raise DomainError(_("One of the related records does not exist."))
    there = {(row.kind, row.other_id): row.pk for row in record.relations.filter(other__in=Record.objects.visible_to(actor))}
    record.relations.filter(pk__in=[pk for pair, pk in there.items() if pair not in wanted]).delete()
    Relation.objects.bulk_create(Relation(record=record, kind=k, other_id=o) for k, o in wanted if (k, o) not in there)


def write_practice(record: Record, actor: User, story: Mapping[str, str]) -> None:
    """Write the answers of a practice; a record of another kind keeps what it has and gets none."""
    if unknown := set(story) - set(STORY):
        raise TypeError(f"a practice has no {', '.join(sorted(unknown))}")
    if record.kind in PRACTICES:
        Practice.objects.update_or_create(record=record, defaults=dict(story))


_WRITERS: dict[str, Callable[[Record, User, Any], None]] = {
    "authors": write_authors,
    "identifiers": write_identifiers,
    "relations": write_relations,
    "practice": write_practice,
}
