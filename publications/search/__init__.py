"""What of the library the search page finds."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from publications.enums import RecordKind
from publications.models import Asked, SearchDoc
from publications.search.ranking import Shown, best, shown
from red_mpe.core.search import Found, Hit, Question, SearchSource, capped_count


def find_records(words: str, user: Any, start: int, stop: int) -> Found:
    """Records by title, names, abstract and text."""
    question = Question.of(words)
    docs = Asked(question).narrow(SearchDoc.objects.listed_for(user))
    if not question.ready:
        return Found([], 0)
    rows = best(docs, question, stop)[start:stop].values_list("pk", "record__code", "record__kind", "record__year")
    found = list(rows)
    told = shown([row[0] for row in found], question) if found else {}
    return Found([_hit(told[pk], code, kind, year) for pk, code, kind, year in found if pk in told], capped_count(docs) if found else 0)


def _hit(told: Shown, code: str, kind: str, year: int | None) -> Hit:
    return Hit(
        url=reverse("publications:record_detail", args=[code]),
        title=told.title,
        snippet=told.snippet,
        kicker=" · ".join(str(part) for part in (RecordKind(kind).label, year) if part),
        lang=told.title_lang,
        snippet_lang=told.snippet_lang,
    )


def public_texts(column: str) -> list[Any]:
    """What everybody may read of the library, for learning its words."""
    docs = SearchDoc.objects.listed_for(AnonymousUser()).order_by()
    return [docs.values_list(f"{field}_{column}") for field in ("title", "abstract")] + [docs.values_list("names")]


def library_page(words: str) -> str:
    """Return the address of the library asked the same."""
    return f"{reverse('publications:library')}?{urlencode({'q': words})}"


SOURCES = (SearchSource("records", _("Library"), find_records, rank=15, texts=public_texts, page=library_page),)
