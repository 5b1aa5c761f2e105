"""Decide which blocks of a document are clauses, and split each of these into label, heading and text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .blocks import Block, Kind
from .labels import Label, Shape, Typed, automatic_label, typed_label
from .outline import Problems
from .text import plain

_BOLD_LEAD = re.compile(r"(\*\*|__)(?P<title>.+?)\1(?P<rest>.*)", re.DOTALL)
_LONE = re.compile(r"\d+|[A-Za-z]|[IVXLCDMivxlcdm]+")


@dataclass
class Clause:
    """A block that starts a clause. `label` is None for a heading without number; `rank` is None outside headings."""

    block: Block
    label: Label | None
    heading: str
    text: str
    rank: int | None = None
    family: str = ""
    ilvl: int = 0


Found = tuple[Block, Clause | None]


def find_clauses(blocks: list[Block], problems: Problems) -> list[Found]:
    """Pair each block with the clause it starts, or with None where it is text of the clause before.

    When nothing in the document is surely a clause, its plain numbered lists are the clauses.
    """
    blocks = _unfold(blocks, every=False)
    families = _families(blocks)
    found = _pair(blocks, families, lone=False)
    if not any(clause and clause.label for _, clause in found):
        blocks = _unfold(blocks, every=True)
        families = {block.number.family for block in blocks if block.number and not block.number.bullet}
        found = _pair(blocks, families, lone=True)
    _report_doubts(found, problems)
    return found


def _pair(blocks: list[Block], families: set[str], lone: bool) -> list[Found]:
    """Go from the end, because a lone number is a clause when the next chain begins with it: `2.` before `2.1`."""
    found: list[Found] = []
    expected = ""
    for block in reversed(blocks):
        clause = _clause(block, families, expected, lone)
        if clause and clause.label and clause.label.chain:
            expected = clause.label.chain[0] if len(clause.label.chain) > 1 else ""
        found.append((block, clause))
    return found[::-1]


def _clause(block: Block, families: set[str], expected: str, lone: bool) -> Clause | None:
    if block.settled or block.kind in (Kind.TITLE, Kind.VERBATIM, Kind.LIST):
        return None
    if block.number is not None and (block.kind is Kind.HEADING or not block.number.bullet):
        clause = _numbered(block)
        announced = block.number.places == 1 and clause.label is not None and clause.label.label == expected
        return clause if block.number.family in families or announced else None
    typed = typed_label(block.text)
    if typed is not None and _accepted(block, typed, expected, lone):
        return _split(block, typed.label, typed.rest)
    return _split(block, None, block.text) if block.kind is Kind.HEADING else None


def _accepted(block: Block, typed: Typed, expected: str, lone: bool) -> bool:
    if block.kind is Kind.HEADING:
        return typed.marked or not typed.flowing
    if typed.shape is Shape.LONE:
        return (lone and typed.marked) or typed.label.label == expected
    return typed.certain


def _numbered(block: Block) -> Clause:
    """Make a clause of an automatic number; a lone one on a lower level of its list counts from its parent."""
    number = block.number
    assert number is not None
    label = automatic_label(number.printed, number.label)
    if number.ilvl and number.places == 1 and not label.level and _LONE.fullmatch(label.label):
        label = replace(label, relative=True, chain=())
    clause = _split(block, label, block.text)
    return replace(clause, family=number.family, ilvl=number.ilvl)


def _split(block: Block, label: Label | None, rest: str) -> Clause:
    """Take a heading, or the bold words a paragraph begins with, as the heading of the clause."""
    if block.kind is Kind.HEADING:
        return Clause(block, label, rest, "", rank=block.rank)
    lead = _BOLD_LEAD.fullmatch(rest)
    if lead is None:
        return Clause(block, label, "", rest)
    return Clause(block, label, lead["title"].rstrip(" .:"), lead["rest"].lstrip(" .:"))


def _families(blocks: Sequence[Block]) -> set[str]:
    """Name the lists that number clauses: those of headings and paragraph styles, with chains or with a word like Artículo."""
    return {block.number.family for block in blocks if block.number and _structural(block)}


def _structural(block: Block) -> bool:
    number = block.number
    if number is None or number.bullet:
        return False
    label = automatic_label(number.printed, number.label)
    return block.kind is Kind.HEADING or number.places > 1 or bool(label.level) or (number.linked and not label.relative)


def _unfold(blocks: list[Block], every: bool) -> list[Block]:
    """Replace lists by their items where an item is a clause, or everywhere."""
    unfolded: list[Block] = []
    for index, block in enumerate(blocks):
        opened = block.kind is Kind.LIST and (every or _holds_clauses(block, blocks[index + 1 : index + 2]))
        unfolded += block.items if opened else [block]
    return unfolded


def _holds_clauses(block: Block, following: list[Block]) -> bool:
    """Tell whether an item has a sure label, or the list is `2. Title` just before `2.1`."""
    if any((typed := typed_label(item.text)) and typed.certain for item in block.items):
        return True
    last = block.items[-1] if block.items else None
    typed_next = typed_label(following[0].text) if following else None
    if last is None or last.number is None or typed_next is None:
        return False
    return len(typed_next.label.chain) > 1 and typed_next.label.chain[0] == last.number.label


def _report_doubts(found: list[Found], problems: Problems) -> None:
    for block, clause in found:
        typed = typed_label(block.text) if clause is None and block.kind is Kind.PARAGRAPH else None
        if typed is not None and typed.shape is Shape.CHAIN and not typed.certain:
            problems.add("doubtful_number", block.line, plain(block.text))
