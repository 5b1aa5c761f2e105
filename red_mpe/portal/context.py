"""What every page knows: where it stands, its other languages, how much is unread."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from red_mpe.notifications.models import Notification

#: The admin's sidebar: what belongs together, in the order of the work.
SIDEBAR = (
    (gettext_noop("Frameworks"), ("standards.Framework", "standards.Version", "standards.ClauseText", "standards.ProcessRules")),
    (gettext_noop("Consultation"), ("standards.Consultation", "standards.Comment")),
    (gettext_noop("Encounters"), ("events.Event",)),
    (gettext_noop("Library"), ("publications.Record", "publications.AccessRequest")),
    (gettext_noop("Network"), ("members.Application", "members.Person", "members.Organisation", "members.Group")),
    (gettext_noop("Mail"), ("notifications.OutgoingMail", "notifications.Digest", "notifications.Notification")),
    (gettext_noop("Words of the field"), ("core.Chamber", "core.StakeholderCategory", "core.Theme")),
    (
        gettext_noop("Accounts"),
        ("members.User", "account.EmailAddress", "mfa.Authenticator", "usersessions.UserSession", "auth.Group"),
    ),
)


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
            return reverse(match.view_name, args=match.args, kwargs=match.captured_kwargs)  # type: ignore[attr-defined]
        except NoReverseMatch:
            return reverse("portal:home")


def _unread(request: HttpRequest) -> int:
    """Return how many lines of the inbox are unread: read with the account, or asked for one that has just signed in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return 0
    told: int | None = getattr(user, "unread", None)
    return Notification.objects.unread_count(user) if told is None else told


def sidebar(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the admin's sidebar: the desk, then in groups what this person may see."""
    desk = {"title": _("Desk"), "icon": "inbox", "link": reverse("portal:desk")}
    groups: list[dict[str, Any]] = [{"items": [desk]}]
    for title, labels in SIDEBAR:
        items = [item for label in labels if (item := _sidebar_item(request, label))]
        groups.append({"title": _(title), "separator": True, "items": items})
    return groups


def _sidebar_item(request: HttpRequest, label: str) -> dict[str, Any] | None:
    model = apps.get_model(label)
    if not admin.site.is_registered(model) or not admin.site.get_model_admin(model).has_view_permission(request):
        return None
    opts = model._meta
    return {"title": capfirst(str(opts.verbose_name_plural)), "link": reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")}
