"""The demonstration's clock: actions run at the moment they tell of, so that a past of two years has honest dates."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models.expressions import DatabaseDefault
from django.db.models.functions import Now
from django.utils import timezone


def days_ago(days: int, hour: int = 16, minute: int = 0) -> datetime:
    """Return the moment so many days before today, in UTC."""
    return datetime.combine(timezone.now().date() - timedelta(days=days), time(hour, minute), timezone.now().tzinfo)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let `timezone.now()`, and the database's clock where columns default to it, say `moment` inside the block.

    For the one thread that fills an empty database with a demonstration, and for nothing else.
    """
    kept = timezone.now, DatabaseDefault.as_sql, Now.as_postgresql

    def default(self: Any, compiler: Any, connection: Any) -> Any:
        return compiler.compile(self.expression)

    def literal(self: Any, compiler: Any, connection: Any, **context: Any) -> Any:
        return "%s::timestamptz", [moment]

    _set(lambda: moment, default, literal)
    try:
        yield
    finally:
        _set(*kept)


def _set(now: Any, default: Any, literal: Any) -> None:
    timezone.now, DatabaseDefault.as_sql, Now.as_postgresql = now, default, literal  # type: ignore[assignment,method-assign]
