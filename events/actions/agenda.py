"""Sessions of an agenda: placing, changing and taking them away; and one's own agenda.

Whoever writes an agenda waits for the row of its event: two who place sessions at once come one after the other, and the second
is told what is there already.
"""

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from events.actions.agenda_clashes import refusing_clashes
from events.actions.agenda_news import note_move, people_of, place_of
from events.enums import EventState, SessionKind
from events.models import AgendaMark, Event, Session
from events.readers import slug_of
from events.states import LANGUAGES
from members.models import User
from red_mpe.core import audit
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError, StaleState

_PLACES: Final = ("room", "track")
#: What is told to those who have a session.
_TOLD: Final = {"starts_at", "ends_at", "room"}
#: What a calendar must take over.
_IN_CALENDAR: Final = {"starts_at", "ends_at", "room", "kind", *(f"{name}_{code}" for name in ("title", "summary") for code in LANGUAGES)}


def lock_agenda(event: Event) -> Event:
    """Wait for the row of the event and return it as it is then; the caller has opened the transaction. Refused of a cancelled one."""
    locked: Event = Event.objects.select_for_update().get(pk=event.pk)
    if locked.state == EventState.CANCELLED:
        raise DomainError(_("It was cancelled, and stays as it was."))
    return locked


def place_session(*, event: Event, actor: User, once: UUID, **facts: Any) -> Session:
    """Put a session into the agenda, once: the same `once` sent again returns what it made the first time.

    Refused: outside the days of the event, without a title unless it is a break, with a room or a track of another event, and where
    the room is taken.
    """
    require(actor, "events.change_event", event)
    with transaction.atomic():
        locked = lock_agenda(event)
        if earlier := Session.objects.filter(once=once).first():
            return earlier
        session = Session(event=locked, once=once, slug=_slug(locked, facts), **facts)
        _refuse_unfit(session)
        with refusing_clashes([session], actor):
            session.save()
        _tell_calendars(locked)
        audit.record("events.session_placed", actor=actor, target=locked, session=session.slug)
    return session


def change_session(*, session: Session, actor: User, seen: str = "", **facts: Any) -> Session:
    """Change a session; who speaks in it moves along. `seen` is when it was last saved as far as the writer knows.

    Refused as `place_session` is; also where somebody in it is in another session at the new time, and where somebody else saved in
    between.
    """
    require(actor, "events.change_event", session.event)
    with transaction.atomic():
        event = lock_agenda(session.event)
        found = find_locked(event, session, seen)
        changed = {name for name, value in facts.items() if (getattr(found, name) or None) != (value or None)}
        was = place_of(found)
        for name in changed:
            setattr(found, name, facts[name])
        _refuse_unfit(found)
        with refusing_clashes([found], actor):
            _write(found, changed)
        if changed & _TOLD:
            note_move(event, found, was)
        audit.record("events.session_changed", actor=actor, target=event, session=found.slug, fields=sorted(changed))
    found.refresh_from_db()
    return found


def find_locked(event: Event, session: Session, seen: str = "") -> Session:
    """Return the session as it is under the lock of its event. Refused where it is gone, or has been saved since `seen`."""
    found: Session | None = Session.objects.filter(pk=session.pk, event=event).first()
    if found is None or (seen and seen != found.updated_at.isoformat()):
        raise StaleState
    found.event = event
    return found


def _write(session: Session, changed: set[str]) -> None:
    if not changed:
        return
    if changed & _IN_CALENDAR and session.event.state != EventState.DRAFT:
        session.sequence = F("sequence") + 1
        _tell_calendars(session.event)
    session.save()
    if changed & {"starts_at", "ends_at"}:
        session.voices.update(starts_at=session.starts_at, ends_at=session.ends_at)


def _tell_calendars(event: Event) -> None:
    """Let the calendars of an announced event know that there is something new."""
    if event.state != EventState.DRAFT:
        Event.objects.filter(pk=event.pk).update(sequence=F("sequence") + 1)


def remove_session(*, session: Session, actor: User) -> None:
    """Take a session out of the agenda, with who speaks in it. What is not there any more is no fault."""
    require(actor, "events.change_event", session.event)
    with transaction.atomic():
        event = lock_agenda(session.event)
        if found := Session.objects.filter(pk=session.pk, event=event).first():
            note_move(event, found, place_of(found), people=people_of(found))
            found.delete()
            _tell_calendars(event)
            audit.record("events.session_removed", actor=actor, target=event, session=session.slug)


def mark_session(*, session: Session, actor: User) -> None:
    """Put a session into one's own agenda; done twice it is the same."""
    require(actor, "events.view_event", session.event)
    AgendaMark.objects.get_or_create(session=session, user=actor)


def unmark_session(*, session: Session, actor: User) -> None:
    """Take a session out of one's own agenda; done twice it is the same."""
    require(actor, "events.view_event", session.event)
    AgendaMark.objects.filter(session=session, user=actor).delete()


def is_within(event: Event, starts_at: datetime, ends_at: datetime) -> bool:
    """Tell whether a time lies within the days of an event by its clock; what ends at midnight ends on the day before."""
    first, last = starts_at.astimezone(event.zone).date(), (ends_at - timedelta(minutes=1)).astimezone(event.zone).date()
    return event.starts_on <= first <= last <= event.ends_on


def _refuse_unfit(session: Session) -> None:
    if session.ends_at <= session.starts_at:
        raise DomainError(_("It ends before it begins."))
    if not is_within(session.event, session.starts_at, session.ends_at):
        raise DomainError(
            _("A session lies within the days of its encounter. Choose one of them, or change the dates of the encounter first.")
        )
    if session.kind != SessionKind.BREAK and not any(getattr(session, f"title_{code}") for code in LANGUAGES):
        raise DomainError(_("Write a title, in at least one language."))
    for name in _PLACES:
        if (place := getattr(session, name)) is not None and place.event_id != session.event.pk:
            raise DomainError(_("Choose a room and a track of this encounter."))


def _slug(event: Event, facts: dict[str, Any]) -> str:
    known = {"title_es": facts.get("kind", "")} if not any(facts.get(f"title_{code}") for code in LANGUAGES) else facts
    return slug_of(known, most=50, otherwise="s", taken=lambda words: Session.objects.filter(event=event, slug=words).exists())
