"""Who can be searched: each app registers its sources in `AppConfig.ready()`, the portal's search page asks them all."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Hit:
    """One thing found. `title` and `snippet` are safe HTML with the found words marked; `lang` is the language they are in,
    `snippet_lang` that of the snippet where it is another."""

    url: str
    title: SafeString
    snippet: SafeString = SafeString("")  # noqa: RUF009 - immutable
    kicker: str = ""
    lang: str = ""
    snippet_lang: str = ""


@dataclass(frozen=True)
class Found:
    """What a source found: one page of hits, and how many there are, counted no further than 1,001."""

    hits: list[Hit]
    count: int


@dataclass(frozen=True)
class SearchSource:
    """A kind of thing that can be found.

    `find(words, user, start, stop)` returns only what `user` may see, the most relevant first, with a number of queries
    that does not depend on how much there is; `words` is a `Question`. `texts(language)` gives querysets of one column of
    words each that **everybody** may read: from them the search learns which words there are. `page(words)` is the address of
    a page of its own that finds the same and more.
    """

    key: str
    label: str | Promise
    find: Callable[[str, Any, int, int], Found]
    rank: int = 50
    texts: Callable[[str], list[Any]] = lambda language: []
    page: Callable[[str], str] | None = None


_sources: dict[str, SearchSource] = {}


def register(*sources: SearchSource) -> None:
    """Make sources known; a key registered twice is a mistake in the code and is refused."""
    for source in sources:
        if source.key in _sources:
            raise ValueError(f"{source.key} is registered twice")
        _sources[source.key] = source


def sources() -> list[SearchSource]:
    """Return all sources in the order of the page."""
    return sorted(_sources.values(), key=lambda source: (source.rank, source.key))
