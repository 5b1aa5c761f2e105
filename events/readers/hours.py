"""Hours written on a form, read by the clock of a place: some do not exist there, some come twice."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo


class NoSuchHour(ValueError):
    """The clocks of that place go forward and leave this hour out."""


@dataclass(frozen=True)
class Moment:
    """An instant, and whether the hour it was written as comes twice that day; then it is the first of the two."""

    at: datetime
    twice: bool = False


def read_moment(local: datetime, zone: str) -> Moment:
    """Return the instant at which the clocks of `zone` show `local`. Refused with NoSuchHour where they never do."""
    place = ZoneInfo(zone)
    first, second = (local.replace(tzinfo=place, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first.astimezone(place).replace(tzinfo=None) != local:
        raise NoSuchHour(zone)
    return Moment(first, twice=first != second)


def first_moment(local: datetime, zone: str) -> datetime:
    """Return the instant at which the clocks of `zone` show `local`, the first of two; where they leave it out, the first minute after."""
    while True:
        try:
            return read_moment(local, zone).at
        except NoSuchHour:
            local += timedelta(minutes=1)
