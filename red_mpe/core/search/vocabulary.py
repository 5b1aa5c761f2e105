"""“Did you mean”: words that public texts hold and that look like one that none of them holds."""

from collections.abc import Iterable
from typing import Any, Final

from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection
from django.db.models import Case, Value, When

from red_mpe.core.locale import column_language
from red_mpe.core.models import Lexeme
from red_mpe.core.search.question import Question, fold

SHORTEST: Final = 4  # letters of a word that can be mistaken for another
WORDS: Final = 4  # unknown words of one question that are looked up
NEAR: Final = 12  # words alike that are compared letter by letter


def suggestion(question: Question) -> str:
    """Return the question with its unknown words replaced by known ones that look alike; nothing where none does. One query."""
    asked = sorted({fold(word) for word in question.words if len(word) >= SHORTEST and word.isalpha()})[:WORDS]
    if not asked:
        return ""
    first, *others = [_alike(word) for word in asked]
    found = list(first.union(*others, all=True))
    better = {word: best for word in asked if (best := _nearest(word, [row for row in found if row[0] == word]))}
    return question.corrected(better) if better else ""


def _alike(word: str) -> Any:
    """Return known words with letters in common, the likest first, the reader's language and the more frequent before others."""
    mine = Case(When(language=column_language(), then=Value(0)), default=Value(1))
    rows = Lexeme.objects.filter(folded__trigram_similar=word)
    rows = rows.annotate(asked=Value(word), alike=TrigramSimilarity("folded", word), foreign=mine)
    return rows.order_by("-alike", "foreign", "-texts").values_list("asked", "word", "folded", "foreign", "texts")[:NEAR]


def _nearest(word: str, rows: list[tuple[str, str, str, int, int]]) -> str:
    """Return the word that is fewest strokes away; nothing for a word that is known, or of which nothing is near."""
    near = [(strokes(word, folded), foreign, -texts, known) for _asked, known, folded, foreign, texts in rows]
    best = min(near, default=None)
    return best[3] if best and 0 < best[0] <= max(1, len(word) // 3) else ""


def strokes(one: str, other: str) -> int:
    """Return how many letters must be changed, added, left out or swapped with their neighbour to make `other` of `one`."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        last, row, older = row, [i], before
        for j, wanted in enumerate(other, 1):
            row.append(min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != wanted)))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                row[j] = min(row[j], older[j - 2] + 1)
        before = last
    return row[-1]


def learn(texts: Iterable[tuple[str, object]]) -> int:
    """Take the words of these (language, queryset of one column) anew, in the caller's transaction; return how many there are."""
    Lexeme.objects.all().delete()
    parts = [(language, *rows.query.sql_with_params()) for language, rows in texts]  # type: ignore[attr-defined]
    if not parts:
        return 0
    union = " UNION ALL ".join(f"SELECT %s::text AS l, t.* FROM ({sql}) t(words)" for _language, sql, _values in parts)  # noqa: S608 - Django's SQL
    with connection.cursor() as cursor:
        cursor.execute(_LEARN.format(union=union), [value for language, _sql, values in parts for value in (language, *values)])
        return cursor.rowcount


_LEARN = """
INSERT INTO core_lexeme (language, word, folded, texts)
SELECT l, lexeme, core_fold(lexeme), count(*)
FROM ({union}) texts, unnest(to_tsvector('simple', coalesce(texts.words, '')))
WHERE lexeme ~ '^[[:alpha:]]{{4,40}}$'
GROUP BY l, lexeme
"""
