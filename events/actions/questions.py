"""What is asked with the registration, and in the evaluation."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from events.enums import AskedAt, QuestionKind
from events.models import Answer, EvaluationAnswer, Event, Question
from events.states import LANGUAGES
from members.models import User
from red_mpe.core import audit
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError, StaleState
from red_mpe.core.text import clean, clean_line

#: Kinds that offer answers to choose from.
CHOOSING: Final = (QuestionKind.ONE, QuestionKind.SEVERAL)
MOST_QUESTIONS: Final = 30
MOST_OPTIONS: Final = 30
_LONGEST: Final = 120
Words = Mapping[str, str]


def add_question(*, event: Event, actor: User, asked_at: str, kind: str, label: Words, options: Words, required: bool = False) -> Question:
    """Ask one thing more, after the others. The same question sent twice is one."""
    require(actor, "events.run_event", event)
    columns = {"kind": kind, "required": required, **_columns(kind, label, options)}
    with transaction.atomic():
        Event.objects.select_for_update().get(pk=event.pk)
        asked = Question.objects.filter(event=event, asked_at=asked_at)
        if same := asked.filter(**columns).first():
            return same
        if asked.count() >= MOST_QUESTIONS:
            raise DomainError(_("Thirty questions are enough: nobody answers more."))
        last = asked.aggregate(last=Max("position"))["last"]
        question = Question.objects.create(event=event, asked_at=asked_at, position=0 if last is None else last + 1, **columns)
        audit.record("events.question_added", actor=actor, target=event, question=question.pk)
    return question


def change_question(*, question: Question, actor: User, kind: str, label: Words, options: Words, required: bool = False) -> Question:
    """Ask it in other words. Once it has answers its kind stays, and so do the places of its options: answers point to them.

    Options can then be corrected in their place, and new ones added behind.
    """
    require(actor, "events.run_event", question.event)
    columns = _columns(kind, label, options)
    with transaction.atomic():
        locked = Question.objects.select_for_update().get(pk=question.pk)
        if count_answers(locked):
            _refuse_other_meaning(locked, kind, columns)
        Question.objects.filter(pk=locked.pk).update(kind=kind, required=required, **columns)
        audit.record("events.question_changed", actor=actor, target=locked.event, question=locked.pk)
    question.refresh_from_db()
    return question


def remove_question(*, question: Question, actor: User, answers: int) -> None:
    """Ask it no more, and delete its answers. Refused where there are not `answers` of them, as whoever confirmed it was told."""
    require(actor, "events.run_event", question.event)
    with transaction.atomic():
        locked = Question.objects.select_for_update().filter(pk=question.pk).first()
        if locked is None or count_answers(locked) != answers:
            raise StaleState
        audit.record("events.question_removed", actor=actor, target=locked.event, question=locked.pk, answers=answers)
        locked.delete()


def shift_question(*, question: Question, actor: User, up: bool) -> None:
    """Let it change places with the one before, or behind. At the end of the row nothing happens."""
    require(actor, "events.run_event", question.event)
    with transaction.atomic():
        Event.objects.select_for_update().get(pk=question.event_id)
        rows = list(Question.objects.filter(event=question.event_id, asked_at=question.asked_at))
        place = [row.pk for row in rows].index(question.pk)
        other = place - 1 if up else place + 1
        if not 0 <= other < len(rows):
            return
        rows[place], rows[other] = rows[other], rows[place]
        for number, row in enumerate(rows):
            row.position = number
        Question.objects.bulk_update(rows, ["position"])
        audit.record("events.question_shifted", actor=actor, target=question.event, question=question.pk, up=up)


def count_answers(question: Question) -> int:
    """Return how many people have answered it."""
    kind: Any = Answer if question.asked_at == AskedAt.REGISTRATION else EvaluationAnswer
    return int(kind.objects.filter(question=question).count())


def options_of(text: str) -> list[str]:
    """Return the options, one a line; empty lines are none."""
    return [words for line in clean(text).split("\n") if (words := clean_line(line))]


def _columns(kind: str, label: Words, options: Words) -> dict[str, str]:
    """Return the columns of the words; refused where something is missing or does not fit together."""
    asked = {language: clean_line(label.get(language, ""))[:240] for language in LANGUAGES}
    if not any(asked.values()):
        raise DomainError(_("Write the question, in at least one language."))
    given = {language: options_of(options.get(language, "")) if kind in CHOOSING else [] for language in LANGUAGES}
    if kind in CHOOSING:
        _refuse_options([lines for lines in given.values() if lines])
    columns = {f"label_{language}": asked[language] for language in LANGUAGES}
    return columns | {f"options_{language}": "\n".join(given[language]) for language in LANGUAGES}


def _refuse_options(given: list[list[str]]) -> None:
    if not given or min(map(len, given)) < 2:
        raise DomainError(_("Write at least two answers to choose from, one a line."))
    if len({len(lines) for lines in given}) > 1:
        raise DomainError(_("Write the same number of answers in each language, in the same order."))
    if len(given[0]) > MOST_OPTIONS or any(len(line) > _LONGEST for lines in given for line in lines):
        raise DomainError(_("Thirty answers of 120 characters at most can be offered."))
    if any(len({line.casefold() for line in lines}) < len(lines) for lines in given):
        raise DomainError(_("The same answer stands there twice."))


def _refuse_other_meaning(question: Question, kind: str, columns: dict[str, str]) -> None:
    """What was answered must go on to mean what it meant."""
    if kind != question.kind:
        raise DomainError(_("It has answers: the kind of answer stays. Remove the question and ask another one."))
    known = [options_of(getattr(question, f"options_{language}") or "") for language in LANGUAGES]
    wanted = [options_of(columns[f"options_{language}"]) for language in LANGUAGES]
    for old, new in zip(known, wanted, strict=True):
        moved = any(now != was and now in old for was, now in zip(old, new, strict=False))
        if moved or len(new) < max(map(len, known)) * bool(new or old):
            raise DomainError(
                _("It has answers: options can be corrected in their place, and added at the end, but neither removed nor reordered.")
            )
