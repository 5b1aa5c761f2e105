"""Documents of an event, for who organises it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from events.actions import documents
from events.enums import DocumentRole, EventState
from events.forms import DocumentForm, ShelveForm
from events.models import Event, EventDocument
from events.views.details import find_event
from members.models.texts import told
from red_mpe.core.http import MemberRequest, attempt, see_other
from red_mpe.core.permissions import require


def _page(request: MemberRequest, event: Event, status: int = 200, **forms: Any) -> HttpResponse:
    rows = EventDocument.objects.visible_to(request.user).filter(event=event).with_records()
    reported = event.state == EventState.REPORTED
    has_outcome = any(row.role == DocumentRole.OUTCOME for row in rows)
    context = {
        "event": event,
        "title": told(event, "title"),
        "documents": [(row, told(row.record, "title")) for row in rows],
        "form": DocumentForm(),
        "shelf": ShelveForm() if reported and not has_outcome else None,
        "shelved": documents.shelved(event) if reported else None,
    }
    return render(request, "events/documents.html", context | forms, status=status)


def _answered(request: MemberRequest, event: Event, name: str, form: Any, act: Callable[[], Any], words: str) -> HttpResponse:
    """Do it and come back to the list; a refusal stands above the form, with every word in it."""
    if (status := attempt(form, act)) != 303:
        return _page(request, event, status, **{name: form})
    messages.success(request, words)
    return see_other(reverse("events:event_documents", args=[event.slug]))


@require_http_methods(["GET", "HEAD", "POST"])
def event_documents(request: MemberRequest, slug: str) -> HttpResponse:
    """The documents of an event; a form lays one more beside it."""
    event = find_event(request.user, slug)
    require(request.user, "events.change_event", event)
    if request.method != "POST":
        return _page(request, event)
    form = DocumentForm(request.POST)

    def add() -> Any:
        return documents.add_document(event=event, actor=request.user, **form.cleaned_data)

    return _answered(request, event, "form", form, add, _("The record lies beside the event."))


@require_POST
def document_remove(request: MemberRequest, slug: str, code: str) -> HttpResponse:
    """Take a record away from an event."""
    event = find_event(request.user, slug)
    documents.remove_document(event=event, actor=request.user, code=code)
    messages.success(request, _("The record does not belong to the event any more. In the library it stays."))
    return see_other(reverse("events:event_documents", args=[event.slug]))


@require_POST
def report_shelve(request: MemberRequest, slug: str) -> HttpResponse:
    """Bring the report of an event into the library."""
    event = find_event(request.user, slug)
    require(request.user, "events.change_event", event)
    form = ShelveForm(request.POST)

    def shelve() -> Any:
        return documents.shelve_report(event=event, actor=request.user, licence=form.cleaned_data["licence"])

    return _answered(request, event, "shelf", form, shelve, _("The report is on its way into the library."))
