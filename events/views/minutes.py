"""Reading the minutes of an event, and beginning them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from events import actions
from events.enums import MinutesState
from events.exports import location_of
from events.models import Minutes
from events.querysets import when
from events.querysets.minuted import gist, items_of, tone_of
from events.querysets.presence import presence_of, words_of
from events.views.details import find_event
from members.models import Group, Person
from members.models.texts import told
from red_mpe.core.http import MemberRequest, Request, see_other
from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError
from red_mpe.core.text import markdown


def find_minutes(user: Any, slug: str) -> Minutes:
    """Return the minutes of an event for whoever may read them; to anybody else they do not exist."""
    minutes: Minutes | None = Minutes.objects.select_related("event", "approved_in").filter(event__slug=slug).first()
    if minutes is None or not user.has_perm("events.view_minutes", minutes):
        raise Http404
    return minutes


@require_safe
@login_not_required
def minutes(request: Request, slug: str) -> HttpResponse:
    """The minutes of an event, to be read and printed: who was there, item by item what was said, decided, agreed and taken."""
    found = find_minutes(request.user, slug)
    items = items_of([found.pk], request.user)[found.pk]
    opening, presence = told(found, "opening"), presence_of(found.event, request.user)
    context = {
        **about(request, found),
        "items": items,
        "gist": gist(items),
        "tasks": [task for item in items for task in item.tasks],
        "opening": opening,
        "opening_html": markdown(opening.text),
        "presence": presence,
        "how_many": words_of(presence),
        "writes": request.user.has_perm("events.write_minutes", found),
    }
    return render(request, "events/minutes/read.html", context)


def about(request: Request, minutes: Minutes) -> dict[str, Any]:
    """What stands at the head of every page of minutes."""
    event, approved_in = minutes.event, minutes.approved_in
    sees = approved_in is not None and request.user.has_perm("events.view_event", approved_in)
    return {
        "minutes": minutes,
        "event": event,
        "title": told(event, "title"),
        "when": when(event.starts_at, event.ends_at, event.time_zone),
        "location": location_of(event),
        "groups": [(group, told(group, "name")) for group in Group.objects.visible_to(request.user).filter(events=event)],
        "tone": tone_of(minutes.state),
        "is_out": minutes.state != MinutesState.DRAFT,
        "is_closed": minutes.state == MinutesState.APPROVED,
        "approved_in": approved_in if sees else None,
        "approved_title": told(approved_in, "title") if sees else None,
        "corrected_at": corrected_at(minutes),
        "keeper": keeper_of(minutes, request.user),
    }


def keeper_of(minutes: Minutes, user: Any) -> str:
    """Return the name of the member who began them, where they are shown to `user`. One query."""
    keeper = Person.objects.visible_to(user).filter(user__isnull=False, user=minutes.written_by_id)
    return keeper.values_list("name", flat=True).first() or ""


def corrected_at(minutes: Minutes) -> Any:
    """Return when something in them was last corrected after they were published; None where nothing was."""
    traces = AuditEntry.objects.filter(target_type__app_label="events", target_type__model="minutes", target_id=minutes.pk)
    return traces.filter(verb__startswith="events.minutes_", data__corrected=True).values_list("at", flat=True).first()


@require_POST
def minutes_start(request: MemberRequest, slug: str) -> HttpResponse:
    """Begin the minutes of an event, and lead to writing them."""
    event = find_event(request.user, slug)
    try:
        actions.start_minutes(event=event, actor=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return see_other(event.get_absolute_url())
    messages.success(request, _("The minutes have begun. Only who runs the event sees them until they are published."))
    return see_other(reverse("events:minutes_edit", args=[event.slug]))
