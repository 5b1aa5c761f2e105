"""The inbox."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from red_mpe.core.http import MemberRequest, safe_next, see_other
from red_mpe.core.listing import page_of
from red_mpe.notifications import actions
from red_mpe.notifications.enums import Category
from red_mpe.notifications.forms import categories_of
from red_mpe.notifications.mailing.words import read_lines
from red_mpe.notifications.models import Notification

LONGEST_NUMBER = 19  # digits of a key of the database


@require_safe
def inbox(request: MemberRequest) -> HttpResponse:
    """What one was told, newest first; `?category=` keeps one category."""
    lines = Notification.objects.visible_to(request.user)
    category = request.GET.get("category", "")
    if category in Category.values:
        lines = lines.filter(category=category)
    page = page_of(request, lines.for_list())
    context = {"page": page, "rows": read_lines(list(page.object_list), request.user), "tabs": _tabs(request, category)}
    return render(request, "notifications/inbox.html", context)


@require_POST
def mark_read(request: MemberRequest) -> HttpResponse:
    """Mark the posted line read, or all when none is posted; what is no number is no line."""
    line = request.POST.get("line")
    if line is not None and not (line.isascii() and line.isdecimal() and len(line) < LONGEST_NUMBER):
        raise Http404
    actions.mark_read(person=request.user, line=int(line) if line else None)
    return see_other(safe_next(request, reverse("notifications:inbox")))


def _tabs(request: MemberRequest, chosen: str) -> list[dict[str, Any]]:
    """Return the categories as tabs, all of them first."""
    address = reverse("notifications:inbox")
    kinds = [("", _("Everything")), *((category.value, category.label) for category in categories_of(request.user))]
    return [{"url": f"{address}?category={key}" if key else address, "label": label, "current": key == chosen} for key, label in kinds]
