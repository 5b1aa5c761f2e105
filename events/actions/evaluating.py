"""Saying what one thought of an event: once, by who was there, and so that nobody can tell who said what."""

from datetime import timedelta
from typing import Any, Final
from uuid import uuid4

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from events.enums import TOOK_PLACE, AskedAt, QuestionKind
from events.models import Evaluation, EvaluationAnswer, EvaluationMark, EvaluationPeriod, Event, Question
from events.notifications.after import EVALUATION_WANTED
from events.querysets.evaluations import evaluation_questions
from events.querysets.rows import FEWEST
from events.rules import EVALUATED, is_being_evaluated
from members.models import User
from red_mpe.core import audit
from red_mpe.core.locale import SITE_LANGUAGE
from red_mpe.core.permissions import require, require_personally
from red_mpe.core.states import DomainError
from red_mpe.notifications.actions import announce

#: What is asked where nobody has written other questions.
USUAL: Final = (
    (QuestionKind.SCALE, gettext_lazy("How useful was it for your work?"), True),
    (QuestionKind.SCALE, gettext_lazy("How well was it organised?"), True),
    (QuestionKind.SCALE, gettext_lazy("Were you able to speak, and were you heard?"), True),
    (QuestionKind.SCALE, gettext_lazy("How well could you follow in your language?"), False),
    (QuestionKind.TEXT, gettext_lazy("What should be different next time?"), False),
)
#: The wish goes out a day after the end; a worker that was away catches up within that.
_WANTED: Final = (timedelta(days=1), timedelta(days=10))


def suggest_questions(*, event: Event, actor: User) -> int:
    """Write the usual five questions in three languages; return how many. Refused where there are questions already."""
    require(actor, "events.change_event", event)
    with transaction.atomic():
        Event.objects.select_for_update().only("pk").get(pk=event.pk)
        if evaluation_questions(event):
            raise DomainError(_("This evaluation has its questions already."))
        last = event.questions.aggregate(last=Max("position"))["last"] or 0
        for place, (kind, label, required) in enumerate(USUAL, last + 1):
            words = {f"label_{column}": _in(language, label) for column, language in SITE_LANGUAGE.items()}
            Question.objects.create(event=event, asked_at=AskedAt.EVALUATION, kind=kind, required=required, position=place, **words)
        audit.record("events.evaluation_prepared", actor=actor, target=event)
    return len(USUAL)


def evaluate(*, event: Event, actor: User, answers: dict[int, int | str]) -> None:
    """Keep what `actor` thought of an event: `answers` by question, a score of one to five or words; what is empty is left out.

    That they have answered is kept apart from what they answered, with nothing that joins the two, and no entry of the audit tells
    the hour. Refused: for who was not there, before the end and after the time of evaluations, a second time, and without any answer.
    """
    require_personally(actor, "events.evaluate", event)
    said = {question: answers[question.pk] for question in evaluation_questions(event) if answers.get(question.pk) not in (None, "")}
    if not said:
        raise DomainError(_("Answer at least one question."))
    with transaction.atomic():
        EvaluationPeriod.objects.get_or_create(event=event)
        period = EvaluationPeriod.objects.select_for_update(of=("self",)).get(event=event)
        if period.closed_at is not None:
            raise DomainError(_("This evaluation is closed."))
        _mark, is_first = EvaluationMark.objects.get_or_create(event=event, user=actor)
        if not is_first:
            raise DomainError(
                _("This encounter was evaluated from this account already. Answers are joined to nobody: they cannot be changed.")
            )
        evaluation = Evaluation.objects.create(pk=uuid4(), event=event, chamber_id=_chamber(event, actor))
        EvaluationAnswer.objects.bulk_create([_answer(evaluation, question, value) for question, value in said.items()])


def close_evaluation(*, event: Event, actor: User) -> None:
    """End the time of an evaluation before it is over, so that its results can be read. Refused while fewer than five have answered."""
    require(actor, "events.run_event", event)
    with transaction.atomic():
        period, _made = EvaluationPeriod.objects.select_for_update(of=("self",)).get_or_create(event=event)
        if period.closed_at is not None or not is_being_evaluated(actor, event):
            raise DomainError(_("This evaluation is closed."))
        if event.evaluations.count() < FEWEST:
            raise DomainError(_("Fewer than five have answered: their results would tell who said what, and are not shown."))
        period.closed_at = timezone.now()
        period.save(update_fields=["closed_at"])
        audit.record("events.evaluation_closed", actor=actor, target=event)
    event.refresh_from_db()


def ask_for_evaluations() -> int:
    """Ask those who were there for their evaluation, once, a day after the end; return for how many events."""
    now, asked = timezone.now(), 0
    after, until = _WANTED
    due = Event.objects.filter(state__in=TOOK_PLACE, ends_at__lte=now - after, ends_at__gt=now - until)
    for event in due.filter(questions__asked_at=AskedAt.EVALUATION).exclude(evaluation_period__asked_at__isnull=False).distinct():
        with transaction.atomic():
            EvaluationPeriod.objects.get_or_create(event=event)
            waiting = EvaluationPeriod.objects.filter(event=event, asked_at=None, closed_at=None)
            if waiting.update(asked_at=now):
                announce(EVALUATION_WANTED, actor=None, target=event)
                asked += 1
    return asked


def is_open(event: Event) -> bool:
    """Tell whether the results of an evaluation can be read: its time is over, and five have answered."""
    over = event.ends_at + EVALUATED <= timezone.now()
    period = EvaluationPeriod.objects.filter(event=event, closed_at__isnull=False)
    return bool((over or period.exists()) and event.evaluations.count() >= FEWEST)


def _in(language: str, words: Any) -> str:
    with override(language):
        return str(words)


def _chamber(event: Event, actor: User) -> int | None:
    """Return the chamber somebody sits in: that of their profile, otherwise that of their registration."""
    if actor.member is not None:
        chamber: int | None = actor.member.category.chamber_id
        return chamber
    return event.registrations.filter(user=actor).values_list("chamber", flat=True).first()


def _answer(evaluation: Evaluation, question: Question, value: int | str) -> EvaluationAnswer:
    if question.kind == QuestionKind.SCALE:
        return EvaluationAnswer(evaluation=evaluation, question=question, score=int(value))
    return EvaluationAnswer(evaluation=evaluation, question=question, text=str(value))
