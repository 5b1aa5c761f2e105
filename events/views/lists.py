"""Events that are coming, those of a month as a grid, those that took place."""

from datetime import date, timedelta
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from events.filters import EventFilter
from events.models import Event
from events.querysets import month_of, rows_of
from red_mpe.core.http import Request, number_of, see_other
from red_mpe.core.listing import page_of

FIRST_YEAR, LAST_YEAR = 2000, 2100


@require_safe
@login_not_required
def coming(request: Request) -> HttpResponse:
    """What is coming, month by month; above it, for who runs them, drafts that nobody else sees."""
    events = Event.objects.visible_to(request.user).coming()
    drafts = rows_of(Event.objects.run_by(request.user).drafts()[:50]) if request.user.is_authenticated else []
    context = _page(request, events, "coming") | {"drafts": drafts, "may_add": request.user.has_perm("events.add_event")}
    return render(request, "events/coming.html", context)


@require_safe
@login_not_required
def past(request: Request) -> HttpResponse:
    """What took place, year by year; `?year=` chooses one, the last by default."""
    events = Event.objects.visible_to(request.user).took_place()
    years = events.years()
    asked = number_of(request.GET.get("year", ""))
    year = asked if asked in years else next(iter(years), timezone.localdate().year)
    tabs = [{"url": f"{reverse('events:past')}?year={one}", "label": str(one), "current": one == year} for one in years]
    return render(request, "events/past.html", _page(request, events.in_year(year), "past") | {"years": tabs, "year": year})


@require_safe
@login_not_required
def this_month(request: Request) -> HttpResponse:
    """Lead to the present month."""
    today = timezone.localdate()
    return see_other(reverse("events:month", args=[today.year, today.month]))


@require_safe
@login_not_required
def month(request: Request, year: int, month: int) -> HttpResponse:
    """One month as a grid of days; on a phone as the list of the days that have something."""
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
        raise Http404
    first = date(year, month, 1)
    weeks = month_of(Event.objects.visible_to(request.user), year, month)
    context = {
        "tabs": _tabs("month"),
        "weeks": weeks,
        "title": _month_name(first),
        "is_empty": not any(day.events for week in weeks for day in week),
        "weekdays": [date_format(day.date, "l") for day in weeks[0]],
        "before": _neighbour(first - timedelta(days=1)),
        "after": _neighbour(first + timedelta(days=31)),
        "today": timezone.localdate(),
    }
    return render(request, "events/month.html", context)


def _neighbour(day: date) -> dict[str, str] | None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return None
    return {"url": reverse("events:month", args=[day.year, day.month]), "label": _month_name(day)}


def _month_name(day: date) -> str:
    return date_format(day, pgettext("month and year", "F Y"))


def _page(request: Request, events: Any, here: str) -> dict[str, Any]:
    """Return one page of a list with its facets."""
    found = EventFilter(request.GET, events, request.user)
    page = page_of(request, found.found)
    order = {pk: place for place, pk in enumerate(page.object_list)}
    rows = rows_of(Event.objects.filter(pk__in=order), found.groups())
    return {
        "tabs": _tabs(here),
        "page": page,
        "rows": sorted(rows, key=lambda row: order[row.pk]),
        "facets": found.facets,
        "total": len(found.found),
        "is_asked": bool(found.chosen),
        "action": request.path,
    }


def _tabs(here: str) -> list[dict[str, Any]]:
    """The three ways to look at events."""
    names = (("coming", "coming", _("Coming")), ("month", "this_month", _("Month")), ("past", "past", _("Past")))
    return [{"url": reverse(f"events:{route}"), "label": label, "current": name == here} for name, route, label in names]
