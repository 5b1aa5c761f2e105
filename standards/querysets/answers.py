"""Readings of answers: public once published, the committee's before; and rows ready to stand under a comment."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from red_mpe.core.locale import COLUMN, SITE_LANGUAGE, column_language, short_day, zone
from red_mpe.core.text import redline
from standards.enums import ACCEPTING, PUBLIC_ANSWERS, CommentState, Disposition, RoundState, TermsSection
from standards.querysets.access import drafts_of, sees_drafts

_NAMES = dict(settings.LANGUAGES)
_KINDS = {Disposition.NOT_ACCEPTED: "no", Disposition.NOTED: "", Disposition.DEFERRED: "wait", Disposition.OUT_OF_SCOPE: ""}
_REASONS = tuple(f"reason_{column}" for column in COLUMN.values())
_TOLD = ("pk", "state", "disposition", "terms_section", "published_at", "duplicate_of__code", *_REASONS)
_SECOND = ("body", "language", "at", "disposition", "answered_at", *_REASONS)
#: What a reading of comments asks for besides, so that their answers cost no query of their own.
ANSWER_FIELDS = (*(f"answer__{name}" for name in _TOLD), *(f"answer__objection__{name}" for name in _SECOND))
_PLACE = ("consultation__time_zone", "consultation__framework__authentic_language")


@dataclass(slots=True)
class Told:
    """A reason in the reader's language, or in another one, marked."""

    text: str
    lang: str
    foreign: str


@dataclass(slots=True)
class ChangeRow:
    """A clause that an answer changed: where it stands in the later version, and its words before and after."""

    label: str
    number: str
    url: str
    retired: bool
    redline: SafeString = field(default_factory=SafeString)
    lang: str = ""


@dataclass(slots=True)
class ObjectionRow:
    """The author's objection and the second answer."""

    body: str
    lang: str
    day: str
    label: str = ""
    kind: str = ""
    reason: Told | None = None


@dataclass(slots=True)
class AnswerRow:
    """What became of a comment, as everybody may read it."""

    pk: int
    code: str
    label: str
    kind: str
    reason: Told
    day: str
    state: str
    other: str
    other_url: str
    section: str
    objection: ObjectionRow | None
    accepting: bool
    changes: list[ChangeRow] = field(default_factory=list)


class AnswerQuerySet(models.QuerySet[Any]):
    """Answers."""

    def visible_to(self, user: Any) -> "AnswerQuerySet":
        """Published ones of visible versions; the secretariat sees all, a committee those it writes."""
        if sees_drafts(user):
            return self
        shown = Q(state__in=PUBLIC_ANSWERS) & ~Q(comment__consultation__state=RoundState.PLANNED)
        shown &= Q(comment__consultation__version__public=True, comment__consultation__framework__public=True)
        return self.filter(shown | drafts_of(user, "comment__consultation__framework__"))

    def standing(self) -> "AnswerQuerySet":
        """Those to comments that were neither withdrawn nor hidden."""
        return self.filter(comment__state=CommentState.SENT)

    def for_work(self) -> "AnswerQuerySet":
        """With what the acts on an answer ask for."""
        return self.select_related(
            *("comment__consultation__framework__rules", "comment__consultation__version", "comment__shown_organisation"),
            *("comment__shown_group", "assignee", "written_by", "validated_by", "group", "duplicate_of", "objection"),
        )


class AnswerTemplateQuerySet(models.QuerySet[Any]):
    """Templates of answers."""

    def for_framework(self, framework: Any) -> "AnswerTemplateQuerySet":
        """The framework's own, and everybody's."""
        return self.filter(Q(framework=framework) | Q(framework=None))


def told(value: Mapping[str, Any], authentic: str, start: str = "") -> Told:
    """Return the reason in the reader's language; where it has none, in the authentic one, and then in any."""
    shown = column_language()
    wanted = (shown, authentic, *COLUMN.values())
    column = next((one for one in wanted if value[f"{start}reason_{one}"]), shown)
    site = SITE_LANGUAGE[column]
    return Told(value[f"{start}reason_{column}"] or "", site, "" if column == shown else _NAMES[site])


def kind_of(disposition: str) -> str:
    """Return the kind of tag in which a disposition is shown."""
    return "ok" if disposition in ACCEPTING else _KINDS.get(Disposition(disposition), "")


def answer_row(value: Mapping[str, Any]) -> AnswerRow | None:
    """Return the public answer among the values of a comment; None before it is published."""
    if value["answer__state"] not in PUBLIC_ANSWERS:
        return None
    disposition, other = value["answer__disposition"], value["answer__duplicate_of__code"]
    section = value["answer__terms_section"]
    return AnswerRow(
        pk=value["answer__pk"],
        code=disposition,
        label=str(Disposition(disposition).label),
        kind=kind_of(disposition),
        reason=told(value, value[_PLACE[1]], "answer__"),
        day=_day(value["answer__published_at"], value),
        state=value["answer__state"],
        other=other or "",
        other_url=reverse("standards:comment_detail", args=[other]) if other else "",
        section=str(TermsSection(section).label) if section else "",
        objection=_objection(value),
        accepting=(value["answer__objection__disposition"] or disposition) in ACCEPTING,
    )


