"""What is announced of requests for access: to the editors that somebody asks, to who asked what the answer is."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from publications.enums import RequestState
from publications.models import AccessRequest
from publications.notifications.flow import editors
from publications.rules import is_editor
from red_mpe.core.models import AuditEntry
from red_mpe.notifications.enums import Category
from red_mpe.notifications.registry import Item, NotificationType

#: Where a request stands after each answer.
STANDS = {"grant": RequestState.GRANTED, "refuse": RequestState.REFUSED, "end": RequestState.ENDED}


def asker(entry: AuditEntry) -> Iterable[int]:
    """Who asked, unless they answered themself."""
    request: Any = entry.target
    return [request.user_id] if request and request.user_id != entry.actor_id else []


def describe_asked(entries: Sequence[AuditEntry]) -> dict[int, Item]:
    """The request as the editors find it."""
    rows = _requests(entries)
    return {pk: _item(request) | {"url": reverse("publications:access_answer", args=[request.pk])} for pk, request in rows}


def describe_answered(entries: Sequence[AuditEntry]) -> dict[int, Item]:
    """The answer as who asked reads it."""
    steps = {entry.pk: entry.data.get("step", "") for entry in entries}
    return {
        pk: _item(request) | {"url": request.record.get_absolute_url(), "step": steps[pk], "words": request.answer, "until": request.until}
        for pk, request in _requests(entries)
    }


def _requests(entries: Sequence[AuditEntry]) -> list[tuple[int, AccessRequest]]:
    rows = AccessRequest.objects.select_related("record")
    found = rows.in_bulk([entry.target_id for entry in entries if entry.target_id is not None])
    return [(entry.pk, found[entry.target_id]) for entry in entries if entry.target_id in found]


def _item(request: AccessRequest) -> Item:
    return {"group": _("Library"), "code": request.record.code, "title": str(request.record)}


def still_asked(entries: Sequence[AuditEntry], person: Any) -> Iterable[int]:
    """Requests that nobody has answered, for who still keeps the library."""
    if not is_editor(person):
        return []
    waiting = set(AccessRequest.objects.waiting().filter(pk__in=[entry.target_id for entry in entries]).values_list("pk", flat=True))
    return [entry.pk for entry in entries if entry.target_id in waiting]


def still_answered(entries: Sequence[AuditEntry], person: Any) -> Iterable[int]:
    """Answers to one's own requests that still hold."""
    rows = AccessRequest.objects.filter(user=person, pk__in=[entry.target_id for entry in entries])
    states = dict(rows.values_list("pk", "state"))
    return [entry.pk for entry in entries if states.get(entry.target_id or 0) == STANDS.get(entry.data.get("step", ""), "?")]


TYPES = (
    NotificationType(
        key="publications.access_asked",
        category=Category.SECRETARIAT,
        audience=editors,
        describe=describe_asked,
        may_see_many=still_asked,
        rank=37,
    ),
    NotificationType(
        key="publications.access_answered",
        category=Category.LIBRARY,
        audience=asker,
        describe=describe_answered,
        may_see_many=still_answered,
        rank=39,
    ),
)
