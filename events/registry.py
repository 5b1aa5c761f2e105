"""What sessions discuss: apps above events say it here, in `AppConfig.ready()`; agendas and the pages of sessions ask them all."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Discussed:
    """One thing that a session discusses: its words ("clause 2.3.1 · Marco, version 0.2") and its page."""

    session: int
    label: str
    url: str


@dataclass(frozen=True)
class DiscussedSource:
    """A kind of thing that sessions discuss.

    `find(sessions, user)` takes keys of sessions and returns what `user` may see of it, with a number of queries that does not
    depend on how many there are. `choose(event, session)` takes their slugs and returns the page on which who runs the event says
    it; `invite` is the link to that page.
    """

    key: str
    invite: str | Promise
    find: Callable[[Iterable[int], Any], list[Discussed]]
    choose: Callable[[str, str], str]
    rank: int = 50


_sources: dict[str, DiscussedSource] = {}


def register(*sources: DiscussedSource) -> None:
    """Make sources known; a key registered twice is a mistake in the code and is refused."""
    for source in sources:
        if source.key in _sources:
            raise ValueError(f"{source.key} is registered twice")
        _sources[source.key] = source


def sources() -> list[DiscussedSource]:
    """Return all sources in the order of the page."""
    return sorted(_sources.values(), key=lambda source: (source.rank, source.key))
