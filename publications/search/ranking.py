"""In which order records are found, and how they are shown to whoever searches."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.postgres.search import SearchVector, TrigramWordSimilarity
from django.db import models
from django.db.models import Case, F, Func, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Greatest, Left, NullIf, Substr

from publications.models import Asked, SearchDoc
from red_mpe.core.locale import SITE_LANGUAGE
from red_mpe.core.search import (
    Fold,
    Kept,
    Match,
    Question,
    headline,
    hit_text,
    rank_of,
    reader_first,
    snippet_text,
)
from red_mpe.core.search.matching import Ready

RANKED: Final = 20_000  # of more matches the newest: so many tell that the word was too frequent
REFINED: Final = 200  # the best by title, names and abstract are ranked once more with the text of their files
PASSAGE: Final = (300, 3_000)  # signs before the first word found in a long text, and from there on
OPENING: Final = 260  # signs of an abstract in which nothing was found
ALIKE: Final = 0.5  # of a title, when nothing else was found
_TEXT = models.TextField()
_ENGLISH_LAST = ("es", "en", "pt")


@dataclass(frozen=True)
class Shown:
    """How a record is shown: its title in the reader's language where it has one, and the passage that answers, each with its language."""

    title: Any
    title_lang: str
    snippet: Any
    snippet_lang: str


def best(docs: QuerySet[Any], words: Question, stop: int) -> QuerySet[Any]:
    """Return those documents in the order of how well they answer, the newest first among equals.

    Title, names and abstract decide; the text of files only among the first 200, which are all that most readers look at.
    """
    near = docs.order_by("-pk").values("pk")[:RANKED]
    rows = SearchDoc.objects.filter(pk__in=near).annotate(lead=_rank("lead", words)).order_by("-lead", "-pk")
    if stop > REFINED:
        return rows
    return SearchDoc.objects.filter(pk__in=rows.values("pk")[:REFINED]).annotate(rank=_rank("words", words)).order_by("-rank", "-pk")


def _rank(columns: str, words: Question) -> Any:
    return rank_of({c: Kept(f"{columns}_{c}") for c in _ENGLISH_LAST}, words)


def by_title() -> list[Any]:
    """Return the order by title in the reader's language; the same expression as the index, sign for sign."""
    here = reader_first()[0]
    first, *others = [here, *(c for c in _ENGLISH_LAST if c != here)]
    title = Coalesce(NullIf(f"title_{first}", Value("")), NullIf(f"title_{others[0]}", Value("")), F(f"title_{others[1]}"))
    return [Fold(Left(title, 60)), "pk"]


ORDERS: dict[str, Callable[[], list[Any]]] = {
    "newest": lambda: ["-record__published_at", "-pk"],
    "year": lambda: [F("record__year").desc(nulls_last=True), "-pk"],
    "title": by_title,
}


def in_order(docs: QuerySet[Any], asked: Asked, stop: int) -> QuerySet[Any]:
    """Return the documents in the order that was asked for."""
    if asked.order == "relevance":
        return best(docs, asked.words, stop) if asked.words.ready else docs.none()
    return docs.order_by(*ORDERS[asked.order]())


def titles_like(docs: QuerySet[Any], words: Question) -> QuerySet[Any]:
    """Return documents with words alike in their title, the likest first: for when nothing holds the words themselves."""
    sought = Fold(Value(str(words)))
    alike = [TrigramWordSimilarity(sought, Fold(f"title_{c}")) for c in _ENGLISH_LAST]  # type: ignore[arg-type]
    like = [Q(_Like(sought, Fold(f"title_{c}"))) for c in _ENGLISH_LAST]
    return docs.filter(like[0] | like[1] | like[2]).annotate(alike=Greatest(*alike)).filter(alike__gte=ALIKE).order_by("-alike", "-pk")


class _Like(Func):
    """Whether a word of the second text is like the first, by the index of trigrams."""

    template = "%(expressions)s"
    arg_joiner = " <%% "
    output_field = models.BooleanField()


def shown(keys: list[int], words: Question) -> dict[int, Shown]:
    """Return how those records are shown, found words marked, with one query."""
    columns = reader_first()
    rows = SearchDoc.objects.filter(pk__in=keys).annotate(**_title(columns, words), **_snippet(columns, words))
    found = rows.values_list("pk", "found_title", "title_in", "found_snippet", "snippet_in")
    return {
        pk: Shown(hit_text(title), SITE_LANGUAGE[title_in], snippet_text(snippet), SITE_LANGUAGE[snippet_in])
        for pk, title, title_in, snippet, snippet_in in found
    }


def _title(columns: list[str], words: Question) -> dict[str, Any]:
    titles = {c: headline(f"title_{c}", words, c, whole=True) if c in words.ready else F(f"title_{c}") for c in columns}
    written = {c: Q(**{f"title_{c}__gt": ""}) for c in columns}
    return {
        "found_title": Case(*(When(written[c], then=titles[c]) for c in columns), default=Value(""), output_field=_TEXT),
        "title_in": Case(*(When(written[c], then=Value(c)) for c in columns), default=Value("es"), output_field=_TEXT),
    }


def _snippet(columns: list[str], words: Question) -> dict[str, Any]:
    """The passage that answers: of the abstract, of the text, in the first language that holds the words; otherwise how it begins."""
    cases, languages = [], []
    for c in (c for c in columns if c in words.ready):
        in_abstract = Q(Match(SearchVector(f"abstract_{c}", config=f"red_{c}"), Ready(words.some[c])))
        holds = Q(Match(Kept(f"words_{c}"), Ready(words.ready[c])))
        cases.append(When(holds & in_abstract, then=headline(f"abstract_{c}", words, c)))
        cases.append(When(holds & Q(**{f"body_{c}__gt": ""}), then=headline(_passage(f"body_{c}", words), words, c)))
        languages.append(When(holds & (in_abstract | Q(**{f"body_{c}__gt": ""})), then=Value(c)))
    written = {c: Q(**{f"abstract_{c}__gt": ""}) for c in columns}
    cases += [When(written[c], then=Left(f"abstract_{c}", OPENING)) for c in columns]
    languages += [When(written[c], then=Value(c)) for c in columns]
    return {
        "found_snippet": Case(*cases, default=Value(""), output_field=_TEXT),
        "snippet_in": Case(*languages, default=Value("es"), output_field=_TEXT),
    }


def _passage(field: str, words: Question) -> Any:
    """Return the part of a long text around the first word found: marking two hundred thousand signs would take too long."""
    place = Func(Fold(field), Value(words.beginnings), function="regexp_instr", output_field=models.IntegerField())
    return Substr(field, Greatest(place - PASSAGE[0], 1), PASSAGE[1])
