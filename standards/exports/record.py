"""The whole record of a round as one archive that is read without the platform, in three languages and as plain data.

It holds what everybody may see and nothing else: authors as they are shown, days and no hours, small groups hidden. The same
record is the same bytes: every member carries one date, keys are sorted, and `manifest.json` names the SHA-256 of each file.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from members.models.texts import told
from red_mpe.core.locale import COLUMN, zone
from red_mpe.core.sheets import csv_bytes
from red_mpe.core.text import markdown, redline
from standards.actions.texts import canonical_text
from standards.enums import Stage
from standards.exports import figures
from standards.exports import synopsis as words
from standards.models import ClauseText, Synopsis, Version
from standards.querysets.reports import PARTS, Reported, first_words, paragraphs

_DATE = (1980, 1, 1, 0, 0, 0)
_START = {"languages": settings.LANGUAGES, "files": ("README.txt", "manifest.json")}
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


def record(synopsis: Synopsis) -> bytes:
    """Return the archive."""
    files = dict(_files(synopsis))
    files["manifest.json"] = _json({"files": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, _DATE), files[name], zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _files(synopsis: Synopsis) -> Iterator[tuple[str, bytes]]:
    consultation = synopsis.consultation
    following = next_version(consultation)
    yield "index.html", render_to_string("standards/record/start.html", _START).encode()
    yield "style.css", render_to_string("standards/record/style.css").encode()
    yield "README.txt", _readme(consultation)
    yield "data/text.json", canonical_text(consultation.version).encode()
    yield "data/figures.json", _json(words.numbers(synopsis))
    yield "data/process.json", _json(process(consultation))
    for language in LANGUAGES:
        with translation.override(language):
            rows = words.annex(consultation)
            yield from _pages(synopsis, rows, following, language)
            if language == LANGUAGES[0]:
                yield "data/comments.json", _json([_plain(row) for row in rows])
                yield "data/support.csv", csv_bytes(["code", "chamber", "people"], _support(rows))


def next_version(consultation: Any) -> Version | None:
    """Return the version that followed the one consulted, once everybody may read it."""
    found: Version | None = consultation.version.next_versions.filter(public=True).order_by("pk").first()
    return found


def _pages(synopsis: Synopsis, rows: list[Reported], following: Version | None, language: str) -> Iterator[tuple[str, bytes]]:
    """Give the pages of one language; every one stands by itself and none has a script."""
    consultation = synopsis.consultation
    common = {
        "consultation": consultation,
        "framework": told(consultation.framework, "title"),
        "title": words.title_of(synopsis),
        "standing": words.standing(synopsis),
        "below": words.below(consultation),
        "following": following,
        "language": language,
    }
    figures_told = figures.tell(words.numbers(synopsis))
    sections = [(part, words.section_title(part), markdown(told(synopsis, part).text)) for part in PARTS if told(synopsis, part)]
    clauses = paragraphs(synopsis)
    pages: dict[str, dict[str, Any]] = {
        "index": {
            "sections": sections,
            "figures": figures_told,
            "hidden": words.hidden_words(),
            "clauses": clauses,
            "corrections": words.corrections(synopsis),
        },
        "text": {"clauses": ClauseText.objects.rows(consultation.version)},
        "comments": {"rows": rows},
        "process": {**process(consultation), "events": [_in_words(event) for event in events(consultation)]},
    }
    if following is not None:
        pages["changes"] = {"changes": changed_clauses(consultation.version, following)}
    for name, context in pages.items():
        yield f"{language}/{name}.html", render_to_string(f"standards/record/{name}.html", {**common, **context, "page": name}).encode()
    yield f"{language}/comments.csv", csv_bytes(words.comment_head(), words.comment_rows(rows))
    yield f"{language}/figures.csv", csv_bytes(words.figure_head(), words.figure_rows(figures_told))


def _readme(consultation: Any) -> bytes:
    parts = []
    for language in LANGUAGES:
        with translation.override(language):
            context = {"framework": told(consultation.framework, "title"), "consultation": consultation, "files": _contents(language)}
            parts.append(render_to_string("standards/record/readme.txt", context).strip())
    return ("\n\n" + "-" * 72 + "\n\n").join(parts).encode() + b"\n"


def _contents(language: str) -> list[tuple[str, str]]:
    """Say what each file is, in the present language."""
    return [
        (f"{language}/index.html", _("Synopsis: what was asked, who took part, what changed and why")),
        (f"{language}/text.html", _("The text that was consulted")),
        (f"{language}/comments.html", _("Every comment and its answer")),
        (f"{language}/process.html", _("How the process went")),
        (f"{language}/changes.html", _("What changed in the next version, once there is one")),
        (f"{language}/comments.csv", _("Every comment and its answer, as a table")),
        (f"{language}/figures.csv", _("Who took part, as a table")),
        ("data/", _("The same as data: text, comments, support, figures, process")),
        ("manifest.json", _("SHA-256 of every file")),
    ]


def process(consultation: Any) -> dict[str, Any]:
    """Return how the round went: moves, waivers, extensions."""
    return {"events": events(consultation), "waivers": waivers(consultation), "extensions": extensions(consultation)}


def events(consultation: Any) -> list[dict[str, Any]]:
    """Return the moves of the framework up to now: day, from, to, why, and what mail went to how many. Who pressed is not told."""
    clock = zone(consultation.time_zone)
    rows = consultation.framework.events.order_by("id").values("at", "source", "target", "reason", "readers", "consultation__number")
    return [
        {
            "day": timezone.localdate(row["at"], clock).isoformat(),
            "from": row["source"],
            "to": row["target"],
            "round": row["consultation__number"],
            "reason": row["reason"],
            "readers": row["readers"],
        }
        for row in rows
    ]


def _in_words(event: dict[str, Any]) -> dict[str, Any]:
    return {**event, "source_words": Stage(event["from"]).label, "target_words": Stage(event["to"]).label}


def waivers(consultation: Any) -> list[dict[str, Any]]:
    """Return the guards that were waived for the round, and why."""
    clock = zone(consultation.time_zone)
    rows = consultation.waivers.values("at", "guard", "language", "reason")
    return [{**row, "day": timezone.localdate(row.pop("at"), clock).isoformat()} for row in rows]


def extensions(consultation: Any) -> list[dict[str, Any]]:
    """Return how often the round was extended, and which minimums had been missed."""
    rows = consultation.extended.values("number", "old_closes_on", "new_closes_on", "missed")
    return [{**row, "old_closes_on": row["old_closes_on"].isoformat(), "new_closes_on": row["new_closes_on"].isoformat()} for row in rows]


def changed_clauses(before: Version, after: Version) -> list[dict[str, Any]]:
    """Return each clause whose label or words differ between two versions, in the order of the later, then what was retired."""
    old, new = ({row["clause_id"]: row for row in _words_of(version)} for version in (before, after))
    order = [*new, *(clause for clause in old if clause not in new)]
    pairs = [(old.get(clause), new.get(clause)) for clause in order]
    return [_change(first, second) for first, second in pairs if first is None or second is None or _differ(first, second)]


_COLUMNS = tuple(f"{name}_{column}" for name in ("title", "text") for column in COLUMN.values())


def _words_of(version: Version) -> list[dict[str, Any]]:
    return list(version.texts.order_by("position").values("clause_id", "label", *_COLUMNS))


def _differ(first: dict[str, Any], second: dict[str, Any]) -> bool:
    return any(first[name] != second[name] for name in ("label", *_COLUMNS))


def _change(first: dict[str, Any] | None, second: dict[str, Any] | None) -> dict[str, Any]:
    there: dict[str, Any] = second or first  # type: ignore[assignment]
    _text, lang = first_words(there, "text")
    pair = [(row[f"text_{COLUMN[lang]}"] or "") if row else "" for row in (first, second)]
    return {
        "old": first["label"] if first else "",
        "new": second["label"] if second else "",
        "title": first_words(there, "title")[0],
        "lang": lang,
        "redline": redline(*pair),
    }


def _plain(row: Reported) -> dict[str, Any]:
    comment, outcome = row.comment, row.outcome
    found: dict[str, Any] = {
        "code": comment.code,
        "clause": row.place,
        "reply_to": row.above,
        "shown_as": comment.byline,
        "chamber": comment.chamber_code.upper(),
        "day": comment.day.isoformat(),
        "language": comment.language,
        "late": comment.late,
        "state": comment.state,
        "body": comment.marker or row.body,
        "proposed": row.proposed,
        "support": {code.upper(): people for code, _name, people in comment.support},
        "answer": None,
    }
    if outcome:
        changed = [{"clause": change.label, "version": change.number} for change in outcome.changes]
        found["answer"] = {"code": outcome.code, "reason": outcome.reason, "resolved_in": outcome.other, "changed": changed}
    return found


def _support(rows: list[Reported]) -> Iterator[list[Any]]:
    for row in rows:
        for code, _name, people in row.comment.support:
            yield [row.comment.code, code.upper(), people]


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1, default=str).encode()
