"""Assigning, writing, noting, linking to the change."""

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from members.models import User
from red_mpe.core import audit, states
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError
from red_mpe.core.text import clean
from red_mpe.notifications.actions import announce
from standards.actions.answers.locking import locked_answer
from standards.actions.answers.publishing import houses_of, refuse_own_house
from standards.actions.answers.words import AnswerWords, Links, OverwrittenError, refuse_chains, refuse_foreign, refuse_incomplete
from standards.enums import ACCEPTING, AnswerState
from standards.models import Answer, AnswerChange, AnswerNote, Comment
from standards.states import ASSIGN_ANSWER, DRAFT_ANSWER

_FOLLOWING = (AnswerState.NEW, AnswerState.ASSIGNED, AnswerState.DRAFTED)  # states in which a folded answer goes with its lead


def assign_answer(*, actor: User, comment: Comment, assignee: User) -> Answer:
    """Give a comment to somebody who may answer it, and tell them. Refused for others, and once it is validated."""
    require(actor, ASSIGN_ANSWER.permission, comment)
    if not assignee.has_perm(ASSIGN_ANSWER.permission, comment):
        raise DomainError(_("Only who writes in the committee or in the secretariat can be given an answer to write."))
    with transaction.atomic():
        answer = locked_answer(comment)
        if answer.state == AnswerState.DRAFTED:  # who goes on with a draft keeps its words
            Answer.objects.filter(pk=answer.pk).update(assignee=assignee)
            answer.refresh_from_db(fields=["assignee"])
        else:
            states.apply(answer, ASSIGN_ANSWER, assignee=assignee)
        if assignee != actor:
            announce("standards.answer_assigned", actor=actor, target=answer, assignee=assignee.pk)
        else:
            audit.record("standards.answer_taken", actor=actor, target=answer)
    return answer


def write_answer(*, actor: User, comment: Comment, words: AnswerWords, revision: int) -> Answer:
    """Save the draft of an answer over the `revision` that its writer has seen.

    Refused with OverwrittenError when somebody else saved one in the meantime; with words where the disposition lacks what
    it needs; with StaleState once it is validated. Near-duplicates folded into the comment go with it.
    """
    require(actor, DRAFT_ANSWER.permission, comment)
    refuse_incomplete(words, comment)
    with transaction.atomic():
        answer = locked_answer(comment, *([words.duplicate_of] if words.duplicate_of else []))
        refuse_chains(words, comment)
        if answer.revision != revision and states.can_start(answer, DRAFT_ANSWER):
            raise OverwrittenError(answer)
        said = {**words.fields(), "folded": False, "revision": revision + 1}
        states.apply(answer, DRAFT_ANSWER, written_by=actor, written_at=Now(), **said)
        _write_links(answer, words)
        folded = take_along(answer, actor)
        audit.record("standards.answer_written", actor=actor, target=answer, disposition=answer.disposition, folded=folded)
    return answer


def take_along(answer: Answer, actor: User) -> list[int]:
    """Let the near-duplicates folded into a comment be answered with it; return their answers' ids."""
    rows = Answer.objects.filter(duplicate_of=answer.comment_id, folded=True, state__in=_FOLLOWING)
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    rows.update(state=AnswerState.DRAFTED, written_by=actor, written_at=Now())
    return ids


def _write_links(answer: Answer, words: AnswerWords) -> None:
    """Links stay with dispositions that change the text, and go with the others."""
    if words.disposition not in ACCEPTING:
        answer.changes.all().delete()
    elif words.links is not None:
        _replace_links(answer, words.links)


def _replace_links(answer: Answer, links: Links) -> None:
    refuse_foreign(links, answer.comment.consultation.framework, answer.comment.consultation.version_id)
    answer.changes.filter(version=links.version).delete()
    rows = [AnswerChange(answer=answer, clause=clause, version=links.version) for clause in links.clauses]
    AnswerChange.objects.bulk_create(rows, ignore_conflicts=True)


def link_change(*, actor: User, answer: Answer, links: Links) -> Answer:
    """Say which clauses of a later version an accepted comment has changed; published or not. An empty list takes the links back.

    A draft is validated with the links it has then. Once it is validated the second person is who links: refused to who wrote the
    words that hold, and to whoever is too near to the comment to decide over its answer.
    """
    require(actor, DRAFT_ANSWER.permission, answer)
    with transaction.atomic():
        locked = locked_answer(answer.comment)
        if present_disposition(locked) not in ACCEPTING:
            raise DomainError(_("Only accepted comments are linked to a change of the text."))
        if states.can_start(locked, DRAFT_ANSWER):
            Answer.objects.filter(pk=locked.pk).update(revision=F("revision") + 1)  # who has read it without them reads it again
        else:
            _refuse_alone(locked, actor)
        if locked.state == AnswerState.VALIDATED:
            Answer.objects.filter(pk=locked.pk).update(validated_by=actor, validated_at=Now())
        _replace_links(locked, links)
        data = {"version": links.version.pk, "clauses": [clause.pk for clause in links.clauses]}
        audit.record("standards.answer_linked", actor=actor, target=locked, **data)
    return locked


def _refuse_alone(answer: Answer, actor: User) -> None:
    """Two persons answer for a link as for the words: one accepted the comment, the other says where the text follows it."""
    if hand_of(answer) == actor.pk:
        raise DomainError(_("Who wrote the answer does not change its links once it is validated: another person links it."))
    refuse_own_house(answer.comment, actor, houses_of(actor))


def hand_of(answer: Answer) -> int | None:
    """Return who wrote the words that hold of a comment now: the second answer where there is one."""
    objection = getattr(answer, "objection", None)
    return objection.answered_by_id if objection and objection.disposition else answer.written_by_id


def present_disposition(answer: Answer) -> str:
    """Return what holds of a comment now: the second answer's disposition where there is one."""
    objection = getattr(answer, "objection", None)
    return (objection and objection.disposition) or answer.disposition


def add_note(*, actor: User, comment: Comment, body: str) -> AnswerNote:
    """Leave an internal note on a comment; it never leaves the workspace. Refused when it is empty."""
    require(actor, DRAFT_ANSWER.permission, comment)
    body = clean(body).strip()
    if not body:
        raise DomainError(_("The note is empty."))
    with transaction.atomic():
        answer = locked_answer(comment)
        note = AnswerNote.objects.create(answer=answer, author=actor, body=body)
        audit.record("standards.answer_noted", actor=actor, target=answer)
    return note
