"""HTML: the version in one file that opens anywhere, without scripts and without asking any other machine for anything."""

from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import override

from red_mpe.core.locale import SITE_LANGUAGE
from red_mpe.core.text import markdown
from standards.querysets.clauses import anchor

Plain = dict[str, Any]
_LOOK = Path(__file__).with_name("page.css")
_FRAME = (
    '<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    "<title>{title}</title>\n<style>\n{look}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
)


def write_html(sheet: Plain) -> bytes:
    """Return the version as one page."""
    with override(sheet["language"]):
        body = render_to_string("standards/documents/version.html", _context(sheet))
    title = f"{sheet['title']} {sheet['number']}"
    return _FRAME.format(lang=sheet["language"], title=escape(title), look=_look(), body=body.strip()).encode()


@cache
def _look() -> str:
    return _LOOK.read_text()


def _context(sheet: Plain) -> Plain:
    return sheet | {
        "front": [part | _rich(part) for part in sheet["front"]],
        "clauses": [_clause(clause) for clause in sheet["clauses"]],
    }


def _clause(clause: Plain) -> Plain:
    parts = [part | _rich(part) for part in clause["parts"]]
    return (
        clause
        | _rich(clause)
        | {
            "anchor": anchor(clause["label"]),
            "parts": parts,
            "plain": clause["plain"] | {"lang": SITE_LANGUAGE[clause["plain"]["lang"]]},
        }
    )


def _rich(part: Plain) -> Plain:
    return {"html": markdown(part["text"], rich=True), "lang": SITE_LANGUAGE[part["lang"]]}
