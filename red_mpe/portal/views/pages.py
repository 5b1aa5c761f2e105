"""Home and the few still pages around it."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from red_mpe.portal.querysets import (
    members_by_country,
    newest_organisations,
    newest_records,
    next_events,
    open_round,
    some_groups,
)


@vary_on_headers("Accept-Language", "Cookie")
@login_not_required
@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """Send whoever knows only the name of the site to its home page in their language: the account's, or the browser's."""
    language = getattr(request.user, "language", None) or translation.get_language_from_request(request)
    with translation.override(language):
        return HttpResponseRedirect(reverse("portal:home"))


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what the network is, what it asks now, and who it is."""
    places = members_by_country(request.user)
    context = {
        "round": open_round(request.user),
        "events": next_events(request.user),
        "groups": some_groups(request.user),
        "newest": newest_organisations(request.user),
        "records": newest_records(request.user),
        "places": places,
        "most": places[0]["value"] if places else 1,
    }
    return render(request, "portal/home.html", context)


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is kept of whom, who sees it, and how to have it erased."""
    return render(request, "portal/privacy.html")


@login_not_required
@require_safe
def signed_out(request: HttpRequest) -> HttpResponse:
    """Say that the session has ended; the page's mark tells the script to wipe the drafts kept on a shared phone."""
    return render(request, "portal/signed_out.html")
