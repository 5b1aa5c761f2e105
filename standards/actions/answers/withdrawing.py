"""What a withdrawn comment means for its answer."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from red_mpe.core import audit
from red_mpe.core.locale import COLUMN
from red_mpe.core.states import DomainError
from standards.actions.answers.folding import release_duplicates
from standards.enums import PUBLIC_ANSWERS, AnswerState, Disposition
from standards.models import Answer, Comment


def withdraw_answer(comment: Comment) -> None:
    """Close the answer to a comment that its author withdraws, inside that act: RE, by itself, without a second person.

    Refused once the answer is published. Comments that were to be resolved in this one wait for answers of their own again.
    """
    if comment.parent_id is not None:
        return
    answer, _made = Answer.objects.select_for_update().get_or_create(comment=comment)
    if answer.state in PUBLIC_ANSWERS:
        raise DomainError(_("Its answer has been published: the comment and its answer stay together."))
    release_duplicates(comment)
    nobody = dict.fromkeys(["assignee", "written_by", "written_at", "validated_by", "validated_at", "duplicate_of", "group"])
    empty = {f"reason_{column}": "" for column in COLUMN.values()} | {"terms_section": "", "folded": False}
    done = {"state": AnswerState.CLOSED, "disposition": Disposition.WITHDRAWN, "published_at": timezone.now()}
    Answer.objects.filter(pk=answer.pk).update(**nobody, **empty, **done)
    answer.changes.all().delete()
    audit.record("standards.answer_withdrawn", actor=None, target=answer)
