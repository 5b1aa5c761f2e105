"""Sessions as agendas show them: every word made once, in the reader's language and by the clock of the event."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.apps import apps
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from events import registry
from events.enums import SessionKind, VoiceRole
from members.enums import Spoken
from members.models.texts import Told, told
from red_mpe.core.locale import COLUMN, short_day
from red_mpe.core.predicates import is_present

_THREE: Final = tuple(COLUMN.values())
_TEXTS: Final = tuple(f"{name}_{column}" for name in ("title", "summary") for column in _THREE)
_NAMES: Final = tuple(f"{thing}__name_{column}" for thing in ("room", "track") for column in _THREE)
_PLACES: Final = ("room_id", "room__position", "track_id")
_COLUMNS: Final = (
    "pk",
    "slug",
    "kind",
    "starts_at",
    "ends_at",
    "room_id",
    "room__position",
    "room__places",
    "track_id",
    "languages",
    "interpretation",
    *_TEXTS,
    *_NAMES,
)
_ORDER: Final[dict[str, int]] = {role: place for place, role in enumerate(VoiceRole)}


@dataclass(frozen=True, slots=True)
class Voice:
    """Who does something in a session, as far as the reader may know who it is."""

    role: str
    does: str
    name: str
    url: str = ""
    affiliation: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A record of the library beside a session or a stand."""

    code: str
    title: Told
    url: str


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One session of an agenda; `here` are its hours by the reader's clock where they differ."""

    pk: int
    slug: str
    url: str
    kind: str
    kind_name: str
    about: str
    title: Told
    summary: Told
    starts_at: datetime
    ends_at: datetime
    day: date
    hours: str
    here: str
    room: Told
    room_id: int | None
    room_place: int
    room_seats: int | None
    track: Told
    track_id: int | None
    codes: frozenset[str]
    languages: str
    interpretation: str
    voices: tuple[Voice, ...] = ()
    papers: tuple[Paper, ...] = ()
    discussed: tuple[registry.Discussed, ...] = ()
    marked: bool = False

    @property
    def is_break(self) -> bool:
        """Whether nobody has to be anywhere."""
        return self.kind == SessionKind.BREAK


