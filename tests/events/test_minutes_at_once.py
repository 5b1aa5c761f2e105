"""Several hands on the same minutes at once, each on a connection of its own."""

from datetime import date
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection, transaction

from events import actions
from events.actions.attending import attend, undo_attendance
from events.actions.keeping import WrittenMeanwhile, mark_of
from events.models import Minutes, Task
from red_mpe.core.states import DomainError
from tests.factories.minutes import begun, item_of, meeting, published, there
from tests.support.together import together

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def event(group):
    return meeting("junta", group)


@pytest.fixture
def minutes(event, chair):
    return begun(event, chair)


@pytest.fixture
def item(minutes):
    return item_of(minutes)


def change(item, actor, *, summary, seen):
    return actions.change_item(item=item, actor=actor, title={"es": "Agua"}, summary={"es": summary}, seen=seen)


def test_two_who_begin_at_once_begin_the_same(event, chair, secretary):
    made = together(*(lambda who=who: actions.start_minutes(event=event, actor=who) for who in (chair, secretary, chair)))
    assert len({minutes.pk for minutes in made}) == 1


def test_of_two_who_write_at_once_one_is_refused(item, chair, secretary):
    seen = mark_of(item, "title", "summary")
    acts = [lambda who=who, words=words: change(item, who, summary=words, seen=seen) for who, words in ((chair, "A"), (secretary, "B"))]
    results = together(*acts)
    assert sum(isinstance(result, WrittenMeanwhile) for result in results) == 1


def test_items_added_at_once_all_stay(minutes, chair):
    acts = [lambda name=name: actions.add_item(minutes=minutes, actor=chair, title={"es": name}) for name in ("Uno", "Dos", "Tres")]
    together(*acts)
    assert sorted(minutes.items.values_list("position", flat=True)) == [0, 1, 2, 3]


def test_same_decision_sent_at_once_is_one(item, chair):
    act = lambda: actions.add_resolution(item=item, actor=chair, kind="decision", text={"es": "Nueva."})  # noqa: E731
    together(act, act)
    assert item.resolutions.filter(text_es="Nueva.").count() == 1


def test_numbers_given_at_once_are_different(minutes, item, chair):
    actions.publish_minutes(minutes=minutes, actor=chair)
    acts = [lambda n=n: actions.add_resolution(item=item, actor=chair, kind="decision", text={"es": f"Nueva {n}."}) for n in range(4)]
    together(*acts)
    assert sorted(item.resolutions.filter(kind="decision").values_list("position", flat=True)) == [1, 2, 3, 4, 5]


def test_two_workers_at_once_remind_once(minutes, item, chair, miner):
    actions.publish_minutes(minutes=minutes, actor=chair)
    task = actions.add_task(item=item, actor=chair, text={"es": "Medir"}, due_on=date(2026, 3, 12), person=miner)
    Task.objects.filter(pk=task.pk).update(created_at="2026-01-01T12:00Z")
    Minutes.objects.update(published_at="2026-01-01T12:00Z")
    assert sum(together(actions.remind_tasks, actions.remind_tasks)) == 1


def waits(hold, ask):
    """Run `hold`, then `ask` on another connection, and end the transaction of `hold` once `ask` stands before its lock."""
    held = Barrier(2, timeout=20)  # where the first fails, the second does not wait for ever

    def first():
        with transaction.atomic(), connection.cursor() as cursor:
            hold()
            held.wait()
            for _turn in range(200):
                cursor.execute("SELECT pg_sleep(0.02), count(*) FROM pg_locks WHERE NOT granted")
                if cursor.fetchone()[1]:
                    return "waited"
        return "nobody waited"

    def second():
        held.wait()
        return ask()

    return together(first, second)


@pytest.fixture
def approving(event, chair, group):
    """The approval of published minutes at a later meeting."""
    minutes, later = published(event, chair), meeting("luego", group, days_ago=1)
    return lambda: actions.approve_minutes(minutes=minutes, actor=chair, at_event=later)


def test_who_was_there_is_not_taken_back_while_the_minutes_are_approved(event, chair, seated, approving):
    row = there(event, seated.person)
    waited, refusal = waits(approving, lambda: undo_attendance(attendance=row, actor=chair))
    assert (waited, type(refusal)) == ("waited", DomainError)
    assert event.attendances.count() == 1


def test_nobody_is_noted_while_the_minutes_are_approved(event, chair, seated, approving):
    facts = {"once": uuid4(), "mode": "on-site", "seen": "minutes", "at": event.starts_at, "person": seated.person}
    waited, refusal = waits(approving, lambda: attend(event=event, actor=chair, **facts))
    assert (waited, type(refusal)) == ("waited", DomainError)
    assert not event.attendances.exists()
