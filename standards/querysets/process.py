"""Readings of how a framework is made: what waits for its committee, when it entered its stages, what became of its rounds."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps

from standards.enums import AnswerState, CommentState, TextState
from standards.states.guards.answers import standing_of
from standards.states.guards.changes import newest_version
from standards.states.guards.rounds import incomplete


@dataclass(frozen=True)
class Waits:
    """How much of each kind waits for the committee."""

    incomplete: int
    stale: int
    new: int
    assigned: int
    drafted: int
    validated: int
    objected: int


def waits(framework: Any) -> Waits:
    """Count what waits: clauses of the newest version, and comments of all rounds by where their answer stands."""
    version = newest_version(framework)
    unfinished = {label for _words, labels in incomplete(version) for label in labels} if version else set()
    stale = version.texts.filter(languages__state=TextState.STALE).count() if version else 0
    by_state: Counter[str | None] = Counter()
    for one in standing_of(framework):
        if one.answerable and one.state != CommentState.WITHDRAWN:
            by_state[one.answer] += one.count
    new = by_state[None] + by_state[AnswerState.NEW]
    states = (AnswerState.ASSIGNED, AnswerState.DRAFTED, AnswerState.VALIDATED, AnswerState.OBJECTED)
    return Waits(len(unfinished), stale, new, *(by_state[state] for state in states))


def entered(events: Sequence[Any]) -> dict[str, datetime]:
    """Return when a framework last entered each stage, as far as there are events of it; the newest event comes first."""
    return {event.target: event.at for event in reversed(events)}


def edits_of_terms(terms: Any) -> list[tuple[datetime, list[str]]]:
    """Return when the published terms of reference were changed, and in which sections; the newest first."""
    entries = apps.get_model("core", "AuditEntry").objects.filter(
        verb="standards.terms_changed", target_id=terms.pk, target_type__app_label="standards", target_type__model="termsofreference"
    )
    rows = entries.order_by("-pk").values_list("at", "data")
    return [(at, sorted({column.rpartition("_")[0] for column in data["changed"]})) for at, data in rows]
