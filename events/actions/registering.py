"""Registering for an event, and what becomes of a registration in its owner's hands.

Each person is a registration of their own. Who brings guests is served first and the guests after, in the order written: the last of
them may wait while the others have a seat. In approval mode nobody has a seat until approved.
"""

import secrets
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.actions.answering import keep_answers, keep_needs
from events.actions.seats import Seats, hold_seats, refuse_off, settle
from events.enums import LIVE, SEATED, EventState, RegistrationState
from events.models import Event, Registration, RegistrationTerms
from events.notifications.registering import NEW_PENDING, PENDING, REGISTERED, UNREGISTERED, WAITLISTED
from events.querysets.registering import at_address, modes_of
from events.readers import random_code
from events.states import REGISTRATION_MOVES
from members.models import Organisation, User
from red_mpe.core import audit
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError, StaleState
from red_mpe.core.text import clean_line
from red_mpe.notifications.actions import announce

_TOLD: Final = {
    RegistrationState.CONFIRMED: REGISTERED,
    RegistrationState.WAITING: WAITLISTED,
    RegistrationState.PENDING: PENDING,
}


class AlreadyRegistered(DomainError):
    """Somebody registers a second time; `registration` is what they have."""

    def __init__(self, registration: Registration) -> None:
        self.registration = registration
        super().__init__(_("This account is registered already: number %(number)s.") % {"number": registration.number})


class NoPlaceThere(DomainError):
    """Somebody who has a seat asks for one in the other mode, and none is free."""

    def __init__(self) -> None:
        super().__init__(_("There is no free place there now. The present place stays; to wait for another, cancel it and register again."))


def register(
    *,
    event: Event,
    actor: User,
    once: UUID,
    mode: str,
    name: str,
    email: str = "",
    language: str = "es",
    organisation: Organisation | None = None,
    affiliation: str = "",
    photos: bool = False,
    needs: dict[str, Any] | None = None,
    answers: dict[int, Any] | None = None,
    guests: Sequence[dict[str, Any]] = (),
) -> Registration:
    """Register oneself, with guests: a seat, or the end of the waiting list. The same `once` again returns the same.

    What the organisers had registered under the address of this account is taken over. Refused: outside the time of registration,
    for a mode that the event has not, for more guests than may come along, and a second time (AlreadyRegistered).
    """
    refuse_off(event)
    require(actor, "events.register", event)
    facts: dict[str, Any] = {"mode": mode, "name": name, "email": email or actor.email, "language": language, "affiliation": affiliation}
    facts |= {"photos": photos, "organisation": organisation, "user": actor, "made_by": actor, "chamber_id": _chamber(actor, organisation)}
    with transaction.atomic():
        seats = hold_seats(event)
        if earlier := _sent_before(seats, once, actor):
            return earlier
        terms = _fitting_terms(seats, actor, mode, organisation, len(guests))
        registered, facts["email"] = _known(seats, actor, str(facts["email"]))
        made = _taken_over(seats, registered, facts) if registered else _make(seats, once, approval=terms.approval, **facts)
        _say(made, needs, answers)
        _bring_all(seats, made, guests, approval=terms.approval)
        if registered is None:
            _tell(made, actor)
        settle(seats)
    return made


def register_for(
    *,
    event: Event,
    actor: User,
    once: UUID,
    mode: str,
    name: str,
    email: str = "",
    language: str = "es",
    organisation: Organisation | None = None,
    affiliation: str = "",
    photos: bool = False,
    needs: dict[str, Any] | None = None,
    answers: dict[int, Any] | None = None,
) -> Registration:
    """Register somebody who has no account, by who runs the event: also before and after the time of registration, never beyond the
    seats and never past who waits. No approval is asked, and no answer."""
    require(actor, "events.run_event", event)
    chamber = organisation.category.chamber_id if organisation else None
    facts: dict[str, Any] = {"mode": mode, "name": name, "email": email, "language": language}
    facts |= {"affiliation": affiliation, "photos": photos}
    with transaction.atomic():
        seats = hold_seats(event)
        if earlier := _sent_before(seats, once, actor):
            return earlier
        _terms(seats)
        _refuse_mode(seats.event, mode)
        _refuse_known_address(seats, email)
        made = _make(seats, once, approval=False, organisation=organisation, chamber_id=chamber, made_by=actor, **facts)
        _say(made, needs, answers, strict=False)
        _tell(made, actor)
        settle(seats)
    return made


