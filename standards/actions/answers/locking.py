"""One act at a time on a comment and its answer: every act locks the comments it touches, in one order."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from red_mpe.core.states import DomainError
from standards.enums import CommentState
from standards.models import Answer, Comment


@dataclass
class Outcome:
    """What became of an act on several comments: the codes done, and for each one refused the words why."""

    done: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)


def each(comments: Iterable[Comment], act: Callable[[Comment], Any]) -> Outcome:
    """Do `act` on every comment, each in a transaction of its own: one refusal does not undo the others."""
    outcome = Outcome()
    for comment in comments:
        try:
            with transaction.atomic():
                act(comment)
        except DomainError as error:
            outcome.refused[comment.code] = str(error)
        else:
            outcome.done.append(comment.code)
    return outcome


def lock_comments(*ids: int) -> list[Comment]:
    """Lock comments in the order of their keys, so that no two acts wait for each other; replies may still be sent."""
    rows = Comment.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    return list(rows)


def locked_answer(comment: Comment, *others: Comment) -> Answer:
    """Return the answer to a comment, locked and made at the first act. Refused for replies and where the comment no longer stands."""
    for one in lock_comments(comment.pk, *(other.pk for other in others)):
        refuse_unanswerable(one)
    answer, _made = Answer.objects.select_related(
        "comment__consultation__framework__rules", "comment__consultation__version"
    ).get_or_create(comment=comment)
    return answer


def refuse_unanswerable(comment: Comment) -> None:
    """Raise DomainError with clear words where a comment takes no answer."""
    words = {"code": comment.code}
    if comment.parent_id is not None:
        raise DomainError(_("%(code)s is a reply. Only comments that begin a thread are answered.") % words)
    if comment.state == CommentState.WITHDRAWN:
        raise DomainError(_("The author of %(code)s has withdrawn it in the meantime. It needs no answer any more.") % words)
    if comment.state == CommentState.HIDDEN:
        raise DomainError(_("%(code)s is hidden by moderation. It is answered once it is shown again.") % words)
