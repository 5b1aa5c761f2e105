"""Markdown and plain text: from bytes in any usual encoding to an outline. The text of clauses stays as it was written."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence

from markdown_it.token import Token

from .assemble import assemble
from .blocks import Block, Kind
from .labels import typed_label
from .numbering import Number
from .outline import Outline, Problems, ReaderError
from .safety import MEGABYTE
from .text import clean, footnote_marks, parser

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_FRONT = re.compile(r"---\n(?P<fields>(?:.*\n)*?)---(?:\n|$)")
_TITLE = re.compile(r"^title:(.*)$", re.MULTILINE)
_NOTE = re.compile(r"^\[\^(?P<name>[^\[\]\s]{1,60})\]:[ \t]*(?P<text>.*(?:\n(?:[ ]{2,}|\t).*)*)", re.MULTILINE)
_HTML = re.compile(r"<[a-zA-Z/!][^<>]*>")
_AUTOLINK = re.compile(r"<(?:https?:|mailto:)[^<>]*>")
#: How our own documents begin what stands beside a clause (`exports.versions.marks`): it is kept where it is.
_BESIDE = "> [!NOTE]"
LINE_LIMIT = 100_000
SIZE_LIMIT = 4 * MEGABYTE


def read_markdown(data: bytes) -> Outline:
    """Read Markdown or plain text. Refused when it is not text, weighs more than 4 MB or has more than 100,000 lines."""
    if len(data) > SIZE_LIMIT:
        raise ReaderError("file_too_large", limit=SIZE_LIMIT // MEGABYTE)
    problems = Problems()
    text = _decoded(data, problems)
    if text.count("\n") > LINE_LIMIT:
        raise ReaderError("too_many_paragraphs", limit=LINE_LIMIT)
    text = _cleaned(text, problems)
    title, text = _front_matter(text)
    notes, text = _take_notes(text)
    blocks = _Blocks(text, notes, problems).read()
    outline = assemble(blocks, problems)
    outline.title = title or outline.title
    return outline


def _decoded(data: bytes, problems: Problems) -> str:
    """Decode by the mark at the start, else as UTF-8, else as Windows text, which is then reported."""
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), "utf-8")
    if encoding == "utf-8" and b"\0" in data:
        # Latin letters in UTF-16 have a zero each; fewer zeros are no text.
        if data.count(b"\0") * 3 < len(data):
            raise ReaderError("not_a_document")
        encoding = "utf-16-be" if data[:1] == b"\0" else "utf-16-le"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding.startswith("utf-16"):
            raise ReaderError("not_a_document") from error
        problems.add("encoding_guessed")
        text = data.decode("cp1252", errors="replace")
    if "\0" in text:
        raise ReaderError("not_a_document")
    return text


def _cleaned(text: str, problems: Problems) -> str:
    """Clean line by line, so that each loss has its line."""
    lines = re.split("\r\n|[\n\r\x85\u2028\u2029]", text)
    for index, line in enumerate(lines):
        lines[index], lost = clean(line.replace("\x0b", " ").replace("\x0c", " "))
        for code in lost:
            problems.add(code, index + 1, lines[index])
        if _HTML.search(_AUTOLINK.sub("", line)):
            problems.once("html_in_text", index + 1, lines[index])
    return "\n".join(lines)


def _blank(text: str) -> str:
    return "\n" * text.count("\n")


def _front_matter(text: str) -> tuple[str, str]:
    """Take the title out of a head of fields between dashes; the head itself is not text."""
    found = _FRONT.match(text)
    title = _TITLE.search(found["fields"]) if found else None
    if found is None or title is None:
        return "", text
    return title[1].strip(" \t\"'"), _blank(found.group()) + text[found.end() :]


def _take_notes(text: str) -> tuple[dict[str, str], str]:
    """Take the footnotes out, leaving as many empty lines."""
    notes = {found["name"]: " ".join(found["text"].split()) for found in _NOTE.finditer(text)}
    return notes, _NOTE.sub(lambda found: _blank(found.group()), text)


class _Blocks:
    """Cut a text into blocks along the tokens of the parser, keeping the source as it is."""

    def __init__(self, text: str, notes: dict[str, str], problems: Problems) -> None:
        self.problems = problems
        self.lines = text.split("\n")
        self.tokens = parser().parse(text)
        self.notes = notes
        self.lists = 0

    def read(self) -> list[Block]:
        blocks: list[Block] = []
        start = 0
        while start < len(self.tokens):
            end = _closing(self.tokens, start)
            blocks += self._block(self.tokens[start:end])
            start = end
        return blocks

    def _block(self, tokens: Sequence[Token]) -> list[Block]:
        first = tokens[0]
        line = (first.map or [0])[0] + 1
        if first.type == "heading_open":
            return [self._noted(Block(Kind.HEADING, tokens[1].content.replace("\n", " "), line, rank=int(first.tag[1:]) - 1))]
        if first.type == "paragraph_open":
            return self._paragraphs(tokens[1].content, line)
        if first.type == "hr":
            return []
        if first.type in ("bullet_list_open", "ordered_list_open"):
            self.lists += 1
            return [self._noted(Block(Kind.LIST, self._source(first), line, items=self._items(tokens)))]
        if first.type == "blockquote_open" and self._source(first).startswith(_BESIDE):
            self.problems.once("beside_left_out", line)
            return [Block(Kind.VERBATIM, "", line)]  # it keeps a list above it from being taken for the clause below it
        return [self._noted(Block(Kind.VERBATIM, self._source(first), line))]

    def _source(self, token: Token) -> str:
        first, last = token.map or [0, 0]
        return "\n".join(self.lines[first:last]).strip("\n")

    def _noted(self, block: Block) -> Block:
        block.notes = {name: self.notes[name] for name in footnote_marks(block.text) if name in self.notes}
        return block

    def _paragraphs(self, content: str, line: int) -> list[Block]:
        """Cut a paragraph before each line that begins with a label: plain texts often have no empty lines."""
        blocks: list[Block] = []
        for offset, text in enumerate(content.split("\n")):
            typed = typed_label(text)
            if not blocks or (typed and typed.certain):
                blocks.append(Block(Kind.PARAGRAPH, text, line + offset))
            else:
                blocks[-1].text += "\n" + text
        return [self._noted(block) for block in blocks]

    def _items(self, tokens: Sequence[Token]) -> list[Block]:
        """Flatten a list into its paragraphs; the first of each item carries the item's number or dash."""
        items: list[Block] = []
        numbers: list[int | None] = []
        fresh = False
        for token in tokens:
            if token.type in ("bullet_list_open", "ordered_list_open"):
                numbers.append(int(token.attrs.get("start", 1)) - 1 if token.type == "ordered_list_open" else None)
            elif token.type in ("bullet_list_close", "ordered_list_close"):
                numbers.pop()
            elif token.type == "list_item_open":
                numbers[-1] = None if numbers[-1] is None else numbers[-1] + 1
                fresh = True
            elif token.type == "inline":
                line = (token.map or [0])[0] + 1
                items.append(self._noted(self._item(token.content, line, numbers) if fresh else Block(Kind.PARAGRAPH, token.content, line)))
                fresh = False
        return items

    def _item(self, text: str, line: int, numbers: Sequence[int | None]) -> Block:
        depth, value = len(numbers) - 1, numbers[-1]
        if value is None:
            return Block(Kind.ITEM, text, line, depth=depth, marker="-")
        number = Number(str(value), str(value), f"list {self.lists}", depth)
        return Block(Kind.ITEM, text, line, number=number, depth=depth, marker=f"{value}.")


def _closing(tokens: Sequence[Token], start: int) -> int:
    """Return the index after the token that closes the one at `start`."""
    depth = 0
    ends = (index for index, token in enumerate(tokens[start:], start + 1) if (depth := depth + token.nesting) == 0)
    return next(ends, len(tokens))
