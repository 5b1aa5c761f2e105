"""Writing an event: the secretariat, and who calls the meetings of a group."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events.actions import change_event, make_event
from events.enums import ON
from events.forms import EventForm
from events.models import Event, Registration
from events.notifications import CHANGED
from events.views.details import find_event
from members.models import Group
from members.notifications import reach
from red_mpe.core.http import MemberRequest, see_other
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError


@require_http_methods(["GET", "HEAD", "POST"])
def event_add(request: MemberRequest) -> HttpResponse:
    """Write a draft; `?group=` begins with a group."""
    require(request.user, "events.add_event")
    group = Group.objects.visible_to(request.user).filter(slug=request.GET.get("group", "")).values_list("pk", flat=True)
    first = {"time_zone": request.user.time_zone, "groups": list(group), "kind": "meeting" if group else "encounter"}
    form = EventForm(request.POST if request.method == "POST" else None, actor=request.user, initial=first)

    def make() -> Event:
        return make_event(actor=request.user, once=form.cleaned_data["once"], **form.facts)

    return _answered(request, form, make, _("The draft is kept. Nobody has been told yet."), {"cancel": reverse("events:coming")})


@require_http_methods(["GET", "HEAD", "POST"])
def event_edit(request: MemberRequest, slug: str) -> HttpResponse:
    """Change what is said of an event."""
    event = find_event(request.user, slug)
    require(request.user, "events.change_event", event)
    form = EventForm(request.POST if request.method == "POST" else None, actor=request.user, event=event)

    def change() -> Event:
        return change_event(actor=request.user, event=event, seen=form.cleaned_data["seen"], **form.facts)

    told = reach(CHANGED, event)["all"] if event.state in ON else 0
    registered = Registration.objects.live().filter(event=event).count()
    context = {"cancel": event.get_absolute_url(), "event": event, "told": told, "registered": registered}
    return _answered(request, form, change, _("It is changed."), context)


def _answered(request: MemberRequest, form: EventForm, act: Any, done: str, context: dict[str, Any]) -> HttpResponse:
    """Answer with what was done, or with the form: a refusal stands above it, and every word stays in it."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                event = act()
            except DomainError as refusal:
                form.add_error(None, str(refusal))
                status = 409
            else:
                messages.success(request, " ".join(filter(None, [done, form.remark()])))
                return see_other(event.get_absolute_url())
    return render(request, "events/form.html", {"form": form, **context}, status=status)
