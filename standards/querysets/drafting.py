"""Readings for those who write: the tree with what each clause lacks, what was retired, and what waits for a translation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.apps import apps
from django.db.models import Count
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from red_mpe.core.locale import COLUMN, column_language
from standards.enums import CommentState, Level, LineageKind, RequirementClass, TextState, VerbalForm
from standards.querysets.clauses import SITE_LANGUAGE, language_of
from standards.states.completeness import NAMES, has_words, lacking

#: A language without words comes before one with a draft and after one that has grown old.
MISSING: Final = "missing"
ORDER: Final = (TextState.STALE, MISSING, TextState.DRAFT)
STATES: Final[dict[str, str | Promise]] = {**dict(TextState.choices), MISSING: _("missing")}
_KINDS: Final = {TextState.REVIEWED: "ok", TextState.STALE: "late", TextState.DRAFT: "", MISSING: "wait"}
_SIGNS: Final = {TextState.REVIEWED: "✓", TextState.STALE: "≠", TextState.DRAFT: "·", MISSING: "–"}
_LANGUAGES = tuple(COLUMN.values())
_COLUMNS = tuple(f"{word}_{language}" for word in ("title", "text", "plain") for language in _LANGUAGES)
_FACTS = ("level", "verbal_form", "requirement_class", "responsible")


@dataclass(frozen=True, slots=True)
class LanguageMark:
    """The state of one language of a clause: the sign, the kind of its tag and the word for ears."""

    language: str
    state: str
    kind: str
    sign: str
    word: str


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One clause in the tree of the workspace."""

    pk: int
    clause: str  # its uuid
    label: str
    title: str
    lang: str
    level: str
    depth: int
    indent: int  # depth as the page shows it
    parent: int | None
    url: str
    tag: str
    languages: tuple[LanguageMark, ...]
    tags: SafeString  # the same as the page shows them
    lacks: str  # names of what is missing, ready for the page


