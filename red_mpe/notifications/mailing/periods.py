"""When a digest is due: the first real instant at or after seven in the morning of the reader."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import connection

from red_mpe.notifications.enums import Frequency

HOUR = 7
#: How long after its hour a digest is still made. Later it waits for the next one, which then holds everything.
GRACE = {Frequency.DAILY: timedelta(hours=20), Frequency.WEEKLY: timedelta(days=3)}
_STEP = {Frequency.DAILY: 1, Frequency.WEEKLY: 7}


@dataclass(frozen=True)
class Period:
    """The local day or week of one digest, and the instant from which it is due."""

    name: str  # "2026-11-23" or "2026-W48"
    due_at: datetime


def database_clock() -> datetime:
    """Return the database's present instant, the only clock that several machines share."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        instant: datetime = cursor.fetchone()[0]
    return instant


def first_instant(day: date, hour: int, zone: ZoneInfo) -> datetime:
    """Return the first real instant at or after `hour` of `day`: after a gap its first minute, in a fold the first occurrence."""
    local = datetime.combine(day, time(hour))
    while True:
        instant = local.replace(tzinfo=zone).astimezone(UTC)
        if instant.astimezone(zone).replace(tzinfo=None) == local:
            return instant
        local += timedelta(minutes=1)


def latest_period(frequency: Frequency, zone: ZoneInfo, now: datetime, hour: int = HOUR) -> Period:
    """Return the newest period of `zone` whose hour has come; a week is due on its Monday."""
    day = now.astimezone(zone).date()
    if frequency == Frequency.WEEKLY:
        day -= timedelta(days=day.weekday())
    due_at = first_instant(day, hour, zone)
    if due_at > now:
        day -= timedelta(days=_STEP[frequency])
        due_at = first_instant(day, hour, zone)
    return Period(f"{day:%G-W%V}" if frequency == Frequency.WEEKLY else f"{day:%Y-%m-%d}", due_at)


def open_period(frequency: Frequency, zone: ZoneInfo, now: datetime) -> Period | None:
    """Return the period whose digest is to be made now, or None when its grace is over."""
    period = latest_period(frequency, zone, now)
    return period if now - period.due_at <= GRACE[frequency] else None


def next_due(frequency: Frequency, zone: ZoneInfo, now: datetime) -> datetime:
    """Return when the next digest of that frequency is due, for people who ask."""
    return latest_period(frequency, zone, now + timedelta(days=_STEP[frequency])).due_at
