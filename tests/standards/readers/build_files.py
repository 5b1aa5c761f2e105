"""Write the Word files of these tests, and what LibreOffice makes of them.

    python tests/standards/readers/build_files.py            writes the documents
    python tests/standards/readers/build_files.py --office   also converts them with `soffice`:
                                                             NAME_lo.docx (through ODT) and NAME.numbers.txt

The numbers in NAME.numbers.txt are the ones LibreOffice computes, so the tests need no LibreOffice.
"""

import random
import subprocess
import sys
import tempfile
from pathlib import Path

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from framework_text import EXTRA, LACKING, PRINCIPLES, REQUIREMENTS, WORDS

FILES = Path(__file__).parent / "files"
MARKS = "ABCDEFGHI"


# — numbering written by hand, as Word writes it —


def level(ilvl, form, text, *, style="", start=1, restart=None, legal=False):
    return (
        f'<w:lvl w:ilvl="{ilvl}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        + (f'<w:lvlRestart w:val="{restart}"/>' if restart is not None else "")
        + (f'<w:pStyle w:val="{style}"/>' if style else "")
        + ("<w:isLgl/>" if legal else "")
        + f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
    )


def abstract(identity, *levels, link=""):
    return f'<w:abstractNum w:abstractNumId="{identity}"><w:multiLevelType w:val="multilevel"/>{link}{"".join(levels)}</w:abstractNum>'


def num(identity, abstract_id, overrides=""):
    return f'<w:num w:numId="{identity}"><w:abstractNumId w:val="{abstract_id}"/>{overrides}</w:num>'


def start_override(ilvl, start):
    return f'<w:lvlOverride w:ilvl="{ilvl}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def new_document(*numbering):
    document = Document()
    root = document.part.numbering_part.element
    for child in list(root):
        root.remove(child)
    for xml in numbering:
        root.append(parse_xml(xml.replace(">", f" {nsdecls('w')}>", 1)))
    return document


def number_style(style, num_id, ilvl=None):
    properties = style.element.get_or_add_pPr()
    for old in properties.findall(qn("w:numPr")):
        properties.remove(old)
    properties.append(_num_pr(num_id, ilvl))


def number_paragraph(paragraph, num_id, ilvl=0):
    paragraph._p.get_or_add_pPr().append(_num_pr(num_id, ilvl))
    return paragraph


def _num_pr(num_id, ilvl):
    properties = OxmlElement("w:numPr")
    for tag, value in (("w:ilvl", ilvl), ("w:numId", num_id)):
        if value is not None:
            child = OxmlElement(tag)
            child.set(qn("w:val"), str(value))
            properties.append(child)
    return properties


def new_style(document, name, base):
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles[base]
    return style


# — every number format and every way of restarting, one marked paragraph each —


def formats():
    """Lists applied to paragraphs directly."""
    forms = ("decimal", "decimalZero", "upperRoman", "lowerRoman", "upperLetter", "lowerLetter", "ordinal")
    document = new_document(
        *(abstract(index, level(0, form, f"{form} %1.")) for index, form in enumerate(forms)),
        *(num(index + 1, index) for index in range(len(forms))),
    )
    for index, form in enumerate(forms):
        for count in range(30 if "Letter" in form else 12):
            number_paragraph(document.add_paragraph(f"¶{form}{count}"), index + 1)
    return document


def restarts():
    """Start overrides, lists sharing counters, skipped levels, restarts after empty and after plain paragraphs."""
    document = new_document(
        abstract(
            0,
            level(0, "decimal", "%1."),
            level(1, "decimal", "%1.%2."),
            level(2, "lowerRoman", "%1.%2.%3)"),
            level(3, "lowerLetter", "(%4)"),
        ),
        abstract(1, level(0, "upperLetter", "%1", start=3), level(1, "decimal", "%1-%2", start=5)),
        abstract(2, level(0, "upperRoman", "Capítulo %1"), level(1, "decimal", "Artículo %2."), level(2, "decimal", "%2.%3")),
        num(1, 0),
        num(2, 0, start_override(0, 1)),
        num(3, 0, start_override(0, 7)),
        num(4, 1),
        num(5, 2),
        num(6, 0, start_override(1, 9)),
    )
    script = (
        "1:0 1:1 1:1 1:2 1:2 1:3 1:3 1:2 1:3 1:1 1:2 1:0 1:1 2:0 2:1 2:0 3:0 3:1 3:0 1:0 1:1 "
        "4:0 4:1 4:1 4:0 4:1 5:0 5:1 5:1 5:2 5:0 5:1 5:2 6:1 6:1 6:0"
    )
    for count, step in enumerate(script.split()):
        num_id, ilvl = step.split(":")
        number_paragraph(document.add_paragraph(f"¶paso{count}"), num_id, ilvl)
        if count % 7 == 3:
            document.add_paragraph("Un párrafo sin número entre los demás.")
    return document


