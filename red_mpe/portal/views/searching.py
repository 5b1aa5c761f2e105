"""One page that searches everything the reader may see."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from red_mpe.core.limits import refuse_too_many
from red_mpe.core.listing import query_without
from red_mpe.core.search import Question
from red_mpe.core.text import clean_line
from red_mpe.portal.search import better_words, one_kind, overview, source_of

A_MINUTE = 60  # searches by one reader


@login_not_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show the best of each kind, or with `in=` all of one kind in pages of twenty."""
    words = Question(clean_line(request.GET.get("q", "")[:1_000]), literal=request.GET.get("exact") == "1")
    if words:
        refuse_too_many(request, "search", A_MINUTE, 60)
    context: dict[str, Any] = {"words": words, "query": query_without(request, "page")}
    if words and (source := source_of(request.GET.get("in", ""))):
        number = request.GET.get("page", "1")[:4]
        section, context["page"] = one_kind(source, words, request.user, int(number) if number.isdecimal() else 1)
        context |= {"sections": [section], "only": source}
    else:
        context["sections"] = overview(words, request.user)
    context["better"] = better_words(words, context["sections"], request.user)
    return render(request, "portal/search.html", context)
