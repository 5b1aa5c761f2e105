"""On the page of a meeting: the other meetings of its group, and the quorum of a committee for who belongs to it."""

from django.urls import reverse

from events.enums import EventKind, EventState
from events.models import Event
from events.querysets.quorum import DECIDING
from events.views.parts.part import Part
from members.models.texts import told
from members.rules import audiences_of
from red_mpe.core.http import Request


def series_part(request: Request, event: Event) -> Part | None:
    """For a meeting of groups that this reader may know of; one query more where there is a committee among them."""
    if event.kind != EventKind.MEETING:
        return None
    groups = list(event.groups.order_by("pk"))
    seen = audiences_of(request.user)
    links = [
        {"url": reverse("events:series_detail", args=[group.slug]), "name": told(group, "name")}
        for group in groups
        if group.audience in seen
    ]
    decides = event.state not in (EventState.DRAFT, EventState.CANCELLED) and any(group.kind in DECIDING for group in groups)
    quorum_url = reverse("events:quorum", args=[event.slug]) if decides and request.user.has_perm("events.view_quorum", event) else ""
    return Part("events/_series.html", {"links": links, "quorum_url": quorum_url}) if links or quorum_url else None
