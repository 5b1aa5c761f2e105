"""PDF: the version as a book with contents, bookmarks and tags."""

from typing import Any

from red_mpe.core import press
from red_mpe.core.blocks import blocks, paragraphs
from standards.exports.versions.words import language_marks

Plain = dict[str, Any]


def write_pdf(sheet: Plain) -> bytes:
    """Return the version as PDF. Raises PressError."""
    words = sheet["words"]
    data = {
        "kicker": sheet["kicker"],
        "running": f"{sheet['title']} · {sheet['number']}",
        "below": [],
        "facts": sheet["facts"],
        "front": [
            {"name": part["name"], "lang": part["lang"], "mark": part["foreign"], "body": blocks(part["text"])} for part in sheet["front"]
        ],
        "clauses": [_clause(clause, words) for clause in sheet["clauses"]],
        "errata": [[label, text] for label, text in sheet["errata"]],
        "words": words,
    }
    return press.pdf("standards/framework", data, title=sheet["title"], language=sheet["lang"])


def _clause(clause: Plain, words: dict[str, str]) -> Plain:
    return {
        "level": clause["heading"],
        "label": clause["label"],
        "title": clause["title"],
        "lang": clause["lang"],
        "tags": [*clause["tags"], *language_marks(clause, words)],
        "body": blocks(clause["text"]),
        "plain": paragraphs(clause["plain"]["text"]),
        "plain-lang": clause["plain"]["lang"],
        "parts": [
            {"name": " · ".join(filter(None, (part["name"], part["foreign"]))), "lang": part["lang"], "body": blocks(part["text"])}
            for part in clause["parts"]
        ],
        "facts": clause["facts"],
    }
