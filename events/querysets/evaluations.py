"""What was thought of an event, in numbers by chamber, without anybody being recognised.

Nobody is told of fewer than five answers: chambers with fewer are folded together, with as many of the next larger ones as it takes
until the fold has five and no chamber could be worked out by subtraction.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final

from django.apps import apps
from django.utils.translation import gettext as _

from events.enums import AskedAt, QuestionKind
from events.querysets.rows import FEWEST
from members.models.texts import Told, told
from red_mpe.core.models import Chamber

_COUNTED: Final = (QuestionKind.SCALE, QuestionKind.YES, QuestionKind.ONE, QuestionKind.SEVERAL)


@dataclass(frozen=True)
class Bar:
    """How many chose one answer."""

    label: str
    value: int
    words: str


@dataclass(frozen=True)
class Side:
    """What the people of one chamber answered on a scale, on average; the fold of the small ones has no code."""

    code: str
    label: str
    people: int
    mean: float


@dataclass(frozen=True)
class Result:
    """One question and what was answered; nothing but the question where fewer than five answered."""

    label: Told
    kind: str
    people: int = 0
    mean: float | None = None
    bars: list[Bar] = field(default_factory=list)
    sides: list[Side] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


def evaluation_questions(event: Any) -> list[Any]:
    """Return the questions of the evaluation in their order."""
    return list(event.questions.filter(asked_at=AskedAt.EVALUATION).order_by("position", "pk"))


def evaluation_results(event: Any, *, words: bool = False) -> list[Result]:
    """Return the results by question; what people wrote only with `words`, in an order that tells nothing. Three queries."""
    answers: dict[int, list[Any]] = {}
    rows = apps.get_model("events", "EvaluationAnswer").objects.filter(evaluation__event=event)
    for row in rows.order_by().values("question", "score", "text", "evaluation", "evaluation__chamber"):
        answers.setdefault(row["question"], []).append(row)
    chambers = {side.pk: side for side in Chamber.objects.order_by("position")}
    return [_result(question, answers.get(question.pk, []), chambers, words) for question in evaluation_questions(event)]


def _result(question: Any, rows: list[Any], chambers: dict[int, Any], words: bool) -> Result:
    label, people = told(question, "label"), len(rows)
    if people < FEWEST:
        return Result(label, question.kind)
    if question.kind not in _COUNTED:
        return Result(label, question.kind, people, words=_shuffled(question, rows) if words else [])
    bars = _bars(question, rows)
    if question.kind != QuestionKind.SCALE:
        return Result(label, question.kind, people, bars=bars)
    return Result(label, question.kind, people, _mean(row["score"] for row in rows), bars, _sides(rows, chambers))


def _shuffled(question: Any, rows: list[Any]) -> list[str]:
    """Return what people wrote in an order of its own for each question: no two answers of one person can be put together."""
    return [row["text"] for row in sorted(rows, key=lambda row: sha256(f"{question.pk}/{row['evaluation']}".encode()).digest())]


def _bars(question: Any, rows: list[Any]) -> list[Bar]:
    if question.kind == QuestionKind.SCALE:
        labels, chosen = [_scale(score) for score in range(1, 6)], Counter(row["score"] - 1 for row in rows)
    else:
        labels = [_("No"), _("Yes")] if question.kind == QuestionKind.YES else told(question, "options").text.splitlines()
        chosen = Counter(place for row in rows for place in places_of(row["text"]))
    return [Bar(label, chosen[place], _share(chosen[place], len(rows))) for place, label in enumerate(labels)]


def places_of(text: str) -> list[int]:
    """Return the places of the chosen options in an answer."""
    return [int(place) for place in text.split(",") if place.isdigit()]


def _scale(score: int) -> str:
    ends = {1: _("1: not at all"), 5: _("5: very much")}
    return ends.get(score, str(score))


def _share(part: int, whole: int) -> str:
    return f"{part} · {round(100 * part / whole)} %"


def _mean(scores: Iterable[int]) -> float:
    numbers = list(scores)
    return round(sum(numbers) / len(numbers), 1)


def _sides(rows: list[Any], chambers: dict[int, Any]) -> list[Side]:
    """Return the means by chamber; without any where everything would be in the fold."""
    scores: dict[int | None, list[int]] = {}
    for row in rows:
        scores.setdefault(row["evaluation__chamber"], []).append(row["score"])
    apart = folded({key: len(found) for key, found in scores.items()})
    shown = [key for key in chambers if key in scores and key not in apart]
    sides = [Side(chambers[key].code, chambers[key].name, len(scores[key]), _mean(scores[key])) for key in shown]
    if apart and sides:
        rest = [score for key in apart for score in scores[key]]
        sides.append(Side("", _("The others together"), len(rest), _mean(rest)))
    return sides


def folded(counts: dict[int | None, int]) -> set[int | None]:
    """Return the chambers to fold together: every small one, who sits in none, and the next larger ones until five are in the fold.

    A fold of a single chamber would name it; it takes one more.
    """
    fold = {key for key, count in counts.items() if count < FEWEST or key is None}
    others = sorted((count, key) for key, count in counts.items() if key not in fold and key is not None)
    for _count, key in others:
        if not fold or (len(fold) > 1 and sum(counts[one] for one in fold) >= FEWEST):
            break
        fold.add(key)
    return fold
