"""The stands of a fair: for everybody, and for who runs the event."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.actions.stands import add_stand, add_stand_document, change_stand, remove_stand, remove_stand_document
from events.forms.agenda import CodeForm, StandForm
from events.models import Event, Stand
from events.querysets.stands import stands_of
from events.views.agenda import told_of
from events.views.details import find_event, find_run
from red_mpe.core.http import MemberRequest, Request, attempt, done, see_other


@require_safe
@login_not_required
def stands(request: Request, slug: str) -> HttpResponse:
    """The stands of an event: whose, where, and what they hand out."""
    event = find_event(request.user, slug)
    context = {**told_of(event, request.user), "stands": stands_of(event, request.user)}
    return render(request, "events/agenda/stands.html", context)


def _find_stand(request: MemberRequest, slug: str, stand: UUID) -> Stand:
    event = find_run(request, slug)
    found: Stand = get_object_or_404(event.stands, once=stand)
    found.event = event
    return found


def _desk_url(event: Event) -> str:
    return reverse("events:stand_desk", args=[event.slug])


def _edit_url(stand: Stand) -> str:
    return reverse("events:stand_edit", args=[stand.event.slug, stand.once])


@require_safe
def stand_desk(request: MemberRequest, slug: str) -> HttpResponse:
    """The stands of an event, to be changed."""
    event = find_run(request, slug)
    return render(request, "events/agenda/stand_desk.html", {**told_of(event, request.user), "stands": stands_of(event, request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def stand_add(request: MemberRequest, slug: str) -> HttpResponse:
    """Put up a stand."""
    event = find_run(request, slug)
    form, status = StandForm(request.POST if request.method == "POST" else None, actor=request.user), 200
    if request.method == "POST":
        status = attempt(form, lambda: add_stand(event=event, actor=request.user, once=form.cleaned_data["once"], **form.facts))
    if status == 303:
        messages.success(request, _("The stand is there."))
        return see_other(_desk_url(event))
    return render(request, "events/agenda/stand_form.html", {**told_of(event, request.user), "form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def stand_edit(request: MemberRequest, slug: str, stand: UUID) -> HttpResponse:
    """Change a stand; below the form stands what it hands out."""
    found = _find_stand(request, slug, stand)
    if request.method != "POST":
        return _page(request, found)
    form = StandForm(request.POST, actor=request.user, stand=found)
    status = attempt(form, lambda: change_stand(stand=found, actor=request.user, seen=form.cleaned_data["seen"], **form.facts))
    if status != 303:
        return _page(request, found, status, form=form)
    messages.success(request, _("It is changed."))
    return see_other(_edit_url(found))


def _page(request: MemberRequest, stand: Stand, status: int = 200, **forms: Any) -> HttpResponse:
    context = {
        **told_of(stand.event, request.user),
        "stand": stand,
        "row": next(row for row in stands_of(stand.event, request.user) if row.once == stand.once),
        "form": StandForm(actor=request.user, stand=stand),
        "code_form": CodeForm(),
        "edit_url": _edit_url(stand),
    }
    return render(request, "events/agenda/stand_form.html", context | forms, status=status)


@require_POST
def stand_remove(request: MemberRequest, slug: str, stand: UUID) -> HttpResponse:
    """Take a stand away."""
    found = _find_stand(request, slug, stand)
    return done(request, lambda: remove_stand(stand=found, actor=request.user), _("The stand is gone."), _desk_url(found.event))


@require_POST
def stand_document_add(request: MemberRequest, slug: str, stand: UUID) -> HttpResponse:
    """Let a stand hand out a record of the library."""
    found, form = _find_stand(request, slug, stand), CodeForm(request.POST)
    status = attempt(form, lambda: add_stand_document(stand=found, actor=request.user, **form.cleaned_data))
    if status != 303:
        return _page(request, found, status, code_form=form)
    messages.success(request, _("The stand hands it out."))
    return see_other(f"{_edit_url(found)}#papers")


@require_POST
def stand_document_remove(request: MemberRequest, slug: str, stand: UUID, code: str) -> HttpResponse:
    """Let a stand hand out a record no more."""
    found = _find_stand(request, slug, stand)
    remove_stand_document(stand=found, actor=request.user, code=code)
    messages.success(request, _("The record does not lie there any more. In the library it stays."))
    return see_other(f"{_edit_url(found)}#papers")
