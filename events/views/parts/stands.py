"""On the page of an event: the stands of its fair."""

from typing import Final

from django.urls import reverse

from events.models import Event
from events.querysets.stands import stands_of
from events.views.parts.part import Part
from red_mpe.core.http import Request

_SHOWN: Final = 8


def stands_part(request: Request, event: Event) -> Part | None:
    """The first stands, and the way to all of them. One query where there are none."""
    rows = stands_of(event, request.user)
    if not rows:
        return None
    return Part("events/_stands.html", {"rows": rows[:_SHOWN], "total": len(rows), "url": reverse("events:stands", args=[event.slug])})
