"""Markdown as a tree of plain values, for every writer that is not HTML: typst, Word.

The same safe subset as `core.text.markdown(rich=True)`: paragraphs, lists, tables, quotes, code, emphasis, links. Images
leave their words, foreign schemes leave the words of the link, headings become strong paragraphs.

Blocks: `{"t": "p"|"h"|"quote", "c": […]}`, `{"t": "ul", "items": [[…]]}`, `{"t": "ol", "start": 1, "items": [[…]]}`,
`{"t": "code", "text": …}`, `{"t": "rule"}`, `{"t": "table", "head": [inlines…], "rows": [[inlines…]…]}`.
Inlines: `{"t": "text"|"code", "text": …}`, `{"t": "strong"|"em"|"s", "c": […]}`, `{"t": "link", "url": …, "c": […]}`, `{"t": "br"}`.
"""

from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from red_mpe.core.text import clean

Node = dict[str, Any]
_SCHEMES = ("http://", "https://", "mailto:")
_WRAPPING = {"strong": "strong", "em": "em", "s": "s"}


@lru_cache(maxsize=1)
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("strikethrough").enable("table")


def blocks(text: str, *, breaks: bool = False) -> list[Node]:
    """Return the blocks of a Markdown text; with `breaks` every line end is one, as in comments."""
    tokens = _reader().parse(clean(text or ""))
    for token in [inner for outer in tokens for inner in outer.children or []] if breaks else []:
        token.type = "hardbreak" if token.type == "softbreak" else token.type
    return [block for node in SyntaxTreeNode(tokens).children for block in _block(node)]


def paragraphs(text: str) -> list[Node]:
    """Return plain words as paragraphs, without reading any Markdown in them."""
    return [{"t": "p", "c": _with_breaks(part)} for part in clean(text or "").split("\n\n") if part.strip()]


def words(items: list[Node]) -> str:
    """Return the plain words of inlines or blocks, for titles and tests."""
    return "".join(_words(item) for item in items)


def _words(item: Node) -> str:
    if item["t"] == "table":
        return "\n".join(words(cell) for row in [item["head"], *item["rows"]] for cell in row)
    if "items" in item:
        return "\n".join(words(inner) for inner in item["items"])
    return "\n" if item["t"] == "br" else item["text"] if "text" in item else words(item.get("c", []))


def _with_breaks(text: str) -> list[Node]:
    found: list[Node] = []
    for number, part in enumerate(text.strip("\n").split("\n")):
        found += ([{"t": "br"}] if number else []) + [{"t": "text", "text": part}]
    return found


def _block(node: SyntaxTreeNode) -> list[Node]:
    if node.type in ("paragraph", "heading"):
        return [{"t": "p" if node.type == "paragraph" else "h", "c": _inlines(node)}]
    if node.type in ("bullet_list", "ordered_list"):
        return [_list(node)]
    if node.type == "blockquote":
        return [{"t": "quote", "c": _inside(node)}]
    if node.type in ("fence", "code_block"):
        return [{"t": "code", "text": node.content.rstrip("\n")}]
    if node.type == "table":
        return [_table(node)]
    return [{"t": "rule"}] if node.type == "hr" else []


def _inside(node: SyntaxTreeNode) -> list[Node]:
    return [block for child in node.children for block in _block(child)]


def _list(node: SyntaxTreeNode) -> Node:
    items = [_inside(item) for item in node.children]
    if node.type == "bullet_list":
        return {"t": "ul", "items": items}
    return {"t": "ol", "start": int(node.attrs.get("start", 1)), "items": items}


def _table(node: SyntaxTreeNode) -> Node:
    rows = [[_inlines(cell) for cell in row.children] for part in node.children for row in part.children]
    return {"t": "table", "head": rows[0], "rows": rows[1:]}


def _inlines(node: SyntaxTreeNode) -> list[Node]:
    return [item for inline in node.children for child in (inline.children or []) for item in _inline(child)]


def _inline(node: SyntaxTreeNode) -> list[Node]:
    if node.type in ("text", "code_inline"):
        return [{"t": "code" if node.type == "code_inline" else "text", "text": node.content}] if node.content else []
    if node.type in ("softbreak", "hardbreak"):
        return [{"t": "br"} if node.type == "hardbreak" else {"t": "text", "text": " "}]
    inner = [item for child in (node.children or []) for item in _inline(child)]
    if node.type in _WRAPPING:
        return [{"t": _WRAPPING[node.type], "c": inner}]
    if node.type == "link" and str(node.attrs.get("href", "")).lower().startswith(_SCHEMES):
        return [{"t": "link", "url": str(node.attrs["href"]), "c": inner}]
    return inner or ([{"t": "text", "text": node.content}] if node.content else [])
