"""The queue of answers: every comment that begins a thread, as rows ready for pages; and what is much like a comment."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.postgres.search import TrigramSimilarity
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Left
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from members.enums import GroupRole
from red_mpe.core.locale import COLUMN, column_language, zone
from red_mpe.core.text import excerpt
from standards.enums import AnswerState, CommentKind, Disposition, Stance
from standards.querysets.comments import _day_words, _light, byline

LIKE = 0.4  # trigram similarity from which two comments count as much alike
COMPARED = 2000  # comments of one clause that are compared at most
_BEGINNING = 600  # characters of each that are compared
_DONE = (AnswerState.PUBLISHED, AnswerState.CLOSED)
_WAITING = (AnswerState.NEW, AnswerState.ASSIGNED, AnswerState.DRAFTED)
_STANCE_KIND = {Stance.AGREE: "ok", Stance.CHANGES: "wait", Stance.DISAGREE: "no"}
_NEEDED = (
    *("pk", "code", "kind", "stance", "body", "language", "late", "sent_at", "shown_as", "shown_name", "on_behalf", "country"),
    *("state", "parent_id", "persona_id", "persona__pseudonym", "chamber__code", "consultation__time_zone", "shown_group_id"),
    *("shown_organisation__name", "shown_organisation__slug", "shown_organisation__audience", "shown_group__audience"),
    *(f"{name}_{column}" for name in ("chamber__name", "category__name", "shown_group__name") for column in COLUMN.values()),
    *("clause_text__label", "answer_state", "answer__disposition", "answer__revision", "answer__folded", "answer__group__title"),
    *("answer__group_id", "answer__duplicate_of__code", "answer__assignee__person__name", "answer__assignee__email"),
)


@dataclass(slots=True)
class QueueRow:
    """One comment in the queue, as everybody sees it, and where its answer stands."""

    code: str
    mark: str  # code and revision: an act on it is refused where the words have changed since
    url: str
    label: str
    byline: str
    chamber: str
    chamber_code: str
    kind: str
    stance: str
    stance_kind: str
    excerpt: str
    language: str
    day: str
    late: bool
    state: str
    state_words: str
    disposition: str
    assignee: str
    group: str
    group_url: str
    folded_into: str
    support: int
    notes: int
    folded: int


def to_answer(framework: Any) -> Any:
    """Return the comments on a framework that are answered: those that begin a thread and stand, each with `answer_state`."""
    comments = apps.get_model("standards", "Comment").objects.counted().filter(consultation__framework=framework, parent=None)
    return comments.annotate(answer_state=Coalesce(F("answer__state"), Value(AnswerState.NEW), output_field=models.CharField()))


def unanswered(framework: Any) -> Any:
    """Return those of which the answer is not validated yet: they keep a framework from its final draft."""
    return to_answer(framework).filter(answer_state__in=_WAITING)


def counts_of(comments: Any) -> dict[str, int]:
    """Return how many comments stand in each state, wait for somebody (`""`), and are folded into others: one query."""
    counts = dict.fromkeys(["", "folded", *AnswerState.values], 0)
    for state, folded, count in comments.order_by().values_list("answer_state", "answer__folded").annotate(Count("pk", distinct=True)):
        counts["folded" if folded else state] += count
        counts[""] += count if not folded and state not in _DONE else 0
    return counts


def supported(comments: Any) -> Any:
    """Return the comments with `people`: how many support each."""
    supports = apps.get_model("standards", "Support").objects.filter(comment=OuterRef("pk")).order_by()
    return comments.annotate(people=Coalesce(Subquery(supports.values("comment").annotate(n=Count("pk")).values("n")), 0))


def rows(comments: Iterable[Any], framework: Any) -> list[QueueRow]:
    """Return one page of comments as rows: four queries whatever their number."""
    values = list(comments.values(*_NEEDED))  # type: ignore[attr-defined]
    ids = [value["pk"] for value in values]
    counts = _Counts(ids)
    make = _Rows(framework, counts)
    return [make.row(value) for value in values]


class _Counts:
    """What is counted for the comments of one page, each kind with one query."""

    def __init__(self, ids: list[int]) -> None:
        self.support = self._count("Support", "comment", comment__in=ids)
        self.notes = self._count("AnswerNote", "answer__comment", answer__comment__in=ids)
        self.folded = self._count("Answer", "duplicate_of", duplicate_of__in=ids, folded=True)

    def _count(self, model: str, by: str, **which: Any) -> dict[int, int]:
        found = apps.get_model("standards", model).objects.filter(**which).order_by()
        return dict(found.values_list(by).annotate(count=Count("pk")))


class _Rows:
    """Makes the rows of one page; words and addresses that repeat are made once."""

    def __init__(self, framework: Any, counts: _Counts) -> None:
        self.counts = counts
        self.before, _code, self.after = reverse("standards:answer_write", args=[framework.slug, "CODE"]).partition("CODE")
        self.group_url = reverse("standards:answer_group", args=[framework.slug, 0]).replace("/0/", "/{}/")
        self.states = {value: str(label) for value, label in AnswerState.choices}
        self.kinds = {value: str(label) for value, label in CommentKind.choices}
        self.stances = {value: str(label) for value, label in Stance.choices}
        self.dispositions = {value: str(label) for value, label in Disposition.choices}
        self.general = _("general")

    def row(self, value: Mapping[str, Any]) -> QueueRow:
        comment, pk, code = _light(dict(value)), value["pk"], value["code"]
        group, disposition = value["answer__group_id"], value["answer__disposition"]
        return QueueRow(
            code=code,
            mark=f"{code}@{value['answer__revision'] or 0}",
            url=f"{self.before}{code}{self.after}",
            label=value["clause_text__label"] or self.general,
            byline=byline(comment),
            chamber=comment.chamber.name,
            chamber_code=comment.chamber.code.lower(),
            kind=self.kinds[value["kind"]],
            stance=self.stances.get(value["stance"], ""),
            stance_kind=_STANCE_KIND.get(value["stance"], ""),
            excerpt=excerpt(value["body"], 200),
            language=value["language"],
            day=_day_words(timezone.localdate(value["sent_at"], zone(value["consultation__time_zone"])), column_language()),
            late=value["late"],
            state=value["answer_state"],
            state_words=self.states[value["answer_state"]],
            disposition=f"{disposition} {self.dispositions[disposition]}" if disposition else "",
            assignee=value["answer__assignee__person__name"] or (value["answer__assignee__email"] or "").partition("@")[0],
            group=value["answer__group__title"] or "",
            group_url=self.group_url.format(group) if group else "",
            folded_into=(value["answer__duplicate_of__code"] or "") if value["answer__folded"] else "",
            support=self.counts.support.get(pk, 0),
            notes=self.counts.notes.get(pk, 0),
            folded=self.counts.folded.get(pk, 0),
        )


def much_alike(comment: Any, limit: int = 50) -> Any:
    """Return comments on the same clause, in the same round, whose words are much like these, the nearest first.

    Bounded: the clause's own comments are compared by their beginnings, at most two thousand of them.
    """
    comments = apps.get_model("standards", "Comment").objects
    same = comments.counted().filter(consultation=comment.consultation_id, clause=comment.clause_id, parent=None).exclude(pk=comment.pk)
    undecided = Q(answer=None) | Q(answer__state__in=_WAITING, answer__folded=False, answer__disposition__in=["", Disposition.DUPLICATE])
    near = same.filter(undecided).order_by("serial").values("pk")[:COMPARED]
    alike = TrigramSimilarity(Left("body", _BEGINNING), comment.body[:_BEGINNING])
    return comments.filter(pk__in=near).annotate(alike=alike).filter(alike__gte=LIKE).order_by("-alike", "serial")[:limit]


def folded_into(comment: Any) -> Any:
    """Return the comments folded into this one."""
    return (
        apps.get_model("standards", "Comment")
        .objects.counted()
        .filter(answer__duplicate_of=comment, answer__folded=True)
        .order_by("serial")
    )


def writers_of(framework: Any) -> Any:
    """Return the accounts that may be given an answer to write: the committee's writers and the secretariat."""
    users = apps.get_model("members", "User").objects.filter(is_active=True).select_related("person")
    seats = apps.get_model("members", "GroupMembership").objects.on(timezone.localdate()).filter(group=framework.committee_id)
    writing = seats.exclude(role=GroupRole.OBSERVER).order_by().values("person")
    in_committee = Q(person__in=writing, person__state="member")
    return users.filter(in_committee | Q(is_staff=True, groups__name="secretariat")).distinct().order_by("person__name", "email")


def name_of(user: Any) -> str:
    """Return how the committee calls an account: the person's name, or for the secretariat's staff the first part of the address."""
    person = getattr(user, "person", None)
    return person.name if person is not None else user.email.partition("@")[0]


def outline_of(version: Any) -> list[dict[str, Any]]:
    """Return the clauses of a version in order of reading with label, title and depth: one query."""
    shown = f"title_{column_language()}"
    original = f"title_{version.framework.authentic_language}"
    texts = version.texts.order_by("position").values("clause_id", "label", "depth", shown, original)
    return [{**text, "title": text[shown] or text[original] or ""} for text in texts]


def with_those_below(outline: list[dict[str, Any]], label: str) -> list[int]:
    """Return the clause of that label and those under it."""
    found: list[int] = []
    top: int | None = None
    for text in outline:
        if text["label"] == label:
            top = text["depth"]
        elif top is not None and text["depth"] <= top:
            break
        if top is not None:
            found.append(text["clause_id"])
    return found
