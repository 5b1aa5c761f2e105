"""On the page of an event: registering."""

from events.models import Event
from events.views.parts.part import Part
from red_mpe.core.http import Request


def registering_part(request: Request, event: Event) -> Part | None:
    """Nothing yet."""
    return None
