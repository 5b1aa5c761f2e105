"""The first text of a framework: every clause of a version written at once, as an import would."""

from typing import Any

from django.db.models import Model

from red_mpe.core.models import Theme
from red_mpe.portal.demo.reading import LANGUAGES, translated
from standards.actions.texts import render_text, tidy_text
from standards.enums import Level
from standards.models import Clause, ClauseLanguage, ClauseText, Version

FACTS = ("verbal_form", "requirement_class", "deadline_months", "oecd_risk", "applies_to", "responsible", "sources")
WORDS = ("title", "text", "plain", "intent", "guidance", "verification")
_ANNEX = {"label": "D", "level": Level.ANNEX, "title": {"es": "Definiciones", "en": "Definitions", "pt": "Definições"}, "text": {}}


def words_of(row: dict[str, Any]) -> dict[str, str]:
    """Return the columns of the words that a row has."""
    return translated(**{name: row[name] for name in WORDS if name in row})


def definitions(data: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the definitions of a framework's file under a heading of their own."""
    return [_ANNEX, *({**row, "level": Level.DEFINITION, "under": "D"} for row in data["definition"])]


def write_texts(version: Version, rows: list[dict[str, Any]]) -> None:
    """Write the clauses of an empty version in the order of `rows`; each stands under the clause its label or `under` names."""
    clauses = Clause.objects.bulk_create(Clause(framework=version.framework) for _row in rows)
    texts: dict[str, ClauseText] = {}
    for position, (row, clause) in enumerate(zip(rows, clauses, strict=True)):
        parent = texts.get(row.get("under") or row["label"].rpartition(".")[0])
        texts[row["label"]] = _text(row, version=version, clause=clause, parent=parent, position=position)
    for depth in range(max(text.depth for text in texts.values()) + 1):
        ClauseText.objects.bulk_create(text for text in texts.values() if text.depth == depth)
    _complete(list(texts.values()), rows)


def _text(row: dict[str, Any], *, parent: ClauseText | None, **place: Any) -> ClauseText:
    facts = {name: row[name] for name in FACTS if name in row}
    depth = parent.depth + 1 if parent else 0
    text = ClauseText(parent=parent, depth=depth, label=row["label"], level=row["level"], **place, **facts, **words_of(row))
    tidy_text(text)
    render_text(text)
    return text


def _complete(texts: list[ClauseText], rows: list[dict[str, Any]]) -> None:
    """Give each clause text its themes and the state of its languages."""
    themes = dict(Theme.objects.values_list("code", "pk"))
    through: type[Model] = ClauseText.themes.through
    pairs = [(text, code) for text, row in zip(texts, rows, strict=True) for code in row.get("themes", [])]
    through._default_manager.bulk_create(through(clausetext_id=text.pk, theme_id=themes[code]) for text, code in pairs)
    ClauseLanguage.objects.bulk_create(ClauseLanguage(clause_text=text, language=code) for text in texts for code in LANGUAGES)
