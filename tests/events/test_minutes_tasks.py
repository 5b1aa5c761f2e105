"""Tasks: who took them, who closes them, who is told and reminded, and never twice."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.core.exceptions import PermissionDenied

from events import actions
from events.actions.keeping import WrittenMeanwhile, mark_of
from events.enums import TaskState
from events.models import Task, TaskReminder
from events.notifications.minutes import TASK_DUE, TASK_GIVEN, takers
from events.states import TASK_MOVES
from events.tasks import remind_tasks
from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError, StaleState
from tests.conftest import make_organisation
from tests.factories.minutes import begun, item_of, meeting, task_for
from tests.factories.standards import fresh


@pytest.fixture
def minutes(group, chair):
    return begun(meeting("junta", group), chair)


@pytest.fixture
def out(minutes, chair):
    return actions.publish_minutes(minutes=minutes, actor=chair)


def given():
    return [entry.data["taker"] for entry in AuditEntry.objects.filter(verb=TASK_GIVEN).order_by("pk")]


def test_task_has_a_short_code(minutes, chair, miner):
    assert task_for(minutes, chair, person=miner).code.startswith("T-")


def test_task_sent_twice_is_one(minutes, chair, miner):
    assert task_for(minutes, chair, person=miner) == task_for(minutes, chair, person=miner)


def test_same_task_of_two_people_is_two(minutes, chair, miner, neighbour):
    assert task_for(minutes, chair, person=miner) != task_for(minutes, chair, person=neighbour)


def test_task_says_something(minutes, chair):
    with pytest.raises(DomainError, match="qué hay que hacer"):
        actions.add_task(item=item_of(minutes), actor=chair, text={"es": "…"}, who="Ana")


@pytest.mark.parametrize("taker", [{}, {"who": "  "}])
def test_task_is_taken_by_somebody(minutes, chair, taker):
    with pytest.raises(DomainError, match="quién la asume"):
        task_for(minutes, chair, **taker)


def test_task_is_taken_by_one_only(minutes, chair, miner):
    with pytest.raises(DomainError, match="quién la asume"):
        task_for(minutes, chair, person=miner, who="Ana")


def test_task_is_changed(minutes, chair, miner):
    task = task_for(minutes, chair, who="Ana")
    actions.change_task(task=task, actor=chair, text={"es": "Otra"}, due_on=date(2026, 5, 1), person=miner)
    assert (task.text_es, task.due_on, task.person, task.who) == ("Otra", date(2026, 5, 1), miner, "")


def test_task_of_others_is_not_written_over(minutes, chair):
    task = task_for(minutes, chair, who="Ana")
    seen = mark_of(task, "text")
    actions.change_task(task=task, actor=chair, text={"es": "Uno"}, who="Ana", seen=seen)
    with pytest.raises(WrittenMeanwhile):
        actions.change_task(task=task, actor=chair, text={"es": "Dos"}, who="Ana", seen=seen)


def test_task_of_a_draft_goes(minutes, chair):
    actions.remove_task(task=task_for(minutes, chair, who="Ana"), actor=chair)
    assert Task.objects.count() == 1


def test_published_task_is_dropped_not_removed(out, chair):
    with pytest.raises(DomainError, match="descartar"):
        actions.remove_task(task=item_of(out).tasks.get(), actor=chair)


# --- who is told


def test_taker_of_a_draft_hears_nothing(minutes, chair, miner):
    task_for(minutes, chair, person=miner)
    assert given() == []


def test_takers_hear_when_the_minutes_are_published(minutes, chair, miner, cooperative):
    task_for(minutes, chair, person=miner)
    task_for(minutes, chair, organisation=cooperative)
    actions.publish_minutes(minutes=minutes, actor=chair)
    assert given() == [f"p{miner.pk}", f"o{cooperative.pk}"]


def test_taker_of_published_minutes_hears_at_once(out, chair, miner):
    task_for(out, chair, person=miner)
    assert given() == [f"p{miner.pk}"]


def test_taker_hears_once(minutes, chair, miner):
    task_for(minutes, chair, person=miner)
    actions.publish_minutes(minutes=minutes, actor=chair)
    actions.withdraw_minutes(minutes=minutes, actor=chair, reason="Falta un punto.")
    actions.publish_minutes(minutes=minutes, actor=chair)
    assert given() == [f"p{miner.pk}"]


def test_other_taker_hears_of_it(out, chair, miner, neighbour):
    task = task_for(out, chair, person=miner)
    actions.change_task(task=task, actor=chair, text={"es": "Medir"}, person=neighbour)
    actions.change_task(task=task, actor=chair, text={"es": "Medir más"}, person=neighbour)
    assert given() == [f"p{miner.pk}", f"p{neighbour.pk}"]


# --- who closes


@pytest.fixture
def speaker(miner):
    return fresh(miner.user)


def test_taker_closes_the_task(out, chair, speaker):
    task = actions.close_task(task=task_for(out, chair, person=speaker.person), actor=speaker, state="done")
    assert (task.state, task.closed_by) == (TaskState.DONE, speaker)
    assert AuditEntry.objects.filter(verb="events.task_done", actor=speaker).count() == 1


def test_who_speaks_for_the_organisation_closes_its_task(out, chair, speaker, cooperative):
    task = task_for(out, chair, organisation=cooperative)
    assert actions.close_task(task=task, actor=speaker, state="dropped").state == TaskState.DROPPED


def test_who_only_belongs_to_the_organisation_closes_nothing(out, chair, neighbour, cooperative):
    neighbour.affiliations.create(organisation=cooperative, starts_on=date(2020, 1, 1))
    with pytest.raises(PermissionDenied):
        actions.close_task(task=task_for(out, chair, organisation=cooperative), actor=fresh(neighbour.user), state="done")


def test_who_runs_the_event_closes_and_opens(out, chair, miner):
    task = actions.close_task(task=task_for(out, chair, person=miner), actor=chair, state="dropped")
    actions.reopen_task(task=task, actor=chair)
    assert (task.state, task.closed_at, task.closed_by) == (TaskState.OPEN, None, None)


def test_others_of_the_group_close_nothing(out, chair, seated, miner):
    with pytest.raises(PermissionDenied):
        actions.close_task(task=task_for(out, chair, person=miner), actor=seated, state="done")


def test_taker_of_a_draft_closes_nothing(minutes, chair, speaker):
    with pytest.raises(PermissionDenied):
        actions.close_task(task=task_for(minutes, chair, person=speaker.person), actor=speaker, state="done")


@pytest.mark.parametrize(("state", "move"), list(product(TaskState, TASK_MOVES)))
def test_task_moves_only_from_where_a_move_starts(out, chair, state, move):
    task = item_of(out).tasks.get()
    Task.objects.update(state=state)
    acts = {"reopen": lambda: actions.reopen_task(task=task, actor=chair)}
    act = acts.get(move, lambda: actions.close_task(task=task, actor=chair, state=move))
    if state in TASK_MOVES[move].sources:
        assert act().state == TASK_MOVES[move].target
    else:
        with pytest.raises(StaleState):
            act()


# --- who is reminded


def due(minutes, chair, person, days):
    """A task that is due so many days from now, known long before."""
    task = task_for(minutes, chair, days=days, person=person)
    Task.objects.filter(pk=task.pk).update(created_at="2026-01-01T12:00Z")
    type(minutes).objects.filter(pk=minutes.pk).update(published_at="2026-01-01T12:00Z")
    return task


def reminded():
    return sorted(AuditEntry.objects.filter(verb=TASK_DUE).values_list("data__days", flat=True))


@pytest.mark.parametrize(
    ("days", "wanted"), [(8, []), (7, [7]), (4, [7]), (2, [7]), (1, [1]), (0, [1]), (-1, [-1]), (-30, [-1]), (-31, [])]
)
def test_taker_is_reminded_in_ranges(out, chair, miner, days, wanted):
    due(out, chair, miner, days)
    actions.remind_tasks()
    assert reminded() == wanted


def test_reminder_is_sent_once_however_often_the_clock_wakes(out, chair, miner):
    due(out, chair, miner, 7)
    remind_tasks()
    assert actions.remind_tasks() == 0
    assert TaskReminder.objects.count() == 1


def test_every_day_of_a_task_has_its_three_reminders(out, chair, miner, clock):
    due(out, chair, miner, 7)
    for _day in range(12):
        actions.remind_tasks()
        clock.shift(timedelta(days=1))
    assert reminded() == [-1, 1, 7]


def test_another_day_is_another_reminder(out, chair, miner):
    task = due(out, chair, miner, 7)
    actions.remind_tasks()
    Task.objects.filter(pk=task.pk).update(due_on=task.due_on - timedelta(days=2))
    assert actions.remind_tasks() == 1


def test_who_has_just_been_told_is_not_reminded(out, chair, miner):
    task_for(out, chair, days=3, person=miner)
    assert actions.remind_tasks() == 0


def test_task_published_late_is_not_recalled(out, chair, miner):
    due(out, chair, miner, 3)
    type(out).objects.update(published_at="2026-03-09T12:00Z")
    assert actions.remind_tasks() == 0


@pytest.mark.parametrize("state", ["done", "dropped"])
def test_nobody_is_reminded_of_what_is_closed(out, chair, miner, state):
    actions.close_task(task=due(out, chair, miner, 1), actor=chair, state=state)
    assert actions.remind_tasks() == 0


def test_nobody_is_reminded_of_a_draft(out, chair, miner):
    due(out, chair, miner, 1)
    actions.withdraw_minutes(minutes=out, actor=chair, reason="Falta un punto.")
    assert actions.remind_tasks() == 0


def test_somebody_outside_cannot_be_reminded(out, chair):
    task_for(out, chair, days=1, who="Ana")
    Task.objects.update(created_at="2026-01-01T12:00Z")
    type(out).objects.update(published_at="2026-01-01T12:00Z")
    assert actions.remind_tasks() == 0


def test_task_of_an_organisation_without_a_speaker_reaches_nobody(out, chair):
    task = task_for(out, chair, organisation=make_organisation("sola"))
    assert takers(AuditEntry.objects.get(verb=TASK_GIVEN, target_id=task.pk)) == set()
