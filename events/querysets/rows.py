"""Events as lists show them: every word of a row is made once, in the reader's language and by the event's own clock."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django_countries import countries

from events.enums import CALLED_OFF, EventKind, EventMode, EventState
from members.models.texts import Told, told
from red_mpe.core.templatetags.components import zone_name

FEWEST: Final = 5  # people: fewer are never a figure (trust.md)

_TEXTS = tuple(f"{name}_{column}" for name in ("title", "summary") for column in ("es", "en", "pt"))
COLUMNS: Final = (
    *("pk", "slug", "kind", "mode", "state", "starts_at", "ends_at", "time_zone", "venue", "municipality", "country"),
    "terms__closes_at",
    *_TEXTS,
)


@dataclass(frozen=True)
class EventRow:
    """One event of a list."""

    pk: int
    url: str
    title: Told
    summary: Told
    kind: str
    state: str
    tag: str
    when: str
    where: str
    starts: datetime
    ends: datetime
    groups: tuple[str, ...] = ()

    @property
    def month(self) -> str:
        """The month it begins in, as a heading."""
        return date_format(self.starts, pgettext("month and year", "F Y"))

    @property
    def weekday(self) -> str:
        """The day of the week it begins on, in three letters or so."""
        return date_format(self.starts, "D")

    @property
    def is_off(self) -> bool:
        """Whether it does not take place on its date."""
        return self.state in CALLED_OFF


def rows_of(events: Any, groups: Mapping[int, tuple[str, ...]] | None = None) -> list[EventRow]:
    """Return the events of a query as rows, in their order, with one query; `groups` names the groups of each."""
    names = groups or {}
    return [_row(values, names.get(values["pk"], ())) for values in events.values(*COLUMNS)]


def _registers(values: dict[str, Any]) -> bool:
    """Whether one registers for it now, or waits for a place."""
    return values["state"] in (EventState.OPEN, EventState.FULL) and values["terms__closes_at"] > timezone.now()


def _row(values: dict[str, Any], groups: tuple[str, ...]) -> EventRow:
    zone, state = ZoneInfo(values["time_zone"]), EventState(values["state"])
    return EventRow(
        pk=values["pk"],
        url=reverse("events:event_detail", args=[values["slug"]]),
        title=told(values, "title"),
        summary=told(values, "summary"),
        kind=str(EventKind(values["kind"]).label),
        state=state,
        tag=str(state.label) if state in (*CALLED_OFF, EventState.DRAFT) or _registers(values) else "",
        when=when(values["starts_at"], values["ends_at"], values["time_zone"]),
        where=place(values["mode"], values["municipality"], values["country"]),
        starts=values["starts_at"].astimezone(zone),
        ends=values["ends_at"].astimezone(zone),
        groups=groups,
    )


def when(starts_at: datetime, ends_at: datetime, time_zone: str) -> str:
    """Return both ends in words, by the clock of `time_zone` and naming it."""
    zone = ZoneInfo(time_zone)
    starts, ends = starts_at.astimezone(zone), ends_at.astimezone(zone)
    words = {"day": _day(starts), "start": f"{starts:%H:%M}", "last": _day(ends), "end": f"{ends:%H:%M}", "zone": clock_of(time_zone)}
    if starts.date() == ends.date():
        return _("%(day)s, %(start)s to %(end)s (%(zone)s)") % words
    return _("%(day)s, %(start)s, to %(last)s, %(end)s (%(zone)s)") % words


def moment(at: datetime, time_zone: str) -> str:
    """Return one instant in words, by the clock of `time_zone` and naming it."""
    local = at.astimezone(ZoneInfo(time_zone))
    return _("%(day)s, %(start)s (%(zone)s)") % {"day": _day(local), "start": f"{local:%H:%M}", "zone": clock_of(time_zone)}


def here(at: datetime, time_zone: str) -> str:
    """Return the same instant by the reader's clock, or nothing where that shows the hour of `time_zone`."""
    own = timezone.get_current_timezone()
    same = at.astimezone(own).replace(tzinfo=None) == at.astimezone(ZoneInfo(time_zone)).replace(tzinfo=None)
    return "" if same else moment(at, str(own))


def _day(local: datetime) -> str:
    return date_format(local, pgettext("date with weekday", "l j F Y"))


def clock_of(time_zone: str) -> str:
    """Return by whose clock hours are told."""
    return _("%(place)s time") % {"place": zone_name(time_zone)}


def place(mode: str, municipality: str, country: str) -> str:
    """Return where it is in a few words: the municipality and its country, and whether one can connect."""
    town = ", ".join(filter(None, [municipality, countries.name(country) if country else ""]))
    if mode == EventMode.ON_LINE:
        return str(EventMode.ON_LINE.label)
    return _("%(town)s, and on line") % {"town": town} if mode == EventMode.HYBRID else town


def figures(event: Any) -> list[tuple[str, int | None]]:
    """Return the figures of an event that was held: name and number, None for one that would tell of fewer than five people.

    Women and men are hidden together, also where the rest of the whole would be small, whether or not somebody wrote it down: one
    could be worked out from the other.
    """
    if not event.attended:
        return []
    parts = [part for part in (event.women, event.men) if part is not None]
    rest = event.attended - sum(parts)
    small = any(part < FEWEST for part in parts) or 0 < rest < FEWEST
    numbers: Iterable[tuple[Any, int | None, bool]] = (
        (_("people took part"), event.attended, False),
        (_("women"), event.women, small),
        (_("men"), event.men, small),
        (_("spoke from the floor or a panel"), event.speakers, False),
        (_("organised it"), event.organisers, False),
    )
    return [(str(name), None if hide or many < FEWEST else many) for name, many, hide in numbers if many is not None]
