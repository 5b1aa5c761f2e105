"""A page must not ask the database more because there is more to show."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext


def count_queries(read: Callable[[], Any]) -> list[str]:
    """Return the queries that `read` makes once everything that is asked once per process has been asked."""
    read()
    with CaptureQueriesContext(connection) as captured:
        read()
    return [query["sql"] for query in captured.captured_queries]


def flat(read: Callable[[], Any], grow: Callable[[], Any], *, ceiling: int = 12) -> None:
    """Fail unless `read` makes as many queries after `grow` has added three more as before, and no more than `ceiling`."""
    few = count_queries(read)
    grow()
    many = count_queries(read)
    assert len(many) == len(few), f"{len(few)} queries became {len(many)}:\n" + "\n".join(sorted(set(many) - set(few)))
    assert len(many) <= ceiling, f"{len(many)} queries are more than {ceiling}:\n" + "\n".join(many)
