"""Throwing a draft away."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events.actions.discarding import discard_draft
from events.enums import EventState
from events.views.details import find_run
from members.models.texts import told
from red_mpe.core.http import MemberRequest, see_other
from red_mpe.core.states import DomainError


@require_http_methods(["GET", "HEAD", "POST"])
def event_discard(request: MemberRequest, slug: str) -> HttpResponse:
    """Say what deleting a draft does; on POST it is gone. What was announced is not deleted."""
    event = find_run(request, slug)
    status, refusal = 200, ""
    if request.method == "POST":
        try:
            discard_draft(event=event, actor=request.user)
        except DomainError as error:
            status, refusal = 409, str(error)
        else:
            messages.success(request, _("The draft is deleted."))
            return see_other(reverse("events:coming"))
    free = event.state == EventState.DRAFT and event.announced_at is None
    return render(
        request,
        "events/after/discard.html",
        {"event": event, "title": told(event, "title"), "free": free, "refusal": refusal},
        status=status,
    )
