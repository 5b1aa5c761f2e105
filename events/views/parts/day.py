"""On the page of an event: day."""

from events.models import Event
from events.views.parts.part import Part
from red_mpe.core.http import Request


def day_part(request: Request, event: Event) -> Part | None:
    """Nothing yet."""
    return None
