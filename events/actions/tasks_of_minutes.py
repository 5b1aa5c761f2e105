"""Tasks: who took what until when; told to them, recalled, done or dropped."""

from datetime import date, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.actions.keeping import InLanguages, changing, columns, is_numbered, leave_trace, lengths, refuse_overwriting, require_words
from events.enums import MinutesState, TaskState
from events.models import Minutes, MinutesItem, Task, TaskReminder
from events.notifications.minutes import TASK_DUE, TASK_GIVEN
from events.readers import random_code
from events.states import TASK_MOVES
from members.models import User
from red_mpe.core import audit, states
from red_mpe.core.locale import network_day
from red_mpe.core.models import AuditEntry
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError
from red_mpe.core.text import clean_line
from red_mpe.notifications.actions import announce

#: How many days before the day (after it, where negative), and until how many days before the reminder still helps.
REMINDERS: Final = ((7, 2), (1, 0), (-1, -30))
_TAKERS: Final = ("person", "organisation", "who")


def add_task(*, item: MinutesItem, actor: User, text: InLanguages, due_on: date | None = None, **taker: Any) -> Task:
    """Write down who does what until when: exactly one of `person`, `organisation` or `who`.

    The same words for the same taker sent twice are one. In published minutes who took it is told at once.
    """
    values = {**columns("text", text), "due_on": due_on, **_taker(taker)}
    require_words(columns("text", text), _("Write what is to be done, in at least one language."))
    with changing(item.minutes, actor) as locked:
        same = {name: value for name, value in values.items() if value or name in _TAKERS}
        if earlier := item.tasks.filter(**same).first():
            return earlier
        task: Task = item.tasks.create(code=_code(), position=item.tasks.count(), **values)
        leave_trace("minutes_task_added", locked, actor, task=task.code)
        _tell_if_out(locked, actor)
    return task


def change_task(*, task: Task, actor: User, text: InLanguages, due_on: date | None = None, seen: str = "", **taker: Any) -> Task:
    """Change a task; another taker is told of it. Refused with WrittenMeanwhile where somebody else has written in between."""
    words = columns("text", text)
    values = {**words, "due_on": due_on, **_taker(taker)}
    require_words(words, _("Write what is to be done, in at least one language."))
    with changing(task.item.minutes, actor) as locked:
        present = Task.objects.get(pk=task.pk)
        refuse_overwriting(present, seen, "text", written=words)
        before = lengths(present, words)
        for name, value in values.items():
            setattr(present, name, value)
        present.save(update_fields=[*values, "updated_at"])
        leave_trace("minutes_task_changed", locked, actor, task=task.code, before=before, after=lengths(present, words))
        _tell_if_out(locked, actor)
    task.refresh_from_db()
    return task


def remove_task(*, task: Task, actor: User) -> None:
    """Take a task away. Refused once it has been published: then it is dropped."""
    with changing(task.item.minutes, actor) as locked:
        if is_numbered(locked):
            raise DomainError(_("Who took it has been told: drop the task instead."))
        Task.objects.filter(pk=task.pk).delete()
        leave_trace("minutes_task_removed", locked, actor, task=task.code)


def close_task(*, task: Task, actor: User, state: str) -> Task:
    """Let a task be done or dropped, by who took it or who runs the event. Refused where it is closed already."""
    return _move(task, actor, state, closed_at=timezone.now(), closed_by=actor)


def reopen_task(*, task: Task, actor: User) -> Task:
    """Open a closed task again."""
    return _move(task, actor, "reopen", closed_at=None, closed_by=None)


def tell_takers(minutes: Minutes, actor: User | None) -> None:
    """Announce the open tasks of which their takers have not heard yet. Asked for inside the transaction that publishes."""
    tasks = Task.objects.filter(item__minutes=minutes, state=TaskState.OPEN, who="").order_by("pk")
    heard = AuditEntry.objects.filter(verb=TASK_GIVEN, target_id__in=[task.pk for task in tasks])
    known = set(heard.values_list("target_id", "data__taker"))
    for task in tasks:
        if (task.pk, _key(task)) not in known:
            announce(TASK_GIVEN, actor=actor, target=task, taker=_key(task))


def remind_tasks() -> int:
    """Remind who took a task seven days before its day, one day before, and once when that day has passed;
    return how many reminders. Days are those of the network's own clock.

    What was published too late for a reminder is not recalled by it: its taker has just been told.
    """
    sent, today = 0, network_day()
    for days, until in REMINDERS:
        first, last = today + timedelta(days=until), today + timedelta(days=days)
        for task in Task.objects.to_remind(days=days, due=(first, last)):
            with transaction.atomic():
                _row, is_first = TaskReminder.objects.get_or_create(task=task, days=days, due_on=task.due_on)
                if is_first:
                    announce(TASK_DUE, actor=None, target=task, days=days)
                    sent += 1
    return sent


def _move(task: Task, actor: User, name: str, **changes: Any) -> Task:
    move = TASK_MOVES[name]
    require(actor, move.permission, task)
    with transaction.atomic():
        states.apply(task, move, updated_at=timezone.now(), **changes)
        audit.record(f"events.task_{name}", actor=actor, target=task)
    return task


def _taker(given: dict[str, Any]) -> dict[str, Any]:
    taker = {"person": given.get("person"), "organisation": given.get("organisation"), "who": clean_line(given.get("who") or "")}
    if sum(map(bool, taker.values())) != 1:
        raise DomainError(_("Say who takes it: a member, an organisation or somebody else, and only one of them."))
    return taker


def _tell_if_out(minutes: Minutes, actor: User) -> None:
    if minutes.state == MinutesState.PUBLISHED:
        tell_takers(minutes, actor)


def _key(task: Task) -> str:
    return f"p{task.person_id}" if task.person_id else f"o{task.organisation_id}"


def _code() -> str:
    return f"T-{random_code(6).upper()}"
