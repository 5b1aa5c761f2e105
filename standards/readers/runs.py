"""The runs of a Word paragraph as pieces of text: what a reader of the final document sees, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from .inline import Piece, safe_link
from .ooxml import MC, WP, M, R, Relation, W, integer, switched, value
from .outline import Problems
from .safety import Element
from .styles import Styles
from .text import clean

_SKIPPED_FIELDS = ("TOC", "INDEX", "TOA", "RD", "TC", "XE")
_HYPERLINK = re.compile(r'^\s*HYPERLINK\s+(?:\\[a-z]\s+)*"([^"]+)"', re.IGNORECASE)
_PRIVATE = range(0xE000, 0xF900)
_WRAPPERS = frozenset(W + tag for tag in ("ins", "moveTo", "smartTag", "sdt", "sdtContent", "customXml", "dir", "bdo", "ruby", "rubyBase"))
_IMAGES = frozenset((W + "drawing", W + "pict", W + "object"))


@dataclass
class Field:
    """A field of which the code, not the result, is hidden."""

    code: str = ""
    in_result: bool = False

    @property
    def skipped(self) -> bool:
        return not self.in_result or self.code.split()[:1] in ([name] for name in _SKIPPED_FIELDS)

    @property
    def address(self) -> str:
        found = _HYPERLINK.match(self.code)
        return found[1] if found else ""


def _own_name(_kind: str, identity: str) -> str:
    return identity


@dataclass
class Runs:
    """Read the paragraphs of one part. Fields can span paragraphs, so paragraphs must come in order.

    `notes` collects the ids of the notes called since it was emptied, `boxes` the text boxes met.
    """

    styles: Styles
    problems: Problems
    relations: dict[str, Relation]
    line: int = 0
    fields: list[Field] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    note_name: Callable[[str, str], str] = _own_name

    def pieces(self, paragraph: Element) -> list[Piece]:
        return list(self._inside(paragraph, ""))

    def leave_contents(self) -> None:
        """Close fields left open: a heading never stands inside a table of contents."""
        self.fields.clear()

    @property
    def in_contents(self) -> bool:
        return any(each.in_result and each.skipped for each in self.fields)

    def _inside(self, parent: Element, link: str) -> Iterator[Piece]:
        for child in parent:
            yield from self._child(child, link)

    def _child(self, child: Element, link: str) -> Iterator[Piece]:
        if child.tag == W + "r":
            yield from self._run(child, link)
        elif child.tag == W + "hyperlink":
            yield from self._inside(child, self._target(child) or link)
        elif child.tag == W + "fldSimple":
            yield from self._simple_field(child, link)
        elif child.tag in _WRAPPERS:
            yield from self._inside(child, link)
        elif child.tag == MC + "AlternateContent":
            yield from self._inside(_choice(child), link)
        elif child.tag in (M + "oMath", M + "oMathPara"):
            self.problems.add("formula", self.line, "".join(child.itertext()))
            yield self._piece("".join(node.text or "" for node in child.iter(M + "t")), None, link)

    def _simple_field(self, child: Element, link: str) -> Iterator[Piece]:
        self.fields.append(Field(child.get(W + "instr", ""), in_result=True))
        yield from self._inside(child, link)
        self.fields.pop()

    def _target(self, hyperlink: Element) -> str:
        relation = self.relations.get(hyperlink.get(R + "id", ""))
        return self._safe(relation.target) if relation and relation.external else ""

    def _safe(self, address: str) -> str:
        link = safe_link(address)
        if not link:
            self.problems.add("link_dropped", self.line, address)
        return link

    def _run(self, run: Element, link: str) -> Iterator[Piece]:
        look = run.find(W + "rPr")
        if self._look(look, "vanish", self.styles.hidden):
            self.problems.once("hidden_text", self.line, "".join(node.text or "" for node in run.iter(W + "t")))
            return
        for child in run:
            text = self._character(child)
            if text and not any(each.skipped for each in self.fields):
                yield self._piece(text, look, link or self._field_link())
            yield from self._called_note(child)
            if child.tag == MC + "AlternateContent":
                for inner in _choice(child):
                    self._drawn(inner)

    def _field_link(self) -> str:
        address = next((each.address for each in reversed(self.fields) if each.address), "")
        return self._safe(address) if address else ""

    def _piece(self, text: str, look: Element | None, link: str) -> Piece:
        text, lost = clean(text)
        for code in lost:
            self.problems.add(code, self.line, text)
        bold, italic = self._look(look, "b", self.styles.bold), self._look(look, "i", self.styles.italic)
        return Piece(text, bold, italic, link)

    def _look(self, look: Element | None, tag: str, inherited: Callable[[str], bool | None]) -> bool:
        """Read a look from the run itself, else from its character style; that of the paragraph's style is no emphasis."""
        own = switched(look, tag)
        return bool(inherited(value(look, "rStyle") or "") if own is None else own)

    def _character(self, child: Element) -> str:
        tag = child.tag.rpartition("}")[2]
        if tag == "t":
            return " ".join((child.text or "").split("\n"))
        if tag == "br":
            return "\n" if child.get(W + "type") in (None, "textWrapping") else " "
        if tag == "sym":
            return self._symbol(child)
        if tag in ("fldChar", "instrText"):
            self._field(child, tag)
        self._drawn(child)
        return {"tab": " ", "ptab": " ", "cr": "\n", "noBreakHyphen": "\u2011"}.get(tag, "")

    def _symbol(self, child: Element) -> str:
        code = child.get(W + "char", "")
        sign = int(code, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,4}", code) else _PRIVATE.start
        if sign in _PRIVATE:
            self.problems.add("symbol_dropped", self.line, f"{child.get(W + 'font', '')} {code}")
            return ""
        return chr(sign)

    def _field(self, child: Element, tag: str) -> None:
        kind = child.get(W + "fldCharType")
        if kind == "begin":
            self.fields.append(Field())
        elif self.fields and tag == "instrText":
            self.fields[-1].code += child.text or ""
        elif self.fields and kind == "separate":
            self.fields[-1].in_result = True
        elif self.fields and kind == "end":
            self.fields.pop()

    def _called_note(self, child: Element) -> Iterator[Piece]:
        kind = {W + "footnoteReference": "footnotes", W + "endnoteReference": "endnotes"}.get(child.tag)
        if kind and not any(each.skipped for each in self.fields):
            identity = child.get(W + "id", "")
            self.notes.append((kind, identity))
            yield Piece(f"[^{self.note_name(kind, identity)}]", raw=True)

    def _drawn(self, child: Element) -> None:
        """Keep the words of a drawing for later; report one that has none."""
        if child.tag not in _IMAGES:
            return
        boxes = [box for box in child.iter(W + "txbxContent") if _box_around(box) is _box_around(child)]
        self.boxes += boxes
        if not boxes:
            described = next((node.get("descr") or node.get("name") or "" for node in child.iter(WP + "docPr")), "")
            self.problems.add("image_dropped", self.line, described)


def _box_around(child: Element) -> Element | None:
    """Return the text box something stands in: a box inside another is read when the outer one is."""
    return next(child.iterancestors(W + "txbxContent"), None)


def _choice(alternatives: Element) -> Element:
    """Take one of several forms of the same thing: the newest, which Word shows."""
    choice = alternatives.find(MC + "Choice")
    return alternatives.find(MC + "Fallback") if choice is None else choice


def note_texts(root: Element | None, tag: str) -> dict[str, Element]:
    """Return the notes of a document by id, without the separators Word keeps among them."""
    notes = [] if root is None else root.findall(W + tag)
    return {note.get(W + "id", ""): note for note in notes if note.get(W + "type") in (None, "normal")}


def own_numbers(paragraph: Element) -> Element | None:
    """Return the `numPr` of the paragraph itself."""
    return paragraph.find(f"{W}pPr/{W}numPr")


def own_rank(paragraph: Element) -> int | None:
    """Return the outline rank set on the paragraph itself."""
    return integer(paragraph.find(W + "pPr"), "outlineLvl")
