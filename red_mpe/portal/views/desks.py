"""The secretariat's desk."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from red_mpe.core.desk import panels
from red_mpe.core.predicates import is_staff


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Show staff what waits for them, the most binding first. Refused to everybody else."""
    if not is_staff(request.user):
        raise PermissionDenied
    found = [(panel, panel.find(request.user)) for panel in panels()]
    piles = [{"panel": panel, "pile": pile} for panel, pile in found if pile is not None]
    waiting = sum(pile.count for _panel, pile in found if pile is not None)
    return render(request, "portal/desk.html", {"piles": piles, "waiting": waiting})
