"""Characters: what is removed from a text, what Markdown needs escaped, what a reader sees of it."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from markdown_it import MarkdownIt

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Direction marks can show a text in another order than it is stored: nobody could check what they approve.
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_CONTROL = re.compile(f"[\x00-\x08\x0e-\x1f\x7f-\x9f{_BIDI}\ufff9-\ufffb\ud800-\udfff]")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_MARKS = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)

_INLINE = re.compile(r"[\\`*_\[\]<]|&(?=#?\w*;)|~(?=~)")
_LINE_START = re.compile(r"(?m)^([ \t]*)(?:([#>|~]|[+=-](?=[\s=-]|$)|:(?=-))|(\d{1,9})([.)])(?=\s|$))")
_FOOTNOTE = re.compile(r"\[\^([^\[\]\s]{1,60})\]")


def clean(text: str) -> tuple[str, list[str]]:
    """Return the text in NFC with plain line ends, and the codes of what had to be removed from it."""
    text = _LINE_ENDS.sub("\n", text)
    lost = []
    text, controls = _CONTROL.subn("", text)
    if controls:
        lost.append("control_characters")
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    text, heaps = _MARKS.subn(r"\1", text)
    if heaps:
        lost.append("combining_marks")
    return text, lost


def escape(text: str) -> str:
    """Escape what Markdown would read as marks inside a line."""
    return _INLINE.sub(lambda found: "\\" + found.group(), text)


def escape_starts(text: str) -> str:
    """Escape what Markdown would read as a heading, list, quote or table at the start of a line."""
    return _LINE_START.sub(_escaped_start, text)


def _escaped_start(found: re.Match[str]) -> str:
    space, sign, digits, stop = found.groups()
    return f"{space}\\{sign}" if sign else f"{space}{digits}\\{stop}"


@cache
def parser() -> MarkdownIt:
    """Give the one Markdown parser: CommonMark with tables; indented text is a paragraph, not code."""
    return MarkdownIt("commonmark").enable("table").disable("code")


def plain(markdown: str) -> str:
    """Return the words of inline Markdown on one line, without marks and footnote signs."""
    return " ".join(_FOOTNOTE.sub("", visible(markdown)).split())


def visible(markdown: str) -> str:
    """Return the characters a reader sees of inline Markdown; breaks become spaces."""
    tokens = parser().parseInline(markdown)[0].children or []
    return "".join(" " if token.type in ("softbreak", "hardbreak") else token.content for token in tokens)


def footnote_marks(markdown: str) -> list[str]:
    """List the names of the footnotes that a text calls, in order, each once."""
    return list(dict.fromkeys(_FOOTNOTE.findall(markdown)))
