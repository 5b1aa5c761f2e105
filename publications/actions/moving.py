"""Moving a record along its way: the one road that every step of it takes."""

from typing import Any

from publications.actions.changing import mark_changed
from publications.models import Record
from red_mpe.core import audit, states
from red_mpe.core.states import DomainError, Move
from red_mpe.core.text import clean
from red_mpe.notifications.actions import announce

#: The announcement of a step to whoever proposed the record, and the verb of steps nobody is told of.
MOVED = "publications.record_moved"


def lock(record: Record) -> Record:
    """Hold the record until the end of the caller's transaction and return it as it is now: what guards see does not change meanwhile."""
    return Record.objects.select_for_update(of=("self",), no_key=True).get(pk=record.pk)


def move(record: Record, way: Move, step: str, *, actor: Any, told: bool, **changes: Any) -> None:
    """Move the locked `record` along `way` as `step`, count it as a change, write it down, and tell whoever proposed it where `told`."""
    states.apply(record, way, **changes)
    mark_changed(record)
    (announce if told else audit.record)(MOVED, actor=actor, target=record, step=step)


def words_of(text: str, missing: Any) -> str:
    """Return what somebody wrote, cleaned. Refused with `missing` where there is nothing."""
    if not (words := clean(text).strip()):
        raise DomainError(missing)
    return words
