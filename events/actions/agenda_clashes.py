"""What the database refuses of an agenda, in words: a room or a person would be in two sessions at once."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from events.models import Event, Session, SessionVoice
from events.querysets.sessions import hours, unnamed
from members.models import Person, User
from members.models.texts import told
from red_mpe.core.locale import short_day
from red_mpe.core.states import DomainError


@contextmanager
def refusing_clashes(sessions: list[Session], actor: User, *voices: SessionVoice) -> Iterator[None]:
    """Let what is written inside be undone and refused where one of `sessions` would put a room or a person into two at once.

    `voices` are those that are not stored yet. The refusal names the room or the person, as far as `actor` may know who it is, and the
    other session. The caller holds the lock of the event, so that the other session is still there when it is asked for.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        words = _FINDERS.get(constraint_of(error))
        if words is None:
            raise
        raise DomainError(words(sessions, voices, actor)) from error


def constraint_of(error: IntegrityError) -> str:
    """Return the name of the constraint that the database refused for."""
    return str(getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or "")


def title_of(session: Session) -> str:
    """Return what a session is called by in the reader's language."""
    return told(session, "title").text or str(session.get_kind_display())


def _at(event: Event, thing: Any) -> str:
    return f"{short_day(thing.starts_at.astimezone(event.zone).date())}, {hours(thing.starts_at, thing.ends_at, event.zone)}"


def _room_taken(sessions: list[Session], voices: Sequence[SessionVoice], actor: User) -> str:
    words = _("In the room “%(room)s” there is “%(session)s” at that time: %(when)s.")
    for one in (row for row in sessions if row.room_id is not None):
        others = Session.objects.filter(_beside(one), room=one.room_id).exclude(pk=one.pk)
        if (other := others.order_by("starts_at").first()) is not None:
            named = {"room": told(one.room, "name").text, "session": title_of(other), "when": _at(one.event, other)}
            return words % named
    return _("Two sessions would be in the same room at once.")


def _person_taken(sessions: list[Session], voices: Sequence[SessionVoice], actor: User) -> str:
    words = _("%(person)s is in “%(session)s” at that time: %(when)s.")
    for one in sessions:
        for voice in (*one.voices.all(), *voices):
            if (other := _other_voice(one, voice)) is not None:
                return words % {"person": _name(voice, actor), "session": title_of(other.session), "when": _at(one.event, other)}
    return _("Somebody would be in two sessions at once.")


def _other_voice(session: Session, voice: SessionVoice) -> SessionVoice | None:
    same = Q(person=voice.person_id) if voice.person_id else Q(guest=voice.guest_id)
    rows = SessionVoice.objects.filter(same, _beside(session), event=session.event_id).exclude(session=session)
    found: SessionVoice | None = rows.select_related("session").order_by("starts_at").first()
    return found


def _beside(session: Session) -> Q:
    return Q(event=session.event_id, starts_at__lt=session.ends_at, ends_at__gt=session.starts_at)


def _name(voice: SessionVoice, actor: User) -> str:
    if voice.guest is not None:
        return voice.guest.name
    return Person.objects.visible_to(actor).filter(pk=voice.person_id).values_list("name", flat=True).first() or unnamed()


_FINDERS: Final[dict[str, Callable[[list[Session], Sequence[SessionVoice], User], str]]] = {
    "one_session_a_room": _room_taken,
    "one_session_a_member": _person_taken,
    "one_session_a_guest": _person_taken,
}
