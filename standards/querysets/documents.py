"""A version read whole, for documents to take away: every word and fact as plain values, in one language or in all."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from red_mpe.core.locale import COLUMN, SITE_LANGUAGE, column_language, short_day
from standards.enums import AppliesTo, OecdRisk, RequirementClass, Responsible, TextState, VerbalForm
from standards.querysets.clauses import language_of

_NAMES = dict(settings.LANGUAGES)
_PARTS = {"intent": gettext_lazy("Intent"), "guidance": gettext_lazy("Guidance"), "verification": gettext_lazy("Means of verification")}
_WORDS = ("title", "text", "plain", *_PARTS)
_FACTS = ("verbal_form", "requirement_class", "deadline_months", "oecd_risk", "applies_to", "responsible", "sources")
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Part:
    """One field of a clause or framework: its name, its words as Markdown, and the language they are in where it is not the asked one."""

    name: str
    text: str
    lang: str  # column: es, en, pt
    foreign: str  # name of that language, or ""


@dataclass(frozen=True, slots=True)
class ClauseSheet:
    """One clause as a document shows it."""

    label: str
    parent: str  # label of the clause it stands under
    level: str
    heading: int  # 1 to 4
    title: str
    text: str
    lang: str
    foreign: str
    stale: bool
    plain: Part
    parts: tuple[Part, ...]
    tags: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    path: str  # of the clause's page, without host


@dataclass(frozen=True, slots=True)
class VersionSheet:
    """A version in one language, with the language marks that its reader needs."""

    slug: str
    number: str
    lang: str  # column
    title: str
    kicker: str
    sha256: str
    facts: tuple[tuple[str, str], ...]
    front: tuple[Part, ...]  # introduction, scope
    clauses: tuple[ClauseSheet, ...]
    errata: tuple[tuple[str, str], ...]
    path: str

    def plain(self) -> dict[str, Any]:
        """Return all of it as plain values; what is made of equal values is equal."""
        return asdict(self)


def read_version(version: Any) -> VersionSheet:
    """Return `version` in the present language, the original where a translation is missing: five queries whatever the length."""
    framework, lang = version.framework, column_language()
    order = tuple(dict.fromkeys((lang, framework.authentic_language, *COLUMN.values())))
    title = _part("", vars(framework), "title", order)
    front = (_part(_("Introduction"), vars(framework), "introduction", order), _part(_("Scope"), vars(framework), "scope", order))
    kind = _("Version %(number)s, %(kind)s") % {"number": version.number, "kind": version.get_kind_display()}
    return VersionSheet(
        slug=framework.slug,
        number=version.number,
        lang=lang,
        title=title.text,
        kicker=kind,
        sha256=version.sha256,
        facts=_about(version),
        front=tuple(part for part in front if part.text),
        clauses=tuple(_clauses(version, order)),
        errata=_errata(version),
        path=reverse("standards:version_detail", args=[framework.slug, version.number]),
    )


def _about(version: Any) -> tuple[tuple[str, str], ...]:
    original = _NAMES[SITE_LANGUAGE[version.framework.authentic_language]]
    frozen = short_day(version.frozen_at) if version.frozen_at else _("not frozen: its text can still change")
    known = ((_("Authentic text"), original), (_("Frozen"), frozen), ("SHA-256", version.sha256))
    return tuple((name, words) for name, words in known if words)


def _part(name: str, source: Mapping[str, Any], field: str, order: tuple[str, ...]) -> Part:
    lang = next((code for code in order if source.get(f"{field}_{code}")), order[0])
    return Part(name, source.get(f"{field}_{lang}") or "", lang, "" if lang == order[0] else _NAMES[SITE_LANGUAGE[lang]])


def _clauses(version: Any, order: tuple[str, ...]) -> list[ClauseSheet]:
    names = [f"{word}_{code}" for word in _WORDS for code in COLUMN.values()]
    texts = version.texts.order_by("position")
    stale = set(texts.filter(languages__language=order[0], languages__state=TextState.STALE).values_list("pk", flat=True))
    themes = _themes(texts)
    build = _Clauses(order, stale, themes, reverse("standards:clause_detail", args=[version.framework.slug, version.number, "LABEL"]))
    return [build.sheet(row) for row in texts.values("pk", "label", "parent__label", "depth", "level", *_FACTS, *names)]


def _themes(texts: Any) -> dict[int, list[str]]:
    through = texts.model.themes.through.objects.filter(clausetext__in=texts).order_by("theme__position", "theme__code")
    found: dict[int, list[str]] = {}
    for row in through.values("clausetext_id", *(f"theme__name_{code}" for code in COLUMN.values())):
        found.setdefault(row["clausetext_id"], []).append(row[f"theme__name_{column_language()}"] or row["theme__name_es"])
    return found


class _Clauses:
    """Makes the sheets of one version; words that repeat are made once."""

    def __init__(self, order: tuple[str, ...], stale: set[int], themes: dict[int, list[str]], path: str) -> None:
        self.order, self.stale, self.themes, self.path = order, stale, themes, path
        kinds: tuple[type[models.TextChoices], ...] = (RequirementClass, VerbalForm, Responsible, AppliesTo, OecdRisk)
        self.words = {kind: {value: str(label) for value, label in kind.choices} for kind in kinds}

    def sheet(self, row: dict[str, Any]) -> ClauseSheet:
        lang = language_of(row, self.order)
        parts = (_part(str(name), row, field, self.order) for field, name in _PARTS.items())
        return ClauseSheet(
            label=row["label"],
            parent=row["parent__label"] or "",
            level=row["level"],
            heading=min(row["depth"], _DEEPEST - 1) + 1,
            title=row[f"title_{lang}"] or "",
            text=row[f"text_{lang}"] or "",
            lang=lang,
            foreign="" if lang == self.order[0] else _NAMES[SITE_LANGUAGE[lang]],
            stale=row["pk"] in self.stale,
            plain=_part(_("In plain words."), row, "plain", self.order),
            parts=tuple(part for part in parts if part.text),
            tags=tuple(filter(None, self.tags(row))),
            facts=tuple((name, words) for name, words in self.facts(row) if words),
            path=self.path.replace("LABEL", row["label"]),
        )

    def tags(self, row: dict[str, Any]) -> list[str]:
        months = row["deadline_months"]
        wait = ngettext("%(months)s month", "%(months)s months", months) % {"months": months} if months else ""
        kind = self.words[RequirementClass].get(row["requirement_class"], "")
        return [" · ".join(filter(None, (kind, wait))), self.words[VerbalForm].get(row["verbal_form"], "")]

    def facts(self, row: dict[str, Any]) -> tuple[tuple[str, str], ...]:
        return (
            (_("Who is responsible"), self._list(Responsible, row["responsible"])),
            (_("Applies to"), self._list(AppliesTo, row["applies_to"])),
            (_("OECD risk"), self.words[OecdRisk].get(row["oecd_risk"], "")),
            (_("Themes"), " · ".join(self.themes.get(row["pk"], []))),
            (_("Sources"), "\n".join(row["sources"])),
        )

    def _list(self, kind: Any, codes: list[str]) -> str:
        return ", ".join(self.words[kind].get(code, code) for code in codes)


def _errata(version: Any) -> tuple[tuple[str, str], ...]:
    rows = version.errata.filter(language=column_language()).order_by("pk").values_list("clause_text__label", "wrong", "right", "note")
    return tuple((label or _("General"), _erratum(wrong, right, note)) for label, wrong, right, note in rows)


def _erratum(wrong: str, right: str, note: str) -> str:
    instead = _("“%(right)s” instead of “%(wrong)s”.") % {"right": right, "wrong": wrong} if wrong or right else ""
    return " ".join(filter(None, (instead, note)))


def read_record(version: Any) -> dict[str, Any]:
    """Return everything about a version in all languages, by codes: what `docs/formats/framework-version.md` describes."""
    framework = version.framework
    return {
        "schema": "red-mpe/framework-version/1",
        "framework": {
            "slug": framework.slug,
            "code": framework.code,
            "authentic_language": framework.authentic_language,
            **{name: _languages(vars(framework), name) for name in ("title", "summary", "scope", "introduction")},
        },
        "version": {
            "number": version.number,
            "kind": version.kind,
            "previous": version.previous.number if version.previous and version.previous.public else None,
            "frozen_at": version.frozen_at.isoformat() if version.frozen_at else None,
            "sha256": version.sha256,
            "change_summary": _languages(vars(version), "change_summary"),
        },
        "clauses": _clause_records(version),
        "lineage": _lineage(version),
        "changes": _changes(version),
        "errata": list(version.errata.order_by("pk").values("language", "wrong", "right", "note", label=models.F("clause_text__label"))),
    }


def _languages(source: Mapping[str, Any], field: str) -> dict[str, str]:
    return {code: source[f"{field}_{code}"] for code in COLUMN.values() if source.get(f"{field}_{code}")}


def _clause_records(version: Any) -> list[dict[str, Any]]:
    names = [f"{word}_{code}" for word in _WORDS for code in COLUMN.values()]
    texts = version.texts.order_by("position")
    states: dict[int, dict[str, str]] = {}
    for pk, language, state in texts.filter(languages__isnull=False).values_list("pk", "languages__language", "languages__state"):
        states.setdefault(pk, {})[language] = state
    themes: dict[int, list[str]] = {}
    for pk, code in texts.filter(themes__isnull=False).order_by("themes__position").values_list("pk", "themes__code"):
        themes.setdefault(pk, []).append(code)
    columns = ("pk", "clause__uuid", "parent__clause__uuid", "label", "level", "depth", "forbids_adaptation", *_FACTS, *names)
    rows = texts.values(*columns)
    return [_clause_record(row, states.get(row["pk"], {}), themes.get(row["pk"], [])) for row in rows]


def _clause_record(row: dict[str, Any], states: dict[str, str], themes: list[str]) -> dict[str, Any]:
    parent = row["parent__clause__uuid"]
    return {
        "uuid": str(row["clause__uuid"]),
        "label": row["label"],
        "parent": str(parent) if parent else None,
        "depth": row["depth"],
        "level": row["level"],
        "languages": dict(sorted(states.items())),
        **{word: _languages(row, word) for word in _WORDS},
        **{fact: row[fact] for fact in (*_FACTS, "forbids_adaptation")},
        "themes": themes,
    }


def _lineage(version: Any) -> list[dict[str, Any]]:
    rows = version.lineage.order_by("pk").values(
        "kind", "old_label", "new_label", "reason", clause_uuid=models.F("clause__uuid"), other_uuid=models.F("other__uuid")
    )
    return [
        {
            "kind": row["kind"],
            "clause": str(row["clause_uuid"]),
            "other": str(row["other_uuid"]) if row["other_uuid"] else None,
            "old_label": row["old_label"],
            "new_label": row["new_label"],
            "reason": row["reason"],
        }
        for row in rows
    ]


def _changes(version: Any) -> list[dict[str, Any]]:
    names = [f"summary_{code}" for code in COLUMN.values()]
    rows = version.changes.order_by("pk").values("clause__uuid", "found", "kind", "old_label", "new_label", "moved", *names)
    return [
        {
            "clause": str(row["clause__uuid"]),
            **{name: row[name] for name in ("found", "kind", "old_label", "new_label", "moved")},
            "summary": _languages(row, "summary"),
        }
        for row in rows
    ]
