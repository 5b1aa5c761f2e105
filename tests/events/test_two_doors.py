"""Two phones at the same instant, each on a connection of its own."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from events.actions.attending import attend, count_heads, undo_attendance
from events.models import Attendance, Event, HeadCount, Registration
from events.querysets.day import fingerprint
from red_mpe.core.states import StaleState
from tests.factories.day import registered, today
from tests.support.together import together

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def phone(secretary, guest, *, minutes_ago=0, once=None):
    """Check in on a connection of its own."""
    moment, once = timezone.now() - timedelta(minutes=minutes_ago), once or uuid.uuid4()

    def act():
        own = Registration.objects.select_related("event").get(pk=guest.pk)
        return attend(event=own.event, actor=secretary, once=once, mode="on-site", seen="scan", at=moment, registration=own)

    return act


@pytest.mark.parametrize("turn", range(10))
def test_same_ticket_on_four_phones_at_once_is_one_row(secretary, turn):
    guest = registered(today())
    rows = together(*[phone(secretary, guest, minutes_ago=minutes) for minutes in (3, 9, 1, 6)])
    assert [row.pk for row in rows] == [Attendance.objects.get().pk] * 4
    assert Attendance.objects.get().at == timezone.now() - timedelta(minutes=9)


def test_same_queue_sent_twice_at_once_is_one_row(secretary):
    guest, once = registered(today()), uuid.uuid4()
    rows = together(phone(secretary, guest, once=once), phone(secretary, guest, once=once))
    assert {row.once for row in rows} == {once}
    assert Attendance.objects.count() == 1


def test_taken_back_at_both_doors_at_once_is_taken_back(secretary):
    row = phone(secretary, registered(today()))()
    copies = [Attendance.objects.select_related("event", "registration").get(pk=row.pk) for _ in range(2)]
    results = together(*[lambda copy=copy: undo_attendance(attendance=copy, actor=secretary) for copy in copies])
    assert results == [None, None]
    assert not Attendance.objects.exists()


def test_two_who_count_at_once_lose_no_number(secretary):
    event = today()
    seen = fingerprint(event)

    def count(people):
        rows = {("miners", "f", "on-site"): people}
        return lambda: count_heads(event=Event.objects.get(pk=event.pk), actor=secretary, rows=rows, seen=seen)

    results = together(count(10), count(20))
    assert sum(isinstance(result, StaleState) for result in results) == 1
    assert HeadCount.objects.get().people in results
