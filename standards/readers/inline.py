"""Pieces of text with their look, written as Markdown that shows exactly these characters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from .text import escape, escape_starts, visible

_SPACES = re.compile(r"[ \t]+")
_AROUND_BREAK = re.compile(r" *\n *")
_WEB = re.compile(r"(?:https?://|mailto:)[^\s<>\"\\^`{|}]+", re.IGNORECASE)
_TRIM = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)


@dataclass(frozen=True)
class Piece:
    """Characters that look alike. A line break is "\\n". `raw` text is Markdown already, such as a footnote mark."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    raw: bool = False

    @property
    def look(self) -> tuple[bool, bool, str, bool]:
        return self.bold, self.italic, self.link, self.raw


def safe_link(address: str) -> str:
    """Return a web or mail address ready for Markdown, "" for any other kind."""
    address = address.strip().replace(" ", "%20")
    return address.replace("(", "%28").replace(")", "%29") if _WEB.fullmatch(address) else ""


def to_markdown(pieces: Iterable[Piece], soft: str = "\\\n") -> str:
    """Write pieces as one paragraph of Markdown; line breaks become `soft`.

    Marks that Markdown would not read back, because they touch letters on the wrong side, are given up rather than shown.
    """
    merged = _merge(pieces)
    marked = _written(merged)
    if len(merged) > 1 and _seen(visible(marked)) != _seen("".join(piece.text for piece in merged)):
        marked = _written(_merge(Piece(piece.text, raw=piece.raw) for piece in merged))
    marked = _AROUND_BREAK.sub("\n", _SPACES.sub(" ", marked)).strip()
    return escape_starts(marked).replace("\n", soft)


def _seen(text: str) -> str:
    return " ".join(text.split())


def _merge(pieces: Iterable[Piece]) -> list[Piece]:
    """Join neighbours of one look: word processors cut words anywhere."""
    groups = [list(group) for _, group in groupby((piece for piece in pieces if piece.text), key=lambda piece: piece.look)]
    return [replace(group[0], text="".join(piece.text for piece in group)) for group in groups]


def _written(pieces: Sequence[Piece]) -> str:
    return "".join(_marked(piece) for piece in pieces)


def _marked(piece: Piece) -> str:
    """Put marks around the words of a piece: never around the spaces or breaks at its ends, where they would not count."""
    if piece.raw:
        return piece.text
    before, core, after = _parts(piece)
    if not core or not (piece.bold or piece.italic or piece.link):
        return escape(piece.text)
    marks = "*" * (2 * piece.bold + piece.italic)
    inner = marks + escape(core) + marks
    return escape(before) + (f"[{inner}]({piece.link})" if piece.link else inner) + escape(after)


def _parts(piece: Piece) -> tuple[str, str, str]:
    found = _TRIM.fullmatch(piece.text)
    assert found is not None
    return found[1], found[2], found[3]
