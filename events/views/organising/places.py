"""The desk: how many have a place, who waits, who is registered; approving several at once."""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from events.actions.approving import Approved, approve_many
from events.enums import ON
from events.forms.organising import SeekForm
from events.models import Event, RegistrationTerms
from events.querysets.organising import Tally, listed, sought, tally_of
from events.views.details import find_run
from events.views.organising.frame import framed
from red_mpe.core.http import MemberRequest, see_other
from red_mpe.core.listing import page_of
from red_mpe.core.states import DomainError

PAGE: Final = 50


@require_safe
def desk_list(request: MemberRequest, slug: str) -> HttpResponse:
    """Figures, and the registrations by number; those that wait for approval can be ticked."""
    event = find_run(request, slug)
    form, tally = SeekForm(request.GET), tally_of(event)
    page = page_of(request, sought(event, **form.chosen), PAGE)
    rows = listed(event, page.object_list)
    context = {
        **_standing(event, tally),
        "tally": tally,
        "chambers": tally.chambers,
        "most": max((line.value for line in tally.chambers), default=0),
        "form": form,
        "narrowed": any(form.chosen.values()),
        "page": page,
        "rows": rows,
        "many": any(row.is_pending for row in rows),
        "may_add": event.state in ON,
    }
    return render(request, "events/organising/list.html", framed(event, "list", **context))


def _standing(event: Event, tally: Tally) -> dict[str, Any]:
    """Where registration stands by its terms and by the clock, and the modes with more people than places."""
    terms, now = RegistrationTerms.objects.filter(event=event).first(), timezone.now()
    return {
        "terms": terms,
        "is_open": terms is not None and event.state in ("open", "full") and now < terms.closes_at,
        "is_ahead": terms is not None and event.state in ("draft", "announced") and now < terms.opens_at,
        "opens": terms.opens_at.astimezone(event.zone) if terms else None,
        "closes": terms.closes_at.astimezone(event.zone) if terms else None,
        "over": [line for line in tally.lines if line.over],
    }


@require_POST
def desk_approve(request: MemberRequest, slug: str) -> HttpResponse:
    """Approve those that were ticked, each on its own, and tell what became of them."""
    event = find_run(request, slug)
    codes = request.POST.getlist("pick")
    try:
        became = approve_many(event=event, actor=request.user, codes=codes)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _told(became)) if codes else messages.warning(request, _("Nobody was ticked."))
    state = "?state=pending" if request.POST.get("state") == "pending" else ""
    return see_other(reverse("events:desk_list", args=[event.slug]) + state)


def _told(became: Approved) -> str:
    """Say what became of those that were ticked."""
    parts = [
        (ngettext("%(n)s has a place.", "%(n)s have a place.", became.confirmed), became.confirmed),
        (ngettext("%(n)s is on the waiting list.", "%(n)s are on the waiting list.", became.waiting), became.waiting),
        (ngettext("%(n)s no longer waited for approval.", "%(n)s no longer waited for approval.", became.passed), became.passed),
    ]
    return " ".join(words % {"n": many} for words, many in parts if many)
