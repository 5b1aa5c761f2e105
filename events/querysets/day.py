"""Who was there: for who runs the event, and oneself; for the door, the names it needs and nothing else."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from hashlib import sha256
from operator import and_
from typing import Any, Final

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from events.enums import LIVE, EventMode, RegistrationState, Seen
from events.querysets.agenda import run_events
from members.models.texts import told
from red_mpe.core.predicates import is_present
from red_mpe.core.search import Fold

FEWEST: Final = 5  # people: fewer are never told apart (trust.md)


class AttendanceQuerySet(models.QuerySet[Any]):
    """Attendances."""

    def visible_to(self, user: Any) -> "AttendanceQuerySet":
        """One's own, and those of the events that one runs. How many there were is a number of its own."""
        if not is_present(user):
            return self.none()
        own = Q(registration__user=user.pk) | Q(person__user=user.pk)
        return self.filter(own | Q(event__in=run_events(user)))

    def of(self, user: Any) -> "AttendanceQuerySet":
        """One's own."""
        if not is_present(user):
            return self.none()
        return self.filter(Q(registration__user=user.pk) | Q(person__user=user.pk))


class DoorkeeperQuerySet(models.QuerySet[Any]):
    """Doorkeepers."""

    def visible_to(self, user: Any) -> "DoorkeeperQuerySet":
        """Those of the events that one runs, and oneself."""
        if not is_present(user):
            return self.none()
        return self.filter(Q(person__user=user.pk) | Q(event__in=run_events(user)))


def hashed(ticket: str) -> str:
    """Return what a phone keeps of a ticket: enough to know it again, of no use at another door."""
    return sha256(ticket.encode()).hexdigest()


@dataclass(frozen=True)
class AtTheDoor:
    """A registration as the door sees it: no address, no needs, no answers."""

    code: str
    name: str
    organisation: str
    mode: str
    state: str
    ticket: str = ""
    since: datetime | None = None

    @property
    def mode_words(self) -> str:
        """How, in words."""
        return str(EventMode(self.mode).label)

    @property
    def state_words(self) -> str:
        """Where it stands, in words."""
        return str(RegistrationState(self.state).label)


_DOOR: Final = ("code", "name", "mode", "state", "ticket", "body")


def _at_the_door(event: Any) -> Any:
    """Those who may still come, and those who are there already; who cancelled is nobody's business at the door."""
    there = event.attendances.filter(registration__isnull=False).order_by().values("registration")
    rows = event.registrations.filter(Q(state__in=LIVE) | Q(pk__in=there))
    return rows.annotate(body=Coalesce("organisation__name", "affiliation")).order_by("name", "number")


def door_list(event: Any) -> list[AtTheDoor]:
    """Return every registration of an event that may still come or is there, by name; of the ticket only its hash. One query."""
    rows = _at_the_door(event).values_list(*_DOOR)
    return [AtTheDoor(code, name, body, mode, state, hashed(ticket)) for code, name, mode, state, ticket, body in rows]


def seen_by_session(event: Any) -> dict[str, dict[str, datetime]]:
    """Return since when each code was seen, by the session's name in addresses; the whole event is the empty name. One query."""
    rows = event.attendances.filter(registration__isnull=False).values_list("session__slug", "registration__code", "at")
    seen: dict[str, dict[str, datetime]] = {}
    for session, code, at in rows.order_by():
        seen.setdefault(session or "", {})[code] = at
    return seen


def found_at_the_door(event: Any, words: str, session: Any = None, many: int = 20) -> list[AtTheDoor]:
    """Return the registrations that somebody at the door asks for: by code, ticket, or any part of name and organisation.

    Accents and capitals do not matter. Two queries.
    """
    rows = _asked(_at_the_door(event), words)[:many].values_list("pk", *_DOOR)
    keys = [row[0] for row in rows]
    since = dict(event.attendances.filter(session=session, registration__in=keys).order_by().values_list("registration", "at"))
    return [AtTheDoor(code, name, body, mode, state, since=since.get(pk)) for pk, code, name, mode, state, _ticket, body in rows]


def ticket_of(words: str) -> str:
    """Return the ticket or code in what somebody typed, pasted or scanned: a whole address too."""
    return words.strip().rstrip("/").rpartition("/")[2]


def _asked(rows: Any, words: str) -> Any:
    asked, parts = Q(ticket=ticket_of(words)) | Q(code__iexact=ticket_of(words)), words.split()[:6]
    rows = rows.alias(_name=Fold("name"), _body=Fold("body"))
    folded = [Fold(models.Value(part)) for part in parts]
    named = [Q(_name__contains=part) | Q(_body__contains=part) for part in folded]
    return rows.filter(asked | reduce(and_, named)) if named else rows.none()


