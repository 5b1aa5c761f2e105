"""Word: real headings with their labels as text; what stands beside the clauses is left out when it comes back."""

from typing import Any

from red_mpe.core.blocks import blocks
from standards.exports.versions.labels import printed
from standards.exports.word import BESIDE, add_beside, add_blocks, add_line, new_document, saved

Plain = dict[str, Any]


def write_docx(sheet: Plain) -> bytes:
    """Return the version as a Word document that `import_framework` reads back with the same labels."""
    document = new_document(title=sheet["title"], lang=sheet["lang"])
    add_beside(document, sheet["kicker"])
    for name, words in sheet["facts"]:
        add_beside(document, name, words)
    for part in sheet["front"]:
        add_line(document, "Heading 1", part["name"])
        _part_text(document, part, None)
    for clause in sheet["clauses"]:
        _clause(document, clause, sheet["words"])
    if sheet["errata"]:
        add_beside(document, sheet["words"]["errata"])
    for label, words in sheet["errata"]:
        add_beside(document, label, words)
    return saved(document)


def _clause(document: Any, clause: Plain, words: dict[str, str]) -> None:
    label = printed(clause, words)
    add_line(document, f"Heading {clause['heading']}", f"{label} {clause['title']}".strip())
    marks = " · ".join([*clause["tags"], *language_marks(clause, words)])
    if marks:
        add_beside(document, "", marks)
    add_blocks(document, blocks(clause["text"]))
    if clause["plain"]["text"]:
        add_beside(document, clause["plain"]["name"], clause["plain"]["text"])
    for part in clause["parts"]:
        add_beside(document, part["name"], part["foreign"])
        _part_text(document, part, BESIDE)
    for name, told in clause["facts"]:
        add_beside(document, name, told)


def _part_text(document: Any, part: Plain, style: str | None) -> None:
    add_blocks(document, blocks(part["text"]), style=style)


def language_marks(clause: Plain, words: dict[str, str]) -> list[str]:
    """Return what has to be said of the language of a clause: that it is the original, or older than the original."""
    foreign = [f"{clause['foreign']}: {words['missing']}"] if clause["foreign"] else []
    return foreign + ([words["stale"]] if clause["stale"] else [])
