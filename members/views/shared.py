"""What several pages of membership do alike."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from members.actions import BudgetSpent, spend_profile_view

View = Callable[..., HttpResponse]


def unindexed(view: View) -> View:
    """Keep search engines out: people are found by people of the network."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return page


def budgeted(view: View) -> View:
    """Count the page against the day's budget of the account; beyond it say so with 429."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            if request.user.is_authenticated:
                spend_profile_view(actor=request.user)
        except BudgetSpent as refusal:
            return render(request, "members/budget_spent.html", {"reason": refusal.message}, status=429)
        return view(request, *args, **kwargs)

    return page


def seen_or_404(request: HttpRequest, permission: str, thing: Any) -> Any:
    """Return `thing` to who may see it; to anybody else it does not exist."""
    if thing is None or not request.user.has_perm(permission, thing):
        raise Http404
    return thing
