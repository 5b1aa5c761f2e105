"""Lists: pages of twenty, with their state in the query string."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

PAGE = 20


def page_of(request: HttpRequest, rows: "QuerySet[Any] | list[Any]", size: int = PAGE) -> Page[Any]:
    """Return the asked page; a page that does not exist gives the nearest one, never an error."""
    return Paginator(rows, size).get_page(request.GET.get("page"))


class CountedPaginator(Paginator):  # type: ignore[type-arg]
    """Pages of a list of which the length is known already."""

    def __init__(self, rows: "QuerySet[Any] | list[Any]", size: int, count: int) -> None:
        self.known = count
        super().__init__(rows, size)

    @cached_property
    def count(self) -> int:
        """The number of rows."""
        return self.known


def query_without(request: HttpRequest, *names: str) -> str:
    """Return the present query string without `names`, ready to be put before another parameter."""
    query = request.GET.copy()
    for name in names:
        query.pop(name, None)
    return query.urlencode()
