"""The agenda for who runs the event: its sessions, rooms, tracks and guests."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events import registry
from events.actions.agenda import change_session, place_session, remove_session
from events.actions.agenda_places import PLACES, add_place, change_place, remove_place
from events.actions.agenda_voices import add_session_document, add_voice, remove_session_document, remove_voice
from events.forms.agenda import CodeForm, SessionForm, VoiceForm, place_form
from events.models import Event, Session, SessionVoice
from events.querysets.sessions import agenda_of, days_of_agenda
from events.views.agenda import find_session, row_of, told_of
from events.views.details import find_run
from members.models import Person
from members.models.texts import told
from red_mpe.core.http import MemberRequest, attempt, done, see_other


def find_own_session(request: MemberRequest, slug: str, session: str) -> Session:
    """Return a session of an event that the reader runs."""
    find_run(request, slug)
    return find_session(request.user, slug, session)


def desk_url(event: Event) -> str:
    """Return the address of the desk of an agenda."""
    return reverse("events:agenda_desk", args=[event.slug])


@require_safe
def agenda_desk(request: MemberRequest, slug: str) -> HttpResponse:
    """Everything an agenda is made of, to be changed."""
    event = find_run(request, slug)
    places = [
        (what, _named(what), [_place(what, one) for one in kind._default_manager.filter(event=event)]) for what, kind in PLACES.items()
    ]
    context = {**told_of(event, request.user), "days": days_of_agenda(agenda_of(event, request.user)), "places": places}
    return render(request, "events/agenda/desk.html", context)


def _named(what: str) -> dict[str, str]:
    """Return what a kind of place is called on its pages."""
    return {
        "room": {"many": _("Rooms"), "add": _("Add a room"), "change": _("Change the room")},
        "track": {"many": _("Tracks"), "add": _("Add a track"), "change": _("Change the track")},
        "guest": {"many": _("Guests"), "add": _("Add a guest"), "change": _("Change the guest")},
    }[what]


def _place(what: str, place: Any) -> dict[str, Any]:
    if what == "guest":
        return {"pk": place.pk, "name": place.name, "note": place.affiliation}
    places = getattr(place, "places", None)
    return {"pk": place.pk, "name": told(place, "name").text, "note": _("%(places)s places") % {"places": places} if places else ""}


@require_http_methods(["GET", "HEAD", "POST"])
def session_add(request: MemberRequest, slug: str) -> HttpResponse:
    """Put a session into the agenda."""
    event = find_run(request, slug)
    form = SessionForm(request.POST if request.method == "POST" else None, event=event)
    status, made = 200, []
    if request.method == "POST":
        status = attempt(form, lambda: made.append(place_session(event=event, actor=request.user, **_facts(form, "once"))))
    if status == 303:
        messages.success(request, " ".join(filter(None, [_("The session is in the agenda."), form.remark()])))
        return see_other(_edit_url(made[0]))
    return render(request, "events/agenda/session_form.html", {**told_of(event, request.user), "form": form}, status=status)


def _facts(form: SessionForm, key: str) -> dict[str, Any]:
    return {key: form.cleaned_data[key], **form.facts}


def _edit_url(session: Session) -> str:
    return reverse("events:session_edit", args=[session.event.slug, session.slug])


@require_http_methods(["GET", "HEAD", "POST"])
def session_edit(request: MemberRequest, slug: str, session: str) -> HttpResponse:
    """Change a session; below the form stand who speaks in it, and its documents."""
    found = find_own_session(request, slug, session)
    if request.method != "POST":
        return session_page(request, found)
    form = SessionForm(request.POST, event=found.event, session=found)
    status = attempt(form, lambda: change_session(session=found, actor=request.user, **_facts(form, "seen")))
    if status != 303:
        return session_page(request, found, status, form=form)
    messages.success(request, " ".join(filter(None, [_("It is changed."), form.remark()])))
    return see_other(_edit_url(found))


def session_page(request: MemberRequest, session: Session, status: int = 200, **forms: Any) -> HttpResponse:
    """Answer with the page of a session for who runs its event, with the forms that were refused in it."""
    event = session.event
    context = {
        **told_of(event, request.user),
        "session": session,
        "row": row_of(session, request.user),
        "voices": _voices(session, request.user),
        "form": SessionForm(event=event, session=session),
        "voice_form": VoiceForm(event=event),
        "code_form": CodeForm(),
        "sources": [(source.invite, source.choose(event.slug, session.slug)) for source in registry.sources()],
        "edit_url": _edit_url(session),
    }
    return render(request, "events/agenda/session_form.html", context | forms, status=status)


def _voices(session: Session, user: Any) -> list[tuple[SessionVoice, str]]:
    """Return who is in a session, as far as the reader may know, to be taken out of it."""
    rows = list(session.voices.select_related("guest").order_by("position", "pk"))
    people = Person.objects.visible_to(user).filter(pk__in=[row.person_id for row in rows if row.person_id])
    names = dict(people.order_by().values_list("pk", "name"))
    unnamed = _("a member of the network")
    return [(row, row.guest.name if row.guest else names.get(row.person_id or 0, unnamed)) for row in rows]


@require_POST
def session_remove(request: MemberRequest, slug: str, session: str) -> HttpResponse:
    """Take a session out of the agenda."""
    found = find_own_session(request, slug, session)
    return done(
        request, lambda: remove_session(session=found, actor=request.user), _("The session is out of the agenda."), desk_url(found.event)
    )


@require_POST
def voice_add(request: MemberRequest, slug: str, session: str) -> HttpResponse:
    """Let somebody speak in a session."""
    found = find_own_session(request, slug, session)
    form = VoiceForm(request.POST, event=found.event)
    status = attempt(form, lambda: add_voice(session=found, actor=request.user, **form.cleaned_data))
    if status != 303:
        return session_page(request, found, status, voice_form=form)
    messages.success(request, _("They are in the session."))
    return see_other(f"{_edit_url(found)}#voices")


@require_POST
def voice_remove(request: MemberRequest, slug: str, session: str, pk: int) -> HttpResponse:
    """Take somebody out of a session."""
    found = find_own_session(request, slug, session)
    act = partial(remove_voice, session=found, actor=request.user, number=pk)
    return done(request, act, _("They are not in the session any more."), f"{_edit_url(found)}#voices")


@require_POST
def session_document_add(request: MemberRequest, slug: str, session: str) -> HttpResponse:
    """Lay a record of the library beside a session."""
    found = find_own_session(request, slug, session)
    form = CodeForm(request.POST)
    status = attempt(form, lambda: add_session_document(session=found, actor=request.user, **form.cleaned_data))
    if status != 303:
        return session_page(request, found, status, code_form=form)
    messages.success(request, _("The record lies beside the session."))
    return see_other(f"{_edit_url(found)}#papers")


@require_POST
def session_document_remove(request: MemberRequest, slug: str, session: str, code: str) -> HttpResponse:
    """Take a record away from a session."""
    found = find_own_session(request, slug, session)
    remove_session_document(session=found, actor=request.user, code=code)
    messages.success(request, _("The record does not lie there any more. In the library it stays."))
    return see_other(f"{_edit_url(found)}#papers")


def _find_place(event: Event, what: str, pk: int) -> Any:
    if what not in PLACES:
        raise Http404
    place: Any = get_object_or_404(PLACES[what]._default_manager.filter(event=event), pk=pk)
    place.event = event
    return place


@require_http_methods(["GET", "HEAD", "POST"])
def place_add(request: MemberRequest, slug: str, what: str) -> HttpResponse:
    """Add a room, a track or a guest."""
    event = find_run(request, slug)
    if what not in PLACES:
        raise Http404
    form = place_form(what, request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = attempt(form, lambda: add_place(event=event, actor=request.user, what=what, **form.facts))
    return _place_page(request, event, what, form, status, _named(what)["add"])


@require_http_methods(["GET", "HEAD", "POST"])
def place_edit(request: MemberRequest, slug: str, what: str, pk: int) -> HttpResponse:
    """Change a room, a track or a guest."""
    event = find_run(request, slug)
    place = _find_place(event, what, pk)
    form = place_form(what, request.POST if request.method == "POST" else None, place)
    status = 200
    if request.method == "POST":
        status = attempt(form, lambda: change_place(place=place, actor=request.user, **form.facts))
    return _place_page(request, event, what, form, status, _named(what)["change"])


def _place_page(request: MemberRequest, event: Event, what: str, form: Any, status: int, heading: str) -> HttpResponse:
    if status == 303:
        messages.success(request, _("It is kept."))
        return see_other(f"{desk_url(event)}#{what}")
    context = {**told_of(event, request.user), "what": what, "form": form, "heading": heading, "desk": desk_url(event)}
    return render(request, "events/agenda/place_form.html", context, status=status)


@require_POST
def place_remove(request: MemberRequest, slug: str, what: str, pk: int) -> HttpResponse:
    """Take a room, a track or a guest away; the sessions stay."""
    event = find_run(request, slug)
    place = _find_place(event, what, pk)
    act = partial(remove_place, place=place, actor=request.user)
    return done(request, act, _("It is gone; the sessions stay."), f"{desk_url(event)}#{what}")
