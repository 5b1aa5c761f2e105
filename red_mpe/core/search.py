"""Search over several apps: each registers its sources in `AppConfig.ready()`, the portal's search page asks them all."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import add, or_
from typing import Any, Final

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank, SearchVector, SearchVectorField
from django.db import models
from django.db.models import Case, F, Func, Q, Value, When
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from red_mpe.core.locale import COLUMN, column_language
from red_mpe.core.text import marked

CAP: Final = 1_000
RANKED: Final = 2_000  # of more matches the newest: ranking costs by the match, and so many tell that the word was too frequent
SHORTEST: Final = 3  # letters that a search for a person or an organisation needs (trust.md)


@dataclass(frozen=True)
class Hit:
    """One thing found. `title` and `snippet` are safe HTML with the found words marked; `lang` is the language they are in."""

    url: str
    title: SafeString
    snippet: SafeString = SafeString("")  # noqa: RUF009 - immutable
    kicker: str = ""
    lang: str = ""


@dataclass(frozen=True)
class Found:
    """What a source found: one page of hits, and how many there are, counted no further than 1,001."""

    hits: list[Hit]
    count: int


@dataclass(frozen=True)
class SearchSource:
    """A kind of thing that can be found.

    `find(words, user, start, stop)` returns only what `user` may see, the most relevant first, with a number of queries
    that does not depend on how much there is.
    """

    key: str
    label: str | Promise
    find: Callable[[str, Any, int, int], Found]
    rank: int = 50


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


def capped_count(rows: "models.QuerySet[Any]") -> int:
    """Return how many rows there are, at most 1,001: an exact count of everything costs more than it tells."""
    return rows.order_by().values("pk")[: CAP + 1].count()


class Fold(Func):
    """The expression's words in small letters without accents, the same way as the indexes on names."""

    function = "core_fold"
    arity = 1
    output_field = models.TextField()


class Kept(Func):
    """The words of a row in one language, from a column that the database fills and no model knows."""

    output_field = SearchVectorField()

    def __init__(self, column: str) -> None:
        super().__init__(F("pk"))
        self.column = column

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> Any:  # type: ignore[override]
        """Return the column of the very table the row's key is read from."""
        key: Any = self.source_expressions[0]
        return f"{compiler.quote_name_unless_alias(key.alias)}.{connection.ops.quote_name(self.column)}", []


def names_like(rows: "models.QuerySet[Any]", words: str, *fields: str) -> "models.QuerySet[Any]":
    """Return the rows of which every word of `words` is in one of `fields`, accents and capitals ignored; none for less than 3 letters."""
    if len("".join(words.split())) < SHORTEST:
        return rows.none()
    rows = rows.alias(**{f"_folded_{field}": Fold(field) for field in fields})
    for word in words.split()[:8]:
        rows = rows.filter(reduce(or_, (Q(**{f"_folded_{field}__contains": Fold(Value(word))}) for field in fields)))
    return rows


def full_text(
    rows: "models.QuerySet[Any]", words: str, *, title: str, body: tuple[str, ...], kept: bool = False, extra: Q | None = None
) -> "models.QuerySet[Any]":
    """Return the rows that hold `words` in any language, best first, with `found_lang`, `found_title` and `found_snippet`.

    A row is shown in the reader's language where the words are in that, otherwise in the language they are in.
    With `kept` the table has them ready in the columns `words_<language>` and is long: of very many matches the newest are ranked.
    `extra` finds rows by something else, such as their label. Found words stand between control characters: see `hit_text`.
    """
    columns = _reader_first()
    queries = {c: SearchQuery(words, config=f"red_{c}", search_type="websearch") for c in columns}
    vectors: dict[str, Any] = {c: Kept(f"words_{c}") if kept else vector(c, title, *body) for c in columns}
    holds = {c: Q(**{f"_in_{c}": queries[c]}) for c in columns}
    ranks = [SearchRank(vectors[c], queries[c]) * Value(2.0 if c == columns[0] else 1.0) for c in columns]
    written = {c: Q(**{f"{title}_{c}__gt": ""}) | Q(**{f"{body[0]}_{c}__gt": ""}) for c in columns}
    shown = {
        "found_lang": (lambda c: Value(c), _by_language(written, Value, Value(columns[0]))),
        "found_title": (
            lambda c: _headline(f"{title}_{c}", queries[c], c, whole=True),
            _by_language(written, lambda c: F(f"{title}_{c}"), F(f"{title}_{columns[0]}")),
        ),
        "found_snippet": (
            lambda c: _headline(f"{body[0]}_{c}", queries[c], c),
            _by_language(written, lambda c: F(f"{body[0]}_{c}"), F(f"{body[0]}_{columns[0]}")),
        ),
    }
    found, other = rows.alias(**{f"_in_{c}": vectors[c] for c in columns}), extra or Q(pk__in=[])
    matches = found.filter(reduce(or_, holds.values(), other))
    if kept:
        matches = found.filter(other | Q(pk__in=matches.order_by("-pk").values("pk")[:RANKED]))
    return matches.annotate(
        rank=reduce(add, ranks), **{name: _by_language(holds, then, rest) for name, (then, rest) in shown.items()}
    ).order_by("-rank", "pk")


def vector(column: str, *fields: str) -> SearchVector:
    """Return the words of `fields` in one language, parsed while one waits: for small tables."""
    return SearchVector(*(f"{field}_{column}" for field in fields), config=f"red_{column}")


def hit_text(text: str | None) -> SafeString:
    """Return a title or snippet of `full_text` as safe HTML with the found words marked."""
    return marked(text or "", *_MARKS)


def snippet_text(text: str | None) -> SafeString:
    """Return a snippet as `hit_text` does, with an ellipsis before one that begins in the middle of a sentence."""
    text = text or ""
    begins = text.lstrip(_MARKS[0])[:1]
    return hit_text(f"… {text}" if begins.islower() else text)


_MARKS: Final = ("\x02", "\x03")  # no text of ours holds them: core.text cleans them away


def _reader_first() -> list[str]:
    return sorted(COLUMN.values(), key=lambda column: (column != column_language(), column != "es"))


def _by_language(holds: dict[str, Q], then: Callable[[str], Any], rest: Any) -> Case:
    return Case(*(When(condition, then=then(c)) for c, condition in holds.items()), default=rest, output_field=models.TextField())


def _headline(field: str, query: SearchQuery, column: str, *, whole: bool = False) -> SearchHeadline:
    size: dict[str, Any] = (
        {"highlight_all": True} if whole else {"max_words": 30, "min_words": 15, "max_fragments": 2, "fragment_delimiter": " … "}
    )
    return SearchHeadline(field, query, config=f"red_{column}", start_sel=_MARKS[0], stop_sel=_MARKS[1], **size)
