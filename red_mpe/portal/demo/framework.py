"""The demonstration framework: version 0.2 in three languages, with a round that is open."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from members.models import Group, User
from red_mpe.core.models import Chamber, Theme
from red_mpe.portal.demo.reading import read, rows, translated
from standards.actions.rounds import instants, open_round
from standards.actions.texts import mark_languages, render_text, review_language
from standards.enums import Level, RoundState, Stage, VersionKind
from standards.models import Clause, ClauseText, Consultation, Framework, ParticipationTarget, ProcessRules, Version

OPENED_DAYS_AGO = 34
TARGETS = {"PRO": 20, "COM": 15, "SOC": 12, "CAD": 10, "GOB": 6}
_FIELDS = ("verbal_form", "requirement_class", "deadline_months", "oecd_risk", "applies_to", "responsible", "sources")


def write_framework(committee: Group) -> Version:
    """Write framework and version 0.2 with all its clauses, still in drafting."""
    data = read("framework/framework.toml")
    rules = ProcessRules.objects.create(required_languages=["es", "en", "pt"])
    framework = Framework.objects.create(
        slug=data["slug"],
        code="MPE",
        stage=Stage.DRAFTING,
        rules=rules,
        committee=committee,
        public=True,
        **translated(**{name: data[name] for name in ("title", "summary", "scope", "introduction")}),
    )
    version = Version.objects.create(framework=framework, number=data["version"], kind=VersionKind.CONSULTATION, public=True)
    _write_clauses(version, [*rows("framework/principle-*.toml", "clause"), *_definitions(data)])
    return version


def _definitions(data: dict[str, Any]) -> list[dict[str, Any]]:
    head = {"label": "D", "level": Level.ANNEX, "title": {"es": "Definiciones", "en": "Definitions", "pt": "Definições"}, "text": {}}
    return [head, *({**row, "level": Level.DEFINITION, "under": "D"} for row in data["definition"])]


def _write_clauses(version: Version, clauses: list[dict[str, Any]]) -> None:
    themes = {row.code: row for row in Theme.objects.all()}
    written: dict[str, ClauseText] = {}
    for position, row in enumerate(clauses):
        parent = written.get(row.get("under") or row["label"].rpartition(".")[0])
        words = {name: row.get(name, {}) for name in ("title", "text", "plain", "intent", "guidance", "verification")}
        text = ClauseText(
            version=version,
            clause=Clause.objects.create(framework=version.framework),
            parent=parent,
            position=position,
            depth=parent.depth + 1 if parent else 0,
            label=row["label"],
            level=row["level"],
            **{name: row[name] for name in _FIELDS if name in row},
            **translated(**words),
        )
        render_text(text)
        text.save()
        mark_languages(text)
        text.themes.set([themes[code] for code in row.get("themes", [])])
        written[row["label"]] = text


def open_demo_round(version: Version, secretary: User) -> Consultation:
    """Open round 1 as if it had opened 34 days ago, by the clock of the rules; it lasts 61 days."""
    for language in ("es", "en", "pt"):
        review_language(actor=secretary, version=version, language=language)
    opens_on = timezone.localdate() - timedelta(days=OPENED_DAYS_AGO)
    closes_on = opens_on + timedelta(days=60)
    framework = version.framework
    opens_at, closes_at = instants(opens_on, closes_on, framework.rules.time_zone)
    consultation = Consultation.objects.create(
        framework=framework,
        version=version,
        number=1,
        state=RoundState.ANNOUNCED,
        announced_at=opens_at - timedelta(days=20),
        opens_on=opens_on,
        closes_on=closes_on,
        opens_at=opens_at,
        closes_at=closes_at,
        time_zone=framework.rules.time_zone,
        **translated(question=read("framework/framework.toml")["round"]["question"]),
    )
    for chamber in Chamber.objects.all():
        ParticipationTarget.objects.create(consultation=consultation, chamber=chamber, people=TARGETS[chamber.code])
    return open_round(consultation=consultation)
