"""On the page of an event: the day itself, and how many were there."""

from typing import Any
from uuid import uuid4

from django.utils import timezone

from events.actions.attending import AFTER, BEFORE, is_settled
from events.enums import ON, TOOK_PLACE, RegistrationState
from events.forms.day import SaidForm
from events.models import Event
from events.querysets.day import Figures, present_figures, public_figures
from events.rules import NEAR, is_in_its_group
from events.views.parts.part import Part
from red_mpe.core.http import Request


def day_part(request: Request, event: Event) -> Part | None:
    """From a day before to three days after: one's ticket, and “I was there”; for the door, the way to it; afterwards, how many."""
    if event.state not in (*ON, *TOOK_PLACE):
        return None
    now = timezone.now()
    shows = _own(request.user, event, now) | {"event": event, "numbers": public_figures(_figures(event, now))}
    near = event.starts_at - NEAR < now < event.ends_at + NEAR
    shows["door"] = near and request.user.has_perm("events.check_in", event)
    if not any(shows[name] for name in ("door", "numbers", "ticket", "form", "mine")):
        return None
    return Part("events/_day.html", shows, first=event.starts_at - BEFORE < now < event.ends_at + AFTER)


def _figures(event: Event, now: Any) -> Figures | None:
    """Numbers of an event that is over, as long as its report tells none."""
    return present_figures(event) if event.ends_at < now and event.attended is None else None


def _own(user: Any, event: Event, now: Any) -> dict[str, Any]:
    """What concerns the reader: the ticket, what they said, and the form to say it."""
    nothing: dict[str, Any] = {"ticket": "", "form": None, "mine": []}
    if not user.is_authenticated or not event.starts_at - BEFORE < now < event.ends_at + AFTER:
        return nothing
    registration = event.registrations.filter(user=user.pk, state=RegistrationState.CONFIRMED).first()
    if registration is None and not is_in_its_group(user, event):
        return nothing
    form = None
    if now >= event.starts_at:
        mode = registration.mode if registration else None
        form = SaidForm(None, event=event, initial={"once": uuid4(), "mode": mode})
    mine = list(event.attendances.of(user).select_related("session").order_by("at"))
    return {"ticket": registration.ticket if registration else "", "form": form, "mine": mine, "settled": bool(mine) and is_settled(event)}