@dataclass(frozen=True)
class Present:
    """Somebody who was there: how, since when, how it is known (by their own word only where nobody else noted them), for how many
    minutes, and for how many more by their own word alone.

    Minutes are those of the sessions at which one was seen, overlapping ones counted once. Who was only seen at the event as a
    whole is counted all sessions of its agenda but the breaks; without an agenda, each day from the hour it begins to the one it ends.

    Seen is who was noted by somebody else: at the door, or in the minutes. What people said of themselves counts for nothing beside
    that, neither in `mode` nor in `minutes`; where there is nothing else it is told as what it is, and who issues certificates decides.
    """

    registration: Any
    person: Any
    mode: str
    first: datetime
    minutes: int
    seen: str
    besides: int = 0


def present_at(event: Any) -> list[Present]:
    """Return everybody who was at an event, each once, the first to come first; three queries."""
    rows = event.attendances.select_related("session", "registration__user__person", "registration__organisation", "person__user")
    by_person: dict[tuple[str, int], list[Any]] = {}
    for row in rows.order_by("at", "pk"):
        by_person.setdefault(identity(row), []).append(row)
    whole = _whole_minutes(event) if by_person else 0
    return [_present(found, whole) for found in by_person.values()]


def identity(row: Any) -> tuple[str, int]:
    """Return who an attendance is of: a member who was noted once by registration and once by name is one person."""
    if row.person_id:
        return ("user", row.person.user_id)
    return ("user", row.registration.user_id) if row.registration.user_id else ("registration", row.registration_id)


def _present(rows: list[Any], whole: int) -> Present:
    counted = [row for row in rows if row.seen != Seen.SELF] or rows
    registration = next((row.registration for row in rows if row.registration_id), None)
    person = next((row.person for row in rows if row.person_id), None)
    minutes = minutes_of(spans) if (spans := _spans(counted)) else whole
    besides = minutes_of(_spans(rows)) - minutes if spans else 0
    return Present(registration, person, counted[0].mode, rows[0].at, minutes, counted[0].seen, besides)


def _spans(rows: list[Any]) -> list[tuple[datetime, datetime]]:
    return [(row.session.starts_at, row.session.ends_at) for row in rows if row.session_id]


