"""The author's single objection, the second answer by another person, and the end."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import DateTimeField, ExpressionWrapper, F, Q, Value
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models import User
from red_mpe.core import audit, states
from red_mpe.core.locale import zone
from red_mpe.core.permissions import require, require_personally
from red_mpe.core.states import DomainError, StaleState
from red_mpe.core.text import clean
from red_mpe.notifications.actions import announce
from standards.actions.answers.locking import locked_answer
from standards.actions.answers.publishing import houses_of, refuse_own_house
from standards.actions.answers.words import AnswerWords, reason_fields, refuse_incomplete, refuse_short
from standards.enums import AnswerState, Disposition
from standards.models import Answer, AnswerObjection
from standards.states import ANSWER_AGAIN, CLOSE_ANSWER, OBJECT_TO_ANSWER

CLOSED_AT_ONCE = 500  # answers of one run of the clock; the next run takes the next ones


def last_day_to_object(answer: Any) -> date | None:
    """Return the last day, by the clock of the rules, on which its author may object to a published answer."""
    if answer.published_at is None:
        return None
    rules = answer.comment.consultation.framework.rules
    published = timezone.localdate(answer.published_at, zone(rules.time_zone))
    return published + timedelta(days=rules.objection_days)


def may_object(answer: Any) -> bool:
    """Tell whether the time to object runs. It does not tell who asks."""
    last = last_day_to_object(answer)
    here = zone(answer.comment.consultation.framework.rules.time_zone)
    return answer.state == AnswerState.PUBLISHED and last is not None and timezone.localdate(timezone=here) <= last


def object_to_answer(*, actor: User, answer: Answer, body: str, language: str) -> AnswerObjection:
    """Object to the published answer to one's own comment, once, within the days of the rules. The trace names nobody."""
    require_personally(actor, OBJECT_TO_ANSWER.permission, answer)
    body = clean(body).strip()
    if not body:
        raise DomainError(_("Say what the answer overlooks."))
    with transaction.atomic():
        locked = locked_answer(answer.comment)
        if locked.state == AnswerState.PUBLISHED and not may_object(locked):
            raise DomainError(_("The days to object to this answer are over. What you wrote is still here."))
        states.apply(locked, OBJECT_TO_ANSWER)
        objection = AnswerObjection.objects.create(answer=locked, body=body, language=language)
        announce("standards.answer_objected", actor=None, target=locked)
    return objection


def answer_again(*, actor: User, answer: Answer, words: AnswerWords) -> AnswerObjection:
    """Give the second answer to an objection. Refused to who wrote or validated the first, and where it gives no reason."""
    require(actor, ANSWER_AGAIN.permission, answer)
    _refuse_half(words, answer)
    if actor.pk in (answer.written_by_id, answer.validated_by_id):
        raise DomainError(_("Who wrote or validated the first answer does not give the second one: another person looks at it."))
    refuse_own_house(answer.comment, actor, houses_of(actor))
    with transaction.atomic():
        locked = locked_answer(answer.comment)
        states.apply(locked, ANSWER_AGAIN)
        said = {"disposition": words.disposition, "answered_by": actor, "answered_at": Now(), **reason_fields(words.reasons)}
        AnswerObjection.objects.filter(answer=locked).update(**said)
        announce("standards.answer_again", actor=actor, target=locked, disposition=words.disposition)
    return AnswerObjection.objects.get(answer=locked)


def _refuse_half(words: AnswerWords, answer: Answer) -> None:
    if words.disposition == Disposition.DUPLICATE:
        raise DomainError(_("A second answer speaks for itself: it does not point to another comment."))
    refuse_incomplete(words, answer.comment)
    refuse_short(words, answer.comment)


def close_answers() -> int:
    """Close answers to which nobody objected in time, and those answered again; return how many. Safe to run twice and at once."""
    closed = 0
    for answer in _to_close():
        try:
            with transaction.atomic():
                states.apply(answer, CLOSE_ANSWER)
                audit.record("standards.answer_closed", actor=None, target=answer)
                closed += 1
        except StaleState:  # the author objected, or another clock was faster
            continue
    return closed


def _to_close() -> list[Answer]:
    """Those whose days are over: the database leaves out what cannot be due yet, the clock of the rules decides to the day."""
    days = F("comment__consultation__framework__rules__objection_days") * Value(timedelta(days=1))
    ends = ExpressionWrapper(F("published_at") + days, output_field=DateTimeField())
    rows = Answer.objects.filter(state__in=CLOSE_ANSWER.sources).annotate(ends=ends)
    rows = rows.filter(Q(state=AnswerState.ANSWERED) | Q(ends__lte=timezone.now()))
    found = rows.select_related("comment__consultation__framework__rules").order_by("published_at")[:CLOSED_AT_ONCE]
    return [one for one in found if one.state == AnswerState.ANSWERED or not may_object(one)]
