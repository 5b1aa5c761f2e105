"""The library as a feed: the newest, or what is new in a search."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members.models import told
from publications.enums import RecordKind
from publications.models import SearchDoc
from publications.search.library import LibraryFilter
from red_mpe.core.limits import refuse_too_many
from red_mpe.core.text import excerpt

ENTRIES = 30
A_MINUTE = 30  # feeds by one reader
_TEXTS = tuple(f"{field}_{c}" for field in ("title", "abstract") for c in ("es", "en", "pt"))


@require_safe
@login_not_required
def atom(request: HttpRequest) -> HttpResponse:
    """The newest thirty that answer, of what everybody may read, whoever asks."""
    refuse_too_many(request, "feed", A_MINUTE, 60)
    found = LibraryFilter(request.GET, reader=AnonymousUser())
    names = ", ".join(one.label for one in found.chosen)
    feed = Atom1Feed(
        title=f"{_('Library')}: {names}" if names else _("Library: the newest"),
        link=f"{settings.BASE_URL}{reverse('publications:library')}?{found.asked.query}",
        description="",
        language=get_language(),
        feed_url=f"{settings.BASE_URL}{request.path}?{found.asked.query}",
    )
    docs = found.asked.narrow(SearchDoc.objects.listed_for(AnonymousUser())).order_by("-record__published_at", "-pk")
    for row in docs.values("record__code", "record__kind", "record__published_at", "record__stamp", *_TEXTS)[:ENTRIES]:
        _add(feed, row)
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def _add(feed: Atom1Feed, row: dict[str, Any]) -> None:
    address = settings.BASE_URL + reverse("publications:record_detail", args=[row["record__code"]])
    feed.add_item(
        title=told(row, "title").text or row["record__code"],
        link=address,
        description=excerpt(told(row, "abstract").text, 400),
        unique_id=f"tag:{settings.BASE_URL.split('//')[-1].split(':')[0]},2026:{row['record__code']}",
        pubdate=row["record__published_at"],
        updateddate=row["record__stamp"],
        categories=[str(RecordKind(row["record__kind"]).label)],
    )
