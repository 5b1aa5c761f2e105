"""What every reader makes of its format before clauses are looked for: a flat row of blocks."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from .numbering import Number


class Kind(Enum):
    """TITLE names the document; ITEM belongs to a list; LIST is a whole one; VERBATIM is a table, code or quote."""

    TITLE = 1
    HEADING = 2
    PARAGRAPH = 3
    ITEM = 4
    LIST = 5
    VERBATIM = 6


@dataclass
class Block:
    """A paragraph or something of that size, as Markdown without its automatic number.

    `rank` is the outline rank of a heading (0 the highest). `depth` is the nesting of an ITEM, `marker` what stands before it.
    `items` are the paragraphs of a LIST. `notes` are the footnotes called here, by name.
    """

    kind: Kind
    text: str
    line: int
    rank: int = 0
    number: Number | None = None
    depth: int = 0
    marker: str = ""
    items: list[Block] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    settled: bool = False  # a document of ours says that it begins no clause, whatever it looks like


def join_blocks(blocks: list[Block]) -> str:
    """Write blocks as Markdown: an empty line between them, the items of a list kept together, footnotes at the end."""
    pieces: list[str] = []
    widths: list[tuple[int, int]] = []
    previous: Block | None = None
    for block in blocks:
        if block.kind is Kind.ITEM:
            same_list = previous is not None and previous.kind is Kind.ITEM
            widths = widths if same_list else []
            item = _item(block, widths)
            pieces = [*pieces[:-1], pieces[-1] + "\n" + item] if same_list else [*pieces, item]
        else:
            pieces.append(_standing(block))
        previous = block
    notes = {name: text for block in blocks for name, text in block.notes.items()}
    pieces += [f"[^{name}]: {text}" for name, text in notes.items()]
    return "\n\n".join(piece for piece in pieces if piece)


def _standing(block: Block) -> str:
    if block.kind is Kind.HEADING:
        return f"{'#' * min(block.rank + 2, 6)} {block.text}"
    return block.text


def _item(block: Block, widths: list[tuple[int, int]]) -> str:
    """Indent an item under its parent. `widths` holds depth and marker width of the open levels and is kept up to date."""
    while widths and widths[-1][0] >= block.depth:
        widths.pop()
    indent = " " * sum(width for _, width in widths)
    marker = block.marker + " "
    width = 2 if marker.startswith("-") else len(marker)
    widths.append((block.depth, width))
    return indent + marker + block.text.replace("\n", "\n" + indent + " " * width)
