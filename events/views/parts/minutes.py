"""On the page of an event: its minutes, what came of them in numbers, and how to keep them."""

from django.urls import reverse

from events.enums import ON, TOOK_PLACE, EventKind, MinutesState
from events.models import Event, Minutes
from events.querysets.compiling import meetings_of
from events.views.parts.part import Part
from red_mpe.core.http import Request


def minutes_part(request: Request, event: Event) -> Part | None:
    """A link and the gist of the minutes that the reader may read; where they were taken back, a link to the reason; for who runs
    the event, the beginning of them."""
    told = Minutes.objects.visible_to(request.user) | Minutes.objects.taken_back(request.user)
    minutes, runs = told.filter(event=event).first(), request.user.has_perm("events.run_event", event)
    if minutes and minutes.state == MinutesState.DRAFT and not runs:
        return Part("events/_minutes.html", {"gone": minutes, "url": reverse("events:minutes", args=[event.slug])})
    if minutes is None and not (runs and event.state in (*ON, *TOOK_PLACE)):
        return None
    shows = {
        "minutes": minutes,
        "gist": meetings_of([minutes])[0] if minutes else None,
        "runs": runs,
        "is_meeting": event.kind == EventKind.MEETING,
        "edit_url": reverse("events:minutes_edit", args=[event.slug]),
        "start_url": reverse("events:minutes_start", args=[event.slug]),
    }
    return Part("events/_minutes.html", shows)
