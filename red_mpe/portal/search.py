"""The search page's reading: what each registered source finds."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator

from red_mpe.core.listing import PAGE
from red_mpe.core.search import CAP, Found, Question, SearchSource, sources, suggestion

FEW = 5  # of each kind, while no kind is chosen
LITTLE = 3  # hits of everything: of no more one wonders whether the words were meant


@dataclass(frozen=True)
class Section:
    """One kind of thing and what was found of it."""

    source: SearchSource
    found: Found
    page: str = ""

    @property
    def more(self) -> bool:
        """Tell whether there is more than is shown."""
        return self.found.count > len(self.found.hits)


class _Counted:
    """Stands in for the list that a paginator measures: only the asked page is ever fetched."""

    def __init__(self, found: int) -> None:
        self._found = min(found, CAP)

    def count(self) -> int:
        return self._found

    def __len__(self) -> int:
        return self._found

    def __getitem__(self, place: slice) -> list[Any]:
        return []


def overview(words: str, user: Any) -> list[Section]:
    """Return the few best of each kind; kinds without a hit are left out."""
    found = [_section(source, words, user, 0, FEW) for source in sources()] if words else []
    return [section for section in found if section.found.count]


def _section(source: SearchSource, words: str, user: Any, start: int, stop: int) -> Section:
    return Section(source, source.find(words, user, start, stop), source.page(words) if source.page else "")


def one_kind(source: SearchSource, words: str, user: Any, number: int) -> tuple[Section, Page[Any]]:
    """Return one page of one kind. Beyond the thousandth hit there is no page: a better word is nearer than page fifty-one."""
    number = max(1, min(number, CAP // PAGE))
    section = _section(source, words, user, (number - 1) * PAGE, number * PAGE)
    pages: Paginator[Any] = Paginator(_Counted(section.found.count), PAGE)  # type: ignore[arg-type]
    return section, pages.get_page(number)


def better_words(words: Question, sections: list[Section], user: Any) -> str:
    """Return the words as they may have been meant, when little was found; only words that this reader would find something with."""
    if not words or sum(section.found.count for section in sections) > LITTLE:
        return ""
    better = suggestion(words)
    meant = Question(better)
    return better if better and any(source.find(meant, user, 0, 1).count for source in sources()) else ""


def source_of(key: str) -> SearchSource | None:
    """Return the registered source of that key."""
    return next((source for source in sources() if source.key == key), None)
