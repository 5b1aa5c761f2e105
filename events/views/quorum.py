"""The quorum of a committee's meeting while people arrive."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from events.models import Event
from events.querysets.quorum import Quorum, committees_of, quorum_of
from events.views.details import find_event
from members.models.texts import told
from red_mpe.core.http import MemberRequest, render_part


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
    known = "-".join(f"{bench.present}.{bench.seats}" for bench in counted.benches)
    if request.htmx and request.GET.get("known") == known:
        return HttpResponse(status=204)  # nothing has changed: nothing is read out anew
    context = {
        "event": event,
        "title": told(event, "title"),
        "quorum": counted,
        "verdict": verdict(counted),
        "at": timezone.now(),
        "known": known,
        "is_live": event.ends_at > timezone.now(),
        "runs": request.user.has_perm("events.run_event", event),
    }
    return render_part(request, "events/series/quorum.html", context, "state")


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
