"""How well the search finds: a small fixed library, fixed questions, and the share of what should be found that is among the first ten."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.http import QueryDict
from django.utils import translation

from publications.actions.codes import next_code
from publications.actions.indexing import index_record
from publications.models import Record, SearchDoc
from publications.search.library import LibraryFilter
from red_mpe.portal.actions import learn_words

ROOT = Path(__file__).parent
TEN = 10
NOISE = {
    "es": "Novedades de la red, agenda y convocatorias",
    "en": "News of the network, agenda and calls",
    "pt": "Notícias da rede, agenda e chamadas",
}


@dataclass(frozen=True)
class Asked:
    """A question, what should be found and what was."""

    language: str
    words: str
    wanted: frozenset[str]
    found: tuple[str, ...]

    @property
    def recall(self) -> float:
        """Return the share of what should be found that is among the first ten."""
        return len(self.wanted & set(self.found[:TEN])) / len(self.wanted)


def _lines(part: str) -> list[list[str]]:
    text = tomllib.loads((ROOT / "corpus.toml").read_text())[part]
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]


def fill_corpus() -> None:
    """Write the small library, among fifty newsletters that answer nothing, and learn its words."""
    noise = [["noise", language, f"{NOISE[language]} {n}", NOISE[language]] for n in range(18) for language in NOISE]
    for key, language, title, abstract in (*_lines("records"), *noise):
        words = {f"title_{language}": title, f"abstract_{language}": abstract}
        record = Record.objects.create(
            code=next_code(),
            kind="guide",
            state="published",
            published_at="2026-01-01T00:00:00Z",
            publisher=key,
            licence="CC-BY-4.0",
            **words,
        )
        index_record(record)
    learn_words()


def ask_all(reader) -> Iterator[Asked]:
    """Ask each question as a reader would: who finds nothing follows “did you mean”."""
    for language, words, wanted in _lines("questions"):
        with translation.override(language):
            found = LibraryFilter(_query(words), reader=reader)
            if not found.total and found.better:
                found = LibraryFilter(_query(found.better), reader=reader)
            keys = list(found.page.object_list)
        names = dict(SearchDoc.objects.filter(pk__in=keys).values_list("pk", "record__publisher"))
        yield Asked(language, words, frozenset(wanted.split()), tuple(names[key] for key in keys))


def _query(words: str) -> QueryDict:
    query = QueryDict(mutable=True)
    query["q"] = words
    return query
