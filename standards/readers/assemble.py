"""Build the tree of clauses from a row of blocks: who stands in whom, at which level, under which label."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from .blocks import Block, Kind, join_blocks
from .clauses import Clause, Found, find_clauses
from .labels import Label
from .outline import ANNEX, DEFINITION, LADDER, PART, REQUIREMENT, SUB_REQUIREMENT, Entry, Outline, Problems
from .text import plain

_DEFINITIONS = re.compile(
    r"((?:t[ée]rminos|terms|termos) (?:y|and|e) )?(definici(ón|ones)|definitions?|defini(ção|ções))( y términos| and terms| e termos)?"
    r"|glosario|glossary|glossário",
    re.IGNORECASE,
)
_ANNEXES = re.compile(r"(?:anexo|annex|appendix|ap[ée]ndice|apêndice)s?\b", re.IGNORECASE)
_SENTENCE_END = (".", ":", ";", ",", "?", "!")
_HEADING_LENGTH = 90
_UNNUMBERED = "H-"


@dataclass
class Node:
    """A clause on its way to becoming an entry."""

    clause: Clause
    parent: Node | None
    blocks: list[Block] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    label: str = ""
    level: str = ""

    @property
    def chain(self) -> tuple[str, ...]:
        return self.clause.label.chain if self.clause.label else ()


def assemble(blocks: list[Block], problems: Problems) -> Outline:
    """Return the outline of a document. Every block ends in its title, its preface or exactly one entry, or is reported."""
    title, blocks = _take_title(blocks)
    builder = _Builder(find_clauses(blocks, problems), problems)
    builder.build()
    nodes = [node for root in builder.roots for node in _walk(root)]
    _name(nodes, problems)
    _grade(nodes, problems)
    entries = [entry for root in builder.roots if (entry := _entry(root, 1, problems))]
    if not entries:
        problems.add("no_entries")
    return Outline(title, join_blocks(builder.preface), entries, problems.sorted())


def _take_title(blocks: list[Block]) -> tuple[str, list[Block]]:
    """Take the title, or the one heading without number that stands first and above all others."""
    titles = [block for block in blocks if block.kind is Kind.TITLE]
    headings = [block for block in blocks if block.kind is Kind.HEADING]
    if not titles and len(headings) > 1 and _crowns(headings, blocks):
        titles = headings[:1]
    first = titles[0] if titles else None
    return (plain(first.text) if first else ""), [block for block in blocks if block is not first]


def _crowns(headings: list[Block], blocks: list[Block]) -> bool:
    first = headings[0]
    (_, clause), *_rest = find_clauses([first], Problems())
    named = bool(clause and clause.label) or first.number is not None
    return not named and blocks[0] is first and all(other.rank > first.rank for other in headings[1:])


class _Builder:
    """Place each block, keeping the open clauses on a stack."""

    def __init__(self, found: list[Found], problems: Problems) -> None:
        self.found = found
        self.problems = problems
        self.roots: list[Node] = []
        self.preface: list[Block] = []
        self._stack: list[Node] = []
        ranks = [clause.rank for _, clause in found if clause and clause.label and clause.rank is not None]
        self._top_rank = min(ranks, default=None)
        self._next = _following(found)

    def build(self) -> None:
        for index, (block, clause) in enumerate(self.found):
            if clause is not None and (clause.label or self._groups(clause, index)):
                self._open(clause)
            elif self._stack:
                self._keep(block, clause)
            else:
                self.preface.append(block)

    def _groups(self, clause: Clause, index: int) -> bool:
        """Tell whether a heading without number is a part: before the first clause, when it stands right above one."""
        rank = clause.block.rank
        if self._stack:
            return self._top_rank is None or rank <= self._top_rank
        place = self._next[index]
        following = self.found[place][1] if place else None
        if following is None or following.label is None:
            return following is not None and following.block.rank > rank and self._groups(following, place)
        return following.rank is None or following.rank > rank

    def _open(self, clause: Clause) -> None:
        while self._stack and not _inside(clause, self._stack[-1].clause):
            self._stack.pop()
        parent = self._stack[-1] if self._stack else None
        node = Node(clause, parent)
        (parent.children if parent else self.roots).append(node)
        self._stack.append(node)

    def _keep(self, block: Block, clause: Clause | None) -> None:
        node = self._stack[-1]
        node.blocks.append(block)
        rank = node.clause.rank
        if clause is not None and rank is not None and block.rank <= rank:
            label = node.clause.label.label if node.clause.label else node.clause.heading
            self.problems.add("heading_kept_in_text", block.line, plain(block.text), label=label)


def _following(found: list[Found]) -> list[int]:
    """Return for each place that of the next clause or heading, 0 when there is none."""
    places: list[int] = []
    place = 0
    for index in range(len(found) - 1, -1, -1):
        places.append(place)
        place = index if found[index][1] else place
    return places[::-1]


def _inside(new: Clause, top: Clause) -> bool:
    """Tell whether a clause belongs in the one before it, by the surest sign both share."""
    if new.label and new.label.level == ANNEX:
        return False
    if new.family and new.family == top.family:
        return new.ilvl > top.ilvl
    new_chain, top_chain = _chain(new), _chain(top)
    if _comparable(new_chain, top_chain):
        return len(new_chain) > len(top_chain) and new_chain[: len(top_chain)] == top_chain
    if new.rank is not None and top.rank is not None:
        return new.rank > top.rank
    return _inside_by_words(new, top)


def _inside_by_words(new: Clause, top: Clause) -> bool:
    new_order, top_order = (clause.label.order if clause.label else None for clause in (new, top))
    if new_order is not None and top_order is not None and new_order != top_order:
        return new_order > top_order
    if (new.rank is None) != (top.rank is None):
        return new.rank is None
    return _is_relative(new) and not _is_relative(top)


def _is_relative(clause: Clause) -> bool:
    return clause.label is not None and clause.label.relative


def _chain(clause: Clause) -> tuple[str, ...]:
    return clause.label.chain if clause.label else ()


def _comparable(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether two labels can be prefixes of each other: `II` and `2.1` cannot, nor tell two lone numbers anything."""
    return bool(one and other) and len(one) + len(other) > 2 and one[0].isdigit() == other[0].isdigit()


