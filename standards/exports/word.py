"""Word documents: our page, our styles, and blocks of plain values written into them. No name, no date, no numbering of its own."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from docx import Document
from docx.document import Document as Doc
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from red_mpe.core.blocks import Node, words
from red_mpe.core.sheets.archives import repacked
from standards.readers.labels import typed_label

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#: The style of what stands beside a text: our own reader leaves such paragraphs out (`readers.docx`).
BESIDE = "Red MPE Beside"
#: The styles of numbered items, and of paragraphs that begin like a clause and are none: the reader takes them for text.
OWN_LIST, OWN_TEXT = "Red MPE List", "Red MPE Text"
_BLACK, _SOFT = RGBColor(0x1F, 0x1B, 0x14), RGBColor(0x5C, 0x54, 0x46)
_LANGUAGE = {"es": "es-ES", "en": "en-GB", "pt": "pt-BR"}
_SIZES = {"Title": 24, "Heading 1": 16, "Heading 2": 14, "Heading 3": 12, "Heading 4": 11}
_FONT = "Georgia"
_DEPTHS = ("", " 2", " 3")


def new_document(*, title: str, lang: str, landscape: bool = False) -> Doc:
    """Return an empty document: A4, `lang` (es, en, pt) as its language, headings in black."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(15 if landscape else 22)
    _set_styles(document, lang)
    if title:
        document.add_paragraph(title, style="Title")
    return document


def saved(document: Doc) -> bytes:
    """Return the file: the same bytes for the same content, properties empty, no thumbnail."""
    out = io.BytesIO()
    document.save(out)
    return repacked(out.getvalue())


