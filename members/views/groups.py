"""Pages of groups."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from members.enums import GroupRole
from members.models import Group, GroupMembership, told
from members.rules import audiences_of, is_shown
from members.views.shared import seen_or_404
from red_mpe.core.http import Request
from red_mpe.core.text import excerpt, markdown, plain
from red_mpe.notifications.models import Subscription

#: Those who call the meetings of a group.
CALLING = (GroupRole.CHAIR, GroupRole.COORDINATOR, GroupRole.SECRETARY)

_NEWEST = 5  # records that a group's page shows by themselves


@require_safe
@login_not_required
def group_list(request: Request) -> HttpResponse:
    """The groups of the network, by name."""
    groups = [
        {"group": group, "name": told(group, "name"), "charter": excerpt(plain(markdown(told(group, "charter").text)), 180)}
        for group in Group.objects.visible_to(request.user).for_list()
    ]
    groups.sort(key=lambda row: row["name"].text.casefold())
    return render(request, "members/group_list.html", {"groups": groups})


@require_safe
@login_not_required
def group_detail(request: Request, slug: str) -> HttpResponse:
    """A group: what it is for, how it meets, who is in it. Names that are not for this reader are only counted."""
    group = seen_or_404(request, "members.view_group", Group.objects.for_list().filter(slug=slug).first())
    present = GroupMembership.objects.filter(group=group).on(timezone.localdate())
    seats = _seats(request, present)
    charter, topic = told(group, "charter"), f"group:{slug}"
    context = {
        "group": group,
        "name": told(group, "name"),
        "charter": charter,
        "charter_html": markdown(charter.text, rich=True),
        "secretariat": group.secretariat if is_shown(request.user, group.secretariat) else None,
        "seats": seats,
        "hidden": present.count() - len(seats),
        **_library(request, group),
        "topic": topic,
        "standing": Subscription.objects.standing(request.user, [topic]).get(topic, ""),
        "coming": [(event, told(event, "title")) for event in group.events.visible_to(request.user).coming()[:5]],
        "past_year": next(iter(group.events.visible_to(request.user).years()), None),
        "may_call": request.user.is_authenticated and present.filter(person__user=request.user, role__in=CALLING).exists(),
    }
    return render(request, "members/group_detail.html", context)


def _library(request: Request, group: Group) -> dict[str, Any]:
    """What of the library comes from the group or is read in it: known through the library's own links to groups."""
    lists = group.collections.visible_to(request.user)
    records = group.records.listed_for(request.user)[:_NEWEST]
    return {
        "collections": [(one, told(one, "title")) for one in lists],
        "records": [(one, told(one, "title")) for one in records],
    }


def _seats(request: Request, present: Any) -> list[Any]:
    """Seats the reader may see, chairs first, each with the organisation only where the person shows it."""
    order, seen = list(GroupRole), audiences_of(request.user)
    seats = list(present.visible_to(request.user).for_list())
    for seat in seats:
        shown = seat.person.organisation_audience in seen and is_shown(request.user, seat.organisation)
        seat.house = seat.organisation if shown else None
    return sorted(seats, key=lambda seat: (order.index(GroupRole(seat.role)), seat.person.name.casefold()))
