"""Small documents made in memory: `docx(body)` wraps WordprocessingML into a package, `files` finds the committed ones."""

import io
import zipfile
from pathlib import Path

import pytest
from django.utils import translation

from standards.readers import read_document

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = (
    f'xmlns:w="{W}" xmlns:r="{OFFICE}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
)
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEADINGS = (
    "".join(f'<w:style w:type="paragraph" w:styleId="Heading{rank}"><w:name w:val="heading {rank}"/></w:style>' for rank in range(1, 5))
    + '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>'
)


@pytest.fixture(autouse=True)
def _english():
    """Readers speak the language of whoever reads; these tests read English."""
    with translation.override("en"):
        yield


def paragraph(text="", style="", numbers=None, inner=""):
    """A paragraph of one run; `numbers` is (numId, ilvl); `inner` is XML instead of the run."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if numbers:
        properties += f'<w:numPr><w:ilvl w:val="{numbers[1]}"/><w:numId w:val="{numbers[0]}"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner or run(text)}</w:p>"


def run(text, look=""):
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def table(*rows):
    """A table of cells given as XML."""
    return "<w:tbl>" + "".join("<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in row) + "</w:tr>" for row in rows) + "</w:tbl>"


def level(ilvl, form, text, more=""):
    return f'<w:lvl w:ilvl="{ilvl}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def numbering(*levels, more=""):
    """One list with the num 1."""
    return (
        f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/>{more}</w:num>'
    )


def relation(identity, kind, target, external=True):
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="{identity}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'


def package(body, *, styles=HEADINGS, numbers="", relations="", parts=None):
    """The bytes of a DOCX. `parts` adds members or replaces them; a part with the value None is left out."""
    kinds = ("styles", "numbering")
    relations += "".join(relation(kind, kind, f"{kind}.xml", external=False) for kind in kinds)
    main = relation("main", "officeDocument", "/word/document.xml", external=False)
    members = {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}">{main}</Relationships>',
        "word/document.xml": f"<w:document {NAMES}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {NAMES}>{styles}</w:styles>",
        "word/numbering.xml": f"<w:numbering {NAMES}>{numbers}</w:numbering>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}">{relations}</Relationships>',
    } | (parts or {})
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            if content is not None:
                archive.writestr(name, content)
    return stream.getvalue()


class Word:
    """The bricks of a Word document, for tests."""

    names = NAMES
    headings = HEADINGS
    p = staticmethod(paragraph)
    r = staticmethod(run)
    table = staticmethod(table)
    level = staticmethod(level)
    numbering = staticmethod(numbering)
    relation = staticmethod(relation)
    package = staticmethod(package)

    @staticmethod
    def read(body, **parts):
        return read_document(package(body, **parts), "prueba.docx")


@pytest.fixture(scope="session")
def word():
    return Word


@pytest.fixture(scope="session")
def files():
    return Path(__file__).parent / "files"


@pytest.fixture(scope="session")
def codes():
    """Name the problems of an outline."""
    return lambda outline: [problem.code for problem in outline.problems]


@pytest.fixture(scope="session")
def labels():
    """Name the clauses of an outline."""
    return lambda outline: [entry.label for entry in outline.walk()]


@pytest.fixture(scope="session")
def read():
    """Read Markdown given as text."""
    return lambda text: read_document(text.encode(), "prueba.md")
