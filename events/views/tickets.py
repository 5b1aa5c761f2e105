"""What stands on the page of a registration: how it stands, what comes next, the ticket."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from events.enums import CALLED_OFF, LIVE, ON, EventMode, EventState, RegistrationState
from events.exports import location_of
from events.models import Event, Registration
from events.querysets import when
from events.querysets.mine import LOOKS
from events.querysets.organising import answers_in_words
from events.querysets.registering import free_places, modes_of
from members.models.texts import told
from red_mpe.core.http import Request


def page_of_registration(request: Request, registration: Registration) -> dict[str, Any]:
    """Return everything that the page shows."""
    event: Event = registration.event
    state, over = RegistrationState(registration.state), event.ends_at <= timezone.now()
    may_change = request.user.has_perm("events.change_registration", registration)
    return {
        "registration": registration,
        "event": event,
        "title": told(event, "title"),
        "when": when(event.starts_at, event.ends_at, event.time_zone),
        "location": location_of(event) if registration.mode == EventMode.ON_SITE else "",
        "look": LOOKS[state],
        "terms": getattr(event, "terms", None),
        "place": Registration.objects.place_of(registration),
        "needs": getattr(registration, "needs", None),
        **_around(registration),
        "is_own": registration.user_id == request.user.pk,
        "is_off": event.state in CALLED_OFF,
        "reason": told(event, "reason"),
        "ticket": ticket_address(registration) if state == RegistrationState.CONFIRMED and event.state in ON and not over else "",
        "link": _link(request, registration) if not over else "",
        "may_change": may_change and state in LIVE and not over and event.state != EventState.CANCELLED,
        "others": _others(registration) if may_change and not over else [],
        "may_return": state not in LIVE and event.state in (EventState.OPEN, EventState.FULL) and registration.user_id == request.user.pk,
    }


def _around(registration: Registration) -> dict[str, Any]:
    """What was answered, and who comes along."""
    guests = registration.guests.order_by("number")
    return {
        "answers": answers_in_words(registration),
        "guests": [(guest, LOOKS[RegistrationState(guest.state)]) for guest in guests],
    }


def ticket_address(registration: Registration) -> str:
    """Return the address in the QR code: who is at the door opens it."""
    return settings.BASE_URL + reverse("events:check_in_ticket", args=[registration.event.slug, registration.ticket])


def _link(request: Request, registration: Registration) -> str:
    """Return the link to take part, for who has a confirmed place on line."""
    event = registration.event
    if registration.mode != EventMode.ON_LINE or registration.state != RegistrationState.CONFIRMED:
        return ""
    return event.link if request.user.has_perm("events.read_link", event) else ""


def _others(registration: Registration) -> list[dict[str, Any]]:
    """The other mode, and how many places are left in it; empty where one cannot change."""
    event = registration.event
    if registration.state not in LIVE or event.state not in ON:
        return []
    free = free_places(event)
    return [{"mode": mode, "label": EventMode(mode).label, "free": free[mode]} for mode in modes_of(event) if mode != registration.mode]
