"""How much the library is used, for its editors: counted, never followed."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Sum
from django.db.models.functions import TruncMonth
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from publications.enums import Use
from publications.models import DailyUse, Record
from red_mpe.core.http import MemberRequest
from red_mpe.core.permissions import require

MONTHS = 12
TOP = 30


@require_safe
def use_list(request: MemberRequest) -> HttpResponse:
    """Views and downloads of the whole library by month, and the records most used in that time."""
    require(request.user, "publications.see_use")
    since = _months()[0]
    used = DailyUse.objects.filter(day__gte=since)
    return render(request, "publications/use/list.html", {"months": _by_month(used), "since": since, "top": _top(used)})


@require_safe
def use_record(request: MemberRequest, code: str) -> HttpResponse:
    """Views and downloads of one record by month."""
    record = get_object_or_404(Record.objects.visible_to(request.user), code=code)
    require(request.user, "publications.see_use", record)
    used = DailyUse.objects.filter(record=record, day__gte=_months()[0])
    return render(request, "publications/use/record.html", {"months": _by_month(used), "record": record})


def _months() -> list[date]:
    """Return the first days of the last twelve months, this one included, the oldest first. Days are those of UTC, as they are counted."""
    month = timezone.now().date().replace(day=1)
    found = [month]
    while len(found) < MONTHS:
        month = (month - timedelta(days=1)).replace(day=1)
        found.append(month)
    return found[::-1]


def _by_month(used: Any) -> dict[str, Any]:
    """Return a row for each month, those without use too, with the bars' widths against the best month."""
    rows = used.annotate(month=TruncMonth("day")).values_list("month", "kind").annotate(total=Sum("count")).order_by()
    counts = {(month, kind): total for month, kind, total in rows}
    whole = max(counts.values(), default=0)
    months = [
        {
            "label": date_format(month, "YEAR_MONTH_FORMAT"),
            "views": counts.get((month, Use.VIEW), 0),
            "downloads": counts.get((month, Use.DOWNLOAD), 0),
        }
        for month in _months()
    ]
    total = {kind: sum(month[kind] for month in months) for kind in ("views", "downloads")}
    return {"rows": months[::-1], "whole": whole, **total}


def _top(used: Any) -> list[dict[str, Any]]:
    """Return the records most used, with a fixed number of queries."""
    sums = used.values_list("record", "kind").annotate(total=Sum("count")).order_by()
    found: dict[int, dict[str, int]] = {}
    for record, kind, total in sums:
        found.setdefault(record, {Use.VIEW: 0, Use.DOWNLOAD: 0})[kind] = total
    best = sorted(found, key=lambda record: -sum(found[record].values()))[:TOP]
    records = Record.objects.in_bulk(best)
    return [
        {
            "title": str(records[record]),
            "url": reverse("publications:use_record", args=[records[record].code]),
            "views": found[record][Use.VIEW],
            "downloads": found[record][Use.DOWNLOAD],
        }
        for record in best
    ]