def skips():
    """Levels that are left out, at the start and later, and two lists that share their counters."""
    document = new_document(
        abstract(
            0, *(level(ilvl, "decimal", ".".join(f"%{place + 1}" for place in range(ilvl + 1)), start=2 - bool(ilvl)) for ilvl in range(4))
        ),
        abstract(1, level(0, "decimal", "%1"), level(1, "decimal", "%1.%2"), level(2, "decimal", "%1.%2.%3")),
        abstract(2, level(0, "decimal", "%1"), level(1, "none", ""), level(2, "decimal", "%1.%2.%3")),
        num(1, 0),
        num(2, 1),
        num(3, 1, "".join(start_override(ilvl, 1) for ilvl in range(3))),
        num(4, 2),
    )
    script = "1:2 1:2 1:1 1:0 1:2 1:1 1:0 1:0 1:3 2:0 2:1 2:2 3:1 3:2 3:2 2:1 2:0 3:2 2:2 4:0 4:2 4:1 4:2 4:2"
    for count, step in enumerate(script.split()):
        num_id, ilvl = step.split(":")
        number_paragraph(document.add_paragraph(f"¶paso{count}"), num_id, ilvl)
    return document


def mixed():
    """Four lists of random make, each used through three nums, for 300 paragraphs in random order."""
    chance = random.Random(3)
    forms = ("decimal", "upperRoman", "lowerLetter", "lowerRoman", "upperLetter", "decimalZero")

    def text(ilvl):
        whole = ".".join(f"%{place + 1}" for place in range(ilvl + 1))
        return chance.choice([whole, f"(%{ilvl + 1})", f"Cosa %{ilvl + 1}:"])

    lists = [
        abstract(index, *(level(ilvl, chance.choice(forms), text(ilvl), start=chance.choice([1, 1, 3])) for ilvl in range(4)))
        for index in range(4)
    ]
    nums = [num(identity + 1, identity // 3, start_override(0, 5) if identity % 3 == 1 else "") for identity in range(12)]
    document = new_document(*lists, *nums)
    num_id, ilvl = 1, 0
    for count in range(300):
        num_id = chance.randint(1, 12) if chance.random() < 0.15 else num_id
        ilvl = max(0, min(3, ilvl + chance.choice([-2, -1, 0, 0, 1, 1, 2])))
        number_paragraph(document.add_paragraph(f"¶paso{count}"), num_id, ilvl)
    return document


def styled_lists():
    """An empty document with the lists of `styled`, one of them behind a list style."""
    link = '<w:styleLink w:val="ListaMarco"/>'
    document = new_document(
        abstract(
            0,
            level(0, "decimal", "Principio %1.", style="Heading1"),
            level(1, "decimal", "%1.%2", style="Heading2"),
            level(2, "decimal", "%1.%2.%3", style="Requisito"),
            level(3, "lowerLetter", "(%4)", style="Literal"),
        ),
        abstract(1, level(0, "upperLetter", "Anexo %1", style="Anexo"), level(1, "decimal", "%1.%2", style="AnexoSeccion")),
        abstract(2, level(0, "decimal", "R%1."), link=link),
        abstract(3, link='<w:numStyleLink w:val="ListaMarco"/>'),
        num(1, 0),
        num(2, 1),
        num(3, 2),
        num(4, 3),
    )
    list_style = parse_xml(
        f'<w:style {nsdecls("w")} w:type="numbering" w:styleId="ListaMarco"><w:name w:val="Lista Marco"/>'
        '<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
    )
    document.styles.element.append(list_style)
    return document


def styled():
    """Numbers linked through styles only: inherited, switched off, and with a level that follows from the style."""
    document = styled_lists()
    for name, base in (("Requisito", "Normal"), ("Literal", "Normal"), ("Anexo", "Heading 1"), ("AnexoSeccion", "Heading 2")):
        new_style(document, name, base)
    new_style(document, "RequisitoDestacado", "Requisito")
    for name, num_id, ilvl in (
        ("Heading 1", 1, None),
        ("Heading 2", 1, 1),
        ("Requisito", 1, 2),
        ("Literal", 1, 3),
        ("Anexo", 2, 0),
        ("AnexoSeccion", 2, 1),
    ):
        number_style(document.styles[name], num_id, ilvl)
    script = (
        "Heading 1|Heading 2|Requisito|Literal|Literal|RequisitoDestacado|Heading 2|Requisito|Requisito|Heading 1|Heading 2|"
        "Requisito|RequisitoDestacado|Literal|Heading 1|Anexo|AnexoSeccion|AnexoSeccion|Anexo|AnexoSeccion"
    )
    for count, name in enumerate(script.split("|")):
        document.add_paragraph(f"¶{name.replace(' ', '')} {count} con texto.", style=name)
    number_paragraph(document.add_paragraph("¶Sin número por decisión propia.", style="Requisito"), 0)
    for count in range(3):
        number_paragraph(document.add_paragraph(f"¶Enlazado {count} con texto."), 4)
    return document


# — a standard as people write it: three levels of automatic numbers through styles —


def framework(language):
    """A standard of 5 principles, 30 criteria and 120 requirements (119 in Portuguese), numbered through styles only."""
    title, preface, sentence, word, term, proof, six, notebook, items, forms = WORDS[language]
    document = new_document(
        abstract(
            0,
            level(0, "decimal", f"{word} %1.", style="Heading1"),
            level(1, "decimal", "%1.%2", style="Heading2"),
            level(2, "decimal", "%1.%2.%3", style="Requisito"),
        ),
        abstract(1, level(0, "bullet", "•")),
        abstract(2, level(0, "upperLetter", "Anexo %1.", style="Anexo")),
        num(1, 0),
        num(2, 1),
        num(3, 2),
    )
    new_style(document, "Requisito", "Normal")
    new_style(document, "Anexo", "Heading 1")
    for name, num_id, ilvl in (("Heading 1", 1, None), ("Heading 2", 1, 1), ("Requisito", 1, 2), ("Anexo", 3, 0)):
        number_style(document.styles[name], num_id, ilvl)
    document.add_paragraph(title, style="Title")
    number_paragraph(document.add_paragraph(preface, style="Heading 1"), 0)
    document.add_paragraph(sentence)
    for first, principle in enumerate(PRINCIPLES):
        document.add_paragraph(principle[language == "pt"], style="Heading 1")
        for second, topics in enumerate(principle[2]):
            criterion(document, (first, second), topics[language == "pt"], language)
        if first == 0:
            for item in items:
                number_paragraph(document.add_paragraph(item), 2)
        if first == 2:
            table = document.add_table(2, 2)
            for cell, text in zip((cell for row in table.rows for cell in row.cells), (term, proof, six, notebook), strict=True):
                cell.text = text
    document.add_paragraph(forms, style="Anexo")
    document.add_paragraph(sentence)
    return document


def criterion(document, place, topic, language):
    document.add_paragraph((topic[0].upper() + topic[1:]), style="Heading 2")
    sentences = list(REQUIREMENTS[language])
    if place in LACKING.get(language, ()):
        sentences.pop()
    if place in EXTRA.get(language, {}):
        sentences.append(EXTRA[language][place])
    for sentence in sentences:
        document.add_paragraph(sentence.format(topic=topic), style="Requisito")


DOCUMENTS = {
    "formats": formats,
    "restarts": restarts,
    "skips": skips,
    "mixed": mixed,
    "styled": styled,
    "marco_es": lambda: framework("es"),
    "marco_pt": lambda: framework("pt"),
}


# — LibreOffice —


def convert(source, target, folder):
    command = [
        "soffice",
        "--headless",
        f"-env:UserInstallation={folder.as_uri()}/profile",
        "--convert-to",
        target,
        "--outdir",
        str(folder),
        str(source),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder / f"{source.stem}.{target.split(':')[0]}"


def with_office(name):
    """Keep the file as LibreOffice writes it, and the number it prints before each paragraph."""
    texts = [paragraph.text for paragraph in Document(str(FILES / f"{name}.docx")).paragraphs if paragraph.text]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        lines = convert(FILES / f"{name}.docx", "txt:Text (encoded):UTF8", place).read_text("utf-8-sig").splitlines()
        document = convert(convert(FILES / f"{name}.docx", "odt", place), "docx", place)
        (FILES / f"{name}_lo.docx").write_bytes(document.read_bytes())
    printed = []
    for text in texts:
        line = next(line for line in lines if line.endswith(text))
        lines = lines[lines.index(line) + 1 :]
        printed.append(f"{line.removesuffix(text).strip()}\t{text}")
    (FILES / f"{name}.numbers.txt").write_text("\n".join(printed) + "\n", encoding="utf-8")


def main():
    FILES.mkdir(exist_ok=True)
    for name, build in DOCUMENTS.items():
        build().save(str(FILES / f"{name}.docx"))
        if "--office" in sys.argv:
            with_office(name)


if __name__ == "__main__":
    main()