def _walk(node: Node) -> list[Node]:
    return [node, *(below for child in node.children for below in _walk(child))]


def _series(node: Node, label: Label) -> tuple[object, ...]:
    return _in_annex(node), label.order, len(label.chain), label.relative, label.level


def _restarted(nodes: list[Node]) -> set[tuple[object, ...]]:
    """Name the series whose numbers begin again. An annex may count as it likes: it never changes a label outside."""
    labelled = [(node, node.clause.label) for node in nodes if node.clause.label]
    everywhere = Counter(label.label for _, label in labelled)
    outside = Counter(label.label for node, label in labelled if not _in_annex(node))
    times = {True: everywhere, False: outside}
    return {_series(node, label) for node, label in labelled if label.relative or times[_in_annex(node)][label.label] > 1}


def _name(nodes: list[Node], problems: Problems) -> None:
    """Give each node a label of its own.

    Numbers that begin again under each parent (`Criterio 1`) are written after the parent's label, the whole series alike.
    """
    restarted = _restarted(nodes)
    taken: Counter[str] = Counter()
    unnumbered = 0
    for node in nodes:
        label = node.clause.label
        unnumbered += label is None
        wanted = f"{_UNNUMBERED}{unnumbered}" if label is None else _wanted(node, label, restarted)
        taken[wanted] += 1
        node.label = wanted if taken[wanted] == 1 else f"{wanted} ({taken[wanted]})"
        _report_label(node, wanted, problems)


def _wanted(node: Node, label: Label, restarted: set[tuple[object, ...]]) -> str:
    parent = node.parent
    joined = parent is not None and _series(node, label) in restarted and not _continues(label, parent)
    return f"{parent.label}.{label.label}" if parent and joined else label.label


