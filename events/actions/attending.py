"""Noting who was there: once, however often and by however many phones it is told, and taking it back; counting who has no name here."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.enums import ON, TOOK_PLACE, EventMode, MinutesState, RegistrationState, Seen
from events.models import Attendance, Event, HeadCount, Minutes, Registration, Session, TakenBack
from events.querysets.day import fingerprint
from events.rules import is_in_its_group
from members.models import Person, User
from red_mpe.core import audit
from red_mpe.core.permissions import require, require_personally
from red_mpe.core.states import DomainError, StaleState

#: The door opens a day before the event and closes three days after it.
BEFORE: Final = timedelta(days=1)
AFTER: Final = timedelta(days=3)
#: As many people as one cell of a count holds.
MOST: Final = 100_000
#: Who may say that somebody was there, by how it is known. Oneself is asked otherwise.
_MAY: Final = {Seen.SCAN: "events.check_in", Seen.SEARCH: "events.check_in", Seen.MINUTES: "events.run_event"}


class AlreadyTakenBack(DomainError):
    """It was noted, and taken back since; sent again it stays so."""

    def __init__(self) -> None:
        super().__init__(_("This check-in was taken back in the meantime."))


class NotConfirmed(DomainError):
    """The registration holds no place. Who runs the event may let the person in all the same."""

    def __init__(self, registration: Registration) -> None:
        words = {"name": registration.name, "state": registration.get_state_display()}
        super().__init__(_("%(name)s has no confirmed place: %(state)s.") % words)


def attend(
    *,
    event: Event,
    actor: User,
    once: UUID,
    mode: str,
    seen: str,
    at: datetime,
    registration: Registration | None = None,
    person: Person | None = None,
    session: Session | None = None,
    anyway: bool = False,
) -> Attendance:
    """Note that somebody was at an event, or at one of its sessions, and return the row, whose `at` is the earliest moment told.

    The same `once`, or the same person again, from whatever phone and in whatever order, is the same row: compare its `once` to
    know whether this call made it. What somebody said of themselves, the door confirms. `at` is the clock of a device: a moment to
    come, or more than a day before the event, tells that this clock is wrong, and now is taken.

    The row says by itself who noted it and when: there is no audit of it besides.

    Refused: another event's registration or session; a registration without a place, unless who runs the event lets the person in
    (`anyway`; seats and state stay as they are, and the audit tells); an event that is off, or not near; what was taken back; and
    once the minutes are approved.
    """
    _require(actor, event, seen, registration, person, anyway)
    moment = _plausible(at, event)
    registration = registration or _registration_of(event, person)
    _refuse_foreign(actor, event, registration, session)
    _refuse_out_of_time(event, moment, seen)
    if registration is not None and registration.state != RegistrationState.CONFIRMED and not anyway:
        raise NotConfirmed(registration)
    if TakenBack.objects.filter(once=once).exists():
        raise AlreadyTakenBack
    whom = {"registration": registration} if registration is not None else {"person": person}
    facts = {"mode": mode if event.mode == EventMode.HYBRID else event.mode, "seen": seen, "at": moment, "recorded_by": actor}
    with unsettled(event):
        return _noted(event, session, once, whom, facts)


def undo_attendance(*, attendance: Attendance, actor: User) -> None:
    """Take back that somebody was there: for whoever checks people in, and for oneself what one said; what the minutes noted, only
    for who runs the event. A phone that sends it again does not bring it back; another check-in does.

    Refused once the minutes are approved; and what they did not note, more than three days after the end.
    """
    own = attendance.seen == Seen.SELF and attendance.recorded_by_id == actor.pk
    if not own:
        require(actor, _MAY.get(Seen(attendance.seen), "events.check_in"), attendance.event)
    if attendance.seen != Seen.MINUTES and timezone.now() > attendance.event.ends_at + AFTER:
        raise DomainError(_("It is too late to take it back: the encounter ended more than three days ago."))
    code = attendance.registration.code if attendance.registration else ""
    with unsettled(attendance.event):
        gone, _rows = Attendance.objects.filter(pk=attendance.pk).delete()
        if gone:
            TakenBack.objects.get_or_create(once=attendance.once, defaults={"event": attendance.event})
            audit.record("events.attendance_undone", actor=actor, target=attendance.event, code=code, once=str(attendance.once))


@contextmanager
def unsettled(event: Event) -> Iterator[None]:
    """Hold the minutes of an event while who was there changes, so that nobody approves them meanwhile. Refused once they are approved."""
    with transaction.atomic():
        minutes = Minutes.objects.order_by().select_for_update(of=("self",), no_key=True).filter(event=event)
        if MinutesState.APPROVED in minutes.values_list("state", flat=True):
            raise DomainError(_("The minutes are approved: who was there stays as it is."))
        yield


def is_settled(event: Event) -> bool:
    """Tell whether the minutes that say who was there are approved."""
    return Minutes.objects.filter(event=event, state=MinutesState.APPROVED).exists()


def undoable(event: Event, actor: User) -> frozenset[str]:
    """Return which attendances `actor` may take back now, by how they are known."""
    if is_settled(event):
        return frozenset()
    open_still = timezone.now() <= event.ends_at + AFTER and actor.has_perm("events.check_in", event)
    noted = {Seen.MINUTES} if actor.has_perm("events.run_event", event) else set()
    return frozenset(noted | ({Seen.SCAN, Seen.SEARCH, Seen.SELF} if open_still else set()))


def take_presence(*, event: Event, actor: User) -> None:
    """Note that somebody takes the list of who was there away."""
    require(actor, "events.run_event", event)
    audit.record("events.presence_taken_away", actor=actor, target=event)


def count_heads(
    *, event: Event, actor: User, rows: Mapping[tuple[str, str, str], int], session: Session | None = None, seen: str = ""
) -> int:
    """Write how many people were there whom the system does not know, by role, sex and mode, in place of what was counted before;
    return how many they are together. `seen` is `fingerprint` of the counts that the writer saw.

    Refused: where somebody else counted in between, before the event, and numbers that cannot be.
    """
    require(actor, "events.run_event", event)
    _refuse_foreign(actor, event, None, session)
    if timezone.now() < event.starts_at or event.state not in (*ON, *TOOK_PLACE):
        raise DomainError(_("People are counted once the encounter has begun."))
    if any(not 0 <= people <= MOST for people in rows.values()):
        raise DomainError(_("Write numbers from 0 to 100,000."))
    counts = [
        HeadCount(event=event, session=session, role=role, sex=sex, mode=mode, people=people)
        for (role, sex, mode), people in rows.items()
        if people
    ]
    whole = sum(rows.values())
    with transaction.atomic():
        Event.objects.select_for_update().get(pk=event.pk)
        if seen and seen != fingerprint(event, session):
            raise StaleState
        event.head_counts.filter(session=session).delete()
        HeadCount.objects.bulk_create(counts)
        audit.record("events.heads_counted", actor=actor, target=event, session=session.slug if session else "", people=whole)
    return whole


def _require(actor: User, event: Event, seen: str, registration: Registration | None, person: Person | None, anyway: bool) -> None:
    if (registration is None) == (person is None):
        raise ValueError("one of registration and person")
    if seen == Seen.SELF:
        _require_oneself(actor, event, registration, person)
    else:
        require(actor, _MAY[Seen(seen)], event)
    if anyway:
        require(actor, "events.run_event", event)


def _require_oneself(actor: User, event: Event, registration: Registration | None, person: Person | None) -> None:
    """One says it of oneself only: of one's own registration, or as somebody of the event's groups."""
    require_personally(actor, "events.say_present", event)
    if actor.pk != (registration.user_id if registration is not None else person and person.user_id):
        raise DomainError(_("One says it of oneself only."))
    if registration is None and not is_in_its_group(actor, event) and _registration_of(event, person) is None:
        raise DomainError(_("Only who is registered, or belongs to the group, can say so."))


def _plausible(at: datetime, event: Event) -> datetime:
    now = timezone.now()
    return at if event.starts_at - BEFORE <= at <= now else now


def _registration_of(event: Event, person: Person | None) -> Registration | None:
    """Return the place that a member holds in the event, so that nobody is noted twice."""
    if person is None:
        return None
    found: Registration | None = event.registrations.filter(user=person.user_id, state=RegistrationState.CONFIRMED).first()
    return found


def _refuse_foreign(actor: User, event: Event, registration: Registration | None, session: Session | None) -> None:
    if registration is not None and registration.event_id != event.pk:
        if not actor.has_perm("events.view_event", registration.event):
            raise DomainError(_("This is a ticket of another encounter."))
        title = registration.event.title or registration.event.slug
        raise DomainError(_("This is a ticket of another encounter: %(event)s.") % {"event": title})
    if session is not None and session.event_id != event.pk:
        raise DomainError(_("This session belongs to another encounter."))


def _refuse_out_of_time(event: Event, moment: datetime, seen: str) -> None:
    """Minutes are written long after; a door is only open near the event, by the moment at which somebody was seen."""
    if event.state not in (*ON, *TOOK_PLACE):
        raise DomainError(_("The encounter does not take place: nobody is checked in."))
    if moment < event.starts_at - BEFORE:
        raise DomainError(_("It is too early: people are checked in from a day before the encounter."))
    if moment < event.starts_at and seen == Seen.SELF:
        raise DomainError(_("It has not begun yet."))
    if moment > event.ends_at + AFTER and seen != Seen.MINUTES:
        raise DomainError(_("It is too late: the encounter ended more than three days ago."))


def _noted(event: Event, session: Session | None, once: UUID, whom: Mapping[str, Any], facts: Mapping[str, Any]) -> Attendance:
    """Write the row, or find the one that another was faster to write; the earliest moment stays."""
    try:
        with transaction.atomic():
            row: Attendance = Attendance.objects.create(event=event, session=session, once=once, **whom, **facts)
            _tell_of_exception(row)
    except IntegrityError as error:
        known: Attendance | None = Attendance.objects.filter(event=event, session=session, **whom).first()
        if known is None:  # the key was used for somebody else, or the other has just been taken back
            raise StaleState from error
        Attendance.objects.filter(pk=known.pk, at__gt=facts["at"]).update(at=facts["at"])
        if facts["seen"] in (Seen.SCAN, Seen.SEARCH):
            confirmed = {"seen": facts["seen"], "recorded_by": facts["recorded_by"]}
            Attendance.objects.filter(pk=known.pk, seen=Seen.SELF).update(**confirmed)
        known.refresh_from_db(fields=["at", "seen", "recorded_by"])
        return known
    return row


def _tell_of_exception(row: Attendance) -> None:
    registration = row.registration
    if registration is not None and registration.state != RegistrationState.CONFIRMED:
        audit.record("events.let_in", actor=row.recorded_by, target=row.event, code=registration.code, state=registration.state)
