"""Searches that somebody keeps."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from publications.actions import searching as actions
from publications.forms.searching import SearchForm
from publications.models import Asked, SavedSearch
from publications.models.asking import SORTS
from publications.search.library import LibraryFilter
from red_mpe.core.http import MemberRequest, see_other
from red_mpe.core.predicates import is_present
from red_mpe.core.states import DomainError

ORDERS = {
    "relevance": gettext_lazy("Best answer first"),
    "newest": gettext_lazy("Newest in the library"),
    "year": gettext_lazy("Newest work"),
    "title": gettext_lazy("Title"),
}


@require_safe
def saved_searches(request: MemberRequest) -> HttpResponse:
    """The searches one keeps."""
    return _page(request)


@require_POST
def keep_search(request: MemberRequest) -> HttpResponse:
    """Keep the posted search; refused, the name stays in the form."""
    asked, form = Asked.read(request.POST.get("query", "")[:2_000]), SearchForm(request.POST)
    if form.is_valid():
        try:
            actions.keep_search(actor=request.user, asked=asked, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The search is kept."))
            return see_other(reverse("publications:saved_searches"))
    return _page(request, status=422, new=form, query=asked.query)


@require_POST
def change_search(request: MemberRequest, pk: int) -> HttpResponse:
    """Give a kept search another name, or switch its news on or off."""
    search, form = _own(request, pk), SearchForm(request.POST)
    if not form.is_valid():
        return _page(request, status=422, wrong=(search, form))
    actions.change_search(actor=request.user, search=search, **form.cleaned_data)
    messages.success(request, _("Changed."))
    return see_other(reverse("publications:saved_searches"))


@require_POST
def delete_search(request: MemberRequest, pk: int) -> HttpResponse:
    """Forget a kept search."""
    actions.delete_search(actor=request.user, search=_own(request, pk))
    messages.success(request, _("The search is deleted."))
    return see_other(reverse("publications:saved_searches"))


def _own(request: MemberRequest, pk: int) -> SavedSearch:
    return get_object_or_404(SavedSearch.objects.visible_to(request.user), pk=pk)


def _page(request: MemberRequest, status: int = 200, wrong: Any = None, **more: Any) -> HttpResponse:
    """Show what is kept, each with its form; the one that was refused as it was sent."""
    kept = [
        (
            one,
            wrong[1] if wrong and wrong[0] == one else SearchForm(initial={"name": one.name, "alert": one.alert}, auto_id=f"s{one.pk}_%s"),
        )
        for one in SavedSearch.objects.visible_to(request.user)
    ]
    return render(request, "publications/saved_searches.html", {"kept": kept, **more}, status=status)


def sorts_of(found: LibraryFilter) -> list[dict[str, Any]]:
    """Return the orders of the list; by relevance only where there are words."""
    asked = found.asked
    return [
        {"url": found.address(sort=key), "label": ORDERS[key], "current": key == asked.order}
        for key in SORTS
        if key != "relevance" or asked.words
    ]


def kept_of(request: HttpRequest, found: LibraryFilter) -> dict[str, Any] | None:
    """Return what the form for keeping this search needs; nothing without an account or without a question."""
    if found.asked.is_empty or not is_present(request.user):
        return None
    name = ", ".join(one.label for one in found.chosen)
    return {"query": found.asked.query, "name": name if len(name) <= 120 else name[:119] + "…"}
