"""Several hands at once, each on a connection of its own."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from events import actions
from events.models import Event
from red_mpe.core.models import AuditEntry
from tests.factories.events import draft, facts, held, stored
from tests.support.together import together

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def test_two_clocks_at_once_hold_each_once(secretary):
    for number in range(30):
        held(f"n-{number}", state="announced")
    assert sum(together(actions.hold_events, actions.hold_events)) == 30
    assert AuditEntry.objects.filter(verb="events.event_held").count() == 30


def test_two_workers_at_once_remind_once(secretary, clock):
    event = stored("uno", moved_at=timezone.now())
    clock.move_to(event.starts_at - timedelta(days=6))
    assert sum(together(actions.send_reminders, actions.send_reminders)) == 1


def test_same_form_sent_twice_at_once_makes_one(secretary):
    once = uuid.uuid4()
    act = lambda: actions.make_event(actor=secretary, once=once, **facts())  # noqa: E731
    made = together(act, act)
    assert len({event.pk for event in made}) == Event.objects.count() == 1


def test_two_who_announce_at_once_announce_once(secretary):
    event = draft(secretary)
    act = lambda: actions.announce_event(actor=secretary, event=Event.objects.get(pk=event.pk))  # noqa: E731
    results = together(act, act)
    assert sum(isinstance(result, Event) for result in results) == 1
    assert AuditEntry.objects.filter(verb="events.event_announced").count() == 1


def test_two_who_save_at_once_lose_no_sequence(secretary):
    event = stored("uno")
    acts = [lambda name=name: actions.change_event(actor=secretary, event=event, title_es=name) for name in ("Una", "Otra")]
    together(*acts)
    assert Event.objects.get(pk=event.pk).sequence == 2
