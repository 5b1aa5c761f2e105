"""The directory: organisations and people, with facets."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from members.filters import DirectoryFilter, OrganisationFilter, PersonFilter
from members.views.shared import budgeted, unindexed
from red_mpe.core.http import Request, see_other
from red_mpe.core.search import SHORTEST

LEGENDS = {
    "chamber": gettext_lazy("Chamber"),
    "category": gettext_lazy("Sector"),
    "country": gettext_lazy("Country"),
    "theme": gettext_lazy("Theme"),
}


@require_safe
@login_not_required
@unindexed
def directory(request: Request) -> HttpResponse:
    """Organisations of the network."""
    found = OrganisationFilter(request.GET, reader=request.user)
    return render(request, "members/directory.html", _page(request, found, "directory") | {"page": found.cards(request)})


@require_safe
@login_not_required
@unindexed
@budgeted
def people(request: Request) -> HttpResponse:
    """People of the network: by three letters of a name or by a facet; everybody else as they show themselves to everybody."""
    found = PersonFilter(request.GET, reader=request.user)
    return render(request, "members/people.html", _page(request, found, "people") | {"page": found.cards(request), "open": found.is_open})


@require_safe
@login_not_required
def to_directory(request: Request) -> HttpResponse:
    """Lead the bare section word to the list it belongs to."""
    return see_other(reverse("members:directory"))


def _page(request: Request, found: DirectoryFilter, here: str) -> dict[str, Any]:
    tabs = (("directory", _("Organisations")), ("people", _("People")))
    return {
        "tabs": [{"url": reverse(f"members:{name}"), "label": label, "current": name == here} for name, label in tabs],
        "facets": [{"name": name, "legend": LEGENDS[name], "options": options} for name, options in found.facets],
        "name": found.chosen.get("name", ""),
        "total": found.total,
        "short": 0 < found.letters < SHORTEST,
        "is_asked": found.is_asked,
        "action": request.path,
    }