def accept_offer(*, registration: Registration, actor: User) -> Registration:
    """Take the place that was offered. Refused once its time has passed."""
    move = REGISTRATION_MOVES["accept"]
    require(actor, move.permission, registration)
    with transaction.atomic():
        seats = hold_seats(registration.event)
        if seats.event.state != EventState.POSTPONED:  # whoever waits for new dates may keep the place
            refuse_off(seats.event)
        registration.refresh_from_db(fields=["state", "offered_until"])
        if registration.offered_until is not None and registration.offered_until <= timezone.now():
            raise DomainError(_("The time to accept this place has passed. It goes to who is next on the list."))
        seats.move(registration, move)
        announce(REGISTERED, actor=actor, target=registration)
        settle(seats)
    return registration


def cancel_registration(*, registration: Registration, actor: User, reason: str = "", with_guests: bool = True) -> Registration:
    """Give the place back; who waits longest gets it. The guests' places go along unless they shall stay. Refused once it is over."""
    move = REGISTRATION_MOVES["cancel"]
    require(actor, move.permission, registration)
    with transaction.atomic():
        seats = hold_seats(registration.event)
        if seats.event.ends_at <= timezone.now():
            raise DomainError(_("It is over: there is nothing to cancel any more."))
        seats.leave(registration, move, reason=clean_line(reason)[:300])
        for guest in registration.guests.live().order_by("number") if with_guests else ():
            seats.leave(guest, move)
            audit.record("events.guest_cancelled", actor=actor, target=guest)
        announce(UNREGISTERED, actor=actor, target=registration)
        settle(seats)
    return registration


def change_mode(*, registration: Registration, actor: User, mode: str) -> Registration:
    """Come instead of connecting, or the other way round. Who waits goes to the end of the other list, unless a seat is free there.

    Refused where somebody has a seat and would find none: nobody loses a seat by asking.
    """
    require(actor, "events.change_registration", registration)
    with transaction.atomic():
        seats = hold_seats(registration.event)
        refuse_off(seats.event)
        _refuse_mode(seats.event, mode)
        registration.refresh_from_db(fields=["state", "mode", "sequence"])
        if registration.mode != mode:
            _change(seats, registration, mode)
            audit.record("events.registration_mode_changed", actor=actor, target=registration, mode=mode)
            if registration.state in _TOLD:  # with the calendar file of how one takes part now
                announce(_TOLD[RegistrationState(registration.state)], actor=actor, target=registration)
            settle(seats)
    return registration


def change_registration(
    *,
    registration: Registration,
    actor: User,
    needs: dict[str, Any] | None = None,
    answers: dict[int, Any] | None = None,
    photos: bool | None = None,
) -> Registration:
    """Change what somebody needs and answered, and whether they may be seen on photos; what is None stays. Refused once it is over or
    cancelled: what was said then is deleted."""
    require(actor, "events.change_registration", registration)
    with transaction.atomic():
        locked = Registration.objects.select_for_update(of=("self",)).select_related("event").get(pk=registration.pk)
        is_gone = locked.event.state == EventState.CANCELLED or locked.event.ends_at <= timezone.now()
        if locked.state not in LIVE or is_gone:
            raise StaleState
        keep_needs(locked, needs)
        keep_answers(locked, answers, event=locked.event, strict=answers is not None)
        if photos is not None:
            Registration.objects.filter(pk=locked.pk).update(photos=photos, updated_at=timezone.now())
        audit.record("events.registration_changed", actor=actor, target=locked)
    registration.refresh_from_db()
    return registration


