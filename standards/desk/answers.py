"""What waits for the secretariat in answers: each pile keeps a framework from its final draft until it is empty."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from red_mpe.core.desk import SHOWN, DeskPanel, Pile, Waiting
from red_mpe.core.predicates import is_secretariat
from standards.enums import AnswerState, CommentState, RoundState
from standards.models import Answer, Comment
from standards.querysets.comments import sent_on

_ANSWERED = _("In the rounds that are closed, every comment has an answer.")
_BLOCKS = _("keeps the final draft waiting; sent on")


def _pile(comments: Any, state: str) -> Pile:
    """The oldest comments of the pile, and the queue of the framework that has the oldest."""
    rows = comments.filter(parent=None, state=CommentState.SENT).order_by("consultation__closes_at", "consultation", "code")
    first = list(rows.select_related("consultation__framework", "clause_text")[:SHOWN])
    queue = reverse("standards:answer_queue", args=[first[0].consultation.framework.slug]) + f"?state={state}" if first else ""
    waiting = [
        Waiting(
            f"{comment.code} · {comment.clause_text or comment.consultation.framework}",
            reverse("standards:answer_write", args=[comment.consultation.framework.slug, comment.code]),
            sent_on(comment),
            _BLOCKS,
        )
        for comment in first
    ]
    return Pile(rows.count(), waiting, queue)


def without_answer(user: Any) -> Pile | None:
    """Comments of closed rounds that nobody has answered, the oldest round first; near-duplicates wait with their lead."""
    if not is_secretariat(user):
        return None
    answered = Answer.objects.exclude(state__in=[AnswerState.NEW, AnswerState.ASSIGNED]).values("comment")
    return _pile(Comment.objects.filter(consultation__state=RoundState.CLOSED).exclude(pk__in=answered), AnswerState.NEW)


def _standing_at(state: str) -> Any:
    def find(user: Any) -> Pile | None:
        if not is_secretariat(user):
            return None
        return _pile(Comment.objects.filter(answer__state=state, answer__folded=False), state)

    return find


PANELS = (
    DeskPanel("standards.objections", _("Objections to answers"), _standing_at(AnswerState.OBJECTED), _("No author objects."), rank=12),
    DeskPanel("standards.unanswered", _("Comments without answer"), without_answer, _ANSWERED, rank=14),
    DeskPanel("standards.to_validate", _("Answers to validate"), _standing_at(AnswerState.DRAFTED), _("No answer waits."), rank=15),
    DeskPanel("standards.to_publish", _("Answers to publish"), _standing_at(AnswerState.VALIDATED), _("No answer waits."), rank=16),
)
