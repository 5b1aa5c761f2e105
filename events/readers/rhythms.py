"""Recurrence rules (RFC 5545, RRULE) of meetings: what is taken of them, and the days that follow from them.

The days are those of a wall clock: a rule knows no zone, and the hour is put to each day afterwards, so that it stays when clocks turn.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from dateutil import rrule
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

LONGEST: Final = 200  # characters
MOST_A_YEAR: Final = 60
_FREQUENCIES: Final = {"WEEKLY": rrule.WEEKLY, "MONTHLY": rrule.MONTHLY, "YEARLY": rrule.YEARLY}
WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
#: Positions that have a name: from the first to the fifth, the last but one, the last.
POSITIONS: Final = (1, 2, 3, 4, 5, -2, -1)
_MONTH_DAYS: Final = (*range(1, 32), -1)
_HORIZON: Final = 5  # years
_YEAR: Final = 366  # days
_NEAR: Final = 2  # years


class BadRule(ValueError):
    """This is no rule that a group can meet by; `words` say why."""

    def __init__(self, words: str | Promise) -> None:
        self.words = words
        super().__init__(words)


@dataclass(frozen=True)
class Rule:
    """A rule. `days` are pairs of position (0 for every one) and weekday (0 is Monday), `positions` those of BYSETPOS."""

    frequency: str
    interval: int = 1
    days: tuple[tuple[int, int], ...] = ()
    month_days: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    count: int | None = None
    until: date | None = None

    def __str__(self) -> str:
        """The rule as RFC 5545 writes it, in a fixed order."""
        parts = (
            ("FREQ", self.frequency),
            ("INTERVAL", str(self.interval) if self.interval > 1 else ""),
            ("BYDAY", ",".join(f"{position or ''}{WEEKDAYS[day]}" for position, day in self.days)),
            ("BYMONTHDAY", ",".join(map(str, self.month_days))),
            ("BYSETPOS", ",".join(map(str, self.positions))),
            ("COUNT", str(self.count or "")),
            ("UNTIL", f"{self.until:%Y%m%d}" if self.until else ""),
        )
        return ";".join(f"{name}={value}" for name, value in parts if value)


def read_rule(written: str, *, starts_on: date, zone: str = "UTC") -> Rule:
    """Return the rule that somebody wrote or a calendar gave; an UNTIL in UTC is read as the day it is in `zone`.

    Refused with BadRule: what is no rule, what a group has no use for (by the hour, by week numbers …), and rules by which from
    `starts_on` on it would not meet in five years, or more than sixty times in one.
    """
    if len(written) > LONGEST:
        raise BadRule(format_lazy(_("A rule has {most} characters at most."), most=LONGEST))
    rule = Rule(**_read(_parts(written), zone))
    _refuse_contradictions(rule)
    _refuse_what_nobody_keeps(rule, starts_on)
    return rule


def refuse_far_start(starts_on: date, today: date) -> None:
    """Refuse with BadRule a rhythm that begins more than two years before or after today."""
    if abs((starts_on - today).days) > _NEAR * _YEAR:
        raise BadRule(_("A rhythm begins at most two years before or after today. Write a day that is nearer."))


def days_of_rule(rule: Rule, starts_on: date) -> Iterator[date]:
    """Return the days of a rule, one after the other, from `starts_on` on; without end where the rule has none."""
    days = [getattr(rrule, WEEKDAYS[day])(position or None) for position, day in rule.days]
    found = rrule.rrule(
        _FREQUENCIES[rule.frequency],  # type: ignore[arg-type]
        dtstart=datetime.combine(starts_on, time()),
        interval=rule.interval,
        byweekday=days or None,
        bymonthday=rule.month_days or None,
        bysetpos=rule.positions or None,
        count=rule.count,
        until=datetime.combine(rule.until, time()) if rule.until and not rule.count else None,
    )
    return (moment.date() for moment in found)


def _parts(written: str) -> dict[str, str]:
    """Return name and value of each part; refused where one is no part, or stands there twice."""
    found: dict[str, str] = {}
    for part in written.strip().upper().removeprefix("RRULE:").strip("; ").split(";"):
        name, sign, value = (one.strip() for one in part.partition("="))
        if not (name and sign and value) or name in found:
            raise _unread(part)
        found[name] = value
    return found


def _read(parts: dict[str, str], zone: str) -> dict[str, Any]:
    """Return the values of the parts by the names of Rule."""
    if parts.get("FREQ") not in _FREQUENCIES:
        words = _("A group meets by the week, the month or the year: FREQ is WEEKLY, MONTHLY or YEARLY.")
        raise BadRule(words)
    if parts.get("WKST") == "MO":  # what holds anyway
        del parts["WKST"]
    readers: dict[str, tuple[str, Callable[[str], Any]]] = {
        "FREQ": ("frequency", str),
        "INTERVAL": ("interval", _number(60)),
        "BYDAY": ("days", _several(_day)),
        "BYMONTHDAY": ("month_days", _several(_among(_MONTH_DAYS))),
        "BYSETPOS": ("positions", _several(_among(POSITIONS))),
        "COUNT": ("count", _number(500)),
        "UNTIL": ("until", lambda value: _until(value, zone)),
    }
    values = {}
    for name, value in parts.items():
        if name not in readers:
            raise BadRule(format_lazy(_("“{part}” is not used for meetings."), part=name[:20]))
        column, read = readers[name]
        try:
            values[column] = read(value)
        except (ValueError, OverflowError) as error:
            raise _unread(f"{name}={value}") from error
    return values


def _unread(part: str) -> BadRule:
    words = _("“{part}” is not understood. A rule looks like FREQ=MONTHLY;BYDAY=1TH: every month on the first Thursday.")
    return BadRule(format_lazy(words, part=part.strip()[:40]))


def _number(most: int) -> Callable[[str], int]:
    return lambda value: _among(range(1, most + 1))(value)


def _among(known: Any) -> Callable[[str], int]:
    def read(value: str) -> int:
        number = int(value)
        if number not in known:
            raise ValueError(value)
        return number

    return read


def _several(read: Callable[[str], Any]) -> Callable[[str], tuple[Any, ...]]:
    """Read values between commas, each once, in a fixed order."""
    return lambda value: tuple(sorted({read(one.strip()) for one in value.split(",")}, key=_order))


def _order(value: Any) -> Any:
    """Positions from the first to the last: what counts from the end stands behind."""
    first, rest = (value[0], value[1:]) if isinstance(value, tuple) else (value, ())
    return (first < 0, first, rest)


def _day(value: str) -> tuple[int, int]:
    position = _among((0, *POSITIONS))(value[:-2] or "0")
    return position, WEEKDAYS.index(value[-2:])


def _until(value: str, zone: str) -> date:
    if "T" not in value:
        return datetime.strptime(value, "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone
    moment = datetime.strptime(value.removesuffix("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007 - it gets one on the next line
    return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).date() if value.endswith("Z") else moment.date()


def _refuse_contradictions(rule: Rule) -> None:
    """Refuse what RFC 5545 does not allow together."""
    if rule.count and rule.until:
        raise BadRule(_("A rule ends after a number of times or on a day, not both."))
    if rule.frequency == "WEEKLY" and (rule.month_days or any(position for position, _day in rule.days)):
        raise BadRule(_("A rule by the week names weekdays only: their place in the month needs FREQ=MONTHLY."))
    if rule.positions and max(map(abs, rule.positions)) > _candidates(rule):
        raise BadRule(_("BYSETPOS chooses among days, and so many are not there to choose from."))


def _candidates(rule: Rule) -> int:
    """Return how many days of one week, month or year BYSETPOS can choose from, at most."""
    each = {"WEEKLY": 1, "MONTHLY": 5, "YEARLY": 53}[rule.frequency]
    return sum(1 if position else each for position, _day in rule.days) or len(rule.month_days) * (12 if rule.frequency == "YEARLY" else 1)


def _refuse_what_nobody_keeps(rule: Rule, starts_on: date) -> None:
    """Refuse rules without a day in five years, and those with too many in one of them."""
    years: Counter[int] = Counter()
    end = starts_on + timedelta(days=_HORIZON * _YEAR)
    for day in days_of_rule(rule, starts_on):
        year = (day - starts_on).days // _YEAR
        years[year] += 1
        if day >= end or years[year] > MOST_A_YEAR:
            break
    if not sum(many for year, many in years.items() if year < _HORIZON):
        raise BadRule(_("By this rule the group would not meet in five years."))
    if max(years.values()) > MOST_A_YEAR:
        raise BadRule(format_lazy(_("By this rule the group would meet more than {most} times a year."), most=MOST_A_YEAR))
