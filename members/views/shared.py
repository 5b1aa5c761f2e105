"""What several pages of membership do alike."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from members.actions import BudgetSpent, spend_profile_view
from red_mpe.core.http import see_other
from red_mpe.core.states import DomainError

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


def done(request: HttpRequest, act: Callable[[], Any], words: Any, address: str) -> HttpResponse:
    """Do `act`, tell how it went, and send the browser on."""
    try:
        act()
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words)
    return see_other(address)


def tried(form: forms.Form, act: Callable[[], Any]) -> bool:
    """Do `act` when the form is valid, and tell whether it was done; a refusal of the domain becomes an error of the form."""
    if not form.is_valid():
        return False
    try:
        act()
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def seen_or_404(request: HttpRequest, permission: str, thing: Any) -> Any:
    """Return `thing` to who may see it; to anybody else it does not exist."""
    if thing is None or not request.user.has_perm(permission, thing):
        raise Http404
    return thing