def _change(seats: Seats, registration: Registration, mode: str) -> None:
    """Change the mode under the lock: seat for seat, or the end of the other list, where a free seat is given at once."""
    if registration.state not in LIVE:
        raise StaleState
    seated, is_open = registration.state in SEATED, seats.is_open(mode)
    if seated and not is_open:
        raise NoPlaceThere
    changes: dict[str, Any] = {"mode": mode, "sequence": registration.sequence + 1, "updated_at": timezone.now()}
    if registration.state == RegistrationState.WAITING:
        changes["number"] = seats.number()  # at the end of the other list: nobody is overtaken
    if seated:
        seats.give_back(registration.mode)
        seats.take(mode)
    Registration.objects.filter(pk=registration.pk).update(**changes)
    registration.refresh_from_db()
    if is_open and registration.state == RegistrationState.WAITING:
        seats.move(registration, REGISTRATION_MOVES["seat"])


def _make(seats: Seats, once: UUID, *, approval: bool, mode: str, name: str, **facts: Any) -> Registration:
    """Write one registration: with a seat where there is one, at the end of the list otherwise."""
    if not (name := clean_line(name).strip()):
        raise DomainError(_("Write a name."))
    state = RegistrationState.PENDING if approval else RegistrationState.CONFIRMED if seats.is_open(mode) else RegistrationState.WAITING
    if state == RegistrationState.CONFIRMED:
        seats.take(mode)
    codes = {"code": random_code(8), "ticket": secrets.token_urlsafe(32), "once": once, "number": seats.number()}
    facts["affiliation"] = clean_line(facts.get("affiliation") or "").strip()
    return Registration.objects.create(event=seats.event, mode=mode, name=name, state=state, moved_at=timezone.now(), **codes, **facts)


def _say(made: Registration, needs: dict[str, Any] | None, answers: dict[int, Any] | None, *, strict: bool = True) -> None:
    keep_needs(made, needs)
    keep_answers(made, answers, event=made.event, strict=strict)


def _bring_all(seats: Seats, host: Registration, guests: Sequence[dict[str, Any]], *, approval: bool) -> None:
    """Register somebody's guests. Where the host needs no approval any more, the organisers hear of each guest who does."""
    for number, guest in enumerate(guests):
        made = _bring(seats, host, number, guest, approval=approval)
        if made.state == RegistrationState.PENDING != host.state:
            announce(NEW_PENDING, actor=host.user, target=made)


def _bring(seats: Seats, host: Registration, number: int, guest: dict[str, Any], *, approval: bool) -> Registration:
    """Register somebody's guest. Whether a guest may be seen on photos is theirs to say: no."""
    _refuse_known_address(seats, guest.get("email", ""))
    facts = {"name": guest["name"], "affiliation": guest.get("affiliation", ""), "email": guest.get("email", "")}
    facts |= {"mode": guest.get("mode") or host.mode, "language": host.language, "made_by": host.user, "guest_of": host}
    _refuse_mode(seats.event, facts["mode"])
    made = _make(seats, uuid5(host.once, str(number)), approval=approval, **facts)
    audit.record("events.guest_registered", actor=host.user, target=made)
    return made


def _tell(made: Registration, actor: User) -> None:
    announce(_TOLD[RegistrationState(made.state)], actor=actor, target=made)
    if made.state == RegistrationState.PENDING:
        announce(NEW_PENDING, actor=actor, target=made)


def _sent_before(seats: Seats, once: UUID, actor: User) -> Registration | None:
    """Return what the same form made before. Refused where the key is somebody else's, or of another event."""
    earlier = Registration.objects.filter(once=once).select_related("event").first()
    if earlier is not None and (earlier.event_id != seats.event.pk or earlier.made_by_id != actor.pk):
        raise DomainError(_("This form has gone stale. Reload the page and send it again."))
    return earlier


