"""Automatic numbers of a Word document: they are not in its text, so they are counted again here as Word counts them.

paragraph → num → abstractNum → level, where the first step may run through the paragraph's style and the second
through a list style. All nums of one abstractNum share its counters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from .numerals import identifying, is_padded, known, written
from .ooxml import MC, W, integer, switched, to_integer, value
from .outline import Problems
from .safety import Element
from .styles import Styles

LEVELS = 9
TEXT_LIMIT = 100
_PLACE = re.compile(r"%([1-9])")
_GAP = re.compile(r"\.{2,}")


@dataclass(frozen=True)
class Level:
    """How one level of a list counts. `restart` is the number of levels above that start it again: None for all, 0 for never."""

    form: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    legal: bool = False
    style: str = ""


@dataclass
class Num:
    """A use of a list: its abstractNum, and what it does otherwise."""

    abstract: str
    levels: dict[int, Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Number:
    """The number of one paragraph.

    `printed` is what a reader sees, `label` the same with language-bound numerals in decimals. `family` names the list,
    `ilvl` the level in it from 0. `linked` when a style that is not a mere list style brought it.
    """

    printed: str
    label: str
    family: str
    ilvl: int
    linked: bool = False
    bullet: bool = False
    places: int = 1


class Numbering:
    """Count the paragraphs of one document, in its order, each exactly once."""

    def __init__(self, root: Element | None, styles: Styles, problems: Problems) -> None:
        self._styles = styles
        self._problems = problems
        self._abstracts: dict[str, dict[int, Level]] = {}
        self._links: dict[str, str] = {}
        self._homes: dict[str, str] = {}
        self._nums: dict[str, Num] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._started: set[tuple[str, int]] = set()
        if root is not None:
            self._load(root)

    def _load(self, root: Element) -> None:
        for item in root.findall(W + "abstractNum"):
            identity = item.get(W + "abstractNumId", "")
            self._abstracts[identity] = {_index(level): _level(level) for level in item.findall(W + "lvl")}
            self._links[identity] = value(item, "numStyleLink") or ""
            self._homes.setdefault(value(item, "styleLink") or "", identity)
        for item in root.findall(W + "num"):
            self._nums[item.get(W + "numId", "")] = self._num(item)

    def _num(self, item: Element) -> Num:
        num = Num(self._home(value(item, "abstractNumId") or ""))
        for override in item.findall(W + "lvlOverride"):
            index, start, level = _index(override), integer(override, "startOverride"), override.find(W + "lvl")
            if start is not None:
                num.starts[index] = start
            if level is not None:
                num.levels[index] = _level(level)
        return num

    def _home(self, abstract: str) -> str:
        """Follow a list that only names a list style to the list that defines this style."""
        link = self._links.get(abstract, "")
        return self._homes.get(link, abstract) if link else abstract

    def next(self, direct: Element | None, style: str, line: int) -> Number | None:
        """Count a paragraph and return its number, or None when it has none. `direct` is its own `numPr`."""
        num_id = value(direct, "numId")
        own = num_id is not None
        num_id = num_id if own else self._styles.num_id(style)
        if num_id is None or num_id in ("", "0"):
            return None
        num = self._nums.get(num_id)
        if num is None or num.abstract not in self._abstracts:
            self._problems.add("numbering_missing", line)
            return None
        linked_at = self._linked_level(num, style)
        ilvl = self._ilvl(direct, style, linked_at)
        linked = linked_at == ilvl or not own
        return self._count(num_id, num, ilvl, linked and not self._styles.is_list(style), line)

    def _linked_level(self, num: Num, style: str) -> int | None:
        levels = self._abstracts[num.abstract] | num.levels
        for identity, _ in self._styles.chain(style):
            for index, level in levels.items():
                if level.style == identity:
                    return index
        return None

    def _ilvl(self, direct: Element | None, style: str, linked_at: int | None) -> int:
        for found in (integer(direct, "ilvl"), linked_at, self._styles.ilvl(style)):
            if found is not None:
                return min(max(found, 0), LEVELS - 1)
        return 0

    def _count(self, num_id: str, num: Num, ilvl: int, linked: bool, line: int) -> Number | None:
        self._advance(num_id, num, ilvl)
        level = self._level(num, ilvl)
        if not known(level.form):
            self._problems.once("number_format", line, format=level.form)
        bullet = level.form == "bullet"
        printed, label = self._render(num, ilvl, False).strip(), self._render(num, ilvl, True).strip()
        if not bullet and not printed:
            return None
        places = len(_PLACE.findall(level.text))
        return Number(printed, label, num.abstract, ilvl, linked, bullet, places)

    def _level(self, num: Num, ilvl: int) -> Level:
        return num.levels.get(ilvl) or self._abstracts[num.abstract].get(ilvl) or Level(form="none")

    def _advance(self, num_id: str, num: Num, ilvl: int) -> None:
        counts = self._counts.setdefault(num.abstract, [None] * LEVELS)
        for above in range(ilvl):
            # A level that is skipped counts as begun: after 1.1.1 comes 1.2.
            if counts[above] is None:
                counts[above] = self._level(num, above).start
        # A start override counts once: at the first paragraph of this num on that level.
        if ilvl in num.starts and (num_id, ilvl) not in self._started:
            self._started.add((num_id, ilvl))
            counts[ilvl] = num.starts[ilvl] - 1
        now = counts[ilvl]
        counts[ilvl] = self._start(num, ilvl) if now is None else now + 1
        for deeper in range(ilvl + 1, LEVELS):
            restart = self._level(num, deeper).restart
            if restart is None or ilvl < restart:
                counts[deeper] = None

    def _start(self, num: Num, ilvl: int) -> int:
        return num.starts.get(ilvl, self._level(num, ilvl).start)

    def _render(self, num: Num, ilvl: int, for_label: bool) -> str:
        level = self._level(num, ilvl)
        text = _PLACE.sub(lambda found: self._place(num, level, int(found.group(1)) - 1, for_label), level.text)
        return _GAP.sub(".", text)

    def _place(self, num: Num, level: Level, index: int, for_label: bool) -> str:
        source = self._level(num, index)
        form = "decimal" if level.legal and source.form not in ("none", "decimalZero") else source.form
        count = self._counts[num.abstract][index]
        if count is None:  # a place below the paragraph's own level
            return ""
        return identifying(count, form) if for_label else written(count, form, self._styles.language)


def _index(item: Element) -> int:
    return to_integer(item.get(W + "ilvl")) or 0


def _level(item: Element) -> Level:
    text = (value(item, "lvlText") or "")[:TEXT_LIMIT]
    start = integer(item, "start")
    level = Level(
        form=_form(item),
        text=text,
        start=0 if start is None else start,
        restart=integer(item, "lvlRestart"),
        legal=bool(switched(item, "isLgl")),
        style=value(item, "pStyle") or "",
    )
    return replace(level, text="") if level.form == "bullet" else level


def _form(item: Element) -> str:
    """Read a number format; Word hides the newer patterns of zeros behind an alternative."""
    custom = item.find(f"{MC}AlternateContent/{MC}Choice/{W}numFmt")
    if custom is not None:
        first = str(custom.get(W + "format", "")).split(",")[0].strip()
        if is_padded(first):
            return first
    form = item.find(W + "numFmt")
    form = item.find(f"{MC}AlternateContent/{MC}Fallback/{W}numFmt") if form is None else form
    return "decimal" if form is None else str(form.get(W + "val", "decimal"))
