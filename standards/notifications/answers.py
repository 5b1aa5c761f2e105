"""What is announced of answers: to whom a comment was given, to its author what became of it, to who steers what the author objects."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from members.models import GroupMembership, User
from red_mpe.core.models import AuditEntry
from red_mpe.core.text import excerpt
from red_mpe.notifications.enums import Category
from red_mpe.notifications.registry import Item, NotificationType
from standards.enums import ACCEPTING, AnswerState, Disposition
from standards.models import Answer, PersonaLink
from standards.notifications.consultation import comment_item
from standards.querysets.answers import told
from standards.rules import LEADERS

_WORK = ("standards.answer_assigned", "standards.answer_objected")
_SEEN = "comment__consultation"


def assignee(entry: AuditEntry) -> Iterable[int]:
    """To whom the answer was given."""
    return [entry.data["assignee"]] if entry.data.get("assignee") else []


def author_of_the_comment(entry: AuditEntry) -> Iterable[int]:
    """Who wrote the comment, however it is shown."""
    persona = Answer.objects.values_list("comment__persona", flat=True).get(pk=entry.target_id)
    return PersonaLink.objects.filter(persona=persona).values_list("user_id", flat=True)


def steerers(entry: AuditEntry) -> Iterable[int]:
    """Who leads the committee of the framework, and the secretariat."""
    group = Answer.objects.values_list(f"{_SEEN}__framework__committee", flat=True).get(pk=entry.target_id)
    seats = GroupMembership.objects.on(timezone.localdate()).filter(group=group, role__in=LEADERS, person__state="member")
    leading = Q(person__in=seats.order_by().values("person"))
    staff = Q(is_staff=True, groups__name="secretariat")
    return User.objects.filter(leading | staff, is_active=True).distinct().order_by("pk").values_list("pk", flat=True)


def describe_answers(entries: Sequence[AuditEntry]) -> dict[int, Item]:
    """The comment's place and code, what became of it, the reason in the reader's language or marked, and the second answer."""
    rows = Answer.objects.select_related(
        *("comment__persona", "comment__chamber", "comment__category", "comment__shown_organisation", "comment__shown_group"),
        *(f"{_SEEN}__framework__rules", f"{_SEEN}__version", "comment__clause_text", "duplicate_of", "objection"),
    )
    found = rows.in_bulk([entry.target_id for entry in entries])
    return {entry.pk: _item(entry, found[entry.target_id]) for entry in entries if entry.target_id in found}


def _item(entry: AuditEntry, answer: Any) -> Item:
    framework = answer.comment.consultation.framework
    objection: Any = getattr(answer, "objection", None)
    second = entry.verb == "standards.answer_again" and objection is not None
    said = objection if second else answer
    reason = told(vars(said), framework.authentic_language)
    item = comment_item(answer.comment)
    if entry.verb in _WORK:
        item["url"] = reverse("standards:answer_write", args=[framework.slug, answer.comment.code])
    return item | {
        "disposition": f"{said.disposition} · {Disposition(said.disposition).label}" if said.disposition else "",
        "answer": excerpt(reason.text, 900),
        "answer_lang": reason.lang,
        "answer_foreign": reason.foreign,
        "other": answer.duplicate_of.code if answer.duplicate_of and not second else "",
        "objection_days": framework.rules.objection_days,
        "accepted": said.disposition in ACCEPTING,
        "returned": bool(entry.data.get("returned")),
    }


def _there(entries: Sequence[AuditEntry], rows: Any) -> Iterable[int]:
    there = set(rows.standing().filter(pk__in=[entry.target_id for entry in entries]).values_list("pk", flat=True))
    return [entry.pk for entry in entries if entry.target_id in there]


def answer_visible(entries: Sequence[AuditEntry], person: Any) -> Iterable[int]:
    """Published answers to comments that stand, on texts that the author may read."""
    return _there(entries, Answer.objects.visible_to(person))


def still_given(entries: Sequence[AuditEntry], person: Any) -> Iterable[int]:
    """Answers that are still given to this person, and wait for their words."""
    waiting = Answer.objects.visible_to(person).filter(assignee=person, state__in=[AnswerState.ASSIGNED, AnswerState.DRAFTED])
    return _there(entries, waiting)


def still_objected(entries: Sequence[AuditEntry], person: Any) -> Iterable[int]:
    """Objections that nobody has answered yet, for who may see them in the workspace."""
    return _there(entries, Answer.objects.visible_to(person).filter(state=AnswerState.OBJECTED))


TYPES = (
    NotificationType(
        key="standards.answer_objected",
        category=Category.SECRETARIAT,
        audience=steerers,
        describe=describe_answers,
        may_see_many=still_objected,
        rank=14,
    ),
    NotificationType(
        key="standards.answer_again",
        category=Category.REPLIES,
        audience=author_of_the_comment,
        describe=describe_answers,
        may_see_many=answer_visible,
        rank=21,
    ),
    NotificationType(
        key="standards.answer_published",
        category=Category.REPLIES,
        audience=author_of_the_comment,
        describe=describe_answers,
        may_see_many=answer_visible,
        rank=22,
    ),
    NotificationType(
        key="standards.answer_assigned",
        category=Category.SECRETARIAT,
        audience=assignee,
        describe=describe_answers,
        may_see_many=still_given,
        rank=35,
    ),
)
