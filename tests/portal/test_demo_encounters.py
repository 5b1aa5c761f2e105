"""The encounters of the demonstration: what its files say, and what became of them in the database."""

from io import StringIO
from itertools import islice

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from events.models import Event, MeetingSeries, Minutes, Task
from events.querysets.series import next_days, rule_of
from events.readers import days_of_rule
from members.models import User
from red_mpe.notifications.models import Notification
from red_mpe.portal.demo.reading import rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("filled")]


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker):
    """The filled network, taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("fill_demo", stdout=StringIO())
        yield
        transaction.set_rollback(True)


def test_ccolquemin_stands_as_it_happened():
    event = Event.objects.get(slug="ccolquemin-2023")
    assert (str(event.starts_on), str(event.ends_on), event.municipality) == ("2023-08-12", "2023-08-13", "Colquemarca")
    assert (event.state, event.attended, event.women, event.men) == ("reported", 600, None, None)


def test_driving_group_met_every_month_of_a_year():
    meetings = Event.objects.filter(kind="meeting", state__in=["held", "reported"]).order_by("starts_on")
    assert len({(one.starts_on.year, one.starts_on.month) for one in meetings}) == meetings.count() == 12


def test_one_report_is_due():
    assert Event.objects.unreported().count() == 1


def test_states_are_all_there():
    assert set(Event.objects.values_list("state", flat=True)) >= {"draft", "announced", "held", "reported", "postponed"}


def test_a_hybrid_encounter_is_ahead():
    assert Event.objects.on_ahead().filter(mode="hybrid", audience="public").exists()


def test_history_is_in_its_own_time():
    assert not [event.slug for event in Event.objects.exclude(announced_at=None) if event.announced_at >= event.starts_at]


def test_members_were_told_of_what_is_new():
    assert Notification.objects.filter(entry__verb="events.event_announced").exists()


@pytest.mark.parametrize("name", ["title", "summary", "report"])
def test_words_are_in_three_languages(name):
    for row in [*rows("events/real.toml", "event"), *rows("events/coming.toml", "event")]:
        assert set(row.get(name, {"es", "en", "pt"})) == {"es", "en", "pt"}


def test_the_driving_group_meets_by_its_rhythm():
    series = MeetingSeries.objects.get()
    days = [meeting.occurs_on for meeting in series.meetings.filter(state__in=["held", "reported"])]
    assert len(days) == 12
    assert all(day in days_until(series) for day in days)


def days_until(series):
    return set(islice(days_of_rule(rule_of(series), series.starts_on), 24))


def test_the_next_meeting_is_called_and_a_later_one_left_out():
    series = MeetingSeries.objects.select_related("group").get()
    first, *rest = next_days(series, User.objects.get(email="secretaria@demo.example"))
    assert first.meeting is not None
    assert sum(one.skipped for one in rest) == 1


def test_every_meeting_has_minutes_that_the_next_approved():
    minutes = Minutes.objects.filter(event__series__isnull=False).order_by("event__starts_at")
    assert [one.state for one in minutes] == ["approved"] * 11 + ["published"]
    assert all(one.approved_in.starts_at > one.event.starts_at for one in minutes if one.approved_in)


def test_tasks_are_done_dropped_open_and_overdue():
    assert set(Task.objects.values_list("state", flat=True)) == {"open", "done", "dropped"}
    assert Task.objects.filter(state="open", due_on__lt=timezone.localdate()).exists()
    assert Task.objects.filter(state="open", due_on__gt=timezone.localdate()).exists()


def test_members_were_at_the_meetings():
    counts = [event.attendances.count() for event in Event.objects.filter(minutes__isnull=False)]
    assert min(counts) >= 4
    assert Event.objects.filter(attendances__mode="on-line").exists()


def test_minutes_are_written_in_spanish_and_several_in_three_languages():
    items = [item for row in rows("events/minutes.toml", "minutes") for item in row["item"]]
    assert all(item["title"]["es"] and item["summary"]["es"] for item in items)
    assert sum(set(item["summary"]) == {"es", "en", "pt"} for item in items) >= 4