def _objection(value: Mapping[str, Any]) -> ObjectionRow | None:
    start = "answer__objection__"
    if not value[f"{start}body"]:
        return None
    row = ObjectionRow(value[f"{start}body"], value[f"{start}language"], _day(value[f"{start}at"], value))
    if second := value[f"{start}disposition"]:
        row.label, row.kind, row.reason = str(Disposition(second).label), kind_of(second), told(value, value[_PLACE[1]], start)
    return row


def _day(instant: Any, value: Mapping[str, Any]) -> str:
    """A day by the round's clock: the instant of an objection could tell whose it is."""
    day: date = timezone.localdate(instant, zone(value[_PLACE[0]]))
    return short_day(day)


def public_answers(comments: Iterable[int], user: Any = None) -> dict[int, AnswerRow]:
    """Return the published answers to comments by their ids, with what they changed in versions that `user` sees: four queries at most."""
    rows = apps.get_model("standards", "Comment").objects.filter(pk__in=comments, answer__state__in=PUBLIC_ANSWERS)
    answers = {value["pk"]: answer_row(value) for value in rows.values("pk", *ANSWER_FIELDS, *_PLACE)}
    found = {pk: answer for pk, answer in answers.items() if answer}
    add_changes(found.values(), user, words=True)
    return found


def add_changes(answers: Iterable[AnswerRow], user: Any = None, *, words: bool = False) -> None:
    """Add to answers the clauses they changed, as far as `user` sees the later version; with `words` the redline too."""
    by_id = {answer.pk: answer for answer in answers if answer.accepting}
    if not by_id:
        return
    versions = apps.get_model("standards", "Version").objects.visible_to(user)
    texts = apps.get_model("standards", "ClauseText").objects.filter(clause=OuterRef("clause_id"))
    rows = apps.get_model("standards", "AnswerChange").objects.filter(answer__in=by_id, version__in=versions)
    now = texts.filter(version=OuterRef("version_id"))
    before = texts.filter(version=OuterRef("answer__comment__consultation__version_id"))
    asked = rows.annotate(now=Subquery(now.values("label")[:1]), was=Subquery(before.values("label")[:1])).order_by("version_id", "pk")
    names = ("answer_id", "clause_id", "version_id", "version__number", "version__framework__slug", "now", "was")
    place = "answer__comment__consultation__"
    changes = list(asked.values(*names, f"{place}version_id", f"{place}framework__authentic_language"))
    lookup = _words_of(changes) if words else {}
    for change in changes:
        by_id[change["answer_id"]].changes.append(_change_row(change, lookup))


def _words_of(changes: Iterable[Mapping[str, Any]]) -> dict[tuple[int, int], dict[str, str]]:
    """Return the words of the changed clauses in both versions, by clause and version: one query."""
    clauses = {change["clause_id"] for change in changes}
    versions = {change[name] for change in changes for name in ("version_id", "answer__comment__consultation__version_id")}
    columns = [f"text_{column}" for column in COLUMN.values()]
    rows = apps.get_model("standards", "ClauseText").objects.filter(clause__in=clauses, version__in=versions)
    return {(row["clause_id"], row["version_id"]): row for row in rows.values("clause_id", "version_id", *columns)}


def _change_row(change: Mapping[str, Any], lookup: Mapping[tuple[int, int], Mapping[str, Any]]) -> ChangeRow:
    label = change["now"] or change["was"] or ""
    slug, number = change["version__framework__slug"], change["version__number"]
    name, args = ("clause_detail", [slug, number, label]) if change["now"] else ("version_detail", [slug, number])
    row = ChangeRow(label, number, reverse(f"standards:{name}", args=args), retired=not change["now"])
    if lookup:
        before = lookup.get((change["clause_id"], change["answer__comment__consultation__version_id"]), {})
        after = lookup.get((change["clause_id"], change["version_id"]), {})
        column = _common(before, after, change["answer__comment__consultation__framework__authentic_language"])
        row.lang = SITE_LANGUAGE[column]
        row.redline = redline(before.get(f"text_{column}") or "", after.get(f"text_{column}") or "")
    return row


def _common(before: Mapping[str, Any], after: Mapping[str, Any], authentic: str) -> str:
    """The reader's language where both sides have words in it, otherwise the authentic one."""
    shown = column_language()
    sides = [side for side in (before, after) if side]
    return shown if sides and all(side.get(f"text_{shown}") for side in sides) else authentic
