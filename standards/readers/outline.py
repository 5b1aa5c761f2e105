"""What a reader hands back: a tree of labelled clauses and everything it could not place.

Nothing here knows a file format or a database.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from .messages import PROBLEMS, REFUSALS

PART = "part"
PRINCIPLE = "principle"
CRITERION = "criterion"
REQUIREMENT = "requirement"
SUB_REQUIREMENT = "sub_requirement"
DEFINITION = "definition"
ANNEX = "annex"
LADDER = (PRINCIPLE, CRITERION, REQUIREMENT, SUB_REQUIREMENT)

EXCERPT_LENGTH = 80
PROBLEMS_PER_CODE = 50

Param = str | int
Params = dict[str, Param]


class ReaderError(Exception):
    """Refuse a whole file; `message` says why in the language active when it is read."""

    def __init__(self, code: str, **params: Param) -> None:
        super().__init__(code)
        self.code = code
        self.params: Params = params

    @property
    def message(self) -> str:
        return str(REFUSALS[self.code]) % self.params

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True)
class Problem:
    """One thing a person must know about what was read. Line 0 means the whole file.

    `line` is a line of a text file and a paragraph of a Word file, both counted from 1.
    """

    code: str
    line: int
    excerpt: str = ""
    params: Params = field(default_factory=dict)

    @property
    def message(self) -> str:
        """Say what happened, what was kept and what to do, in the language active now."""
        return str(PROBLEMS[self.code]) % self.params


class Problems:
    """Collect problems in the order met, at most fifty of a kind, so that a broken file cannot drown the reader."""

    def __init__(self) -> None:
        self._found: list[Problem] = []
        self._count: dict[str, int] = {}

    def add(self, code: str, line: int = 0, excerpt: str = "", **params: Param) -> None:
        self._count[code] = self._count.get(code, 0) + 1
        if self._count[code] <= PROBLEMS_PER_CODE:
            self._found.append(Problem(code, line, shorten(excerpt), params))

    def once(self, code: str, line: int = 0, excerpt: str = "", **params: Param) -> None:
        """Report the first case only: the rest would say the same."""
        if code not in self._count:
            self.add(code, line, excerpt, **params)

    def sorted(self) -> list[Problem]:
        return sorted(self._found, key=lambda problem: problem.line)


def shorten(text: str) -> str:
    """Cut to one line of eighty characters, ellipsis included."""
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT_LENGTH else line[: EXCERPT_LENGTH - 1] + "…"


@dataclass
class Entry:
    """A clause as the document has it.

    `label` identifies it in every language (`2.3.1`, `A-II`, `2.3.1.a`); `number` is what is printed (`Anexo II.`, `(a)`).
    `depth` counts from 1. `heading` is plain text, `text` Markdown; an entry with neither has children.
    """

    label: str
    level: str
    depth: int
    heading: str
    text: str
    line: int
    children: list[Entry] = field(default_factory=list)
    number: str = ""

    def walk(self) -> Iterator[Entry]:
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass
class Outline:
    """A document as a tree. `preface` is the Markdown before the first clause."""

    title: str
    preface: str
    entries: list[Entry]
    problems: list[Problem]

    def walk(self) -> Iterator[Entry]:
        """Yield every entry in the order of the document."""
        for entry in self.entries:
            yield from entry.walk()
