"""Telling of sessions that moved or were taken away: once things have been quiet for a while, and each person once for all of them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from events.enums import ON
from events.models import AgendaMark, AgendaNews, Event, Session, SessionMove
from events.notifications.agenda import MOVED
from events.states import LANGUAGES
from members.models import User
from red_mpe.notifications.actions import announce

#: So long after the last change of an agenda its people are told of all of them.
QUIET: Final = timedelta(minutes=10)


def people_of(session: Session) -> set[int]:
    """Return the accounts of who has a session in their agenda and of its voices."""
    marked = AgendaMark.objects.filter(session=session).values_list("user", flat=True)
    voices = User.objects.filter(is_active=True, person__voices__session=session).values_list("pk", flat=True)
    return {*marked, *voices}


def place_of(session: Session) -> dict[str, Any]:
    """Return where and when a session is, and how it is called, as a move remembers it."""
    room, titles = session.room, {f"title_{code}": getattr(session, f"title_{code}") or "" for code in LANGUAGES}
    names = {f"room_{code}": (getattr(room, f"name_{code}") or "") if room else "" for code in LANGUAGES}
    return {**titles, **names, "room": session.room_id, "starts_at": session.starts_at, "ends_at": session.ends_at}


def note_move(event: Event, session: Session, was: dict[str, Any], *, people: Iterable[int] = ()) -> None:
    """Remember where a session was, unless that is remembered since people were last told. The caller holds the event."""
    if event.state not in ON:
        return
    now = {"changed_at": timezone.now(), "people": sorted(people)}
    SessionMove.objects.update_or_create(session=session, told_at=None, defaults=now, create_defaults={**was, **now, "event": event})


def tell_moves() -> int:
    """Tell of the agendas that have been quiet for ten minutes; return how many news that made. Safe at any time, twice and at once."""
    pending = SessionMove.objects.filter(told_at=None).order_by().values("event").annotate(last=Max("changed_at"))
    return sum(_tell(pk) for pk in pending.filter(last__lte=timezone.now() - QUIET).order_by("event").values_list("event", flat=True))


@transaction.atomic
def _tell(pk: int) -> int:
    event = Event.objects.select_for_update().get(pk=pk)
    moves = list(event.session_moves.filter(told_at=None).select_related("session__room").order_by("starts_at", "pk"))
    theirs: dict[int, list[SessionMove]] = defaultdict(list)
    for move in moves:
        for person in _concerned(move) if event.state in ON else ():
            theirs[person].append(move)
    event.session_moves.filter(told_at=None).update(told_at=timezone.now())
    return _announce(event, theirs)


def _concerned(move: SessionMove) -> set[int]:
    """Whom a move matters to; nobody where the session is back where it was."""
    if move.session is None:
        return set(move.people)
    now = move.session
    is_back = (now.starts_at, now.ends_at, now.room_id) == (move.starts_at, move.ends_at, move.room)
    return set() if is_back else people_of(now)


def _announce(event: Event, theirs: dict[int, list[SessionMove]]) -> int:
    """Make one piece of news for all to whom the same moves matter."""
    groups: dict[tuple[SessionMove, ...], list[int]] = defaultdict(list)
    for person, moves in sorted(theirs.items()):
        groups[tuple(moves)].append(person)
    for told, people in groups.items():
        news = AgendaNews.objects.create(event=event, people=people)
        news.moves.set(told)
        announce(MOVED, actor=None, target=news)
    return len(groups)
