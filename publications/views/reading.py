"""The library and a record, for readers."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from publications.enums import RecordState
from publications.models import Record
from red_mpe.core.listing import page_of


@require_safe
@login_not_required
def library(request: HttpRequest) -> HttpResponse:
    """The newest records."""
    page = page_of(request, Record.objects.listed_for(request.user).for_list())
    return render(request, "publications/library.html", {"page": page})


@require_safe
@login_not_required
def record_detail(request: HttpRequest, code: str) -> HttpResponse:
    """One record; of a withdrawn one the tombstone, with 410."""
    record = get_object_or_404(Record.objects.visible_to(request.user).for_detail(), code=code)
    status = 410 if record.state == RecordState.WITHDRAWN else 200
    return render(request, "publications/record_detail.html", {"record": record}, status=status)
