"""What is announced of minutes and of the tasks in them."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events.enums import ResolutionKind, TaskState
from events.models import Attendance, Minutes, Task
from events.notifications.events import event_topics, interested
from events.querysets import when
from members.models import User
from members.models.texts import told
from red_mpe.core.locale import short_day
from red_mpe.core.models import AuditEntry
from red_mpe.notifications.enums import Category, MailClass
from red_mpe.notifications.registry import Item, NotificationType

MINUTES_PUBLISHED: Final = "events.minutes_published"
MINUTES_WITHDRAWN: Final = "events.minutes_withdrawn"
TASK_GIVEN: Final = "events.task_given"
TASK_DUE: Final = "events.task_due"


def readers(entry: AuditEntry) -> set[int]:
    """Who sits in the event's groups, who follows it or them, and who was there."""
    of_event = _of_event(entry)
    there = Attendance.objects.filter(event=of_event.target_id).order_by()
    accounts = {*there.values_list("person__user", flat=True), *there.values_list("registration__user", flat=True)} - {None}
    return {*interested(of_event), *User.objects.filter(pk__in=accounts, is_active=True).values_list("pk", flat=True)}


def minutes_topics(entry: AuditEntry) -> list[str]:
    """Minutes belong to their event and its groups."""
    return event_topics(_of_event(entry))


def _of_event(entry: AuditEntry) -> AuditEntry:
    event = Minutes.objects.filter(pk=entry.target_id).values_list("event", flat=True).first()
    return AuditEntry(verb=entry.verb, target_id=event or 0)


def takers(entry: AuditEntry) -> set[int]:
    """The member who took the task, or who speaks for the organisation that did."""
    task = Task.objects.select_related("organisation", "person").get(pk=entry.target_id)
    members = User.objects.filter(is_active=True, person__state="member")
    if task.person is not None:
        return set(members.filter(person=task.person).values_list("pk", flat=True))
    if task.organisation is None:
        return set()
    speaking = task.organisation.affiliations.on(timezone.localdate()).filter(speaks=True)
    return set(members.filter(person__in=speaking.order_by().values("person")).values_list("pk", flat=True))


def describe_minutes(entries: Sequence[AuditEntry]) -> dict[int, Item]:
    """Which event, when it was by its own clock, and how much was resolved."""
    counts = {
        "decisions": Count("items__resolutions", Q(items__resolutions__kind=ResolutionKind.DECISION), distinct=True),
        "agreements": Count("items__resolutions", Q(items__resolutions__kind=ResolutionKind.AGREEMENT), distinct=True),
        "tasks": Count("items__tasks", distinct=True),
    }
    rows = Minutes.objects.filter(pk__in=[entry.target_id for entry in entries]).select_related("event").annotate(**counts)
    found = {minutes.pk: minutes for minutes in rows}
    return {entry.pk: _item(found[entry.target_id], counts) for entry in entries if entry.target_id in found}


def _item(minutes: Any, counts: Iterable[str]) -> Item:
    event = minutes.event
    return {
        "url": reverse("events:minutes", args=[event.slug]),
        "group": _("Encounters"),
        "section": "",
        "title": told(event, "title").text,
        "when": when(event.starts_at, event.ends_at, event.time_zone),
        **{name: getattr(minutes, name) for name in counts},
    }


def describe_task(entries: Sequence[AuditEntry]) -> dict[int, Item]:
    """What is to be done until when, and in which meeting it was taken."""
    found = Task.objects.select_related("item__minutes__event", "organisation").in_bulk([entry.target_id for entry in entries])
    return {entry.pk: _task(found[entry.target_id], entry) for entry in entries if entry.target_id in found}


def _task(task: Any, entry: AuditEntry) -> Item:
    event = task.item.minutes.event
    return {
        "url": f"{reverse('events:my_tasks')}#{task.code}",
        "group": _("My tasks"),
        "section": "",
        "code": task.code,
        "text": told(task, "text").text,
        "due": short_day(task.due_on) if task.due_on else "",
        "organisation": task.organisation.name if task.organisation else "",
        "meeting": short_day(event.starts_on),
        "days": entry.data.get("days", 0),
        "late": entry.data.get("days", 0) < 0,
    }


def still_readable(entries: Sequence[AuditEntry], person: Any) -> list[int]:
    """Minutes that were withdrawn, or that the reader may no longer see, are neither shown nor mailed."""
    return _among(Minutes.objects.visible_to(person).out(), entries)


def describe_withdrawal(entries: Sequence[AuditEntry]) -> dict[int, Item]:
    """Which event, and why its minutes were taken back, as it was written."""
    rows = Minutes.objects.filter(pk__in=[entry.target_id for entry in entries]).select_related("event")
    found = {minutes.pk: minutes for minutes in rows}
    told_of = {entry.pk: found[entry.target_id] for entry in entries if entry.target_id in found}
    return {pk: _item(minutes, ()) | {"reason": minutes.withdrawn_reason} for pk, minutes in told_of.items()}


def still_withdrawn(entries: Sequence[AuditEntry], person: Any) -> list[int]:
    """Minutes that have been published again since, or whose event the reader may no longer see, are neither shown nor mailed."""
    return _among(Minutes.objects.taken_back(person), entries)


def withdrawn_for_all(entries: Sequence[AuditEntry]) -> list[int]:
    """What even a passer-by may read: nobody sees less."""
    return still_withdrawn(entries, AnonymousUser())


def readable_by_all(entries: Sequence[AuditEntry]) -> list[int]:
    """What even a passer-by may read: nobody sees less."""
    return still_readable(entries, AnonymousUser())


def still_taken(entries: Sequence[AuditEntry], person: Any) -> list[int]:
    """A task that somebody else has taken since is no longer told."""
    return _among(Task.objects.taken_by(person), entries)


def still_to_do(entries: Sequence[AuditEntry], person: Any) -> list[int]:
    """Nobody is reminded of what is done."""
    return _among(Task.objects.taken_by(person).filter(state=TaskState.OPEN), entries)


def _among(rows: Any, entries: Sequence[AuditEntry]) -> list[int]:
    there = set(rows.filter(pk__in=[entry.target_id for entry in entries]).values_list("pk", flat=True))
    return [entry.pk for entry in entries if entry.target_id in there]


def _to_taker(key: str, rank: int, seen: Callable[[Sequence[AuditEntry], Any], Iterable[int]]) -> NotificationType:
    return NotificationType(
        key=key,
        category=Category.EVENT_CHANGES,
        audience=takers,
        describe=describe_task,
        may_see_many=seen,
        mail_class=MailClass.PERSONAL,
        rank=rank,
    )


TYPES: tuple[NotificationType, ...] = (
    NotificationType(
        key=MINUTES_PUBLISHED,
        category=Category.EVENT_CHANGES,
        audience=readers,
        describe=describe_minutes,
        may_see_many=still_readable,
        all_may_see=readable_by_all,
        topics=minutes_topics,
        mail_class=MailClass.BROADCAST,
        rank=44,
    ),
    NotificationType(
        key=MINUTES_WITHDRAWN,
        category=Category.EVENT_CHANGES,
        audience=readers,
        describe=describe_withdrawal,
        may_see_many=still_withdrawn,
        all_may_see=withdrawn_for_all,
        topics=minutes_topics,
        mail_class=MailClass.BROADCAST,
        rank=43,
    ),
    _to_taker(TASK_GIVEN, 14, still_taken),
    _to_taker(TASK_DUE, 9, still_to_do),
)
