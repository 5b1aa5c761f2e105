"""When an event moves, its agenda moves along: every session keeps its hour by the clock of the place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from events.actions.agenda import is_within
from events.actions.agenda_clashes import refusing_clashes, title_of
from events.enums import EventState
from events.models import Event, Session, SessionVoice
from events.readers import NoSuchHour, read_moment
from members.models import User
from red_mpe.core.states import DomainError


@dataclass(frozen=True)
class Frame:
    """When an event was, by the clock that was its own."""

    starts: datetime
    ends: datetime
    time_zone: str

    @classmethod
    def of(cls, event: Event) -> "Frame":
        """Return the frame of an event, in hours as its clock shows them."""
        return cls(local(event.starts_at, event.time_zone), local(event.ends_at, event.time_zone), event.time_zone)


def local(moment: datetime, time_zone: str) -> datetime:
    """Return what the clock of a place shows at a moment."""
    return moment.astimezone(ZoneInfo(time_zone)).replace(tzinfo=None)


def move_agenda(event: Event, before: Frame, actor: User) -> None:
    """Move the sessions of an event that has moved, and who speaks in them; the caller has opened the transaction and holds its row.

    They move by as much as both its ends have; where it became longer or shorter they stay if they still lie within it, and
    otherwise go with its first day. Refused, with the sessions named, where one would fall out of its days or into an hour that the
    clocks leave out.
    """
    after = Frame.of(event)
    sessions = list(Session.objects.filter(event=event).select_related("room")) if after != before else []
    if not sessions:
        return
    shift = _shift(before, after, sessions)
    if shift or before.time_zone != after.time_zone:
        _move(event, sessions, shift, before.time_zone)
    if out := [title_of(row) for row in sessions if not is_within(event, row.starts_at, row.ends_at)]:
        raise DomainError(
            _("These sessions would lie outside its days; first move them or take them away: %(sessions)s") % {"sessions": _some(out)}
        )
    if shift or before.time_zone != after.time_zone:
        _save(event, sessions, actor)


def _shift(before: Frame, after: Frame, sessions: Iterable[Session]) -> timedelta:
    """Return by how much the sessions move, by the clocks."""
    first, last = after.starts - before.starts, after.ends - before.ends
    if first == last:
        return first
    days = [
        (local(row.starts_at, before.time_zone).date(), local(row.ends_at - timedelta(minutes=1), before.time_zone).date())
        for row in sessions
    ]
    final = (after.ends - timedelta(minutes=1)).date()
    fits = all(after.starts.date() <= start and end <= final for start, end in days)
    return timedelta() if fits else after.starts.date() - before.starts.date()


def _move(event: Event, sessions: Iterable[Session], shift: timedelta, former: str) -> None:
    for row in sessions:
        row.event = event
        try:
            starts, ends = (read_moment(local(at, former) + shift, event.time_zone).at for at in (row.starts_at, row.ends_at))
        except NoSuchHour as error:
            words = _("“%(session)s” would fall into an hour that the clocks leave out that day; first move it or take it away.")
            raise DomainError(words % {"session": title_of(row)}) from error
        row.starts_at, row.ends_at = starts, ends if ends > starts else starts + (row.ends_at - row.starts_at)


def _some(titles: list[str], most: int = 5) -> str:
    return " · ".join([*titles[:most], *(["…"] if len(titles) > most else [])])


def _save(event: Event, sessions: list[Session], actor: User) -> None:
    now, told = timezone.now(), event.state != EventState.DRAFT
    for row in sessions:
        row.sequence, row.updated_at = row.sequence + int(told), now
    times = {row.pk: row for row in sessions}
    voices = list(SessionVoice.objects.filter(event=event))
    for voice in voices:
        voice.starts_at, voice.ends_at = times[voice.session_id].starts_at, times[voice.session_id].ends_at
    with refusing_clashes([], actor):  # what is stored is still at its old hours: nobody could be named
        Session.objects.bulk_update(sessions, ["starts_at", "ends_at", "sequence", "updated_at"])
        SessionVoice.objects.bulk_update(voices, ["starts_at", "ends_at"])
