"""On the page of an event: whether one can register, how many places are left, how one's registration stands."""

from typing import Any

from django.utils import timezone

from events.enums import ON, EventMode, EventState
from events.models import Event, Registration, RegistrationTerms
from events.querysets.mine import LOOKS
from events.querysets.registering import free_places
from events.views.parts.part import Part
from red_mpe.core.http import Request


def registering_part(request: Request, event: Event) -> Part | None:
    """What one can do now; nothing for an event without registration, and nothing for others once it is over or called off."""
    terms: RegistrationTerms | None = getattr(event, "terms", None)
    if terms is None:
        return None
    own = Registration.objects.of(request.user).filter(event=event).order_by("-number").first()
    is_ahead = event.state in ON and event.ends_at > timezone.now()
    if own is None and not is_ahead:
        return None
    shows: dict[str, Any] = {
        "event": event,
        "terms": terms,
        "own": own,
        "look": LOOKS[own.state] if own else "",
        "phase": phase_of(event, terms),
    }
    shows["places"] = _places(event) if shows["phase"] == "open" else []
    shows["waits"] = Registration.objects.place_of(own) if own else None
    return Part("events/_registering.html", shows, first=True)


def phase_of(event: Event, terms: RegistrationTerms) -> str:
    """Whether registration is `early`, `open` or `closed`, by the state and by the clock."""
    now = timezone.now()
    if event.state not in ON or now >= terms.closes_at or event.ends_at <= now:
        return "closed"
    if event.state in (EventState.OPEN, EventState.FULL) and now >= terms.opens_at:
        return "open"
    return "early" if now < terms.opens_at else "closed"


def _places(event: Event) -> list[dict[str, Any]]:
    return [{"label": EventMode(mode).label, "free": free} for mode, free in free_places(event).items()]
