"""One's own ticket, and saying that one was there."""

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from events.actions.attending import attend, undo_attendance
from events.enums import RegistrationState, Seen
from events.forms.day import PlaceForm, SaidForm, UndoForm
from events.models import Event, Registration
from events.querysets import when
from events.views.details import find_event
from members.models.texts import told
from red_mpe.core.http import MemberRequest, done, see_other
from red_mpe.core.states import DomainError


@require_safe
def check_in_ticket(request: MemberRequest, slug: str, ticket: str) -> HttpResponse:
    """Where the QR code of a ticket leads: its owner finds it here to show, the door the button to check in; nobody else finds anything."""
    event = Event.objects.filter(slug=slug).first()
    registration = Registration.objects.filter(ticket=ticket).select_related("event", "organisation").first()
    keeps = event is not None and request.user.has_perm("events.check_in", event)
    owns = registration is not None and registration.event == event and request.user.has_perm("events.view_registration", registration)
    if event is None or registration is None or not (keeps or owns):
        raise Http404
    context = {
        "event": event,
        "title": told(event, "title"),
        "registration": registration,
        "is_of_this": registration.event_id == event.pk,
        "is_confirmed": registration.state == RegistrationState.CONFIRMED,
        "keeps": keeps,
        "address": settings.BASE_URL + reverse("events:check_in_ticket", args=[event.slug, ticket]) if owns else "",
        "when": when(event.starts_at, event.ends_at, event.time_zone),
        "place": PlaceForm(None, event=event, initial={"mode": registration.mode}),
        "once": uuid4(),
        "seen": event.attendances.filter(registration=registration).select_related("session"),
    }
    return render(request, "events/day/ticket.html", context)


@require_POST
def was_there(request: MemberRequest, slug: str) -> HttpResponse:
    """Say that one is, or was, at an event or one of its sessions."""
    event = find_event(request.user, slug)
    form = SaidForm(request.POST, event=event)
    if not form.is_valid():
        messages.error(request, _("It could not be noted. Choose the session again."))
        return see_other(event.get_absolute_url())
    data = form.cleaned_data

    def note() -> Any:
        return attend(event=event, actor=request.user, seen=Seen.SELF, at=timezone.now(), **_oneself(request.user, event), **data)

    return done(request, note, _("It is noted that you were there."), event.get_absolute_url())


def _oneself(user: Any, event: Event) -> dict[str, Any]:
    """Return oneself as the event knows one: by one's registration, or as a member."""
    registration = event.registrations.live().filter(user=user.pk).first()
    if registration is not None:
        return {"registration": registration}
    if user.member is None:
        raise DomainError(_("Only who is registered, or belongs to the group, can say so."))
    return {"person": user.member}


@require_POST
def was_there_undo(request: MemberRequest, slug: str) -> HttpResponse:
    """Take back what one said."""
    event = find_event(request.user, slug)
    form = UndoForm(request.POST)
    mine = event.attendances.of(request.user).filter(seen=Seen.SELF, recorded_by=request.user)
    row = mine.filter(once=form.key).select_related("event", "registration").first() if form.is_valid() else None
    try:
        if row is not None:
            undo_attendance(attendance=row, actor=request.user)
        messages.success(request, _("It is taken back."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return see_other(event.get_absolute_url())
