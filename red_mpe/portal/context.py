"""What every page knows: where it stands, its other languages, how much is unread."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from red_mpe.notifications.models import Notification

UNREAD_CAP = 100


def page(request: HttpRequest) -> dict[str, Any]:
    """Return what the frame of every page shows. Nothing here asks the database before a template does."""
    return {
        "base_url": settings.BASE_URL,
        "secretariat_email": settings.SECRETARIAT_EMAIL,
        "languages": languages(request),
        "unread_count": SimpleLazyObject(lambda: _unread(request)),
        "here": request.resolver_match.namespace if request.resolver_match else "",
        "search_words": request.GET.get("q", "")[:200],
    }


def languages(request: HttpRequest) -> list[dict[str, Any]]:
    """Return this very page in each language, query string included; a page without a place leads to the home page."""
    query = request.GET.urlencode() if request.method == "GET" else ""
    present = translation.get_language()
    return [
        {"code": code, "name": name, "url": _address(request, code) + (f"?{query}" if query else ""), "current": code == present}
        for code, name in settings.LANGUAGES
    ]


def _address(request: HttpRequest, language: str) -> str:
    match = request.resolver_match
    with translation.override(language):
        if match is None or not match.view_name:
            return reverse("portal:home")
        try:
            return reverse(match.view_name, args=match.args, kwargs=match.captured_kwargs)
        except NoReverseMatch:
            return reverse("portal:home")


def _unread(request: HttpRequest) -> int:
    """Return how many lines of the inbox are unread, counted no further than the page shows."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return 0
    return Notification.objects.filter(recipient=user, read_at=None).order_by()[:UNREAD_CAP].count()