@dataclass(frozen=True, slots=True)
class AgendaDay:
    """One day of an agenda by the clock of the event."""

    date: date
    name: str
    rows: list[SessionRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Beside:
    """What lies beside the sessions, by their keys."""

    voices: Mapping[int, list[Voice]]
    papers: Mapping[int, list[Paper]]
    discussed: Mapping[int, list[registry.Discussed]]
    marked: frozenset[int]


def agenda_of(event: Any, user: Any, sessions: Any = None) -> list[SessionRow]:
    """Return the agenda of an event that `user` sees, in the order of time, or only `sessions` of it.

    The number of queries depends on nothing that is in it: sessions, voices, documents, marks, and one or two for each source of
    what is discussed.
    """
    rows = (event.sessions.all() if sessions is None else sessions).order_by("starts_at", "room__position", "pk")
    found = list(rows.values(*_COLUMNS))
    keys = [row["pk"] for row in found]
    beside = _Beside(_voices(keys, user), _papers(keys, user), _discussed(keys, user), _marked(keys, user)) if keys else _NOTHING
    return [_row(row, event, beside) for row in found]


_NOTHING: Final = _Beside({}, {}, {}, frozenset())


def _row(row: dict[str, Any], event: Any, beside: _Beside) -> SessionRow:
    pk, kind, zone = row["pk"], SessionKind(row["kind"]), event.zone
    title, room, track = told(row, "title"), told(row, "room__name"), told(row, "track__name")
    languages, interpretation = spoken(row["languages"]), spoken(row["interpretation"])
    into = _("interpretation into %(languages)s") % {"languages": interpretation} if interpretation else ""
    name = str(kind.label) if title else ""  # what has no title is called by its kind
    return SessionRow(
        pk=pk,
        slug=row["slug"],
        url=reverse("events:session_detail", args=[event.slug, row["slug"]]),
        kind=kind,
        kind_name=str(kind.label),
        about=" · ".join(filter(None, [name, room.text, track.text, languages, into])),
        title=title or Told(str(kind.label), "", ""),
        summary=told(row, "summary"),
        starts_at=row["starts_at"],
        ends_at=row["ends_at"],
        day=row["starts_at"].astimezone(zone).date(),
        hours=hours(row["starts_at"], row["ends_at"], zone),
        here=hours_here(row["starts_at"], row["ends_at"], zone),
        room=room,
        room_id=row["room_id"],
        room_place=row["room__position"] or 0,
        room_seats=row["room__places"],
        track=track,
        track_id=row["track_id"],
        codes=frozenset([*(row["languages"] or event.languages), *row["interpretation"]]),
        languages=languages,
        interpretation=interpretation,
        voices=tuple(beside.voices.get(pk, ())),
        papers=tuple(beside.papers.get(pk, ())),
        discussed=tuple(beside.discussed.get(pk, ())),
        marked=pk in beside.marked,
    )


def spoken(codes: Iterable[str]) -> str:
    """Return languages in words."""
    return ", ".join(str(Spoken(code).label) for code in codes)


def hours(starts_at: datetime, ends_at: datetime, zone: Any) -> str:
    """Return both ends in figures by a clock: “09:00–10:30”; what ends on another day says on which."""
    starts, ends = starts_at.astimezone(zone), ends_at.astimezone(zone)
    last = "" if _last_day(ends) == starts.date() else f" ({short_day(ends.date())})"
    return f"{starts:%H:%M}–{ends:%H:%M}{last}"


def _last_day(ends: datetime) -> date:
    return (ends - timedelta(minutes=1)).date()


def hours_here(starts_at: datetime, ends_at: datetime, zone: Any) -> str:
    """Return the hours by the reader's clock, with the day where it is another; empty where both clocks show the same."""
    mine = timezone.get_current_timezone()
    here, there = starts_at.astimezone(mine), starts_at.astimezone(zone)
    if here.utcoffset() == there.utcoffset():
        return ""
    words = hours(starts_at, ends_at, mine)
    return words if here.date() == there.date() else f"{short_day(here.date())}, {words}"


def _voices(keys: list[int], user: Any) -> dict[int, list[Voice]]:
    """Who speaks, by session: guests by name, members as far as they show their name to `user`. Two queries."""
    rows = apps.get_model("events", "SessionVoice").objects.filter(session__in=keys)
    known = _known(rows, user)
    found: dict[int, list[Voice]] = defaultdict(list)
    named = {"guest_name": F("guest__name"), "affiliation": F("guest__affiliation")}
    spoken_by: Any = rows.order_by("position", "pk").values("session_id", "role", "person_id", **named)
    for row in sorted(spoken_by, key=lambda row: _ORDER[row["role"]]):
        found[row["session_id"]].append(_voice(row, known))
    return found


def _known(voices: Any, user: Any) -> dict[int, tuple[str, str]]:
    people = apps.get_model("members", "Person").objects.visible_to(user)
    rows = people.filter(pk__in=voices.order_by().values("person")).order_by().values_list("pk", "name", "slug")
    return {pk: (name, reverse("members:person_detail", args=[slug])) for pk, name, slug in rows}


def _voice(row: dict[str, Any], known: dict[int, tuple[str, str]]) -> Voice:
    does = str(VoiceRole(row["role"]).label)
    if row["person_id"] is None:
        return Voice(row["role"], does, row["guest_name"], "", row["affiliation"])
    name, url = known.get(row["person_id"], (unnamed(), ""))
    return Voice(row["role"], does, name, url)


def unnamed() -> str:
    """Return what stands for a member whose name the reader may not see."""
    return _("a member of the network")


def papers_of(model: str, owner: str, keys: list[int], user: Any) -> dict[int, list[Paper]]:
    """Return the records beside sessions or stands, by the key of these, as far as `user` finds them in the library. One query."""
    records = apps.get_model("publications", "Record").objects.listed_for(user)
    rows = apps.get_model("events", model).objects.filter(**{f"{owner}__in": keys}, record__in=records.order_by().values("pk"))
    titles = {f"title_{column}": F(f"record__title_{column}") for column in _THREE}
    found: dict[int, list[Paper]] = defaultdict(list)
    for row in rows.order_by("pk").values(f"{owner}_id", "record__code", **titles):
        code = row["record__code"]
        url = reverse("publications:record_detail", args=[code])
        found[row[f"{owner}_id"]].append(Paper(code, told(row, "title") or Told(code, "", ""), url))
    return found


def _papers(keys: list[int], user: Any) -> dict[int, list[Paper]]:
    return papers_of("SessionDocument", "session", keys, user)


def _discussed(keys: list[int], user: Any) -> dict[int, list[registry.Discussed]]:
    found: dict[int, list[registry.Discussed]] = defaultdict(list)
    for source in registry.sources():
        for one in source.find(keys, user):
            found[one.session].append(one)
    return found


def _marked(keys: list[int], user: Any) -> frozenset[int]:
    if not is_present(user):
        return frozenset()
    marks = apps.get_model("events", "AgendaMark").objects.filter(user=user.pk, session__in=keys)
    return frozenset(marks.values_list("session_id", flat=True))


def days_of_agenda(rows: Iterable[SessionRow]) -> list[AgendaDay]:
    """Return the sessions day by day."""
    found: dict[date, AgendaDay] = {}
    for row in rows:
        found.setdefault(row.day, AgendaDay(row.day, day_name(row.day))).rows.append(row)
    return [found[day] for day in sorted(found)]


def day_name(day: date) -> str:
    """Return a day with its weekday, as a heading."""
    return date_format(day, pgettext("date with weekday", "l j F Y"))


def overlapping(rows: Iterable[SessionRow]) -> list[tuple[SessionRow, SessionRow]]:
    """Return the pairs of sessions that one cannot both go to, the earlier one first; a break keeps nobody."""
    wanted = sorted((row for row in rows if not row.is_break), key=lambda row: row.starts_at)
    pairs = []
    for number, one in enumerate(wanted):
        for other in wanted[number + 1 :]:
            if other.starts_at >= one.ends_at:
                break
            pairs.append((one, other))
    return pairs
