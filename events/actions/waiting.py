"""The waiting list and the approvals: what the organisers and the clock do to a registration."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from events.actions.seats import Seats, hold_seats, is_ahead, refuse_off, settle
from events.enums import ON, EventState, RegistrationState
from events.models import Event, OfferReminder, Registration
from events.notifications.registering import DECLINED, ENDING, LAPSED, REGISTERED, WAITLISTED
from events.states import REGISTRATION_MOVES
from members.models import User
from red_mpe.core import audit
from red_mpe.core.permissions import require
from red_mpe.core.text import clean_line
from red_mpe.notifications.actions import announce


def approve_registration(*, registration: Registration, actor: User) -> Registration:
    """Let somebody in: with a seat, or on the waiting list in the order of arrival. Their guests come along, after them.

    Refused once it is off or over.
    """
    require(actor, "events.run_event", registration.event)
    with transaction.atomic():
        seats = hold_seats(registration.event)
        refuse_off(seats.event)
        _let_in(seats, registration)
        for guest in _pending_guests(registration):
            _let_in(seats, guest)
            audit.record("events.guest_approved", actor=actor, target=guest)
        key = REGISTERED if registration.state == RegistrationState.CONFIRMED else WAITLISTED
        announce(key, actor=actor, target=registration)
        settle(seats)
    return registration


def decline_registration(*, registration: Registration, actor: User, reason: str = "") -> Registration:
    """Say no to somebody and their guests; `reason` is told to them. What they needed is forgotten."""
    require(actor, "events.run_event", registration.event)
    move = REGISTRATION_MOVES["decline"]
    with transaction.atomic():
        seats = hold_seats(registration.event)
        seats.leave(registration, move, reason=clean_line(reason)[:300])
        for guest in _pending_guests(registration):
            seats.leave(guest, move)
            audit.record("events.guest_declined", actor=actor, target=guest)
        announce(DECLINED, actor=actor, target=registration)
    return registration


def lapse_offers() -> int:
    """Free the places that nobody took in time, and pass on whatever is free anywhere; return how many offers lapsed.

    Who let an offer lapse may register again, at the end of the list. Safe at any time, twice and at once.
    """
    return sum(_lapse(event) for event in Event.objects.filter(pk__in=_to_look_at()).order_by("pk"))


def _lapse(event: Event) -> int:
    with transaction.atomic():
        seats = hold_seats(event)
        due = Registration.objects.overdue(timezone.now()).filter(event=event).order_by("number")
        for registration in due:
            seats.leave(registration, REGISTRATION_MOVES["lapse"])
            tell = announce if is_ahead(seats.event) else audit.record  # of what is off there is no place to lose
            tell(LAPSED, actor=None, target=registration)
        settle(seats)
        return len(due)


def recall_offers() -> int:
    """Remind once of each offer of which a quarter of the time to accept is left; return how many. Safe at any time, twice and at once."""
    return sum(_recall(registration) for registration in Registration.objects.to_recall(timezone.now()))


@transaction.atomic
def _recall(registration: Registration) -> bool:
    """Remind of an offer, unless it was done, taken or given back in the meantime."""
    still = Registration.objects.select_for_update(of=("self",)).to_recall(timezone.now()).filter(pk=registration.pk).first()
    if still is None:
        return False
    OfferReminder.objects.create(registration=still, offered_until=still.offered_until)
    announce(ENDING, actor=None, target=still)
    return True


def _to_look_at() -> set[int]:
    """Where an offer has run out, and where somebody waits for what is still to come."""
    now = timezone.now()
    waits = Q(state=RegistrationState.WAITING, event__state__in=ON, event__ends_at__gt=now)
    overdue = Q(state=RegistrationState.OFFERED, offered_until__lte=now) & ~Q(event__state=EventState.CANCELLED)
    return set(Registration.objects.filter(waits | overdue).order_by().values_list("event", flat=True).distinct())


def _let_in(seats: Seats, registration: Registration) -> None:
    move = "approve" if seats.is_open(registration.mode) else "queue"
    seats.move(registration, REGISTRATION_MOVES[move])


def _pending_guests(registration: Registration) -> list[Registration]:
    return list(registration.guests.filter(state=RegistrationState.PENDING).order_by("number"))
