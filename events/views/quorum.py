"""The quorum of a committee's meeting while people arrive."""

from typing import Any
from uuid import uuid4, uuid5

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from events.actions.attending import BEFORE, attend
from events.enums import EventMode, Seen
from events.forms.series import PresentForm
from events.models import Event
from events.querysets.quorum import Quorum, committees_of, quorum_of, sittings_of
from events.views.details import find_event
from members.models.texts import told
from red_mpe.core.http import MemberRequest, render_part, see_other
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError


def find_committee_meeting(user: Any, slug: str) -> Event:
    """Return the meeting of a committee to who sits in it or runs it; to anybody else it has no quorum."""
    event = find_event(user, slug)
    if not user.has_perm("events.view_quorum", event) or not committees_of(event).exists():
        raise Http404
    return event


@require_safe
def quorum(request: MemberRequest, slug: str) -> HttpResponse:
    """Chamber by chamber: how many seats are filled, how many must be, and in words whether the meeting may decide."""
    event = find_committee_meeting(request.user, slug)
    counted = quorum_of(event)
    if request.htmx and request.GET.get("known") == _known(counted):
        return HttpResponse(status=204)  # nothing has changed: nothing is read out anew
    return _page(request, event, counted)


def _page(request: MemberRequest, event: Event, counted: Quorum, status: int = 200, refusal: str = "") -> HttpResponse:
    runs = request.user.has_perm("events.run_event", event)
    context = {
        "event": event,
        "title": told(event, "title"),
        "quorum": counted,
        "verdict": verdict(counted),
        "at": timezone.now(),
        "known": _known(counted),
        "is_live": event.ends_at > timezone.now(),
        "runs": runs,
        "sittings": sittings_of(event, request.user) if runs else [],
        "modes": _modes(event),
        "is_near": event.starts_at - BEFORE <= timezone.now(),
        "once": uuid4(),
        "refusal": refusal,
    }
    return render_part(request, "events/series/quorum.html", context, "state", status=status)


def _known(counted: Quorum) -> str:
    """Return what a page knows that shows this."""
    return "-".join(f"{bench.present}.{bench.seats}" for bench in counted.benches)


def _modes(event: Event) -> list[EventMode]:
    """Return how one can have come."""
    return [EventMode.ON_SITE, EventMode.ON_LINE] if event.mode == EventMode.HYBRID else [EventMode(event.mode)]


@require_POST
def quorum_present(request: MemberRequest, slug: str) -> HttpResponse:
    """Note that somebody of the committee has come."""
    event = find_committee_meeting(request.user, slug)
    require(request.user, "events.run_event", event)
    form = PresentForm(request.POST)
    who, mode = form.cleaned_data["who"] if form.is_valid() else ("", "")
    person = next((one.person for one in sittings_of(event, request.user) if one.person.slug == who), None)
    if person is None:
        return _page(request, event, quorum_of(event), 422, _("Choose somebody of the list."))
    once = uuid5(form.cleaned_data["once"], person.slug)
    try:
        attend(event=event, actor=request.user, once=once, mode=mode, seen=Seen.MINUTES, at=timezone.now(), person=person)
    except DomainError as refusal:
        return _page(request, event, quorum_of(event), 409, str(refusal))
    messages.success(request, _("%(name)s is noted as present.") % {"name": person.name})
    return see_other(reverse("events:quorum", args=[slug]))


def verdict(counted: Quorum) -> str:
    """Return in a sentence whether the meeting may decide, or who is missing."""
    if not counted.seats:
        return _("Nobody holds a seat that votes in this committee.")
    if counted.is_reached:
        return _("There is a quorum: the meeting may decide.")
    lacking = [
        ngettext("%(many)s more of %(chamber)s", "%(many)s more of %(chamber)s", bench.missing)
        % {"many": bench.missing, "chamber": bench.name}
        for bench in counted.benches
        if bench.missing
    ]
    return _("No quorum yet: missing are %(who)s.") % {"who": get_text_list(lacking, _("and"))}
