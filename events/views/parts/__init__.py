"""What stands on the page of an event, a file per area; each part is a fragment and what it needs, or nothing."""

from collections.abc import Callable
from typing import Final

from events.models import Event
from events.views.parts.after import after_part, gallery_part
from events.views.parts.agenda import agenda_part
from events.views.parts.day import day_part
from events.views.parts.minutes import minutes_part
from events.views.parts.part import Part
from events.views.parts.registering import registering_part
from events.views.parts.series import series_part
from events.views.parts.stands import stands_part
from red_mpe.core.http import Request

#: In the order of the page.
PARTS: Final[tuple[Callable[[Request, Event], Part | None], ...]] = (
    registering_part,
    day_part,
    after_part,
    minutes_part,
    agenda_part,
    stands_part,
    series_part,
    gallery_part,
)


def parts_of(request: Request, event: Event) -> list[Part]:
    """Return the parts that this reader sees of this event."""
    return [part for make in PARTS if (part := make(request, event)) is not None]