def _set_styles(document: Doc, lang: str) -> None:
    styles: Any = document.styles
    for name, size in {"Normal": 11, **_SIZES}.items():
        font = styles[name].font
        font.name, font.size, font.color.rgb = _FONT, Pt(size), _BLACK
        _one_font(styles[name])
    beside = styles.add_style(BESIDE, WD_STYLE_TYPE.PARAGRAPH)
    beside.base_style, beside.font.size, beside.font.color.rgb = styles["Normal"], Pt(9.5), _SOFT
    beside.paragraph_format.left_indent = Mm(6)
    styles.add_style(OWN_TEXT, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    for depth in _DEPTHS:
        styles.add_style(f"{OWN_LIST}{depth}", WD_STYLE_TYPE.PARAGRAPH).base_style = styles[f"List Number{depth}"]
    told = styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    for name in ("w:val", "w:eastAsia"):
        told.set(qn(name), _LANGUAGE[lang])


def _one_font(style: Any) -> None:
    """Take the theme's fonts out of a style: they would win over the one we name."""
    fonts = style.element.rPr.rFonts
    for name in [name for name in fonts.attrib if "heme" in name]:
        del fonts.attrib[name]
    for name in ("w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), _FONT)


def add_line(document: Doc, style: str | None, words: str = "") -> Paragraph:
    """Write a paragraph in one of the styles of `new_document`; asking python-docx for a style by name costs 3 ms each time."""
    paragraph = document.add_paragraph(words)
    if style:
        paragraph._p.style = style.replace(" ", "")
    return paragraph


def add_beside(document: Doc, name: str, words: str = "") -> Paragraph:
    """Write a line beside the text: a name in bold, and words."""
    paragraph = add_line(document, BESIDE)
    if name:
        paragraph.add_run(name).bold = True
    if words:
        paragraph.add_run(f" {words}" if name else words)
    return paragraph


def add_blocks(document: Doc, items: Iterable[Node], *, style: str | None = None, depth: int = 0) -> None:
    """Write blocks, in a style of their own where one is given."""
    for item in items:
        _WRITERS[item["t"]](document, item, style, depth)


def _paragraph(document: Doc, item: Node, style: str | None, _depth: int) -> Paragraph:
    if style is None and typed_label(words(item["c"])):
        style = OWN_TEXT
    paragraph = add_line(document, style)
    _inlines(paragraph, item["c"], {"bold": True} if item["t"] == "h" else {})
    return paragraph


def _list(document: Doc, item: Node, style: str | None, depth: int) -> None:
    deep = _DEPTHS[min(depth, len(_DEPTHS) - 1)]
    name = f"List Bullet{deep}" if item["t"] == "ul" else f"{OWN_LIST}{deep}"
    numbers = None if style or item["t"] == "ul" else _restarted(document, f"List Number{deep}", item["start"])
    for place, blocks in enumerate(item["items"], item.get("start", 1)):
        paragraph = add_line(document, style or name)
        if style:  # beside the text there are no lists of Word's own: only their marks
            paragraph.add_run("• " if item["t"] == "ul" else f"{place}. ")
        if numbers is not None:
            paragraph._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = numbers
        leads = bool(blocks) and blocks[0]["t"] in ("p", "h")
        if leads:
            _inlines(paragraph, blocks[0]["c"], {})
        add_blocks(document, blocks[leads:], style=style, depth=depth + 1)


def _restarted(document: Doc, style: str, start: int) -> int:
    """Begin a list of numbers anew; return its id. Without this all numbered lists of a document count on."""
    numbering = document.part.numbering_part.element
    own = document.styles[style].element.pPr.numPr.numId.val
    [like] = [num for num in numbering.num_lst if num.numId == own]
    num = numbering.add_num(like.abstractNumId.val)
    num.add_lvlOverride(ilvl=0).add_startOverride(start)
    return int(num.numId)


def _quote(document: Doc, item: Node, style: str | None, depth: int) -> None:
    add_blocks(document, item["c"], style=style or "Quote", depth=depth)


def _code(document: Doc, item: Node, style: str | None, _depth: int) -> None:
    run = add_line(document, style).add_run(item["text"])
    run.font.name = "Courier New"


def _rule(document: Doc, _item: Node, style: str | None, _depth: int) -> None:
    add_line(document, style)


def _table(document: Doc, item: Node, style: str | None, _depth: int) -> None:
    rows = [item["head"], *item["rows"]]
    if style:  # beside the text a table is its rows, one a line: a table has no style that our reader would know
        for cells in rows:
            _inlines(add_line(document, style), _joined(cells), {})
        return
    table: Any = document.add_table(rows=len(rows), cols=len(item["head"]), style="Table Grid")
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, inlines in zip(row.cells, cells, strict=False):
            _inlines(cell.paragraphs[0], inlines, {"bold": True} if row is table.rows[0] else {})
    repeat_head(table)


def _joined(cells: list[list[Node]]) -> list[Node]:
    return [item for place, cell in enumerate(cells) for item in ([{"t": "text", "text": " | "}] if place else []) + cell]


def repeat_head(table: Any) -> None:
    """Repeat the first row of a table on each page."""
    look = table.rows[0]._tr.get_or_add_trPr()
    look.append(OxmlElement("w:tblHeader"))


_WRITERS: dict[str, Any] = {
    "p": _paragraph,
    "h": _paragraph,
    "ul": _list,
    "ol": _list,
    "quote": _quote,
    "code": _code,
    "rule": _rule,
    "table": _table,
}
_LOOK = {"strong": "bold", "em": "italic"}


def _inlines(parent: Any, items: Sequence[Node], look: dict[str, bool]) -> None:
    for item in items:
        kind = item["t"]
        if kind in _LOOK:
            _inlines(parent, item["c"], {**look, _LOOK[kind]: True})
        elif kind == "s":
            _inlines(parent, item["c"], {**look, "strike": True})
        elif kind == "link":
            _link(parent, item, look)
        else:
            _run(parent, "\n" if kind == "br" else item["text"], {**look, "code": kind == "code"})


def _run(parent: Any, text: str, look: dict[str, bool]) -> Any:
    run = parent.add_run(text)
    run.bold, run.italic, run.font.strike = look.get("bold"), look.get("italic"), look.get("strike")
    if look.get("code"):
        run.font.name = "Courier New"
    return run


def _link(paragraph: Any, item: Node, look: dict[str, bool]) -> None:
    relation = paragraph.part.relate_to(item["url"], RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    before = len(paragraph.runs)
    _inlines(paragraph, item["c"], look)
    for run in paragraph.runs[before:]:
        run.font.underline = True
        link.append(run._r)
    paragraph._p.append(link)
