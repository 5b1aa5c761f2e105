"""One month as a grid of weeks: each event on every day it has by its own clock."""

import calendar
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from events.querysets.rows import EventRow, rows_of


@dataclass(frozen=True)
class Day:
    """One square of the grid; `inside` tells whether it belongs to the month."""

    date: date
    inside: bool
    events: list[EventRow] = field(default_factory=list)


def month_of(events: Any, year: int, month: int) -> list[list[Day]]:
    """Return the weeks of a month, Monday first, with one query; squares of the neighbouring months stay empty."""
    first, last = date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    on: dict[date, list[EventRow]] = defaultdict(list)
    for row in rows_of(events.between(first, last)):
        for day in _days(row, first, last):
            on[day].append(row)
    weeks = calendar.Calendar().monthdatescalendar(year, month)
    return [[Day(day, day.month == month, on[day] if day.month == month else []) for day in week] for week in weeks]


def _days(row: EventRow, earliest: date, latest: date) -> list[date]:
    """Return the days of an event among those that are shown, however long it lasts."""
    first, last = max(row.starts.date(), earliest), min((row.ends - timedelta(minutes=1)).date(), latest)
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
