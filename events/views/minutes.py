"""Reading the minutes of an event, and beginning them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from events import actions
from events.enums import MinutesState
from events.exports import location_of
from events.exports import minutes_pdf as exports
from events.models import Minutes
from events.querysets import when
from events.querysets.minuted import gist, items_of, tone_of
from events.querysets.presence import presence_of, words_of
from events.views.details import find_event
from events.views.papers import paper
from members.models import Group, Person
from members.models.texts import told
from red_mpe.core.http import MemberRequest, Request, see_other
from red_mpe.core.limits import refuse_too_many
from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError
from red_mpe.core.text import markdown

FILES = 60  # by account or address, in an hour


def find_minutes(user: Any, slug: str) -> Minutes:
    """Return the minutes of an event for whoever may read them; to anybody else they do not exist, but for who reads that they were
    taken back: what they see is for the caller to choose."""
    minutes: Minutes | None = Minutes.objects.select_related("event", "approved_in").filter(event__slug=slug).first()
    if minutes is None or not any(user.has_perm(f"events.{name}", minutes) for name in ("view_minutes", "view_withdrawal")):
        raise Http404
    return minutes


def gone(request: Request, minutes: Minutes) -> HttpResponse:
    """What stands where minutes were that have been taken back: since when, and why."""
    event = minutes.event
    context = {
        "event": event,
        "minutes": minutes,
        "title": told(event, "title"),
        "when": when(event.starts_at, event.ends_at, event.time_zone),
    }
    return render(request, "events/minutes/gone.html", context, status=410)


@require_safe
@login_not_required
def minutes(request: Request, slug: str) -> HttpResponse:
    """The minutes of an event, to be read and printed: who was there, item by item what was said, decided, agreed and taken.

    Of minutes that were taken back the reason, with 410.
    """
    found = find_minutes(request.user, slug)
    if not request.user.has_perm("events.view_minutes", found):
        return gone(request, found)
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


@require_safe
@login_not_required
def minutes_pdf(request: Request, slug: str) -> HttpResponse:
    """The same as a file, in the language of the page."""
    found = find_minutes(request.user, slug)
    if not request.user.has_perm("events.view_minutes", found):
        return gone(request, found)
    refuse_too_many(request, "minutes-file", FILES, 3600)
    head = _lines(about(request, found))
    return paper(
        request, lambda: exports.minutes_pdf(found, request.user, head), exports.file_name(slug), reverse("events:minutes", args=[slug])
    )


def _lines(head: dict[str, Any]) -> list[str]:
    """What stands below the title on paper."""
    minutes, at = head["minutes"], head["approved_title"]
    where = head["location"] or head["event"].get_mode_display()
    stands = [*exports.standing(minutes), at.text if at else ""]
    if head["corrected_at"]:
        stands.append(f"{pgettext('minutes', 'Corrected')} {exports.day_of(head['corrected_at'])}")
    if head["keeper"]:
        stands.append(f"{pgettext('minutes', 'Kept by')} {head['keeper']}")
    groups = ", ".join(name.text for _group, name in head["groups"])
    return [f"{capfirst(head['when'])} · {where}", groups, " · ".join(filter(None, stands))]


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
