"""The library and a record, for readers."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from publications.actions.visiting import note_visit
from publications.enums import LISTED, RecordState, Use
from publications.models import Record
from publications.rules import is_editor, is_member
from publications.search.library import LibraryFilter
from publications.views.counting import count
from publications.views.searching import kept_of, sorts_of
from publications.views.telling import gone_page, page_of_record
from red_mpe.core.limits import refuse_too_many
from red_mpe.core.search import capped_count

A_MINUTE = 60  # searches by one reader


@require_safe
@login_not_required
def library(request: HttpRequest) -> HttpResponse:
    """The library: by words, by facets, by year; what is new since the reader's last visit."""
    found = LibraryFilter(request.GET, reader=request.user)
    if not found.asked.is_empty:
        refuse_too_many(request, "search", A_MINUTE, 60)
    since = note_visit(actor=request.user)
    context = {"found": found, "asked": found.asked, "page": found.page, "cards": found.cards(since), "sorts": sorts_of(found)}
    new = capped_count(found.docs.filter(record__published_at__gt=since)) if since else 0
    may = {"may_edit": is_editor(request.user), "may_propose": is_editor(request.user) or is_member(request.user)}
    context |= {"new": new, "kept": kept_of(request, found), **may}
    context |= {"better_url": found.address(q=found.better, exact=""), "literal_url": found.address(exact="1")}
    response = render(request, "publications/library.html", context)
    if not found.asked.is_empty:
        response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
@login_not_required
def record_detail(request: HttpRequest, code: str) -> HttpResponse:
    """One record; of a withdrawn one the tombstone, with 410."""
    record = get_object_or_404(Record.objects.visible_to(request.user).for_detail(), code=code)
    if record.state == RecordState.WITHDRAWN:
        return render(request, "publications/record_gone.html", gone_page(request, record), status=410)
    if record.state in LISTED:
        count(request, record, Use.VIEW)
    return render(request, "publications/record_detail.html", page_of_record(request, record))
