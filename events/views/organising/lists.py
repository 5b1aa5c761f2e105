"""What people need, the tickets to print, and the list to take away."""

from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from events.actions.approving import take_list
from events.enums import RegistrationState
from events.exports.lists import FORMATS, registrations_file
from events.forms.registering import SaidForm
from events.models import Registration, RegistrationTerms
from events.querysets import when
from events.querysets.events import KEPT_DAYS
from events.querysets.organising import needs_of
from events.views.details import find_run
from events.views.organising.frame import framed
from events.views.tickets import ticket_address
from red_mpe.core.http import MemberRequest, see_other
from red_mpe.core.listing import page_of

#: So many tickets are on one page: each is a drawing of some thousand points.
TICKETS: Final = 40


@require_safe
def desk_needs(request: MemberRequest, slug: str) -> HttpResponse:
    """What people who have a place need, by kind, for whoever sees to it."""
    event = find_run(request, slug)
    terms = RegistrationTerms.objects.filter(event=event).first()
    found = [(SaidForm.base_fields[kind].label, rows) for kind, rows in needs_of(event).items()]
    context = {"kinds": found, "any": any(rows for _label, rows in found), "days": terms.keep_days if terms else KEPT_DAYS}
    return render(request, "events/organising/needs.html", framed(event, "needs", **context))


@require_safe
def desk_tickets(request: MemberRequest, slug: str) -> HttpResponse:
    """The tickets of those who have a place and no e-mail, to be printed; `?code=` is one of anybody, `?all=1` everybody's."""
    event = find_run(request, slug)
    rows = Registration.objects.filter(event=event, state=RegistrationState.CONFIRMED).order_by("number")
    code, everybody = request.GET.get("code", ""), request.GET.get("all") == "1"
    if code:
        rows = rows.filter(code=code)
    elif not everybody:
        rows = rows.filter(user=None, email="")
    page = page_of(request, rows.select_related("organisation", "event"), TICKETS)
    words = when(event.starts_at, event.ends_at, event.time_zone)
    tickets = [(row, ticket_address(row)) for row in page]
    context = framed(event, "tickets", page=page, tickets=tickets, when=words, everybody=everybody, code=code)
    return render(request, "events/organising/tickets.html", context)


@require_POST
def desk_export(request: MemberRequest, slug: str) -> HttpResponse:
    """Hand out the list of registrations; that it was taken away is noted."""
    event = find_run(request, slug)
    kind, needs = request.POST.get("format", ""), request.POST.get("needs") == "on"
    if kind not in FORMATS:
        messages.warning(request, _("Choose Excel or CSV."))
        return see_other(reverse("events:desk_list", args=[event.slug]))
    take_list(event=event, actor=request.user, kind=kind, needs=needs)
    response = HttpResponse(registrations_file(event, kind, needs=needs), content_type=FORMATS[kind])
    response["Content-Disposition"] = f'attachment; filename="{event.slug}.{kind}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
