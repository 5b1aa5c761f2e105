"""What somebody asks: words, “phrases”, -exclusions, and the synonyms that go with them, ready for the database."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final
from unicodedata import combining, normalize

from django.core.cache import cache
from django.db import connection

from red_mpe.core.locale import COLUMN
from red_mpe.core.models import SynonymSet

LONGEST: Final = 200  # signs of a question
MOST: Final = 12  # terms of a question
NGRAM: Final = 4  # words of the longest synonym that is looked up
SHOWN: Final = 8  # synonyms told to the reader
SYNONYMS: Final = "search:synonyms"  # their place in the cache
_TERM = re.compile(r'(-?)(?:"([^"]*)"|(\S+))')
#: Words without weight in any of the three languages. PostgreSQL knows those of one language at a time, and would ask for “the” in Spanish.
_WEIGHTLESS: Final = """
    a al an and ao aos as at by com con da das de del do dos e el em en for from in is la las lo los na nas no nos
    o of on or os ou para per pela pelo por que se sem sin sobre su sua the to um uma un una y with
"""
_EMPTY = frozenset(_WEIGHTLESS.split())


@dataclass(frozen=True)
class Term:
    """One thing that must be there, or must not. `others` are words that mean the same."""

    text: str
    phrase: bool = False
    out: bool = False
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Synonyms:
    """What was searched besides a word of the question."""

    text: str
    others: tuple[str, ...]


class Question(str):
    """The words of a question, which are all that most need to know of it; besides, what they mean.

    `literal` leaves synonyms out. Nothing is asked of the database before somebody needs it, and then once.
    """

    literal: bool

    def __new__(cls, words: str, *, literal: bool = False) -> "Question":
        """Read the first 200 signs."""
        question = super().__new__(cls, words[:LONGEST])
        question.literal = literal
        return question

    @classmethod
    def of(cls, words: str) -> "Question":
        """Return `words` as a question, which they may be already."""
        return words if isinstance(words, Question) else cls(words)

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """What is asked for, synonyms included."""
        plain = tuple(_terms(str(self)))
        return plain if self.literal else _with_others(plain, _groups())

    @cached_property
    def synonyms(self) -> list[Synonyms]:
        """What was searched besides, for telling."""
        return [Synonyms(term.text, term.others[:SHOWN]) for term in self.terms if term.others]

    @cached_property
    def words(self) -> list[str]:
        """The single words that are asked for, without those in quotes and those that are to be left out."""
        return [word for term in self.terms if not term.phrase and not term.out for word in term.text.split()]

    @property
    def ready(self) -> dict[str, str]:
        """What must be there in the database's own notation, by language; languages in which nothing is left of it are missing."""
        return self._notations[0]

    @property
    def exact(self) -> dict[str, str]:
        """What must be there without synonyms: what holds the reader's own words comes first."""
        return self._notations[1]

    @property
    def without(self) -> dict[str, str]:
        """What must not be there, whatever the language a text is found in."""
        return self._notations[2]

    @cached_property
    def _notations(self) -> tuple[dict[str, str], ...]:
        wanted = [term for term in self.terms if not term.out]
        bare = [Term(term.text, term.phrase) for term in wanted]
        return _prepare([(wanted, "&&"), (bare, "&&"), ([term for term in self.terms if term.out], "||")])

    @cached_property
    def some(self) -> dict[str, str]:
        """The notation for texts that hold any of the words: to choose the passage that is shown."""
        return {c: notation.replace(" & ", " | ") for c, notation in self.ready.items()}

    @cached_property
    def beginnings(self) -> str:
        """How the words begin, whatever their ending, as a regular expression over folded text."""
        texts = [text for term in self.terms if not term.out for text in (term.text, *term.others)]
        words = [word for text in texts for word in re.findall(r"\w+", fold(text)) if word not in _EMPTY]
        stems = dict.fromkeys(word[: max(4, len(word) - 2)] for word in words)
        return rf"\m({'|'.join(list(stems)[:MOST])})" if stems else ""

    def corrected(self, words: dict[str, str]) -> str:
        """Return the question with some words replaced by better ones."""
        return re.sub(r"[^\W\d_]+", lambda found: words.get(fold(found[0]), found[0]), str(self))


