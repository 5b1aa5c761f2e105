"""Themes: comments that say something alike are answered together; each keeps its own code and its own answer."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Count, Sum
from django.utils.translation import gettext_lazy as _

from members.models import User
from red_mpe.core import audit
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError
from red_mpe.core.text import clean_line
from standards.actions.answers.locking import Outcome, each, locked_answer
from standards.actions.answers.words import AnswerWords, OverwrittenError
from standards.actions.answers.writing import write_answer
from standards.enums import CommentState
from standards.models import Answer, AnswerGroup, Comment, Consultation
from standards.states import DRAFT_ANSWER


def group_comments(
    *, actor: User, consultation: Consultation, comments: Iterable[Comment], title: str = "", group: AnswerGroup | None = None
) -> tuple[AnswerGroup, Outcome]:
    """Put comments of a round into `group`, or into a new one of that title. A comment is in one group at a time."""
    require(actor, DRAFT_ANSWER.permission, consultation)
    title = clean_line(title)
    if group is None and not title:
        raise DomainError(_("Give the group a title, or choose one that exists."))
    with transaction.atomic():
        if group is None:
            group = AnswerGroup.objects.create(consultation=consultation, title=title, made_by=actor)
            audit.record("standards.group_made", actor=actor, target=group)
        into = group
        outcome = each(comments, lambda comment: _put(actor, comment, into))
    return group, outcome


def _put(actor: User, comment: Comment, group: AnswerGroup) -> None:
    if comment.consultation_id != group.consultation_id:
        raise DomainError(_("A group holds comments of one round."))
    answer = locked_answer(comment)
    Answer.objects.filter(pk=answer.pk).update(group=group)
    audit.record("standards.comment_grouped", actor=actor, target=answer, group=group.pk)


def ungroup_comment(*, actor: User, comment: Comment) -> None:
    """Take a comment out of its group; what it was answered stays."""
    require(actor, DRAFT_ANSWER.permission, comment)
    with transaction.atomic():
        if Answer.objects.filter(comment=comment, group__isnull=False).update(group=None):
            audit.record("standards.comment_ungrouped", actor=actor, target=comment)


def dissolve_group(*, actor: User, group: AnswerGroup) -> None:
    """Take a group apart; its comments and what they were answered stay."""
    require(actor, DRAFT_ANSWER.permission, group)
    with transaction.atomic():
        audit.record("standards.group_dissolved", actor=actor, target=group, comments=list(group.answers.values_list("comment", flat=True)))
        group.delete()


def group_mark(group: AnswerGroup) -> str:
    """Return what changes with every saving of an answer of the group and with every comment put in or taken out."""
    told = group.answers.aggregate(count=Count("pk"), saved=Sum("revision"), places=Sum("comment"))
    return f"{told['count']}.{told['saved'] or 0}.{told['places'] or 0}"


def answer_group(*, actor: User, group: AnswerGroup, words: AnswerWords, mark: str) -> Outcome:
    """Write the same answer to every comment of a group. Refused as a whole where the group has changed since `mark` was read.

    Those that are validated already, withdrawn or hidden keep what they have, and are named.
    """
    require(actor, DRAFT_ANSWER.permission, group)
    answers = Answer.objects.filter(group=group).select_related("comment__consultation__framework", "comment__consultation__version")
    with transaction.atomic():
        AnswerGroup.objects.select_for_update().get(pk=group.pk)
        if group_mark(group) != mark:
            raise OverwrittenError(answers.order_by("-written_at").first() or Answer())
        waiting = {one.comment: one.revision for one in answers.order_by("comment__serial") if one.comment.state == CommentState.SENT}
        return each(waiting, lambda comment: write_answer(actor=actor, comment=comment, words=words, revision=waiting[comment]))
