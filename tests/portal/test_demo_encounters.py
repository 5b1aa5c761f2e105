"""The encounters of the demonstration: what its files say, and what became of them in the database."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction

from events.models import Event
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
