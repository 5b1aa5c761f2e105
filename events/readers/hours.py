"""Hours written on a form, read by the clock of a place: some do not exist there, some come twice. And codes that people type."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
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


#: Letters and numbers that nobody mistakes for one another (Crockford's base 32).
CODE_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ALIKE: Final = str.maketrans("OIL", "011")
_SIGN: Final = re.compile(r"[^0-9A-Z]+")


def read_code(words: str) -> str:
    """Return the code in what somebody typed: in capitals, without spaces and lines, O as zero, I and L as one; at most 16 signs."""
    return _SIGN.sub("", words[:60].upper().translate(_ALIKE))[:16]


def spaced_code(code: str) -> str:
    """Return a code as people read it aloud: `7Q2M-X0DK-94TB`."""
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))
