"""On the page of an event: after."""

from events.models import Event
from events.views.parts.part import Part
from red_mpe.core.http import Request


def after_part(request: Request, event: Event) -> Part | None:
    """Nothing yet."""
    return None
