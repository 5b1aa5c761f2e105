"""Collections, for readers."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from members.models.texts import Told, told
from members.rules import is_shown
from publications.enums import RecordKind
from publications.exports import usb
from publications.exports.describing import weight
from publications.models import Collection, CollectionItem
from publications.rules import is_editor
from red_mpe.core.locale import COLUMN
from red_mpe.core.text import excerpt, markdown, plain

_WORDS = tuple(f"{field}_{column}" for field in ("note", "record__title") for column in COLUMN.values())
_FACTS = ("record__code", "record__kind", "record__year", "record__publisher", "record__state")


@require_safe
@login_not_required
def collection_list(request: HttpRequest) -> HttpResponse:
    """All collections in their order, with how much of each this reader finds."""
    rows = list(Collection.objects.visible_to(request.user).select_related("theme", "group"))
    counts = CollectionItem.objects.visible_to(request.user).order_by().values_list("collection").annotate(many=Count("pk"))
    many = dict(counts)
    context = {"rows": [_card(row, many.get(row.pk, 0), request.user) for row in rows], "may_add": is_editor(request.user)}
    return render(request, "publications/collection_list.html", context)


def _group_of(row: Collection, user: Any) -> Told | None:
    """Return the name of its group, where the reader may know of the group."""
    return told(row.group, "name") if row.group and is_shown(user, row.group) else None


def _card(row: Collection, many: int, user: Any) -> dict[str, Any]:
    introduction = told(row, "introduction")
    return {
        "collection": row,
        "title": told(row, "title"),
        "introduction": introduction,
        "words": excerpt(plain(markdown(introduction.text)), 180),
        "many": many,
        "group": _group_of(row, user),
    }


@require_safe
@login_not_required
def collection_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One collection with its records in order; what the reader may not read is simply not there."""
    collection = get_object_or_404(Collection.objects.visible_to(request.user).select_related("theme", "group"), slug=slug)
    introduction = told(collection, "introduction")
    edition = usb.outline(collection)
    context = {
        "collection": collection,
        "title": told(collection, "title") or Told(collection.slug, "", ""),
        "introduction": introduction,
        "introduction_html": markdown(introduction.text, rich=True),
        "group": _group_of(collection, request.user),
        "items": items_of(CollectionItem.objects.visible_to(request.user).filter(collection=collection)),
        "edition": edition,
        "edition_weight": weight(edition.size),
        "may_edit": is_editor(request.user),
    }
    return render(request, "publications/collection_detail.html", context)


def items_of(rows: Any) -> list[dict[str, Any]]:
    """Return the records of a collection as lines: one query."""
    return [_line(row) for row in rows.order_by("position", "id").values("pk", *_WORDS, *_FACTS)]


def _line(row: dict[str, Any]) -> dict[str, Any]:
    code = row["record__code"]
    facts = (str(RecordKind(row["record__kind"]).label), row["record__year"], row["record__publisher"])
    return {
        "code": code,
        "state": row["record__state"],
        "title": told(row, "record__title") or Told(code, "", ""),
        "facts": " · ".join(str(fact) for fact in facts if fact),
        "note": told(row, "note"),
        "url": reverse("publications:record_detail", args=[code]),
    }
