"""The eight columns of the form, in three languages, and the rows under them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from standards.readers.outline import Problem, Problems, ReaderError

COLUMNS = ("mb", "line", "clause", "paragraph", "kind", "comment", "proposed", "observation")
#: The headings in their order, word for word as the form prints them.
HEADINGS = {
    "en": (
        "MB/NC",
        "Line number",
        "Clause/ Subclause",
        "Paragraph/ Figure/ Table",
        "Type of comment",
        "Comments",
        "Proposed change",
        "Observations of the secretariat",
    ),
    "es": (
        "MB/NC",
        "Número de línea",
        "Cláusula/ Subcláusula",
        "Párrafo/ Figura/ Tabla",
        "Tipo de comentario",
        "Comentarios",
        "Cambio propuesto",
        "Observaciones de la secretaría",
    ),
    "pt": (
        "MB/NC",
        "Número da linha",
        "Cláusula/ Subcláusula",
        "Parágrafo/ Figura/ Tabela",
        "Tipo de comentário",
        "Comentários",
        "Alteração proposta",
        "Observações da secretaria",
    ),
}
_ALSO = {"clause": "clause", "clausula": "clause", "comment": "comment", "comentario": "comment", "tipo": "kind", "type": "kind"}
_KINDS = {
    "ge": "ge general geral",
    "te": "te technical tecnico tecnica",
    "ed": "ed editorial redaccion redacao deredaccion deredacao",
    "qu": "qu question pregunta pergunta",
}
_LETTERS = re.compile(r"[^a-z]+")
ROW_LIMIT = 10_000
_HEAD_WITHIN = 60  # rows that may stand above the headings
_LEAST = 3  # headings by which a table is known


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row as it is written; `number` is its place in the file, counted from 1."""

    number: int
    mb: str = ""
    line: str = ""
    clause: str = ""
    paragraph: str = ""
    kind: str = ""
    comment: str = ""
    proposed: str = ""
    observation: str = ""

    @property
    def says_something(self) -> bool:
        return bool(self.comment.strip() or self.proposed.strip())


@dataclass(frozen=True)
class Form:
    """What a file holds: rows that have anything in them, headings nobody knows, and what a person must know of the reading."""

    rows: list[FormRow]
    unknown: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


Cells = tuple[int, Sequence[str]]


def plain_letters(text: str) -> str:
    """Return the bare letters of a heading: no accents, case, blanks, stops or footnote numbers."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return _LETTERS.sub("", bare)


_KNOWN = {plain_letters(words): column for names in HEADINGS.values() for words, column in zip(names, COLUMNS, strict=True)} | _ALSO
_KIND_OF = {word: code for code, words in _KINDS.items() for word in words.split()}


def known_kind(text: str) -> str:
    """Return the code (ge, te, ed, qu) of what somebody wrote as the type of a comment; "" where it is none of them."""
    return _KIND_OF.get(plain_letters(text), "")


def heading_columns(cells: Sequence[str]) -> dict[int, str]:
    """Return which cell holds which column, empty where this is no row of headings."""
    found: dict[int, str] = {}
    for place, words in enumerate(cells):
        column = _KNOWN.get(plain_letters(words)) if len(words) < 80 else None
        if column and column not in found.values():
            found[place] = column
    told = set(found.values())
    return found if len(told) >= _LEAST and told & {"comment", "proposed"} else {}


def find_head(rows: Iterable[Cells]) -> tuple[dict[int, str], list[str]]:
    """Go on to the row of headings; return the columns and the headings nobody knows. Empty where there is none."""
    for seen, (_number, cells) in enumerate(rows):
        if seen > _HEAD_WITHIN:
            break
        if columns := heading_columns(cells):
            return columns, [words.strip() for place, words in enumerate(cells) if words.strip() and place not in columns]
    return {}, []


def read_rows(rows: Iterator[Cells], problems: Problems) -> Form | None:
    """Return the form that the rows hold, None where they have no headings. Refused with more rows than the limit."""
    columns, unknown = find_head(rows)
    if not columns:
        return None
    found: list[FormRow] = []
    for number, cells in rows:
        told = {column: cells[place] for place, column in columns.items() if place < len(cells) and cells[place]}
        if not told or heading_columns(cells) == columns:
            continue
        found.append(FormRow(number, **told))
        if len(found) > ROW_LIMIT:
            raise ReaderError("too_many_rows", limit=ROW_LIMIT)
    return Form(found, unknown, problems.sorted())
