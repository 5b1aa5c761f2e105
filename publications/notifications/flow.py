"""What is announced of a record on its way: to the editors that one was proposed, to whoever proposed it what became of it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from members.models import User
from publications.enums import RecordState
from publications.models import Record
from publications.rules import EDITORS, is_editor
from red_mpe.core.models import AuditEntry
from red_mpe.notifications.enums import Category
from red_mpe.notifications.registry import Item, NotificationType

#: Where a record stands after each step that is told.
STANDS = {
    "return": RecordState.RETURNED,
    "accept": RecordState.ACCEPTED,
    "publish": RecordState.PUBLISHED,
    "embargo": RecordState.EMBARGOED,
    "decline": RecordState.DECLINED,
    "withdraw": RecordState.WITHDRAWN,
}


def editors(entry: AuditEntry) -> Iterable[int]:
    """Everybody who keeps the library, but for who did it."""
    keepers = Q(groups__name__in=("secretariat", EDITORS))
    found = User.objects.filter(keepers, is_active=True, is_staff=True).exclude(pk=entry.actor_id)
    return found.distinct().order_by("pk").values_list("pk", flat=True)


def contributor(entry: AuditEntry) -> Iterable[int]:
    """Who proposed the record, unless they did it themself."""
    record: Any = entry.target
    return [record.proposed_by_id] if record and record.proposed_by_id not in (None, entry.actor_id) else []


def describe_proposed(entries: Sequence[AuditEntry]) -> dict[int, Item]:
    """The record as its editors find it."""
    rows = _records(entries)
    return {pk: _item(record) | {"url": reverse("publications:record_desk", args=[record.code])} for pk, record in rows}


def describe_moved(entries: Sequence[AuditEntry]) -> dict[int, Item]:
    """The step, the words that go with it, and where to go on."""
    steps = {entry.pk: entry.data.get("step", "") for entry in entries}
    return {
        pk: _item(record)
        | {"url": _next_page(record), "step": steps[pk], "words": _words(record, steps[pk]), "until": record.embargo_until}
        for pk, record in _records(entries)
    }


def _records(entries: Sequence[AuditEntry]) -> list[tuple[int, Record]]:
    found = Record.objects.in_bulk([entry.target_id for entry in entries if entry.target_id is not None])
    return [(entry.pk, found[entry.target_id]) for entry in entries if entry.target_id in found]


def _item(record: Record) -> Item:
    return {"group": _("Library"), "code": record.code, "title": str(record), "kind": record.get_kind_display()}


def _words(record: Record, step: str) -> str:
    if step == "withdraw":
        return record.withdrawn_reason
    return record.note if step in ("return", "decline") else ""


def _next_page(record: Record) -> str:
    if record.state == RecordState.RETURNED:
        return reverse("publications:record_edit", args=[record.code])
    if record.state in (RecordState.DECLINED, RecordState.ACCEPTED):
        return reverse("publications:my_records")
    return record.get_absolute_url()


def still_proposed(entries: Sequence[AuditEntry], person: Any) -> Iterable[int]:
    """Proposals that still wait, for who still keeps the library."""
    if not is_editor(person):
        return []
    waiting = set(Record.objects.waiting().filter(pk__in=[entry.target_id for entry in entries]).values_list("pk", flat=True))
    return [entry.pk for entry in entries if entry.target_id in waiting]


def still_there(entries: Sequence[AuditEntry], person: Any) -> Iterable[int]:
    """Steps of one's own records after which nothing else has happened."""
    rows = Record.objects.proposed_by_user(person).filter(pk__in=[entry.target_id for entry in entries])
    states = dict(rows.values_list("pk", "state"))
    return [entry.pk for entry in entries if states.get(entry.target_id) == STANDS.get(entry.data.get("step", ""), "?")]


TYPES = (
    NotificationType(
        key="publications.record_proposed",
        category=Category.SECRETARIAT,
        audience=editors,
        describe=describe_proposed,
        may_see_many=still_proposed,
        rank=36,
    ),
    NotificationType(
        key="publications.record_moved",
        category=Category.LIBRARY,
        audience=contributor,
        describe=describe_moved,
        may_see_many=still_there,
        rank=40,
    ),
)
