"""On the day, for who runs the event: who keeps the door, how many are there, who, and how many nobody knows by name."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.actions.attending import count_heads, take_presence
from events.actions.doors import dismiss_doorkeeper, name_doorkeeper
from events.exports.presence import presence_csv
from events.forms.day import DoorkeeperForm, HeadsForm, PlaceForm
from events.querysets.day import attendance_rows, present_figures, session_figures
from events.views.details import find_run
from members.models import Person
from members.models.texts import told
from red_mpe.core.http import MemberRequest, see_other
from red_mpe.core.listing import page_of
from red_mpe.core.search import names_like
from red_mpe.core.states import DomainError

_FOUND = 8


@require_safe
def on_the_day(request: MemberRequest, slug: str) -> HttpResponse:
    """The figures, the doors and the list of an event."""
    event = find_run(request, slug)
    words = request.GET.get("who", "").strip()[:100]
    page = page_of(request, attendance_rows(event), 100)
    context = {
        "event": event,
        "title": told(event, "title"),
        "whole": present_figures(event),
        "sessions": session_figures(event),
        "keepers": list(event.doorkeepers.visible_to(request.user).select_related("person")),
        "words": words,
        "found": list(names_like(Person.objects.visible_to(request.user), words, "name")[:_FOUND]) if words else [],
        "page": page,
    }
    return render(request, "events/day/on_the_day.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def head_counts(request: MemberRequest, slug: str) -> HttpResponse:
    """The grid in which heads are counted, of the event or, by `?session=`, of one of its sessions."""
    event = find_run(request, slug)
    place = PlaceForm(request.GET, event=event)
    session = place.cleaned_data.get("session") if place.is_valid() else None
    form, status = HeadsForm(request.POST if request.method == "POST" else None, event=event, session=session), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                seen = form.cleaned_data["seen"]
                whole = count_heads(event=event, actor=request.user, rows=form.rows, session=session, seen=seen)
            except DomainError as refusal:
                form.add_error(None, str(refusal))
                status = 409
            else:
                messages.success(request, _("%(people)s people are counted.") % {"people": whole})
                return see_other(reverse("events:on_the_day", args=[event.slug]))
    context = {"event": event, "title": told(event, "title"), "form": form, "place": place, "session": session}
    return render(request, "events/day/heads.html", context, status=status)


@require_POST
def doorkeeper_add(request: MemberRequest, slug: str) -> HttpResponse:
    """Let a member keep the door."""
    return _keeper(request, slug, name_doorkeeper, _("%(name)s keeps the door."))


@require_POST
def doorkeeper_remove(request: MemberRequest, slug: str) -> HttpResponse:
    """Take the door from somebody."""
    return _keeper(request, slug, dismiss_doorkeeper, _("%(name)s does not keep the door any more."))


def _keeper(request: MemberRequest, slug: str, act: Any, done: str) -> HttpResponse:
    event = find_run(request, slug)
    form = DoorkeeperForm(request.POST, actor=request.user)
    if not form.is_valid():
        messages.error(request, " ".join(words for errors in form.errors.values() for words in errors))
    else:
        person = form.cleaned_data["person"]
        try:
            act(event=event, actor=request.user, person=person)
            messages.success(request, done % {"name": person.name})
        except DomainError as refusal:
            messages.error(request, str(refusal))
    return see_other(reverse("events:on_the_day", args=[event.slug]) + "#doors")


@require_POST
def presence_list(request: MemberRequest, slug: str) -> HttpResponse:
    """Who was there, as a table to take away; that it was taken away is noted."""
    event = find_run(request, slug)
    take_presence(event=event, actor=request.user)
    response = HttpResponse(presence_csv(event), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{event.slug}-present.csv"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
