"""When and how one registers: the terms, opening and closing by hand, and opening by the clock."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models.functions import Least
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.actions.seats import Seats, hold_seats, settle
from events.enums import TOOK_PLACE, EventState
from events.models import Event, RegistrationTerms
from events.notifications.registering import OPENED
from events.states import CLOSE, OPEN
from members.models import User
from red_mpe.core import audit, states
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError, Move, StaleState
from red_mpe.notifications.actions import announce

MOST_GUESTS: Final = 10
MOST_HOURS: Final = 336  # two weeks
MOST_DAYS: Final = 90
_OVER: Final = (*TOOK_PLACE, EventState.CANCELLED)
_MINUTE: Final = timedelta(minutes=1)


def set_terms(
    *,
    event: Event,
    actor: User,
    opens_at: datetime,
    closes_at: datetime,
    approval: bool,
    guests: int,
    accept_hours: int,
    keep_days: int,
) -> RegistrationTerms:
    """Say when and how one registers, or say it anew. Who is registered stays as they are, whatever changes.

    Refused: where the hours are out of order or reach beyond the end of the event, where a number is out of its bounds, for an
    event that is over or cancelled, and where registration that is open would open only later.
    """
    require(actor, "events.run_event", event)
    terms = {"opens_at": opens_at, "closes_at": closes_at, "approval": approval, "guests": guests}
    terms |= {"accept_hours": accept_hours, "keep_days": keep_days}
    _refuse_numbers(guests, accept_hours, keep_days)
    with transaction.atomic():
        locked = Event.objects.select_for_update().get(pk=event.pk)
        _refuse_hours(locked, opens_at, closes_at)
        kept, _made = RegistrationTerms.objects.update_or_create(event=locked, defaults=terms)
        audit.record("events.terms_set", actor=actor, target=locked, approval=approval, opens=str(opens_at), closes=str(closes_at))
    return kept


def open_registration(*, event: Event, actor: User) -> Event:
    """Open registration now, also before its hour, and tell whom the event is for. Refused, with every unmet guard named, otherwise."""
    require(actor, OPEN.permission, event)
    with transaction.atomic():
        seats, now = _turn(event, OPEN), timezone.now()
        RegistrationTerms.objects.filter(event=event.pk, opens_at__gt=now).update(opens_at=now)
        announce(OPENED, actor=actor, target=event)
        settle(seats)
    event.refresh_from_db()
    return event


def close_registration(*, event: Event, actor: User) -> Event:
    """Close registration now and for good: it opens again only with another hour of closing. Nobody is told; the registered stay so."""
    require(actor, CLOSE.permission, event)
    with transaction.atomic():
        _turn(event, CLOSE)
        now = timezone.now()
        passed = {"opens_at": Least("opens_at", now - _MINUTE), "closes_at": Least("closes_at", now)}
        RegistrationTerms.objects.filter(event=event.pk).update(**passed)
        audit.record("events.registration_closed", actor=actor, target=event)
    event.refresh_from_db()
    return event


def open_due() -> int:
    """Open registration of every announced event whose hour of opening has come; return of how many."""
    opened = 0
    for event in Event.objects.due_to_open():
        try:
            with transaction.atomic():
                seats = _turn(event, OPEN)
                announce(OPENED, actor=None, target=event)
                settle(seats)
        except DomainError:  # somebody was faster, or it has begun without registration
            continue
        opened += 1
    return opened


def shift_terms(event: Event, starts_at: datetime) -> None:
    """Let the hours of registration move along with an event that began at `starts_at` until now. To be called in its transaction.

    What has passed stays: an open registration is not closed by a later date, and a closed one is not opened. Registration never
    closes later than the event ends.
    """
    terms = RegistrationTerms.objects.filter(event=event.pk).first()
    if terms is None:
        return
    before, now = (terms.opens_at, terms.closes_at), timezone.now()
    opens, closes = (at + (event.starts_at - starts_at) if at > now else at for at in before)
    terms.closes_at = min(closes, event.ends_at)
    terms.opens_at = min(opens, terms.closes_at - _MINUTE)
    if (terms.opens_at, terms.closes_at) != before:
        terms.save()
        audit.record("events.terms_shifted", actor=None, target=event, opens=str(terms.opens_at), closes=str(terms.closes_at))


def _turn(event: Event, move: Move) -> Seats:
    """Make the move with the seats in hand. Its dates are the same: no calendar and no reminder needs to know."""
    seats = hold_seats(event)
    if not states.can_start(seats.event, move):
        raise StaleState
    states.apply(seats.event, move)
    return seats


def _refuse_numbers(guests: int, accept_hours: int, keep_days: int) -> None:
    if not 0 <= guests <= MOST_GUESTS:
        raise DomainError(_("One may bring ten people along at most."))
    if not 1 <= accept_hours <= MOST_HOURS:
        raise DomainError(_("Leave from one hour to two weeks for accepting a place."))
    if not 0 <= keep_days <= MOST_DAYS:
        raise DomainError(_("Needs are kept for ninety days after the end at most."))


def _refuse_hours(event: Event, opens_at: datetime, closes_at: datetime) -> None:
    if event.state in _OVER:
        raise DomainError(_("It is over: nobody registers any more."))
    if closes_at <= opens_at:
        raise DomainError(_("Registration closes before it opens."))
    if closes_at > event.ends_at:
        raise DomainError(_("Registration closes after the end of the event."))
    if event.state in CLOSE.sources and opens_at > timezone.now():
        raise DomainError(_("Registration is open: close it first, and it will open again at the hour you write here."))