def _continues(label: Label, parent: Node) -> bool:
    """Tell whether a label already begins with its parent's, so that a double is a mistake and not a new series."""
    return len(label.chain) > 1 and label.chain[:-1] == parent.chain


def _report_label(node: Node, wanted: str, problems: Problems) -> None:
    block, excerpt = node.clause.block, plain(node.clause.heading or node.clause.text)
    if node.clause.label is None:
        problems.add("heading_without_number", block.line, excerpt, label=node.label)
    elif node.label != wanted:
        problems.add("duplicate_label", block.line, excerpt, label=wanted, kept=node.label)
    above = node.chain[:-1]
    if above and not (node.parent and node.parent.chain == above):
        problems.add("missing_parent", block.line, excerpt, label=node.label, parent=".".join(above))


def _grade(nodes: list[Node], problems: Problems) -> None:
    """Give each node a level: by its surroundings, else by its word, else by the links of its label.

    A fifth depth makes the first one a part; deeper ones stay sub-requirements.
    """
    deepest = max((len(node.chain) for node in nodes if not _in_annex(node)), default=0)
    shift = 1 if deepest > len(LADDER) else 0
    for node in nodes:
        node.level = _level(node, shift)
        if len(node.chain) - shift > len(LADDER) and node.level == SUB_REQUIREMENT:
            problems.add("too_deep", node.clause.block.line, plain(node.clause.heading or node.clause.text), label=node.label)


def _in_annex(node: Node | None) -> bool:
    return node is not None and ((node.clause.label is not None and node.clause.label.level == ANNEX) or _in_annex(node.parent))


def _level(node: Node, shift: int) -> str:
    around = _surroundings(node.parent)
    if around:
        return around
    label = node.clause.label
    if label is None:
        return ANNEX if _ANNEXES.match(plain(node.clause.heading)) else PART
    if label.level:
        return label.level
    if _defines(node):
        return PART
    if node.chain:
        index = len(node.chain) - 1 - shift
        return PART if index < 0 else LADDER[min(index, len(LADDER) - 1)]
    return _below(node.parent)


def _surroundings(parent: Node | None) -> str:
    if parent is None:
        return ""
    if parent.level in (ANNEX, DEFINITION):
        return parent.level
    return DEFINITION if _defines(parent) else ""


def _defines(node: Node) -> bool:
    return _DEFINITIONS.fullmatch(plain(node.clause.heading).strip(" .:")) is not None


def _below(parent: Node | None) -> str:
    """Return the level under a parent's; the first of the ladder under a part or at the root."""
    index = LADDER.index(parent.level) + 1 if parent and parent.level in LADDER else 0
    return LADDER[min(index, len(LADDER) - 1)]


def _entry(node: Node, depth: int, problems: Problems) -> Entry | None:
    """Turn a node into an entry. A number without any words is reported and left out."""
    children = [entry for child in node.children if (entry := _entry(child, depth + 1, problems))]
    heading, text = _words(node)
    if not (heading or text or children):
        problems.add("empty_entry", node.clause.block.line, label=node.label)
        return None
    printed = node.clause.label.printed if node.clause.label else ""
    return Entry(node.label, node.level, depth, heading, text, node.clause.block.line, children, printed)


def _words(node: Node) -> tuple[str, str]:
    """Part heading and text. A requirement that is only a heading is text; a short line above text is a heading."""
    clause = node.clause
    heading, own = clause.heading, clause.text
    followed = bool(node.blocks or node.children)
    if not followed and not own and node.level in (REQUIREMENT, SUB_REQUIREMENT):
        heading, own = "", heading
    elif followed and not heading and len(own) <= _HEADING_LENGTH and not own.endswith(_SENTENCE_END):
        heading, own = own, ""
    if clause.block.notes and not own:
        # A heading is plain text and cannot call a footnote: a line of its own does.
        own = " ".join(f"[^{name}]" for name in clause.block.notes)
    first = Block(Kind.PARAGRAPH, own, clause.block.line, notes=clause.block.notes)
    return plain(heading), join_blocks([first, *node.blocks])