def fold(text: str) -> str:
    """Return small letters without accents."""
    return "".join(letter for letter in normalize("NFD", text.lower()) if not combining(letter))


@lru_cache(maxsize=4096)
def key_of(text: str) -> str:
    """Return what singular and plural of a word of our languages share, word by word; rougher than a stemmer and the same in all three."""
    return " ".join(_stem(word) for word in re.findall(r"\w+", fold(text)) if word not in _EMPTY)


def _stem(word: str) -> str:
    if len(word) <= 3:
        return word
    word = re.sub(r"coes$", "cao", word).removesuffix("s")
    return re.sub(r"y$", "i", word.removesuffix("e"))


def _terms(words: str) -> list[Term]:
    found = []
    for sign, phrase, word in _TERM.findall(words):
        text = (phrase or word).strip('"').strip()
        if re.search(r"\w", text):
            found.append(Term(text, bool(phrase), sign == "-"))
    heavy = [term for term in found if term.phrase or term.out or fold(term.text) not in _EMPTY]
    return (heavy if any(not term.out for term in heavy) else found)[:MOST]


def _groups() -> dict[str, tuple[str, ...]]:
    """Return the words of its group for each word that has synonyms, by key."""
    found = cache.get(SYNONYMS)
    if found is None:
        found = tuple((*es, *en, *pt) for es, en, pt in SynonymSet.objects.values_list("words_es", "words_en", "words_pt"))
        cache.set(SYNONYMS, found, 300)
    return _index(found)


def forget_synonyms() -> None:
    """Have them read anew, because somebody has changed them."""
    cache.delete(SYNONYMS)


@lru_cache(maxsize=2)
def _index(groups: tuple[tuple[str, ...], ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for group in groups:
        for word in group:
            found[key_of(word)] = tuple(dict.fromkeys((*found.get(key_of(word), ()), *group)))
    return found


def _with_others(terms: tuple[Term, ...], groups: dict[str, tuple[str, ...]]) -> tuple[Term, ...]:
    """Join words that stand together and mean something together, and give each what means the same. Phrases are meant as they stand."""
    found, place = [], 0
    while place < len(terms):
        size = next((n for n in range(NGRAM, 0, -1) if _key(terms[place : place + n], n) in groups), 0)
        if size:
            text = " ".join(term.text for term in terms[place : place + size])
            others = tuple(other for other in groups[key_of(text)] if fold(other) != fold(text))
            found.append(Term(text, others=others))
        else:
            found.append(terms[place])
        place += size or 1
    return tuple(found)


def _key(terms: tuple[Term, ...], size: int) -> str:
    if len(terms) < size or any(term.phrase or term.out for term in terms):
        return ""
    return key_of(" ".join(term.text for term in terms))


def _prepare(parts: list[tuple[list[Term], str]]) -> tuple[dict[str, str], ...]:
    """Let the database take stems and stop words out, in all languages and of all parts with one query."""
    asked = [_joined(terms, joint, c) for terms, joint in parts for c in COLUMN.values()]
    with connection.cursor() as cursor:
        columns = ", ".join(f"({sql})::text" for sql, _values in asked)
        cursor.execute(f"SELECT {columns}", [value for _sql, values in asked for value in values])
        row = iter(cursor.fetchone() or ())
    return tuple({c: notation for c in COLUMN.values() if (notation := next(row))} for _part in parts)


def _joined(terms: list[Term], joint: str, column: str) -> tuple[str, list[str]]:
    config, alternatives, values = f"red_{column}", [], []
    for term in terms:
        calls = ["phraseto_tsquery" if term.phrase else "plainto_tsquery", *("phraseto_tsquery" for _ in term.others)]
        alternatives.append("(" + " || ".join(f"{call}('{config}', %s)" for call in calls) + ")")
        values += [term.text, *term.others]
    return f" {joint} ".join(alternatives) or "''", values
