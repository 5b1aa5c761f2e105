"""Markdown: headings with labels, the text as it was written; what stands beside a clause is a note that our reader leaves out."""

from typing import Any

from standards.exports.versions.labels import printed
from standards.exports.versions.words import language_marks
from standards.readers.labels import typed_label
from standards.readers.text import escape

Plain = dict[str, Any]


def write_markdown(sheet: Plain) -> bytes:
    """Return the version as Markdown that `import_framework` reads back with the same labels."""
    pieces = [f"# {escape(sheet['title'])}", _note([f"**{sheet['kicker']}**", *(_fact(name, words) for name, words in sheet["facts"])])]
    for part in sheet["front"]:
        pieces += [f"## {escape(part['name'])}", part["text"]]
    for clause in sheet["clauses"]:
        pieces += _clause(clause, sheet["words"])
    if sheet["errata"]:
        pieces.append(_note([f"**{sheet['words']['errata']}**", *(_fact(label, words) for label, words in sheet["errata"])]))
    return ("\n\n".join(piece for piece in pieces if piece) + "\n").encode()


def _clause(clause: Plain, words: dict[str, str]) -> list[str]:
    label = printed(clause, words)
    heading = f"{'#' * (clause['heading'] + 1)} {label} {escape(clause['title'])}".rstrip()
    beside = [" · ".join(marks)] if (marks := [*clause["tags"], *language_marks(clause, words)]) else []
    if clause["plain"]["text"]:
        beside.append(_fact(clause["plain"]["name"], escape(clause["plain"]["text"])))
    beside += [_fact(" ".join(filter(None, (part["name"], part["foreign"]))), part["text"]) for part in clause["parts"]]
    beside += [_fact(name, escape(told)) for name, told in clause["facts"]]
    if not beside and _counts(clause["text"].rpartition("\n")[2]):
        beside = ["—"]  # a list at the end must not be taken for the beginning of the next clause
    return [heading, _text(clause["text"]), _note(beside)]


def _text(text: str) -> str:
    """The text as it was written; a line that begins like a label is written so that it begins no clause."""
    return "\n".join(_no_clause(line) for line in text.split("\n"))


def _no_clause(line: str) -> str:
    bare = line.lstrip()
    if not bare or typed_label(bare) is None or bare.startswith(("- ", "* ", "+ ")):
        return line
    return f"{line[: len(line) - len(bare)]}&#{ord(bare[0])};{bare[1:]}" if bare[0].isalnum() and not _counts(bare) else line


def _counts(line: str) -> bool:
    """Tell whether a line is an item of a numbered list, which begins no clause."""
    digits = (line.split(maxsplit=1) or [""])[0]
    return digits[:-1].isdigit() and digits[-1:] in ".)"


def _fact(name: str, words: str) -> str:
    return f"**{escape(name)}** {words}" if "\n\n" not in words else f"**{escape(name)}**\n\n{words}"


def _note(lines: list[str]) -> str:
    """A quote with a sign by which GitHub shows it as a note and our reader knows it."""
    if not lines:
        return ""
    body = "\n\n".join(lines).replace("\n", "\n> ")
    return f"> [!NOTE]\n> {body}".replace("> \n", ">\n")
