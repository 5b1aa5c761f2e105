"""What matches a question: by whole words in three languages, by parts of names."""

from collections.abc import Callable
from functools import reduce
from operator import and_, or_
from typing import Any, Final

from django.contrib.postgres.search import SearchHeadline, SearchQueryField, SearchRank, SearchVector, SearchVectorField
from django.db import models
from django.db.models import Case, F, Func, Q, Value, When
from django.db.models.functions import Greatest
from django.utils.safestring import SafeString

from red_mpe.core.locale import COLUMN, column_language
from red_mpe.core.search.question import Question
from red_mpe.core.text import marked

CAP: Final = 1_000
RANKED: Final = 2_000  # of more matches the newest: ranking costs by the match, and so many tell that the word was too frequent
SHORTEST: Final = 3  # letters that a search for a person or an organisation needs (trust.md)


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


class Ready(Func):
    """A question in the database's own notation, as `Question.ready` has it."""

    template = "%(expressions)s::tsquery"
    output_field = SearchQueryField()

    def __init__(self, notation: str) -> None:
        super().__init__(Value(notation))


class Match(Func):
    """Whether words hold a question; stands in a filter as it is."""

    template = "%(expressions)s"
    arg_joiner = " @@ "
    output_field = models.BooleanField()


def holding(vectors: dict[str, Any], question: Question) -> dict[str, Match]:
    """Return for each language in which something is left of the question the condition that a row holds it."""
    return {c: Match(vectors[c], Ready(notation)) for c, notation in question.ready.items()}


def leaving_out(vectors: dict[str, Any], question: Question) -> Q:
    """Return the condition that a row holds nothing of what is to be left out, in any language."""
    return reduce(and_, (~Q(Match(vectors[c], Ready(notation))) for c, notation in question.without.items()), Q())


def rank_of(vectors: dict[str, Any], question: Question) -> Any:
    """Return how well a row answers, by its best language; the reader's counts double, and so do the reader's own words before synonyms."""
    notations = [question.ready, question.exact] if question.synonyms else [question.ready]
    parts = [
        SearchRank(vectors[c], Ready(notation), weights=WEIGHTS) * Value(2.0 if c == column_language() else 1.0)
        for notation_of in notations
        for c, notation in notation_of.items()
    ]
    return Greatest(*parts) if len(parts) > 1 else parts[0]


def full_text(
    rows: "models.QuerySet[Any]", words: str, *, title: str, body: tuple[str, ...], kept: bool = False, extra: Q | None = None
) -> "models.QuerySet[Any]":
    """Return the rows that hold `words` in any language, best first, with `found_lang`, `found_title` and `found_snippet`.

    A row is shown in the reader's language where the words are in that, otherwise in the language they are in.
    With `kept` the table has them ready in the columns `words_<language>` and is long: of very many matches the newest are ranked.
    `extra` finds rows by something else, such as their label. Found words stand between control characters: see `hit_text`.
    """
    question, columns = Question.of(words), reader_first()
    vectors: dict[str, Any] = {c: Kept(f"words_{c}") if kept else vector(c, title, *body) for c in columns}
    other, holds = extra or Q(pk__in=[]), holding(vectors, question)
    conditions = [Q(holds[c]) for c in columns if c in holds]
    matches = rows.filter(reduce(or_, conditions, other), leaving_out(vectors, question))
    if kept:
        matches = rows.filter(other | Q(pk__in=matches.order_by("-pk").values("pk")[:RANKED]))
    rank = rank_of(vectors, question) if holds else Value(0.0)
    return matches.annotate(rank=rank, **_shown(columns, holds, question, title, body[0])).order_by("-rank", "pk")


def _shown(columns: list[str], holds: dict[str, Match], question: Question, title: str, body: str) -> dict[str, Any]:
    """Return title, snippet and language: of the first language that holds the words, otherwise of the first that is written."""
    written = {c: Q(**{f"{title}_{c}__gt": ""}) | Q(**{f"{body}_{c}__gt": ""}) for c in columns}
    found = {c: Q(holds[c]) for c in columns if c in holds}

    def by_language(then: Callable[[str], Any], rest: Callable[[str], Any]) -> Any:
        other = Case(*(When(condition, then=rest(c)) for c, condition in written.items()), default=rest(columns[0]), output_field=_TEXT)
        marks = [When(condition, then=then(c)) for c, condition in found.items()]
        return Case(*marks, default=other, output_field=_TEXT) if marks else other

    return {
        "found_lang": by_language(Value, Value),
        "found_title": by_language(lambda c: headline(f"{title}_{c}", question, c, whole=True), lambda c: F(f"{title}_{c}")),
        "found_snippet": by_language(lambda c: headline(f"{body}_{c}", question, c), lambda c: F(f"{body}_{c}")),
    }


_TEXT = models.TextField()
WEIGHTS: Final = [0.05, 0.1, 0.4, 1.0]  # of text, nothing, names and abstract, title


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


def reader_first() -> list[str]:
    """Return the languages, the reader's first, then Spanish."""
    return sorted(COLUMN.values(), key=lambda column: (column != column_language(), column != "es"))


def headline(field: Any, question: Question, column: str, *, whole: bool = False) -> SearchHeadline:
    """Return a text with the found words between marks: the whole of it, or its best passages."""
    size: dict[str, Any] = (
        {"highlight_all": True} if whole else {"max_words": 30, "min_words": 15, "max_fragments": 2, "fragment_delimiter": " … "}
    )
    query = Ready(question.ready[column])
    return SearchHeadline(field, query, config=f"red_{column}", start_sel=_MARKS[0], stop_sel=_MARKS[1], **size)