@dataclass(frozen=True, slots=True)
class RetiredRow:
    """A clause that has left the version, with why."""

    clause: str
    label: str
    kind: str
    reason: str
    into: str


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One language of one clause that waits for somebody."""

    clause: str
    label: str
    words: str
    lang: str
    language: str
    state: str
    word: str
    kind: str
    url: str


DEEPEST: Final = 5
_TAG: Final = '<span class="tag {}">{}&nbsp;<span aria-hidden="true">{}</span><span class="hide">{}</span></span> '


def _tags(marks: tuple[LanguageMark, ...]) -> SafeString:
    """Return the languages of a clause as tags."""
    return format_html_join("", _TAG, ((mark.kind, mark.language, mark.sign, mark.word) for mark in marks))


def draft_rows(version: Any) -> list[DraftRow]:
    """Return the tree of `version` in order of reading: two queries whatever its size."""
    original, shown = version.framework.authentic_language, column_language()
    order = (shown, original, *_LANGUAGES)
    base = reverse("standards:drafting_clause", args=[version.framework.slug, "00000000-0000-0000-0000-000000000000"])
    start, end = base.split("00000000-0000-0000-0000-000000000000")
    names, states = _Names(), language_states(version)
    return [
        names.row(value, original, language_of(value, order, "title"), states.get(value["pk"], {}), (start, end))
        for value in _values(version)
    ]


def _values(version: Any) -> list[dict[str, Any]]:
    return list(version.texts.order_by("position").values("pk", "clause__uuid", "label", "depth", "parent_id", *_FACTS, *_COLUMNS))


def language_states(version: Any) -> dict[int, dict[str, str]]:
    """Return for each clause text of `version` the state of each language: one query."""
    found: dict[int, dict[str, str]] = {}
    rows = apps.get_model("standards", "ClauseLanguage").objects.filter(clause_text__version=version)
    for pk, language, state in rows.order_by().values_list("clause_text_id", "language", "state"):
        found.setdefault(pk, {})[language] = state
    return found


def state_of(value: Mapping[str, Any], states: Mapping[str, str], language: str) -> str:
    """Return where a language of a clause stands: without words it is missing, whatever its row says."""
    return states.get(language, TextState.DRAFT) if has_words(value, language) else MISSING


class _Names:
    """Words that repeat on the page, made once."""

    def __init__(self) -> None:
        self.levels = {code: str(label) for code, label in Level.choices}
        self.classes = {code: str(label) for code, label in RequirementClass.choices}
        self.forms = {code: str(label) for code, label in VerbalForm.choices}
        self.marks = {
            (language, state): LanguageMark(language, state, _KINDS[state], _SIGNS[state], str(STATES[state]))  # type: ignore[index]
            for language in _LANGUAGES
            for state in STATES
        }
        self.lacks = {code: str(name) for code, name in NAMES.items()}
        self.tags = cache(_tags)  # 200 clauses have few different sets of states

    def row(self, value: dict[str, Any], original: str, shown: str, states: Mapping[str, str], url: Sequence[str]) -> DraftRow:
        clause = str(value["clause__uuid"])
        languages = tuple(self.marks[language, state_of(value, states, language)] for language in _LANGUAGES)
        tags = (self.classes.get(value["requirement_class"], ""), self.forms.get(value["verbal_form"], ""))
        return DraftRow(
            pk=value["pk"],
            clause=clause,
            label=value["label"],
            title=(value[f"title_{shown}"] or value[f"text_{shown}"] or "")[:120],
            lang=SITE_LANGUAGE[shown],
            level=self.levels[value["level"]],
            depth=value["depth"],
            indent=min(value["depth"], DEEPEST),
            parent=value["parent_id"],
            url=clause.join(url),
            tag=" · ".join(filter(None, tags)),
            languages=languages,
            tags=self.tags(languages),
            lacks=", ".join(self.lacks[code] for code in lacking(value, original)),
        )


def retired_rows(version: Any) -> list[RetiredRow]:
    """Return what left `version` while it was written and has not come back, the latest first: one query."""
    rows = version.lineage.filter(kind__in=[LineageKind.RETIRED, LineageKind.MERGED]).exclude(clause__texts__version=version)
    kinds = {code: str(label) for code, label in LineageKind.choices}
    found: dict[str, RetiredRow] = {}
    for row in rows.order_by("-pk").values("clause__uuid", "kind", "old_label", "new_label", "reason"):
        key = str(row["clause__uuid"])
        found.setdefault(key, RetiredRow(key, row["old_label"], kinds[row["kind"]], row["reason"], row["new_label"]))
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Spoken:
    """Comments on a clause in one version: how many, in words, and where they are read."""

    words: str
    url: str


def kin(clause: Any) -> set[int]:
    """Return the clause and every identity that went into it by splitting or merging, in any version: one query."""
    lineage = apps.get_model("standards", "ClauseLineage").objects.filter(kind__in=[LineageKind.SPLIT, LineageKind.MERGED])
    into: dict[int, list[int]] = {}
    for came, went in lineage.filter(clause__framework=clause.framework_id).values_list("clause_id", "other_id"):
        into.setdefault(went, []).append(came)
    found, waiting = {clause.pk}, [clause.pk]
    while waiting:
        new = set(into.get(waiting.pop(), ())) - found
        found |= new
        waiting += new
    return found


def comment_places(clause: Any, user: Any) -> list[Spoken]:
    """Return where people spoke of a clause or of what went into it, the latest version first: two queries."""
    comments = apps.get_model("standards", "Comment").objects.visible_to(user).filter(clause__in=kin(clause), state=CommentState.SENT)
    rows = comments.order_by("-clause_text__version", "clause_text__position").values(
        "clause_text__version__framework__slug", "clause_text__version__number", "clause_text__label", "clause_text__position"
    )
    return [_spoken(row) for row in rows.annotate(told=Count("pk", distinct=True))]


def _spoken(row: Mapping[str, Any]) -> Spoken:
    slug, number, label, _position, told = row.values()
    words = ngettext("%(label)s in %(number)s: %(told)s comment", "%(label)s in %(number)s: %(told)s comments", told)
    said = words % {"label": label, "number": number, "told": told}
    return Spoken(said, reverse("standards:clause_detail", args=[slug, number, label]))


def queue_rows(version: Any, language: str) -> list[QueueRow]:
    """Return the clauses whose `language` waits: stale first, then missing, then drafts; two queries."""
    states, original = language_states(version), version.framework.authentic_language
    waiting = [
        (ORDER.index(state), value, state)
        for value in _values(version)
        if (state := state_of(value, states.get(value["pk"], {}), language)) in ORDER
        and (language == original or has_words(value, original))
    ]
    url = reverse("standards:translation", args=[version.framework.slug, language, "00000000-0000-0000-0000-000000000000"])
    parts = url.split("00000000-0000-0000-0000-000000000000")
    return [_queued(value, language, original, state, parts) for _order, value, state in sorted(waiting, key=lambda each: each[0])]


def _queued(value: dict[str, Any], language: str, original: str, state: str, url: Sequence[str]) -> QueueRow:
    clause = str(value["clause__uuid"])
    return QueueRow(
        clause=clause,
        label=value["label"],
        words=(value[f"title_{original}"] or value[f"text_{original}"] or "")[:120],
        lang=SITE_LANGUAGE[original],
        language=language,
        state=state,
        word=str(STATES[state]),
        kind=_KINDS[state],  # type: ignore[index]
        url=clause.join(url),
    )


def queue_counts(version: Any) -> dict[str, dict[str, int]]:
    """Return for each language how many clauses are stale, missing or drafts: two queries."""
    states, original = language_states(version), version.framework.authentic_language
    counts: dict[str, dict[str, int]] = {language: dict.fromkeys(map(str, ORDER), 0) for language in _LANGUAGES}
    for value in _values(version):
        for language in _LANGUAGES:
            state = state_of(value, states.get(value["pk"], {}), language)
            if state in ORDER and (language == original or has_words(value, original)):
                counts[language][str(state)] += 1
    return counts
