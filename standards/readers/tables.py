"""Tables: as Markdown, or row by row when they hold the clauses themselves."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .blocks import Block, Kind
from .labels import typed_label
from .text import plain


@dataclass(frozen=True)
class Cell:
    """What a cell holds, and how many columns it takes. A cell merged with the one above is empty."""

    blocks: list[Block]
    span: int = 1

    @property
    def text(self) -> str:
        """Write the cell on one line of Markdown, its paragraphs parted by `<br>`."""
        return "<br>".join(_line(block) for block in self.blocks)


Row = list[Cell]
COLUMNS = 63  # as many as Word allows: a file that claims more must not grow here


def _line(block: Block) -> str:
    text = block.text.replace("\\\n", "<br>").replace("\n", "<br>").replace("|", "\\|").replace("\\\\|", "\\|")
    marker = block.number.printed if block.number else ""
    return f"{marker} {text}".strip()


def to_table(rows: list[Row]) -> str:
    """Write a Markdown table. The first row is the head; a cell over several columns is followed by empty ones."""
    texts = [[text for cell in row for text in (cell.text, *[""] * (cell.span - 1))] for row in rows]
    width = min(max(len(row) for row in texts), COLUMNS)
    lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in texts]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def holds_clauses(rows: list[Row]) -> bool:
    """Tell whether rows are clauses: a heading or a structural number in a cell, or most rows beginning with a label beside words."""
    if any(_is_structural(block) for row in rows for cell in row for block in cell.blocks):
        return True
    labelled = sum(_begins_with_label(row) for row in rows)
    return labelled > 0 and 2 * labelled >= len(rows) - 1


def _is_structural(block: Block) -> bool:
    if block.kind is Kind.HEADING:
        return True
    number = block.number
    return number is not None and not number.bullet and (number.places > 1 or number.linked)


def _begins_with_label(row: Row) -> bool:
    """Tell whether the first cell begins with a label and a later one has words: a column of measures has none."""
    first = next(iter(row[0].blocks), None)
    typed = typed_label(first.text) if first else None
    words = any(sign.isalpha() for cell in row[1:] for block in cell.blocks for sign in plain(block.text))
    return typed is not None and typed.certain and words


def unroll(rows: list[Row]) -> list[Block]:
    """Return the blocks of a table row by row. A head row names the columns after the clause itself."""
    heads: list[str] = []
    if len(rows) > 1 and not holds_clauses(rows[:1]):
        heads = [plain(cell.text.replace("<br>", " ")) for cell in rows[0]]
        rows = rows[1:]
    return [block for row in rows for block in _unrolled(row, heads)]


def _unrolled(row: Row, heads: list[str]) -> list[Block]:
    blocks: list[Block] = []
    for index, cell in enumerate(row):
        for place, block in enumerate(cell.blocks):
            if blocks and _is_bare(blocks[-1]):
                blocks[-1] = _joined(blocks[-1], block)
            else:
                head = heads[index] if place == 0 and blocks and index < len(heads) else ""
                blocks.append(replace(block, text=f"**{head}:** {block.text}") if head else block)
    return blocks


def _is_bare(block: Block) -> bool:
    """Tell whether a block is a label whose words stand in the next cell."""
    if block.number is not None and not block.number.bullet:
        return not block.text
    typed = typed_label(block.text)
    return typed is not None and not typed.rest


def _joined(label: Block, words: Block) -> Block:
    text = words.text if label.number else f"**{label.text.strip('*_ ')}** {words.text}"
    return replace(label, text=text, notes=label.notes | words.notes)
