"""Seats: who has one is decided under one lock.

The order of locks is the same everywhere: the counts of an event (`on-line`, then `on-site`), then the event, then its registrations.
Whoever changes how many places an event has takes the counts first as well. So nobody waits in a circle, and no seat is given twice.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from events.enums import ON, SEATED, EventState, RegistrationState
from events.models import Answer, Event, Needs, Registration, RegistrationTerms, SeatCount
from events.notifications.registering import OFFERED, REGISTERED
from events.querysets.registering import capacity, counted, free_places, modes_of
from events.states import FILL, REGISTRATION_MOVES, REOPEN
from red_mpe.core import audit, states
from red_mpe.core.states import DomainError, Move
from red_mpe.notifications.actions import announce

_MODES = [mode for mode, _label in SeatCount._meta.get_field("mode").flatchoices]


@dataclass
class Seats:
    """The seats of one event, in the hands of this transaction until it ends; `event` is as it stands under the lock."""

    event: Event
    counts: dict[str, SeatCount]
    last: int | None = None

    @cached_property
    def terms(self) -> RegistrationTerms | None:
        """How one registers; None for an event that takes no registrations."""
        return RegistrationTerms.objects.filter(event=self.event).first()

    def free(self, mode: str) -> int | None:
        """How many seats of a mode nobody has; None where they are not counted."""
        places = capacity(self.event, mode)
        return None if places is None else max(0, places - self.counts[mode].taken)

    def is_open(self, mode: str) -> bool:
        """Whether a newcomer gets a seat: one is free, and nobody waits for it."""
        return self.free(mode) != 0 and not self.queue(mode).exists()

    def queue(self, mode: str) -> Any:
        """Who waits for a mode, in the order of arrival."""
        return Registration.objects.filter(event=self.event, mode=mode, state=RegistrationState.WAITING).order_by("number")

    def number(self) -> int:
        """Give out the next number of arrival."""
        if self.last is None:
            self.last = Registration.objects.filter(event=self.event).aggregate(last=Max("number"))["last"] or 0
        self.last += 1
        return self.last

    def take(self, mode: str) -> None:
        """Take one seat."""
        self._add(mode, 1)

    def give_back(self, mode: str) -> None:
        """Free one seat."""
        self._add(mode, -1)

    def _add(self, mode: str, many: int) -> None:
        count = self.counts[mode]
        count.taken += many
        count.save(update_fields=["taken"])

    def move(self, registration: Registration, move: Move, **changes: Any) -> None:
        """Move a registration; the seat that it leaves is freed, the one that it gets is taken. Refused if it stands elsewhere now."""
        registration.refresh_from_db(fields=["state", "mode", "sequence"])
        had, sits = registration.state in SEATED, move.target in SEATED
        sequence = {"sequence": registration.sequence + 1, "moved_at": timezone.now()}
        states.apply(registration, move, **{"offered_until": None, **sequence, **changes})
        if had and not sits:
            self.give_back(registration.mode)
        if sits and not had:
            self.take(registration.mode)

    def leave(self, registration: Registration, move: Move, **changes: Any) -> None:
        """Let a registration go; what its owner needed and answered is forgotten at once."""
        self.move(registration, move, **changes)
        Needs.objects.filter(registration=registration).delete()
        Answer.objects.filter(registration=registration).delete()


def hold_seats(event: Event) -> Seats:
    """Lock the seats of an event, then the event; the caller has opened the transaction and ends with `settle`."""
    rows = SeatCount.objects.select_for_update().filter(event=event.pk).order_by("mode")
    counts = {count.mode: count for count in rows}
    if len(counts) < len(_MODES):
        SeatCount.objects.bulk_create([SeatCount(event_id=event.pk, mode=mode) for mode in _MODES], ignore_conflicts=True)
        counts = {count.mode: count for count in rows.all()}
    return Seats(Event.objects.select_for_update(no_key=True).get(pk=event.pk), counts)


def is_ahead(event: Event) -> bool:
    """Tell whether there is something to register for: it takes place on its date, and is not over."""
    return event.state in ON and event.ends_at > timezone.now()


def refuse_off(event: Event) -> None:
    """Words before doors: who had the form open is told that it does not take place."""
    if not is_ahead(event):
        raise DomainError(_("There is nothing to register for: it is over, or does not take place on this date."))


def settle(seats: Seats) -> int:
    """Pass on what is free, and let the event be full or open as it is now; return how many were passed on."""
    passed = _pass_on(seats)
    full = all(seats.free(mode) == 0 for mode in modes_of(seats.event))
    move = {EventState.OPEN: FILL if full else None, EventState.FULL: None if full else REOPEN}.get(EventState(seats.event.state))
    if move is not None:  # its dates are the same: no calendar and no reminder needs to know
        states.apply(seats.event, move)
        audit.record("events.event_filled" if full else "events.event_has_room", actor=None, target=seats.event)
    return passed


def _pass_on(seats: Seats) -> int:
    """Give every free seat to who waits longest. What was called off or is over gives none."""
    event, passed = seats.event, 0
    if not is_ahead(event) or seats.terms is None:
        return 0
    for mode in modes_of(event):
        if (free := seats.free(mode)) != 0:
            for registration in seats.queue(mode).select_related("guest_of")[:free]:
                _promote(seats, registration, seats.terms)
                passed += 1
    return passed


def _promote(seats: Seats, registration: Registration, terms: RegistrationTerms) -> None:
    """Offer the seat until a deadline. Where that would lie after the beginning, or nobody can accept on a page, it is theirs at once:
    there is no time to pass it on, and nobody to wait for."""
    until = timezone.now() + timedelta(hours=terms.accept_hours)
    guest_of = registration.guest_of
    has_page = registration.user_id is not None or (guest_of is not None and guest_of.user_id is not None)
    if has_page and until <= seats.event.starts_at:
        seats.move(registration, REGISTRATION_MOVES["offer"], offered_until=until)
        announce(OFFERED, actor=None, target=registration)
    else:
        seats.move(registration, REGISTRATION_MOVES["seat"])
        announce(REGISTERED, actor=None, target=registration)


def fill_seats(event: Event) -> int:
    """Pass on whatever is free, by number; return how many were. Safe at any time, twice and at once."""
    with transaction.atomic():
        return settle(hold_seats(event))


def free_seats(event: Event) -> dict[str, int | None]:
    """Return how many seats a newcomer finds in each mode of the event: None where they are not counted, 0 while somebody waits."""
    return free_places(event)


def seats_agree(event: Event) -> bool:
    """Tell whether the counts are what the registrations say: they always are."""
    return all(count.taken == count.rows for count in counted(event))
