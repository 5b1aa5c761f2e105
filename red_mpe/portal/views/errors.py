"""Answers to what went wrong: what happened, what was kept, what to do, in the reader's language."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from red_mpe.core.limits import TooMany


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400."""
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403 to somebody who is known and may not, or 429 to who may but too often."""
    if isinstance(exception, TooMany):
        return too_many_requests(request, exception)
    return render(request, "403.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404, the same to what does not exist and to what is not for this reader."""
    return render(request, "404.html", status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form sent from a page that has gone stale: its words are still in the browser, one step back."""
    return render(request, "403_csrf.html", status=403)


def too_many_requests(request: HttpRequest, *arguments: Any) -> HttpResponse:
    """Answer 429 and say when to try again."""
    response = render(request, "429.html", status=429)
    response["Retry-After"] = "60"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without the request's context: the database or the session may be what failed."""
    try:
        return HttpResponse(render_to_string("500.html"), status=500)
    except Exception:  # the page itself failed: words without a page are better than silence
        return HttpResponse("Error 500 · Red MPE", status=500, content_type="text/plain; charset=utf-8")
