"""Who uses a record: apps above the library say it here, in `AppConfig.ready()`; a record's page asks them all."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class UsedBy:
    """One use of a record: where, in words that begin with what it does there ("supports clause 2.3.1 of version 0.2")."""

    record: int
    label: str
    url: str
    note: str = ""
    lang: str = ""


@dataclass(frozen=True)
class UseSource:
    """A kind of use.

    `find(records, user)` takes keys of records and returns the uses that `user` may see, with a number of queries that does not
    depend on how many there are.
    """

    key: str
    label: str | Promise
    find: Callable[[Iterable[int], Any], list[UsedBy]]
    rank: int = 50


_sources: dict[str, UseSource] = {}


def register(*sources: UseSource) -> None:
    """Make sources known; a key registered twice is a mistake in the code and is refused."""
    for source in sources:
        if source.key in _sources:
            raise ValueError(f"{source.key} is registered twice")
        _sources[source.key] = source


def sources() -> list[UseSource]:
    """Return all sources in the order of the page."""
    return sorted(_sources.values(), key=lambda source: (source.rank, source.key))
