"""Registering: the form, one's registration, and what one can do with it."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events import actions
from events.actions import AlreadyRegistered
from events.enums import LIVE, RegistrationState
from events.exports.invitations import invitation
from events.forms.registering import CancelForm, RegisterForm, SaidForm
from events.models import Event, Registration
from events.querysets.mine import own_rows
from events.views.details import find_event
from events.views.parts.registering import phase_of
from events.views.tickets import page_of_registration
from members.models.texts import told
from red_mpe.core.http import MemberRequest, see_other
from red_mpe.core.limits import TooMany, refuse_too_many
from red_mpe.core.states import DomainError

#: So often an hour may one account register, or change what it has; who runs the event is not counted.
AN_HOUR: Final = 20


def find_registration(user: Any, slug: str, code: str, *, change: bool = False) -> Registration:
    """Return the registration for whoever may look at it (`change`: change it); to anybody else it does not exist."""
    rows = Registration.objects.select_related("event", "organisation", "guest_of", "made_by", "needs")
    found: Registration | None = rows.filter(event__slug=slug, code=code).first()
    permission = "events.change_registration" if change else "events.view_registration"
    if found is None or not user.has_perm(permission, found):
        raise Http404
    return found


def _address(registration: Registration) -> str:
    return reverse("events:registration_detail", args=[registration.event.slug, registration.code])


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: MemberRequest, slug: str) -> HttpResponse:
    """Register for an event. Who is registered already finds what they have; a refusal stands above the form with every word in it."""
    event = find_event(request.user, slug)
    terms = getattr(event, "terms", None)
    if terms is None:
        raise Http404
    own = Registration.objects.of(request.user).live().filter(event=event).select_related("event").first()
    if request.method != "POST" and (own is not None or phase_of(event, terms) != "open"):
        return see_other(_address(own) if own is not None else event.get_absolute_url())
    data, free = request.POST if request.method == "POST" else None, actions.free_seats(event)
    form, status = RegisterForm(data, event=event, terms=terms, user=request.user, free=free), 200
    if data is not None:
        made, status = _tried(request, event, form, lambda: _enrol(request, event, form))
        if made is not None:
            return see_other(_address(made))
    context = {"event": event, "title": told(event, "title"), "form": form, "terms": terms}
    return render(request, "events/registering/form.html", context, status=status)


def _enrol(request: MemberRequest, event: Event, form: RegisterForm) -> Registration:
    """Register, and say what came of it; who is registered already is led to what they have."""
    try:
        made = actions.register(event=event, actor=request.user, language=get_language() or "es", **form.facts)
    except AlreadyRegistered as refusal:
        messages.info(request, str(refusal))
        return refusal.registration
    messages.success(request, _done(made))
    return made


def _refuse_often(request: MemberRequest, event: Event) -> None:
    if not request.user.has_perm("events.run_event", event):
        refuse_too_many(request, "registration", AN_HOUR, 3600)


def _tried(request: MemberRequest, event: Event, form: Any, act: Callable[[], Registration]) -> tuple[Registration | None, int]:
    """Do it if the form holds; return what came of it, or the status of a refusal, which then stands above the form."""
    if not form.is_valid():
        return None, 422
    try:
        _refuse_often(request, event)
        return act(), 200
    except (DomainError, TooMany) as refusal:
        form.add_error(None, str(refusal))
        return None, 429 if isinstance(refusal, TooMany) else 409


def _done(made: Registration) -> str:
    words = {
        RegistrationState.CONFIRMED: _("The place is confirmed. The ticket is below."),
        RegistrationState.WAITING: _("There was no free place: the registration is on the waiting list."),
        RegistrationState.OFFERED: _("A place is free. It can be accepted below."),
    }
    return words.get(RegistrationState(made.state), _("The registration waits for approval."))


@require_safe
def registration_detail(request: MemberRequest, slug: str, code: str) -> HttpResponse:
    """How a registration stands, what happens next, and its ticket."""
    registration = find_registration(request.user, slug, code)
    return render(request, "events/registering/detail.html", page_of_registration(request, registration))


@require_POST
def registration_accept(request: MemberRequest, slug: str, code: str) -> HttpResponse:
    """Take the place that was offered."""
    registration = find_registration(request.user, slug, code, change=True)
    return _acted(
        request, registration, lambda: actions.accept_offer(registration=registration, actor=request.user), _("The place is confirmed.")
    )


@require_POST
def registration_mode(request: MemberRequest, slug: str, code: str) -> HttpResponse:
    """Come instead of connecting, or the other way round."""
    registration = find_registration(request.user, slug, code, change=True)
    mode = request.POST.get("mode", "")
    act = lambda: actions.change_mode(registration=registration, actor=request.user, mode=mode)  # noqa: E731
    return _acted(request, registration, act, _("It is changed."))


def _acted(request: MemberRequest, registration: Registration, act: Any, done: str) -> HttpResponse:
    """Do it and come back; a refusal is said on the page of the registration."""
    try:
        _refuse_often(request, registration.event)
        act()
    except (DomainError, TooMany) as refusal:
        registration.refresh_from_db()
        context = page_of_registration(request, registration) | {"refusal": str(refusal)}
        return render(request, "events/registering/detail.html", context, status=429 if isinstance(refusal, TooMany) else 409)
    messages.success(request, done)
    return see_other(_address(registration))


@require_http_methods(["GET", "HEAD", "POST"])
def registration_cancel(request: MemberRequest, slug: str, code: str) -> HttpResponse:
    """Ask before a place is given back, and what becomes of the guests; give it back on POST."""
    registration = find_registration(request.user, slug, code, change=True)
    guests = list(registration.guests.live().order_by("number"))
    form, status = CancelForm(request.POST if request.method == "POST" else None, guests=len(guests)), 200
    if request.method == "POST":
        act = lambda: actions.cancel_registration(registration=registration, actor=request.user, **form.facts)  # noqa: E731
        made, status = _tried(request, registration.event, form, act)
        if made is not None:
            messages.success(request, _("The registration is cancelled."))
            return see_other(_address(made))
    return render(request, "events/registering/cancel.html", _of(registration) | {"form": form, "guests": guests}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def registration_change(request: MemberRequest, slug: str, code: str) -> HttpResponse:
    """Change what somebody needs and answered."""
    registration = find_registration(request.user, slug, code, change=True)
    data = request.POST if request.method == "POST" else None
    form, status = SaidForm(data, event=registration.event, registration=registration), 200
    if data is not None:
        act = lambda: actions.change_registration(registration=registration, actor=request.user, **form.said)  # noqa: E731
        made, status = _tried(request, registration.event, form, act)
        if made is not None:
            messages.success(request, _("It is changed."))
            return see_other(_address(made))
    return render(request, "events/registering/change.html", _of(registration) | {"form": form}, status=status)


@require_safe
def registration_calendar(request: MemberRequest, slug: str, code: str) -> HttpResponse:
    """The registration as a file for a calendar."""
    registration = find_registration(request.user, slug, code)
    if registration.state != RegistrationState.CONFIRMED:
        raise Http404
    earlier = Registration.objects.of(registration.user).filter(event=registration.event, pk__lt=registration.pk).order_by("pk")
    file = invitation(registration, to=registration.email or request.user.email, earlier=list(earlier), reader=request.user)
    response = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{registration.code}.ics"'
    return response


@require_safe
def my_encounters(request: MemberRequest) -> HttpResponse:
    """What one is registered for, ahead and over."""
    ahead, over = own_rows(request.user)
    return render(request, "events/registering/mine.html", {"ahead": ahead, "over": over})


def _of(registration: Registration) -> dict[str, Any]:
    event: Event = registration.event
    return {
        "registration": registration,
        "event": event,
        "title": told(event, "title"),
        "cancel": _address(registration),
        "live": registration.state in LIVE,
    }
