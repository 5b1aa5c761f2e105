"""Word documents: from a DOCX of any origin to an outline.

Read as if all tracked changes were accepted. Headers, footers, comments and tables of contents are not part of the text.
Nothing outside the file is ever fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .assemble import assemble
from .blocks import Block, Kind
from .inline import Piece, to_markdown
from .numbering import Number, Numbering
from .ooxml import MC, Package, W, integer, value
from .outline import Outline, Problems, ReaderError
from .runs import Runs, note_texts, own_numbers, own_rank
from .safety import Archive, Element
from .styles import Styles
from .tables import COLUMNS, Cell, holds_clauses, to_table, unroll
from .text import escape

PARAGRAPH_LIMIT = 50_000
_TRANSPARENT = frozenset(W + tag for tag in ("sdtContent", "customXml", "ins", "moveTo", "smartTag"))
_CHANGES = tuple(W + tag for tag in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel"))
_DECIMAL_ITEM = re.compile(r"\d{1,9}[.)]")
_TITLES = ("title", "título", "titulo")
#: The style in which our own documents write what stands beside the clauses (`exports.word`): it is kept where it is.
_BESIDE = "red mpe beside"
#: And those in which they write what looks like the beginning of a clause and is none: numbered items, and such paragraphs.
_OWN_LIST, _OWN_TEXT = "red mpe list", "red mpe text"


def read_docx(data: bytes) -> Outline:
    """Read a Word document. Refused as a whole when damaged, protected, oversized or unsafe."""
    return _Reader(Package(Archive(data))).read()


def read_blocks(data: bytes) -> list[Block]:
    """Return the paragraphs and tables of a Word document with their numbers, before clauses are looked for."""
    return _Reader(Package(Archive(data))).blocks()


class _Reader:
    """Walk through the body once, in order, because numbers count and fields span paragraphs."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.problems = Problems()
        self.styles = Styles(package.tree("styles"))
        self.numbering = Numbering(package.tree("numbering"), self.styles, self.problems)
        self.notes = {kind: note_texts(package.tree(kind), kind[:-1]) for kind in ("footnotes", "endnotes")}
        self.note_runs = {kind: Runs(self.styles, self.problems, package.relations(package.part(kind))) for kind in self.notes}
        self.note_names: dict[tuple[str, str], str] = {}
        self.runs = Runs(self.styles, self.problems, package.main_relations, note_name=self._note_name)
        self.held: list[Piece] = []
        self.line = 0

    def read(self) -> Outline:
        self._warn()
        return assemble(self.blocks(), self.problems)

    def blocks(self) -> list[Block]:
        return list(self._blocks(self.package.body))

    def _warn(self) -> None:
        if self.package.has_macros:
            self.problems.add("macros_ignored")
        if self.package.reaches_out:
            self.problems.add("external_content")
        if next(self.package.body.iter(*_CHANGES), None) is not None:
            self.problems.add("tracked_changes")

    def _blocks(self, parent: Element) -> Iterator[Block]:
        for child in parent:
            if child.tag == W + "p":
                yield from self._paragraph(child)
            elif child.tag == W + "tbl":
                yield from self._table(child)
            elif child.tag == W + "sdt":
                yield from self._control(child)
            elif child.tag in _TRANSPARENT:
                yield from self._blocks(child)
            elif child.tag == MC + "AlternateContent":
                yield from self._blocks(next(iter(child), child))
            elif child.tag in (W + "altChunk", W + "subDoc"):
                self.problems.add("embedded_document", self.line)

    def _control(self, control: Element) -> Iterator[Block]:
        """Read the content of a control, unless it is a table of contents."""
        gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
        content = control.find(W + "sdtContent")
        if content is not None and (gallery is None or gallery.get(W + "val") != "Table of Contents"):
            yield from self._blocks(content)

    def _paragraph(self, paragraph: Element) -> Iterator[Block]:
        self._next_line()
        style = value(paragraph.find(W + "pPr"), "pStyle") or self.styles.default
        rank = self._rank(paragraph, style)
        if rank is not None:
            self.runs.leave_contents()
        skipped = self.runs.in_contents or self.styles.name(style).startswith("toc ")
        pieces = self.held + self.runs.pieces(paragraph)
        self.held = []
        if paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None or paragraph.find(f"{W}pPr/{W}rPr/{W}moveFrom") is not None:
            self.held = pieces
            return
        number = self.numbering.next(own_numbers(paragraph), style, self.line)
        if self.styles.name(style) == _BESIDE:
            self.problems.once("beside_left_out", self.line)
        elif not skipped:
            yield from self._finished(pieces, style, rank, number)
        yield from self._boxes()

    def _next_line(self) -> None:
        self.line += 1
        self.runs.line = self.line
        if self.line > PARAGRAPH_LIMIT:
            raise ReaderError("too_many_paragraphs", limit=PARAGRAPH_LIMIT)

    def _rank(self, paragraph: Element, style: str) -> int | None:
        own = own_rank(paragraph)
        return self.styles.rank(style) if own is None else (own if 0 <= own < 9 else None)

    def _finished(self, pieces: list[Piece], style: str, rank: int | None, number: Number | None) -> Iterator[Block]:
        """Make a block of a paragraph; an empty one counts only when it has a number, for a report."""
        text = to_markdown(pieces)
        notes = self._called_notes()
        if not text and (number is None or number.bullet):
            return
        block = Block(Kind.PARAGRAPH, text, self.line, number=number, notes=notes)
        if rank is not None:
            block.kind, block.rank = Kind.HEADING, rank
            block.text = " ".join(text.replace("\\\n", " ").split())
        elif self.styles.name(style) in _TITLES:
            block.kind = Kind.TITLE
        elif number is not None:
            block.kind, block.depth, block.marker = Kind.ITEM, number.ilvl, _marker(number)
        if self.styles.name(style).startswith((_OWN_LIST, _OWN_TEXT)):
            block.number, block.settled = None, True
        yield block

    def _called_notes(self) -> dict[str, str]:
        """Read the notes called since the last block. Notes inside notes are left where they are."""
        called, self.runs.notes = self.runs.notes, []
        return {self._note_name(kind, identity): self._note(kind, identity) for kind, identity in called}

    def _note_name(self, kind: str, identity: str) -> str:
        return self.note_names.setdefault((kind, identity), str(len(self.note_names) + 1))

    def _note(self, kind: str, identity: str) -> str:
        note = self.notes[kind].get(identity)
        runs = self.note_runs[kind]
        runs.line = self.line
        paragraphs = [] if note is None else note.findall(W + "p")
        return " ".join(text for paragraph in paragraphs if (text := to_markdown(runs.pieces(paragraph), soft=" ")))

    def _boxes(self) -> Iterator[Block]:
        """Read text boxes after the paragraph they hang on."""
        boxes, self.runs.boxes = self.runs.boxes, []
        for box in boxes:
            self.problems.add("text_box", self.line, "".join(node.text or "" for node in box.iter(W + "t")))
            yield from self._blocks(box)

    def _table(self, table: Element) -> Iterator[Block]:
        line = self.line + 1
        rows = [self._row(row) for row in _rows(table) if row.find(f"{W}trPr/{W}del") is None]
        rows = [row for row in rows if row]
        cells = [cell for row in rows for cell in row]
        if len(cells) == 1:
            yield from cells[0].blocks
        elif holds_clauses(rows):
            self.problems.add("table_unrolled", line)
            yield from unroll(rows)
        elif any(cell.blocks for cell in cells):
            if any(block.kind is Kind.VERBATIM for cell in cells for block in cell.blocks):
                self.problems.add("nested_table", line)
            notes = {name: text for cell in cells for block in cell.blocks for name, text in block.notes.items()}
            yield Block(Kind.VERBATIM, to_table(rows), line, notes=notes)

    def _row(self, row: Element) -> list[Cell]:
        cells = []
        for cell in _unwrapped(row, W + "tc"):
            look = cell.find(W + "tcPr")
            continues = value(look, "vMerge") in ("", "continue")
            cells.append(Cell([] if continues else list(self._blocks(cell)), min(max(integer(look, "gridSpan") or 1, 1), COLUMNS)))
        return cells


def _rows(table: Element) -> Iterator[Element]:
    return _unwrapped(table, W + "tr")


def _unwrapped(parent: Element, tag: str) -> Iterator[Element]:
    """Find rows or cells, also those inside controls."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _TRANSPARENT or child.tag == W + "sdt":
            yield from _unwrapped(child, tag)


def _marker(number: Number) -> str:
    """Write the marker of a list item: Markdown knows decimals only, so other numbers stand as words after a dash."""
    if number.bullet:
        return "-"
    return number.printed if _DECIMAL_ITEM.fullmatch(number.printed) else f"- {escape(number.printed)}"
