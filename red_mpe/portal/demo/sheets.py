"""The PDF files of the demonstration library, set from the words of its records."""

import json
import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format

from publications.enums import LICENCE_LINKS, PRACTICES, Licence, RecordKind
from publications.models import Practice
from red_mpe.core import press
from red_mpe.core.blocks import blocks, words
from red_mpe.portal.demo.reading import read, rows

Row = dict[str, Any]
HANDS = 2  # processes that set at the same time
_SCRIPT = """
import json, sys
from red_mpe.core.press import set_pages
for order in json.load(sys.stdin):
    print(set_pages(order).hex(), flush=True)
"""
_CODE = {"es": "es", "en": "en", "pt": "pt-br"}
_PARTICLES = {"da", "das", "de", "del", "do", "dos"}


def named(name: str) -> tuple[str, str]:
    """Divide a person's name into given and family names: the last two words are the family's, with the particle between them."""
    parts = name.split()
    family = 1 if len(parts) < 3 else 3 if parts[-2].lower() in _PARTICLES and len(parts) > 3 else 2
    return " ".join(parts[:-family]), " ".join(parts[-family:])


@cache
def cast() -> dict[str, str]:
    """Return the names of everybody and every body in the demonstration, by slug."""
    people = [*rows("network/people.toml", "person"), *rows("network/organisations.toml", "organisation")]
    return {row["slug"]: row["name"] for row in people}


def written(author: Row) -> str:
    """Return an author's name as the title page has it."""
    if slug := author.get("person") or author.get("organisation"):
        return cast()[slug]
    return author.get("literal") or f"{author['given']} {author['family']}"


def issued(written: str) -> str:
    """Return a date as exact as it is known, in the words of the present language."""
    year, month, day = (*map(int, written.split("-")), 0, 0)[:3]
    if not month:
        return written
    return date_format(date(year, month, day or 1), "DATE_FORMAT" if day else "YEAR_MONTH_FORMAT")


def order(row: Row, language: str, bodies: dict[str, Row]) -> Row:
    """Return what the press needs for the PDF of `row` in `language`; `bodies` are the texts of all records by key."""
    with translation.override(_CODE[language]):
        data = _sheet(row, language, bodies.get(row["body_of"] if "body_of" in row else row["key"], {}))
    template = f"publications/{row.get('template', 'factsheet')}"
    return {"template": template, "data": data, "title": row["title"][language], "language": language}


def _sheet(row: Row, language: str, body: Row) -> Row:
    text = blocks(body.get(language, ""))
    first = next((place for place, item in enumerate(text) if item["t"] == "h"), len(text))
    authors = [written(author) for author in row["authors"]]
    return {
        "kicker": f"Red MPE · {RecordKind(row['kind']).label}",
        "issued": issued(row["issued"]),
        "authors": " · ".join(authors),
        "lead": row["abstract"][language],
        "opening": text[:first],
        "sections": _told(row, language) if row["kind"] in PRACTICES else _sections(text[first:]),
        "facts": _facts(row, language, authors),
        "foot": f"Red MPE · {row['title'][language]}",
    }


def _sections(text: list[Row]) -> list[Row]:
    found: list[Row] = []
    for item in text:
        if item["t"] == "h":
            found.append({"title": words(item["c"]), "body": []})
        else:
            found[-1]["body"].append(item)
    return found


def _told(row: Row, language: str) -> list[Row]:
    """Return the story of a practice, a section a question."""
    names = {field.name: str(field.verbose_name) for field in Practice._meta.fields}
    labels = [(question, names[question]) for question in Practice.QUESTIONS]
    return [{"title": label[:1].upper() + label[1:], "body": blocks(row["practice"][key][language])} for key, label in labels]


def _facts(row: Row, language: str, authors: list[str]) -> list[tuple[str, str]]:
    said = {key: found[language] for key, found in read("library/words.toml").items()}
    licence = Licence(row["licence"])
    cite = f"{', '.join(authors)} ({row['issued'][:4]}). {row['title'][language]}. Red MPE."
    terms = f"{licence.label} · {LICENCE_LINKS[licence]}" if licence in LICENCE_LINKS else str(licence.label)
    return [(said["cite"], cite), (said["licence"], terms), (said["example"], said["invented"])]


def set_all(orders: Iterable[Row]) -> list[bytes]:
    """Return the PDF of each order, in their order, set side by side in processes of their own."""
    waiting = list(orders)
    parts = [waiting[hand::HANDS] for hand in range(HANDS)]
    with ThreadPoolExecutor(HANDS) as pool:
        done = list(pool.map(_set_some, parts))
    return [done[place % HANDS][place // HANDS] for place in range(len(waiting))]


def _set_some(orders: list[Row]) -> list[bytes]:
    """Set many orders in one process: what takes the time is to begin."""
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", _SCRIPT], input=json.dumps(orders).encode(), capture_output=True, check=False, cwd=settings.BASE_DIR
    )
    if done.returncode:
        raise press.PressError(done.stderr.decode(errors="replace")[-2000:])
    return [bytes.fromhex(line) for line in done.stdout.decode().split()]
