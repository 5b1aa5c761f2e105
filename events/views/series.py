"""The meetings of a group: its rhythm in words, what comes next, what was; and the pages of who calls them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.actions import series as actions
from events.forms.series import DayForm, DaysForm, SeriesForm
from events.models import MeetingSeries
from events.querysets import rows_of
from events.querysets.rows import clock_of
from events.querysets.series import left_behind, next_days, rule_of
from events.readers import rule_in_words
from members.models import Group, GroupMembership
from members.models.texts import told
from red_mpe.core.http import MemberRequest, Request, see_other
from red_mpe.core.listing import page_of
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError


def _group(user: Any, slug: str) -> Group:
    """Return the group to whoever may know of it."""
    group: Group | None = Group.objects.filter(slug=slug).first()
    if group is None or not user.has_perm("events.view_meetings", group):
        raise Http404
    return group


def _own_series(request: MemberRequest, slug: str) -> MeetingSeries:
    """Return the rhythm of a group for who calls its meetings."""
    group = _group(request.user, slug)
    require(request.user, actions.PLAN, group)
    return get_object_or_404(MeetingSeries.objects.select_related("group"), group=group)


def _rhythm(series: MeetingSeries) -> str:
    """Return when the group meets, in words and by which clock."""
    words = capfirst(rule_in_words(rule_of(series), series.starts_on, series.starts_time))
    return f"{words} ({clock_of(series.time_zone)})"


def _page(request: Request, group: Group, status: int = 200, **more: Any) -> HttpResponse:
    user, events = request.user, group.events.visible_to(request.user)  # type: ignore[attr-defined]
    series = MeetingSeries.objects.visible_to(user).select_related("group").filter(group=group).first()
    plans = user.has_perm(actions.PLAN, group)
    days = next_days(series, user) if series and plans else []
    page = page_of(request, events.took_place())
    context = {
        "group": group,
        "name": told(group, "name"),
        "series": series,
        "rhythm": _rhythm(series) if series else "",
        "plans": plans,
        "days": days,
        "left": left_behind(series) if series and plans else [],
        "reach": GroupMembership.objects.on(timezone.localdate()).filter(group=group).count() if plans else 0,
        "coming": rows_of(events.coming().exclude(pk__in=[one.meeting.pk for one in days if one.meeting])),
        "page": page,
        "rows": rows_of(events.filter(pk__in=[event.pk for event in page]).order_by("-starts_at", "-pk")),
        "ticked": [],
    }
    return render(request, "events/series/detail.html", context | more, status=status)


@require_safe
@login_not_required
def series_detail(request: Request, slug: str) -> HttpResponse:
    """The meetings of a group: how often it meets, which come, which were; for who calls them, the next days to call or leave out."""
    return _page(request, _group(request.user, slug))


@require_http_methods(["GET", "HEAD", "POST"])
def series_edit(request: MemberRequest, slug: str) -> HttpResponse:
    """Set how often and how a group meets."""
    group = _group(request.user, slug)
    require(request.user, actions.PLAN, group)
    series = MeetingSeries.objects.filter(group=group).first()
    form = SeriesForm(request.POST if request.method == "POST" else None, group=group, series=series)
    context = {"group": group, "name": told(group, "name"), "series": series, "form": form}
    if request.method != "POST":
        return render(request, "events/series/edit.html", context)
    if not form.is_valid():
        return render(request, "events/series/edit.html", context, status=422)
    try:
        kept = actions.set_series(group=group, actor=request.user, seen=form.cleaned_data["seen"], **form.facts)
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return render(request, "events/series/edit.html", context, status=409)
    messages.success(request, _("The group meets %(rhythm)s.") % {"rhythm": _lower(_rhythm(kept))})
    return see_other(reverse("events:series_detail", args=[slug]))


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


@require_POST
def series_call(request: MemberRequest, slug: str) -> HttpResponse:
    """Call the meetings of the chosen days; a refusal stands above them, and they stay chosen."""
    series = _own_series(request, slug)
    ticked = request.POST.getlist("days")
    form = DaysForm(request.POST, days=[one.day for one in next_days(series, request.user)])
    if not form.is_valid():
        return _page(request, series.group, 422, refusal=" ".join(map(str, form.errors["days"])), ticked=ticked)
    try:
        made = actions.call_meetings(series=series, actor=request.user, days=form.cleaned_data["days"])
    except DomainError as refusal:
        return _page(request, series.group, 409, refusal=str(refusal), ticked=ticked)
    words = ngettext(
        "%(many)s meeting is called, and the group is told.", "%(many)s meetings are called, and the group is told.", len(made)
    )
    messages.success(request, words % {"many": len(made)} if made else _("These meetings had been called already. Nobody is told again."))
    return see_other(reverse("events:series_detail", args=[slug]))


@require_POST
def series_skip(request: MemberRequest, slug: str) -> HttpResponse:
    """Leave a day out."""
    return _day_answered(request, slug, actions.skip_day, _("The group does not meet that day."))


@require_POST
def series_unskip(request: MemberRequest, slug: str) -> HttpResponse:
    """Take a day back in."""
    return _day_answered(request, slug, actions.unskip_day, _("The day counts again. It is not called yet."))


def _day_answered(request: MemberRequest, slug: str, act: Callable[..., Any], done: str) -> HttpResponse:
    series, form = _own_series(request, slug), DayForm(request.POST)
    ticked = request.POST.getlist("days")
    if not form.is_valid():
        return _page(request, series.group, 422, refusal=_("Choose a day of the list."), ticked=ticked)
    try:
        act(series=series, actor=request.user, day=form.cleaned_data["day"])
    except DomainError as refusal:
        return _page(request, series.group, 409, refusal=str(refusal), ticked=ticked)
    messages.success(request, done)
    return see_other(reverse("events:series_detail", args=[slug]))


@require_POST
def series_stop(request: MemberRequest, slug: str) -> HttpResponse:
    """End the rhythm; called meetings stay."""
    actions.stop_series(series=_own_series(request, slug), actor=request.user)
    messages.success(request, _("No more days are proposed. Meetings that were called stay."))
    return see_other(reverse("events:series_detail", args=[slug]))
