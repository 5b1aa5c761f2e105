"""On the page of an event: agenda."""

from events.models import Event
from events.views.parts.part import Part
from red_mpe.core.http import Request


def agenda_part(request: Request, event: Event) -> Part | None:
    """Nothing yet."""
    return None
