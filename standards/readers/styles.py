"""Paragraph and character styles with their inheritance: outline rank, numbering, bold and italic."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from .ooxml import W, integer, switched, value
from .safety import Element

_BODY_TEXT = 9
_HEADING = "heading "


@dataclass(frozen=True)
class Style:
    """One style as written: nothing inherited yet."""

    name: str
    base: str
    num_id: str | None
    ilvl: int | None
    outline: int | None
    bold: bool | None
    italic: bool | None
    hidden: bool | None


class Styles:
    """Look up what a style says, itself or through the styles it is based on."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self.default = ""
        self.language = "es"
        if root is not None:
            self._load(root)
        self.chain = cache(self._chain)

    def _load(self, root: Element) -> None:
        for item in root.iter(W + "style"):
            identity = item.get(W + "styleId", "")
            self._styles[identity] = _style(item)
            if item.get(W + "type") == "paragraph" and item.get(W + "default") in ("1", "true"):
                self.default = identity
        language = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
        self.language = (language.get(W + "val", "") if language is not None else "")[:2].lower() or "es"

    def _chain(self, identity: str) -> tuple[tuple[str, Style], ...]:
        """Return a style and its ancestors, nearest first. A circle ends where it closes."""
        found: dict[str, Style] = {}
        while identity in self._styles and identity not in found:
            found[identity] = self._styles[identity]
            identity = found[identity].base
        return tuple(found.items())

    def name(self, identity: str) -> str:
        style = self._styles.get(identity)
        return style.name if style else ""

    def num_id(self, identity: str) -> str | None:
        return next((style.num_id for _, style in self.chain(identity) if style.num_id is not None), None)

    def ilvl(self, identity: str) -> int | None:
        return next((style.ilvl for _, style in self.chain(identity) if style.ilvl is not None), None)

    def rank(self, identity: str) -> int | None:
        """Return the outline rank, 0 for the highest heading, None for body text."""
        for _, style in self.chain(identity):
            rank = style.outline if style.outline is not None else _rank_of_name(style.name)
            if rank is not None:
                return rank if 0 <= rank < _BODY_TEXT else None
        return None

    def is_list(self, identity: str) -> bool:
        """Tell whether this is one of the word processor's own list styles, whose numbers count items and not clauses."""
        return any(style.name.startswith("list") for _, style in self.chain(identity))

    def bold(self, identity: str) -> bool | None:
        return next((style.bold for _, style in self.chain(identity) if style.bold is not None), None)

    def italic(self, identity: str) -> bool | None:
        return next((style.italic for _, style in self.chain(identity) if style.italic is not None), None)

    def hidden(self, identity: str) -> bool | None:
        return next((style.hidden for _, style in self.chain(identity) if style.hidden is not None), None)


def _rank_of_name(name: str) -> int | None:
    digits = name.removeprefix(_HEADING)
    return int(digits) - 1 if name.startswith(_HEADING) and digits in list("123456789") else None


def _style(item: Element) -> Style:
    paragraph, run = item.find(W + "pPr"), item.find(W + "rPr")
    numbers = None if paragraph is None else paragraph.find(W + "numPr")
    return Style(
        name=(value(item, "name") or "").lower(),
        base=value(item, "basedOn") or "",
        num_id=value(numbers, "numId"),
        ilvl=integer(numbers, "ilvl"),
        outline=integer(paragraph, "outlineLvl"),
        bold=switched(run, "b"),
        italic=switched(run, "i"),
        hidden=switched(run, "vanish"),
    )
