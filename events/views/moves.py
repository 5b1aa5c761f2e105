"""The page before a move: what must hold, what it does, whom it tells; and the move itself."""

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from events.enums import EventState
from events.models import Event, Registration
from events.states import BY_HAND
from events.views.details import find_event
from events.views.steps import STEPS, form_of, said
from members.models.texts import told
from members.notifications import reach
from red_mpe.core.http import MemberRequest, see_other
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError, Move, can_start, findings

#: Moves that are prepared step by step: their page shows what holds already.
CHECKED: Final = ("announce", "open")


@require_http_methods(["GET", "HEAD", "POST"])
def event_move(request: MemberRequest, slug: str, move: str) -> HttpResponse:
    """Show what a move needs and whom it tells; make it on POST, or say why not. Nothing that was written is lost."""
    event = find_event(request.user, slug)
    require(request.user, "events.run_event", event)
    if move not in STEPS:
        raise Http404
    form, status, refusal = form_of(move, request.POST if request.method == "POST" else None, event), 200, ""
    if request.method == "POST":
        status = 422
        if form is None or form.is_valid():
            try:
                STEPS[move].act(actor=request.user, event=event, **said(form))
            except DomainError as error:
                status, refusal = 409, str(error)
            else:
                messages.success(request, " ".join(filter(None, [str(STEPS[move].done), getattr(form, "remark", str)()])))
                return see_other(event.get_absolute_url())
    return render(request, "events/move.html", _page(event, move, form, refusal), status=status)


def _page(event: Event, name: str, form: Any, refusal: str) -> dict[str, Any]:
    event.refresh_from_db()
    move, step = BY_HAND[name], STEPS[name]
    again = name == "report" and event.state == EventState.REPORTED
    return {
        "event": event,
        "title": told(event, "title"),
        "step": step,
        "form": form,
        "refusal": refusal,
        "free": can_start(event, move) or again,
        "checks": _checks(event, move) if name in CHECKED else [],
        "registered": Registration.objects.live().filter(event=event).count() if step.form == "dates" else 0,
        "reach": None if again or not step.mail else reach(step.mail, event),
    }


def _checks(event: Event, move: Move) -> list[dict[str, Any]]:
    """What must hold, ready to be shown: a template would call a guard."""
    return [
        {
            "label": found.guard.label,
            "advice": found.guard.advice,
            "missing": found.missing,
            "url": reverse(f"events:{found.guard.place or 'event_edit'}", args=[event.slug]),
        }
        for found in findings(event, move)
    ]
