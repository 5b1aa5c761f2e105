"""Requests with the attributes our middleware adds, and answers as a page or as its fragment."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.middleware import HtmxDetails

from red_mpe.core.states import DomainError

if TYPE_CHECKING:
    from members.models import User


_DIGITS = 18  # as many as fit into a column


class Request(HttpRequest):
    """A request that passed our middleware."""

    htmx: HtmxDetails


class MemberRequest(Request):
    """A request of somebody signed in."""

    user: "User"


def render_part(request: HttpRequest, template: str, context: dict[str, Any], part: str, status: int = 200) -> HttpResponse:
    """Answer with the whole page, or with its named partial when htmx asks for it."""
    asked = getattr(request, "htmx", None)
    name = f"{template}#{part}" if asked and not asked.boosted else template
    response = render(request, name, context, status=status)
    response["Vary"] = ", ".join(filter(None, [response.get("Vary", ""), "HX-Request"]))
    return response


def safe_next(request: HttpRequest, fallback: str) -> str:
    """Return the `next` address when it is a path of this very host, otherwise `fallback`."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    here = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and not urlsplit(wanted).netloc
    return wanted if here and wanted.startswith("/") else fallback


def number_of(words: str) -> int | None:
    """Return the key or count that somebody sent; None where it is no number that a row could have."""
    return int(words) if words.isascii() and words.isdigit() and len(words) <= _DIGITS else None


def see_other(address: str) -> HttpResponse:
    """Send the browser on after a form, so that reloading does not send it twice."""
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response


def done(request: HttpRequest, act: Callable[[], Any], words: Any, address: str) -> HttpResponse:
    """Do what needs no form, tell how it went, and send the browser on."""
    try:
        act()
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words)
    return see_other(address)


def attempt(form: Any, act: Callable[[], Any]) -> int:
    """Do it where the form holds, and return the status of the answer: 303 done; 422 or 409 with the refusal above every word that was
    written."""
    if not form.is_valid():
        return 422
    try:
        act()
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return 409
    return 303
