"""What is announced of the rhythm of groups: that the next meeting is not called yet."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Event, MeetingSeries
from events.querysets import when
from events.querysets.series import begins
from events.rules import LEADING
from members.models import GroupMembership
from members.models.texts import told
from red_mpe.core.models import AuditEntry
from red_mpe.notifications.enums import Category
from red_mpe.notifications.registry import Item, NotificationType

DUE: Final = "events.meeting_due"


def leading(entry: AuditEntry) -> set[int]:
    """Who chairs, coordinates or keeps the minutes of the group today."""
    seats = GroupMembership.objects.on(timezone.localdate()).filter(group__series=entry.target_id, role__in=LEADING)
    present = seats.filter(person__state="member", person__user__is_active=True)
    return set(present.order_by().values_list("person__user", flat=True))


def describe(entries: Sequence[AuditEntry]) -> dict[int, Item]:
    """The group, and when by its own clock it would meet next."""
    known = MeetingSeries.objects.select_related("group").in_bulk([entry.target_id for entry in entries])
    return {entry.pk: _item(known[entry.target_id], _day(entry)) for entry in entries if entry.target_id in known}


def _item(series: MeetingSeries, day: date) -> Item:
    starts = begins(series, day)
    return {
        "url": series.get_absolute_url(),
        "group": _("Encounters"),
        "section": "",
        "title": told(series.group, "name").text,
        "when": when(starts, starts + series.length, series.time_zone),
    }


def still_due(entries: Sequence[AuditEntry], person: Any) -> list[int]:
    """Only to who still leads the group; nothing of a day that was called in the meantime, skipped or is over."""
    known = MeetingSeries.objects.filter(active=True).in_bulk([entry.target_id for entry in entries])
    called: set[Any] = set(Event.objects.filter(series__in=known).order_by().values_list("series", "occurs_on"))
    led = set() if person is None else _led_by(person)
    return [
        entry.pk
        for entry in entries
        if (series := known.get(entry.target_id)) and series.group_id in led and _is_open(series, _day(entry), called)
    ]


def _led_by(person: Any) -> set[int]:
    seats = GroupMembership.objects.on(timezone.localdate()).filter(person__user=person.pk, person__state="member", role__in=LEADING)
    return set(seats.order_by().values_list("group", flat=True))


def _is_open(series: MeetingSeries, day: date, called: set[Any]) -> bool:
    return (series.pk, day) not in called and day not in series.skipped and begins(series, day) > timezone.now()


def _day(entry: AuditEntry) -> date:
    return date.fromisoformat(entry.data["day"])


TYPES = (
    NotificationType(
        key=DUE,
        category=Category.SECRETARIAT,
        audience=leading,
        describe=describe,
        may_see_many=still_due,
        rank=18,
    ),
)
