"""The page of one event."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from django_countries import countries

from events.enums import CALLED_OFF, ON, TOOK_PLACE, EventState
from events.exports import location_of
from events.models import Event, EventDocument
from events.querysets import figures, when
from events.states import BY_HAND
from events.views.parts import parts_of
from events.views.steps import STEPS
from members.enums import Spoken
from members.models import Group, Organisation
from members.models.texts import told
from red_mpe.core.http import MemberRequest, Request
from red_mpe.core.permissions import require
from red_mpe.core.states import can_start
from red_mpe.core.text import markdown
from red_mpe.notifications.models import Subscription

_TEXTS = ("title", "summary", "description", "access", "costs", "reason", "report")
#: What schema.org calls a state, for machines that read the page.
SCHEMA = {EventState.CANCELLED: "EventCancelled", EventState.POSTPONED: "EventPostponed"}

#: How the places of an event stand, in the same words.
OFFERS = {EventState.ANNOUNCED: "PreOrder", EventState.OPEN: "InStock", EventState.FULL: "SoldOut"}


def find_event(user: Any, slug: str) -> Event:
    """Return the event for whoever may see it; to anybody else it does not exist."""
    event: Event | None = Event.objects.for_detail().filter(slug=slug).first()
    if event is None or not user.has_perm("events.view_event", event):
        raise Http404
    return event


def find_run(request: MemberRequest, slug: str) -> Event:
    """Return the event for who runs it; 404 to who must not know it, 403 to everybody else."""
    event = find_event(request.user, slug)
    require(request.user, "events.run_event", event)
    return event


@require_safe
@login_not_required
def event_detail(request: Request, slug: str) -> HttpResponse:
    """What it is, when by both clocks, where and how to take part; for who runs it, what can be done with it next."""
    event = find_event(request.user, slug)
    context = {
        "event": event,
        **{name: told(event, name) for name in _TEXTS},
        **_when(event),
        **_who(request, event),
        "location": location_of(event),
        "description_html": markdown(told(event, "description").text),
        "report_html": markdown(told(event, "report").text),
        "figures": figures(event) if event.state in TOOK_PLACE else [],
        "link": event.link if event.link and request.user.has_perm("events.read_link", event) else "",
        "is_off": event.state in CALLED_OFF,
        "is_ahead": event.state in ON and event.ends_at > timezone.now(),
        "schema_state": SCHEMA.get(EventState(event.state), "EventScheduled"),
        "offer": _offer(event),
        **({"steps": _steps(event), "runs": True} if request.user.has_perm("events.run_event", event) else {"steps": [], "runs": False}),
        "standing": Subscription.objects.standing(request.user, [event.topic]).get(event.topic, ""),
        "documents": _documents(request, event),
        "parts": parts_of(request, event),
        "calendar_url": f"{reverse('event_calendar', args=[event.slug])}?lang={get_language()}",
    }
    return render(request, "events/detail.html", context)


def _documents(request: Request, event: Event) -> list[tuple[EventDocument, Any]]:
    """Records of the library that belong to it, as far as the reader finds them there."""
    rows = EventDocument.objects.visible_to(request.user).filter(event=event).with_records()
    return [(row, told(row.record, "title")) for row in rows]


def _when(event: Event) -> dict[str, Any]:
    """Both ends by the event's clock, and by the reader's where that shows another hour."""
    mine = timezone.get_current_timezone_name()
    here, there = (event.starts_at.astimezone(zone).utcoffset() for zone in (timezone.get_current_timezone(), event.zone))
    words = when(event.starts_at, event.ends_at, event.time_zone)
    other = "" if here == there else when(event.starts_at, event.ends_at, mine)
    return {
        "when": words,
        "when_here": other,
        "starts": event.starts_at.astimezone(event.zone).isoformat(),
        "ends": event.ends_at.astimezone(event.zone).isoformat(),
    }


def _offer(event: Event) -> dict[str, Any]:
    """How one registers, as machines read it; nothing where one does not, or not any more."""
    terms = getattr(event, "terms", None)
    if terms is None or event.state not in OFFERS or terms.closes_at <= timezone.now():
        return {}
    from_on, until = (moment.astimezone(event.zone).isoformat() for moment in (terms.opens_at, terms.closes_at))
    return {"valid_from": from_on, "valid_through": until, "availability": OFFERS[EventState(event.state)]}


def _who(request: Request, event: Event) -> dict[str, Any]:
    """Who invites and what it is about, as far as the reader may see it."""
    groups = Group.objects.visible_to(request.user).filter(events=event)
    about = [code for code in event.countries if code != str(event.country or "")]
    return {
        "hosts": list(Organisation.objects.visible_to(request.user).filter(events=event).order_by("name")),
        "groups": [(group, told(group, "name")) for group in groups],
        "spoken": [Spoken(code).label for code in event.languages],
        "interpretation": [Spoken(code).label for code in event.interpretation],
        "about": [countries.name(code) for code in about],
    }


def _steps(event: Event) -> list[dict[str, Any]]:
    """The moves that start from where it stands, and the correction of a report."""
    open_moves = [name for name, move in BY_HAND.items() if can_start(event, move)]
    if event.state == EventState.REPORTED:
        open_moves.append("report")
    return [{"url": reverse("events:event_move", args=[event.slug, name]), "step": STEPS[name]} for name in open_moves]
