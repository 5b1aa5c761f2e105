"""Near-duplicates: folded into one comment and answered with it; none is deleted, none counted twice."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from members.models import User
from red_mpe.core import audit, states
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError
from standards.actions.answers.locking import Outcome, each, locked_answer
from standards.actions.answers.words import AnswerWords, refuse_chains
from standards.enums import AnswerState, Disposition
from standards.models import Answer, Comment
from standards.states import DRAFT_ANSWER, UNFOLD_ANSWER


def fold_comments(*, actor: User, lead: Comment, comments: Iterable[Comment]) -> Outcome:
    """Fold near-duplicates into `lead`: each keeps its code and its author, and is answered with it."""
    require(actor, DRAFT_ANSWER.permission, lead)
    return each(comments, lambda comment: _fold(actor, lead, comment))


def _fold(actor: User, lead: Comment, comment: Comment) -> None:
    if comment.pk == lead.pk:
        raise DomainError(_("A comment is not folded into itself."))
    if (comment.consultation_id, comment.clause_id) != (lead.consultation_id, lead.clause_id):
        raise DomainError(_("Only comments of one round on one clause are folded together."))
    answer = locked_answer(comment, lead)
    if answer.disposition not in ("", Disposition.DUPLICATE):
        raise DomainError(_("%(code)s has an answer of its own already: its words would be lost.") % {"code": comment.code})
    refuse_chains(AnswerWords(Disposition.DUPLICATE, duplicate_of=lead), comment)
    if locked_answer(lead, comment).state == AnswerState.VALIDATED:
        raise DomainError(_("%(code)s is validated already. Return it first, then fold others into it.") % {"code": lead.code})
    said = AnswerWords(Disposition.DUPLICATE, duplicate_of=lead).fields()
    states.apply(answer, DRAFT_ANSWER, folded=True, written_by=actor, written_at=Now(), revision=F("revision") + 1, **said)
    answer.changes.all().delete()
    audit.record("standards.comment_folded", actor=actor, target=answer, lead=lead.pk)


def unfold_comment(*, actor: User, comment: Comment) -> Answer:
    """Take a comment out of the one it was folded into; it waits for an answer of its own again."""
    require(actor, DRAFT_ANSWER.permission, comment)
    with transaction.atomic():
        answer = locked_answer(comment)
        if not answer.folded:
            raise DomainError(_("%(code)s is not folded into another comment.") % {"code": comment.code})
        states.apply(answer, UNFOLD_ANSWER, **_EMPTY)
        audit.record("standards.comment_unfolded", actor=actor, target=answer)
    return answer


_EMPTY: dict[str, Any] = {"folded": False, "disposition": "", "duplicate_of": None, "written_by": None, "written_at": None}
_UNDECIDED = (AnswerState.NEW, AnswerState.ASSIGNED, AnswerState.DRAFTED, AnswerState.VALIDATED)


def release_duplicates(lead: Comment) -> None:
    """Give those that were to be resolved in a comment that no longer stands their own place in the queue again."""
    rows = Answer.objects.filter(duplicate_of=lead, state__in=_UNDECIDED)
    for answer in rows:
        audit.record("standards.comment_unfolded", actor=None, target=answer, lead=lead.pk)
    rows.update(state=AnswerState.NEW, validated_by=None, validated_at=None, revision=F("revision") + 1, **_EMPTY)
