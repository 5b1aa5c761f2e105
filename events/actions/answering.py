"""What somebody says with a registration: what they need, and their answers to what is asked.

An answer holds words (a line, some sentences) or numbers: the places of the chosen options counted from 0, 1 or 0 for yes or no, 1 to 5.
"""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from events.enums import AskedAt, QuestionKind
from events.models import Answer, Event, Needs, Question, Registration
from members.enums import Spoken
from members.models.texts import told
from red_mpe.core.states import DomainError
from red_mpe.core.text import clean, clean_line

NEEDS: Final = {"access": 300, "childcare": 200, "diet": 200}
LONGEST: Final = {QuestionKind.LINE: 300, QuestionKind.TEXT: 3000}


def keep_needs(registration: Registration, needs: dict[str, Any] | None) -> None:
    """Write what somebody needs; where nothing is said there is no row, and an earlier one goes."""
    if needs is None:
        return
    said = {name: clean_line(str(needs.get(name) or ""))[:longest] for name, longest in NEEDS.items()}
    language = str(needs.get("interpretation") or "")
    said["interpretation"] = language if language in Spoken else ""
    if any(said.values()):
        Needs.objects.update_or_create(registration=registration, defaults=said)
    else:
        Needs.objects.filter(registration=registration).delete()


def keep_answers(registration: Registration, answers: dict[int, Any] | None, *, event: Event, strict: bool = True) -> None:
    """Write the answers to the questions of an event. Refused: one that does not fit, and with `strict` a missing one that must be given.

    None changes nothing, except that `strict` then refuses where something must be answered and never was.
    """
    questions = list(Question.objects.filter(event=event, asked_at=AskedAt.REGISTRATION))
    given = {} if answers is None else {int(key): value for key, value in answers.items()}
    rows = [row for question in questions if (row := _row(registration, question, given.get(question.pk))) is not None]
    said = {row.question_id for row in rows}
    if strict and (missing := [told(question, "label").text for question in questions if question.required and question.pk not in said]):
        raise DomainError(_("Still to be answered: %(questions)s") % {"questions": " · ".join(missing)})
    if answers is None:
        return
    registration.answers.exclude(question__in=said).filter(question__in=questions).delete()
    Answer.objects.bulk_create(rows, update_conflicts=True, unique_fields=["registration", "question"], update_fields=["text", "chosen"])


def _row(registration: Registration, question: Question, value: Any) -> Answer | None:
    """Return the answer as a row; None where nothing was said."""
    if value is None or value == "" or value == []:
        return None
    if question.kind in LONGEST:
        words = (clean_line if question.kind == QuestionKind.LINE else clean)(str(value)).strip()
        return Answer(registration=registration, question=question, text=_short(question, words)) if words else None
    chosen = [_number(one) for one in (value if isinstance(value, (list, tuple, set)) else [value])]
    if not set(chosen) <= set(places_of(question)) or (question.kind != QuestionKind.SEVERAL and len(chosen) > 1):
        raise DomainError(_("The answer to “%(question)s” is none of those to choose from.") % {"question": told(question, "label").text})
    return Answer(registration=registration, question=question, chosen=sorted(set(chosen)))


def _number(value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        return -1


def _short(question: Question, words: str) -> str:
    if len(words) > LONGEST[QuestionKind(question.kind)]:
        raise DomainError(_("The answer to “%(question)s” is too long.") % {"question": told(question, "label").text})
    return words


def options_of(question: Question) -> list[str]:
    """Return the options of a question in their order."""
    return [line.strip() for line in told(question, "options").text.splitlines() if line.strip()]


def places_of(question: Question) -> range:
    """Return the numbers that may stand for an answer."""
    if question.kind == QuestionKind.YES:
        return range(2)
    return range(1, 6) if question.kind == QuestionKind.SCALE else range(len(options_of(question)))