def minutes_of(spans: Iterable[tuple[datetime, datetime]]) -> int:
    """Return how many minutes some spans cover together; what overlaps counts once."""
    seconds, until = 0.0, None
    for start, end in sorted(spans):
        begin = start if until is None or start > until else until
        if end > begin:
            seconds += (end - begin).total_seconds()
            until = end
    return int(seconds // 60)


def _whole_minutes(event: Any) -> int:
    spans = list(event.sessions.exclude(kind="break").order_by().values_list("starts_at", "ends_at"))
    if spans:
        return minutes_of(spans)
    starts, ends = event.starts_at.astimezone(event.zone), event.ends_at.astimezone(event.zone)
    last = starts.replace(hour=ends.hour, minute=ends.minute)
    days = (event.ends_on - event.starts_on).days + 1
    return minutes_of([(starts, last)]) * days if last > starts else minutes_of([(event.starts_at, event.ends_at)])


@dataclass(frozen=True)
class Figures:
    """How many were there, on site and on line apart: registered ones (or members) noted by name, and heads counted."""

    known: dict[str, int]
    heads: dict[str, int]
    women: int | None = None
    men: int | None = None
    title: Any = None
    slug: str = ""

    @property
    def on_site(self) -> int:
        """Everybody who came."""
        return self.known.get(EventMode.ON_SITE, 0) + self.heads.get(EventMode.ON_SITE, 0)

    @property
    def on_line(self) -> int:
        """Everybody who connected."""
        return self.known.get(EventMode.ON_LINE, 0) + self.heads.get(EventMode.ON_LINE, 0)

    @property
    def whole(self) -> int:
        """Everybody."""
        return self.on_site + self.on_line


def present_figures(event: Any) -> Figures:
    """Return how many were at an event as a whole; each person once, by the mode in which others saw them first. Four queries at most.

    Heads are those counted for the event; where only sessions were counted, those of the session with most. Women and men are told
    of profiles and counts together, and of neither where one of them, or the rest, would be fewer than five.
    """
    first: dict[Any, tuple[str, str]] = {}
    for row in _known(event):
        first.setdefault(row[1] or ("registration", row[2]), (row[3], row[4] or ""))
    heads = _heads_of_the_whole(list(event.head_counts.values("session", "mode", "sex", "people").order_by()))
    women, men = (sum(gender == sex for _mode, gender in first.values()) + heads["sex"].get(sex, 0) for sex in ("f", "m"))
    known = _counted(mode for mode, _gender in first.values())
    whole = len(first) + sum(heads["mode"].values())
    small = any(0 < part < FEWEST for part in (women, men, whole - women - men)) or not (women or men)
    return Figures(known, heads["mode"], None if small else women, None if small else men)


def public_figures(found: Figures | None) -> dict[str, int]:
    """Return what everybody may know of some figures: the whole from five on, and its parts where neither would be one to four."""
    if found is None or found.whole < FEWEST:
        return {}
    parts = {"on_site": found.on_site, "on_line": found.on_line}
    return {"whole": found.whole} | (parts if all(part >= FEWEST for part in parts.values()) else {})


def session_figures(event: Any) -> list[Figures]:
    """Return how many were at each session that is no break, in the order of the agenda. Three queries."""
    seen = {(s, mode): many for s, mode, many in event.attendances.order_by().values_list("session", "mode").annotate(models.Count("pk"))}
    counts = event.head_counts.order_by().values_list("session", "mode").annotate(models.Sum("people"))
    heads = {(session, mode): people for session, mode, people in counts}
    modes = (EventMode.ON_SITE.value, EventMode.ON_LINE.value)
    return [
        Figures(
            {mode: seen.get((session.pk, mode), 0) for mode in modes},
            {mode: heads.get((session.pk, mode), 0) for mode in modes},
            title=told(session, "title"),
            slug=session.slug,
        )
        for session in event.sessions.exclude(kind="break").order_by("starts_at", "pk")
    ]


def _known(event: Any) -> Any:
    """Yield (moment, account, registration, mode, gender), the first seen first, and what people said of themselves after the rest."""
    account = Coalesce("registration__user", "person__user")
    gender = Coalesce("registration__user__person__gender", "person__gender")
    own = models.Case(models.When(seen=Seen.SELF, then=1), default=0)
    rows = event.attendances.annotate(account=account, gender=gender).order_by(own, "at", "pk")
    return rows.values_list("at", "account", "registration", "mode", "gender")


def _counted(words: Iterable[str]) -> dict[str, int]:
    return dict(Counter(words))


def _heads_of_the_whole(rows: list[dict[str, Any]]) -> dict[str, dict[str, int]]:
    """Return the counts by mode and by sex: those of the whole event, or of the session with most heads."""
    sums = Counter({None: 0})
    for row in rows:
        sums[row["session"]] += row["people"]
    of = None if sums[None] else max(sums, key=lambda key: (sums[key], str(key)))
    found: dict[str, Counter[str]] = {"mode": Counter(), "sex": Counter()}
    for row in rows:
        if row["session"] == of:
            found["mode"][row["mode"]] += row["people"]
            found["sex"][row["sex"]] += row["people"]
    return {name: dict(counts) for name, counts in found.items()}


def head_counts(event: Any, session: Any = None) -> dict[tuple[str, str, str], int]:
    """Return the counted heads of an event as a whole, or of one of its sessions, by role, sex and mode."""
    rows = event.head_counts.filter(session=session).order_by().values_list("role", "sex", "mode", "people")
    return {(role, sex, mode): people for role, sex, mode, people in rows}


def fingerprint(event: Any, session: Any = None) -> str:
    """Return what tells one state of the counted heads from another; who writes them says which one they saw."""
    return sha256(repr(sorted(head_counts(event, session).items())).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Seat:
    """One line of who is there, for the door and for who runs the event."""

    once: Any
    name: str
    organisation: str
    code: str
    mode: str
    seen: str
    session: str
    at: datetime
    by: str
    source: str


def attendance_rows(event: Any, many: int | None = None) -> list[Seat]:
    """Return who was noted at an event, the last first; one query."""
    name, body = Coalesce("registration__name", "person__name"), Coalesce("registration__organisation__name", "registration__affiliation")
    titles = tuple(f"session__title_{column}" for column in ("es", "en", "pt"))
    rows = event.attendances.annotate(called=name, body=body).order_by("-recorded_at", "-pk")[:many]
    found = rows.values("once", "called", "body", "registration__code", "mode", "seen", "at", "recorded_by__person__name", *titles)
    return [_seat(row) for row in found]


def _seat(row: dict[str, Any]) -> Seat:
    session = told({name.removeprefix("session__"): words for name, words in row.items()}, "title").text
    code, body, by = row["registration__code"] or "", row["body"] or "", row["recorded_by__person__name"] or ""
    mode, seen = str(EventMode(row["mode"]).label), str(Seen(row["seen"]).label)
    return Seat(row["once"], row["called"], body, code, mode, seen, session, row["at"], by, row["seen"])
