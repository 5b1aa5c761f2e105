"""How fast comments come and are answered, and when all will be answered at this pace."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.apps import apps
from django.db.models import Count, Q
from django.db.models.functions import TruncDate
from django.utils import timezone

from standards.enums import CommentState, RoundState
from standards.states.guards.answers import ANSWERABLE, standing_of
from standards.states.guards.changes import rounds_of

#: The pace is that of so many days.
WINDOW = 14
#: Further away than this a date would only pretend to know.
HORIZON = 730


@dataclass(frozen=True)
class Day:
    """What happened on one day of the round's clock."""

    on: date
    comments: int
    answers: int


@dataclass(frozen=True)
class Forecast:
    """Comments and answers of a framework's rounds; `ready_on` is None where the pace tells no date."""

    total: int
    answered: int
    days: tuple[Day, ...]
    expected: int
    ready_on: date | None

    @property
    def open(self) -> int:
        """How many wait for a public answer."""
        return self.total - self.answered

    @property
    def came(self) -> int:
        """How many came in the window."""
        return sum(day.comments for day in self.days)

    @property
    def given(self) -> int:
        """How many answers were published in the window."""
        return sum(day.answers for day in self.days)


def forecast(framework: Any) -> Forecast:
    """Return the forecast over all rounds of a framework, in three queries and in whole numbers.

    Hidden comments are not counted, withdrawn ones count as answered. While a round is open, as many comments are expected until
    it closes as came in the window.
    """
    last = next((one for one in reversed(rounds_of(framework)) if one.state != RoundState.PLANNED), None)
    zone = ZoneInfo(last.time_zone if last else framework.rules.time_zone)
    today = timezone.localdate(timezone=zone)
    comments = apps.get_model("standards", "Comment").objects.filter(ANSWERABLE, consultation__framework=framework)
    standing = [one for one in standing_of(framework) if one.answerable]
    total, waiting = sum(one.count for one in standing), sum(one.count for one in standing if one.waits)
    days = _days(comments, today, zone)
    came, given = sum(day.comments for day in days), sum(day.answers for day in days)
    left = max(0, (last.closes_on - today).days) if last and last.state == RoundState.OPEN else 0
    expected = -(-came * left // WINDOW)
    ready_on = _ready(today, waiting + expected, given, left)
    return Forecast(total, total - waiting, days, expected, ready_on)


def _days(comments: Any, today: date, zone: ZoneInfo) -> tuple[Day, ...]:
    first = today - timedelta(days=WINDOW - 1)
    came = _by_day(comments, "sent_at", first, zone)
    given = _by_day(comments.exclude(Q(state=CommentState.WITHDRAWN)), "answer__published_at", first, zone)
    dates = [first + timedelta(days=number) for number in range(WINDOW)]
    return tuple(Day(day, came.get(day, 0), given.get(day, 0)) for day in dates)


def _by_day(comments: Any, column: str, first: date, zone: ZoneInfo) -> dict[date, int]:
    rows = comments.annotate(day=TruncDate(column, tzinfo=zone)).filter(day__gte=first).order_by().values_list("day")
    return dict(rows.annotate(count=Count("pk")))


def _ready(today: date, remaining: int, given: int, left: int) -> date | None:
    """Today where nothing is open; otherwise after as many days as the pace needs, and not before the round has closed."""
    if not remaining:
        return today
    if not given or (days := -(-remaining * WINDOW // given)) > HORIZON:
        return None
    return today + timedelta(days=max(days, left))