def _known(seats: Seats, actor: User, email: str) -> tuple[Registration | None, str]:
    """Return what the organisers made under the address of this account, and the address that a new one can have.

    That is none where a guest's or another's registration holds it: news goes to the account anyway. Refused where the person is
    registered already, and for an address of others.
    """
    live = Registration.objects.live().filter(event=seats.event)
    rows = list(live.filter(Q(user=actor) | Q(at_address(email))))
    if own := next((row for row in rows if row.user_id == actor.pk), None):
        raise AlreadyRegistered(own)
    if rows and email.lower() != actor.email.lower():
        raise DomainError(_("This address cannot be used here. Leave it empty to use the one of the account."))
    return next((row for row in rows if row.user_id is None and row.guest_of_id is None), None), "" if rows else email


def _taken_over(seats: Seats, row: Registration, facts: dict[str, Any]) -> Registration:
    """Give a registration that the organisers made to the account whose address it has, with what its form says now.

    Another mode is another seat. Refused where it has one and there is none of the other (NoPlaceThere): nothing is changed then.
    """
    actor, name, moves = facts["user"], clean_line(facts["name"]).strip(), row.mode != facts["mode"]
    if not name:
        raise DomainError(_("Write a name."))
    if moves:
        _change(seats, row, facts["mode"])
    said = {column: facts[column] for column in ("user", "photos", "organisation", "chamber_id", "language")}
    for column, value in {**said, "name": name, "affiliation": clean_line(facts["affiliation"]).strip()}.items():
        setattr(row, column, value)
    row.save(update_fields=["user", "photos", "name", "organisation", "affiliation", "chamber", "language", "updated_at"])
    audit.record("events.registration_taken_over", actor=actor, target=row)
    if moves and row.state in _TOLD:  # with the calendar file of how one takes part now
        announce(_TOLD[RegistrationState(row.state)], actor=actor, target=row)
    return row


def _refuse_known_address(seats: Seats, email: str) -> None:
    if email and Registration.objects.live().filter(at_address(email), event=seats.event).exists():
        raise DomainError(_("Somebody is registered with this address already."))


def _terms(seats: Seats) -> RegistrationTerms:
    refuse_off(seats.event)
    if seats.terms is None:
        raise DomainError(_("One does not register for this encounter."))
    return seats.terms


def _open_terms(seats: Seats) -> RegistrationTerms:
    """Return the terms while registration is open, by state and by clock."""
    terms, now = _terms(seats), timezone.now()
    if now >= terms.closes_at:
        raise DomainError(_("Registration has closed."))
    if seats.event.state not in (EventState.OPEN, EventState.FULL) or now < terms.opens_at:
        raise DomainError(_("Registration is not open."))
    return terms


def _refuse_mode(event: Event, mode: str) -> None:
    if mode not in modes_of(event):
        raise DomainError(_("One cannot take part in this way."))


def _fitting_terms(seats: Seats, actor: User, mode: str, organisation: Organisation | None, guests: int) -> RegistrationTerms:
    """Return the open terms. Refused: a mode the event has not, an organisation not one's own, more guests than may come along."""
    terms = _open_terms(seats)
    _refuse_mode(seats.event, mode)
    if guests > terms.guests:
        raise DomainError(_("These are more guests than one may bring along."))
    if organisation is not None and organisation.pk not in organisations_of(actor):
        raise DomainError(_("Choose an organisation that you belong to today."))
    return terms


def organisations_of(user: User) -> list[int]:
    """Return the keys of the organisations that somebody belongs to today."""
    if user.member is None:
        return []
    return list(user.member.affiliations.on(timezone.localdate()).order_by().values_list("organisation", flat=True))


def _chamber(user: User, organisation: Organisation | None) -> int | None:
    """The chamber of the organisation one comes for, otherwise one's own."""
    if organisation is not None:
        return organisation.category.chamber_id
    return user.member.category.chamber_id if user.member else None
