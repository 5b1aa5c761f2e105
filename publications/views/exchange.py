"""Citing a record, and taking records away as files."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from publications.enums import RecordState
from publications.exports.csl import csl_items
from publications.exports.formats import FORMATS, MOST, Format
from publications.models import Collection, CollectionItem, Record
from publications.search.library import LibraryFilter
from publications.search.ranking import in_order
from red_mpe.core.limits import refuse_too_many

_AN_HOUR = 240


@require_safe
@login_not_required
def record_address(request: HttpRequest, code: str) -> HttpResponse:
    """The permanent address of a record: leads to its page in the reader's language, whatever that page answers."""
    response = HttpResponseRedirect(reverse("publications:record_detail", args=[code]))
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


@require_safe
@login_not_required
def record_cite(request: HttpRequest, code: str) -> HttpResponse:
    """The citations of a record, and its files for reference managers."""
    rows = Record.objects.visible_to(request.user).exclude(state=RecordState.WITHDRAWN)
    record = get_object_or_404(rows.for_detail(), code=code)
    return render(request, "publications/cite/record_cite.html", {"record": record})


@require_safe
@login_not_required
def record_export(request: HttpRequest, code: str, format: str) -> HttpResponse:
    """A record as a file."""
    _refuse(request, format)
    rows = Record.objects.visible_to(request.user).exclude(state=RecordState.WITHDRAWN).filter(code=code)
    return _answer(request, rows, format, code)


@require_safe
@login_not_required
def collection_export(request: HttpRequest, slug: str, format: str) -> HttpResponse:
    """The records of a collection, in its order, as far as the reader finds them."""
    _refuse(request, format)
    collection = get_object_or_404(Collection.objects.visible_to(request.user), slug=slug)
    items = CollectionItem.objects.visible_to(request.user).filter(collection=collection)
    rows = Record.objects.filter(collection_items__in=items).order_by("collection_items__position", "collection_items__id")
    return _answer(request, rows, format, slug)


@require_safe
@login_not_required
def library_export(request: HttpRequest, format: str) -> HttpResponse:
    """What a search of the library finds (the query of its page), in its order; the newest records where nothing is asked."""
    _refuse(request, format)
    found = LibraryFilter(request.GET, reader=request.user)
    docs = in_order(found.asked.narrow(found.docs), found.asked, MOST)
    codes = list(docs.values_list("record__code", flat=True)[:MOST])
    rows = Record.objects.listed_for(request.user).filter(code__in=codes)
    return _answer(request, rows, format, "red-mpe", codes)


def _refuse(request: HttpRequest, format: str) -> None:
    """Refuse, before anything is searched, a format that does not exist and whoever has taken too much this hour."""
    if format not in FORMATS:
        raise Http404
    refuse_too_many(request, "export", _AN_HOUR, 3600)


def _answer(request: HttpRequest, rows: "QuerySet[Any]", code: str, name: str, order: Sequence[str] = ()) -> HttpResponse:
    """Write the file, in the order of codes where one is given; 404 where there is nothing to write."""
    format = FORMATS[code]
    items = csl_items(rows[: format.most], request.user)
    if not items:
        raise Http404
    if order:
        items.sort(key=lambda item: order.index(item["id"]))
    return _file(format.write(items), format, name)


def _file(text: str, format: Format, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type=f"{format.media}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.{format.extension}"'
    return response
