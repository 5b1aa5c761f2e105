"""Checking people in: found by name or code, or by the address in a QR code; every step is a plain form."""

from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from events.actions.attending import AFTER, NotConfirmed, attend, undo_attendance, undoable
from events.enums import EventMode
from events.forms.day import CheckInForm, PlaceForm, UndoForm
from events.models import Attendance, Event, Registration
from events.querysets.day import attendance_rows, found_at_the_door, present_figures
from members.models.texts import told
from red_mpe.core.http import MemberRequest, see_other
from red_mpe.core.states import DomainError

_LAST = 10


def find_door(user: Any, slug: str) -> Event:
    """Return the event for whoever checks people in there; who only sees it may not, to anybody else it does not exist."""
    event: Event | None = Event.objects.filter(slug=slug).first()
    if event is not None and user.has_perm("events.check_in", event):
        return event
    if event is None or not user.has_perm("events.view_event", event):
        raise Http404
    raise PermissionDenied("events.check_in")


@require_safe
def check_in(request: MemberRequest, slug: str) -> HttpResponse:
    """The door on a phone: a field to search, a button for each person found, the last ten. `?shell` is the page without names."""
    event = find_door(request.user, slug)
    place = PlaceForm(request.GET if "session" in request.GET or "mode" in request.GET else None, event=event)
    return _door(request, event, place, request.GET.get("q", "")[:200])


def _door(request: MemberRequest, event: Event, place: Any, words: str, status: int = 200, **more: Any) -> HttpResponse:
    chosen = place.cleaned_data if place.is_bound and place.is_valid() else {}
    session, shell = chosen.get("session"), "shell" in request.GET
    context = {
        "event": event,
        "title": told(event, "title"),
        "place": place,
        "session": session,
        "mode": chosen.get("mode") or place.fields["mode"].choices[0][0],
        "words": words,
        "found": [(row, uuid4()) for row in found_at_the_door(event, words, session)] if words else [],
        "last": [] if shell else attendance_rows(event, _LAST),
        "undoable": undoable(event, request.user),
        "present": present_counts(event),
        "is_hybrid": event.mode == EventMode.HYBRID,
        "runs": request.user.has_perm("events.run_event", event),
        "until": event.ends_at + AFTER,
    }
    return render(request, "events/day/check_in.html", context | more, status=status)


def present_counts(event: Event) -> dict[str, int]:
    """Return how many are noted: together, here, and there on line."""
    known = present_figures(event).known
    return {"total": sum(known.values()), "here": known.get(EventMode.ON_SITE, 0), "there": known.get(EventMode.ON_LINE, 0)}


@require_POST
def check_in_one(request: MemberRequest, slug: str) -> HttpResponse:
    """Check one person in; a refusal stands above the search, which still shows the person."""
    event = find_door(request.user, slug)
    form = CheckInForm(request.POST, event=event)
    if not form.is_valid():
        return _door(request, event, form, "", 422, refusal=" ".join(words for errors in form.errors.values() for words in errors))
    data = form.cleaned_data
    try:
        row = attend(event=event, actor=request.user, at=timezone.now(), registration=registration_of(event, data.pop("code")), **data)
    except DomainError as error:
        offer = isinstance(error, NotConfirmed) and request.user.has_perm("events.run_event", event)
        return _door(request, event, form, request.POST["code"][:200], 409, refusal=str(error), offer=offer, once=data["once"])
    messages.success(request, noted_words(row, row.once == data["once"]))
    return see_other(back_to(event, data))


def registration_of(event: Event, code: str) -> Registration:
    """Return whose code or ticket it is, of whatever event: that of another is refused by its name."""
    found: Registration | None = (
        Registration.objects.filter(ticket=code).select_related("event", "user").first()
        or event.registrations.filter(code__iexact=code).select_related("event", "user").first()
    )
    if found is None:
        raise DomainError(_("Nobody is registered with this code or ticket."))
    return found


def noted_words(row: Attendance, is_new: bool) -> str:
    """Return what the door says of a check-in."""
    name = row.registration.name if row.registration else ""
    hour = timezone.localtime(row.at, row.event.zone).strftime("%H:%M")
    if is_new:
        return _("%(name)s is checked in.") % {"name": name}
    return _("%(name)s is already there since %(hour)s.") % {"name": name, "hour": hour}


def back_to(event: Event, data: dict[str, Any]) -> str:
    """Return the address of the door, at the same session and in the same mode."""
    session = data.get("session")
    place = {"session": session.slug if session else "", "mode": data["mode"]}
    return f"{reverse('events:check_in', args=[event.slug])}?{urlencode(place)}"


@require_POST
def check_in_undo(request: MemberRequest, slug: str) -> HttpResponse:
    """Take one check-in back; a refusal stands above the door."""
    event = find_door(request.user, slug)
    form = UndoForm(request.POST)
    row = event.attendances.filter(once=form.key).select_related("event", "registration").first() if form.is_valid() else None
    if row is None:
        messages.info(request, _("It was taken back already."))
        return see_other(reverse("events:check_in", args=[event.slug]))
    try:
        undo_attendance(attendance=row, actor=request.user)
    except DomainError as error:
        return _door(request, event, PlaceForm(None, event=event), "", 409, refusal=str(error))
    messages.success(request, _("The check-in was taken back."))
    return see_other(reverse("events:check_in", args=[event.slug]))
