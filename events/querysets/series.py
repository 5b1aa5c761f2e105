"""The rhythm of groups: who reads it, the days that come next, and the called meetings that it has left behind."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any, Final

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from events.enums import CALLED_OFF, ON, EventAudience, EventState
from events.querysets.rows import EventRow, rows_of, when
from events.readers import Rule, days_of_rule, first_moment, read_rule
from events.rules import seats_of
from members.rules import audiences_of
from red_mpe.core.predicates import is_present, is_secretariat

#: So long before its next day a meeting that is not called yet is brought to mind.
AHEAD: Final = timedelta(days=14)
SHOWN: Final = 6  # days ahead that are proposed
_LOOKED_THROUGH: Final = 400  # days of a rule, so that one that was skipped for years ends the search


class MeetingSeriesQuerySet(models.QuerySet[Any]):
    """The rhythms of groups."""

    def visible_to(self, user: Any) -> "MeetingSeriesQuerySet":
        """To its audience, in groups that are shown to `user`; to who sits in the group; everything to the secretariat."""
        if is_secretariat(user):
            return self
        shown = Q(group__audience__in=audiences_of(user))
        if not is_present(user) or user.member is None:
            return self.filter(shown, audience=EventAudience.PUBLIC)
        return self.filter((shown & ~Q(audience=EventAudience.GROUP)) | Q(group__in=seats_of(user)))

    def going_on(self) -> "MeetingSeriesQuerySet":
        """Those that have not been stopped."""
        return self.filter(active=True).select_related("group").order_by("pk")


def rule_of(series: Any) -> Rule:
    """Return the rule of a rhythm, which was read before it was stored."""
    return read_rule(series.rule, starts_on=series.starts_on, zone=series.time_zone)


def begins(series: Any, day: date) -> datetime:
    """Return when the meeting of a day begins: the hour stays when clocks turn; where they leave it out, it is the first minute after."""
    return first_moment(datetime.combine(day, series.starts_time), series.time_zone)


def days_ahead(series: Any, now: datetime) -> Iterator[date]:
    """Return the days of the rule whose meeting has not begun, skipped ones too; none of a rhythm that was stopped."""
    if not series.active:
        return iter(())
    today = now.astimezone(series.zone).date()
    days = (day for day in days_of_rule(rule_of(series), series.starts_on) if day >= today and begins(series, day) > now)
    return islice(days, _LOOKED_THROUGH)


@dataclass(frozen=True)
class NextDay:
    """A day that comes next: `meeting` if it was called, `clashes` with other events of the group at the same time.

    `moved` tells that the clocks leave the usual hour out that day, `elsewhen` that the called meeting was moved since.
    """

    day: date
    starts: datetime
    when: str
    skipped: bool = False
    meeting: EventRow | None = None
    moved: bool = False
    elsewhen: bool = False
    clashes: tuple[EventRow, ...] = ()

    @property
    def is_free(self) -> bool:
        """Whether it can be called."""
        return self.meeting is None and not self.skipped


def next_days(series: Any, user: Any, now: datetime | None = None) -> list[NextDay]:
    """Return the next days of a rhythm with what became of each, with two queries; of other events `user` learns only of what they see."""
    now = now or timezone.now()
    days = list(islice(days_ahead(series, now), SHOWN))
    if not days:
        return []
    called = dict(_called(series, days))
    first, last = begins(series, days[0]), begins(series, days[-1]) + series.length
    others = series.group.events.visible_to(user).exclude(series=series, occurs_on__in=days).exclude(state__in=CALLED_OFF)
    rows = rows_of(others.filter(starts_at__lt=last, ends_at__gt=first).order_by("starts_at", "pk").distinct())
    return [_next_day(series, day, called.get(day), rows) for day in days]


def _next_day(series: Any, day: date, meeting: EventRow | None, others: Iterable[EventRow]) -> NextDay:
    at, span = begins(series, day), series.length
    local = datetime.combine(day, series.starts_time)
    clashes = tuple(row for row in others if row.starts < at + span and row.ends > at) if meeting is None else ()
    return NextDay(
        day=day,
        starts=at.astimezone(series.zone),
        when=meeting.when if meeting else when(at, at + span, series.time_zone),
        skipped=day in series.skipped,
        meeting=meeting,
        moved=at.astimezone(series.zone).replace(tzinfo=None) != local,
        elsewhen=meeting is not None and meeting.starts != at,
        clashes=clashes,
    )


def _called(series: Any, days: Iterable[date]) -> Iterator[tuple[date, EventRow]]:
    """Return the called meetings by the day of the rule."""
    meetings = series.meetings.filter(occurs_on__in=days).order_by("occurs_on")
    return zip(meetings.values_list("occurs_on", flat=True), rows_of(meetings), strict=True)


def next_to_call(series: Any, called: set[date], now: datetime) -> date | None:
    """Return the first day ahead that is neither called nor skipped."""
    return next((day for day in days_ahead(series, now) if day not in called and day not in series.skipped), None)


def uncalled(every: "MeetingSeriesQuerySet", now: datetime) -> list[tuple[date, Any]]:
    """Return the rhythms whose next meeting is near and not called, with its day, the next first; two queries."""
    going = list(every.going_on())
    called = called_days(going)
    days = ((next_to_call(series, called[series.pk], now), series) for series in going)
    near = [(day, series) for day, series in days if day is not None and begins(series, day) - now <= AHEAD]
    return sorted(near, key=lambda pair: (pair[0], pair[1].pk))


def called_days(many: Iterable[Any]) -> dict[int, set[date]]:
    """Return the days that were called, by rhythm, with one query."""
    found: dict[int, set[date]] = {series.pk: set() for series in many}
    meetings = apps.get_model("events", "Event").objects.filter(series__in=found, occurs_on__isnull=False).order_by()
    rows: Any = meetings.values_list("series", "occurs_on")
    for key, day in rows:
        found[key].add(day)
    return found


@dataclass(frozen=True)
class Left:
    """A called meeting that the rhythm has left behind, and where it is changed or cancelled."""

    row: EventRow
    edit_url: str
    cancel_url: str


def left_behind(series: Any, now: datetime | None = None) -> list[Left]:
    """Return the called meetings that are still to come, and on a day that the rule does not have or that is skipped now."""
    ahead = series.meetings.filter(starts_at__gt=now or timezone.now(), state__in=[*ON, EventState.POSTPONED]).order_by("starts_at", "pk")
    known = {pk: (day, slug) for pk, day, slug in ahead.values_list("pk", "occurs_on", "slug")}
    fitting = _days_until(series, max((day for day, _slug in known.values() if day), default=None)) - set(series.skipped)
    strange = {pk: slug for pk, (day, slug) in known.items() if day not in fitting}
    return [
        Left(row, reverse("events:event_edit", args=[strange[row.pk]]), reverse("events:event_move", args=[strange[row.pk], "cancel"]))
        for row in rows_of(ahead.filter(pk__in=strange))
    ]


def _days_until(series: Any, last: date | None) -> set[date]:
    """Return the days of the rule up to a day; of a stopped rhythm none."""
    found: set[date] = set()
    if last is None or not series.active:
        return found
    for day in days_of_rule(rule_of(series), series.starts_on):
        if day > last:
            break
        found.add(day)
    return found
