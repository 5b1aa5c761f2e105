"""What a reader hands back: works as plain values, each with the line where it stands and everything that is wrong with it."""

import re
from dataclasses import dataclass, field

from django.utils.functional import Promise

from red_mpe.core.text import clean, clean_line

#: As many works as one import takes.
LIMIT = 2_000
_DATE = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")

Words = str | Promise


class ReadError(Exception):
    """The whole text cannot be read; `message` says why, in the reader's language when it is shown."""

    def __init__(self, message: Words) -> None:
        self.message = message
        super().__init__(message)

    def __str__(self) -> str:
        return str(self.message)


@dataclass
class Found:
    """One work. Titles and abstracts by column of language; under `""` when the text does not say which."""

    line: int
    kind: str = ""
    titles: dict[str, str] = field(default_factory=dict)
    abstracts: dict[str, str] = field(default_factory=dict)
    languages: list[str] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    authors: list[dict[str, str]] = field(default_factory=list)
    identifiers: list[tuple[str, str]] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)
    licence: str = ""
    lists: dict[str, list[str]] = field(default_factory=dict)
    faults: list[Words] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The first title there is."""
        return next(filter(None, self.titles.values()), "")

    def put(self, column: str, value: object) -> None:
        """Keep a value of one line, unless it is empty or something better is there."""
        words = clean_line(str(value or ""))
        if words and not self.columns.get(column):
            self.columns[column] = words

    def say(self, texts: dict[str, str], language: str, value: object) -> None:
        """Keep a title or an abstract."""
        words = clean(str(value or "")).strip()
        if words:
            texts[language] = words

    def named(self, scheme: str, value: object) -> None:
        """Keep an identifier."""
        words = clean_line(str(value or ""))
        if words and (scheme, words) not in self.identifiers:
            self.identifiers.append((scheme, words))

    def credit(self, role: str, *, family: str = "", given: str = "", literal: str = "") -> None:
        """Keep somebody who made the work; without any name nobody."""
        parts = {"family": clean_line(family), "given": clean_line(given), "literal": clean_line(literal)}
        named = {name: value for name, value in parts.items() if value}
        if named:
            self.authors.append({"role": role, **named})


@dataclass(frozen=True)
class Reading:
    """A text that was read: in which format, and its works."""

    format: str
    works: list[Found]


def iso_date(words: str) -> str:
    """Return a date as exact as its words say, year first; empty where they say none."""
    found = _DATE.search(words)
    if not found:
        return ""
    year, month, day = (int(part) if part else 0 for part in found.groups())
    if not 1 <= month <= 12:
        return f"{year:04d}"
    return f"{year:04d}-{month:02d}" + (f"-{day:02d}" if 1 <= day <= 31 else "")


def divided_name(words: str) -> dict[str, str]:
    """Return family and given name of “Family, Given”; a name without comma is undivided."""
    family, comma, given = words.partition(",")
    return {"family": family.strip(), "given": given.strip()} if comma and given.strip() else {"literal": words.strip(" ,")}
