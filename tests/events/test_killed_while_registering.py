"""Servers killed without warning in the middle of a rush: what was confirmed stands whole, what was not is sent again."""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from events import actions
from events.models import Registration
from red_mpe.celery import app
from red_mpe.core.models import AuditEntry
from red_mpe.notifications.models import Announcement
from tests.factories.registering import accounts, open_event
from tests.notifications.test_killed import environment
from tests.support.enrolling import enrol_all

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
PEOPLE, SEATS, SERVERS = 400, 30, 4


@pytest.fixture(autouse=True)
def _broker():
    app.conf.task_always_eager = False
    app.control.purge()
    yield
    app.control.purge()
    app.conf.task_always_eager = True


@pytest.fixture
def event():
    """Open for decades: the processes live by the real clock."""
    days = {"starts_at": datetime(2095, 3, 1, 14, tzinfo=UTC), "ends_at": datetime(2095, 3, 1, 20, tzinfo=UTC)}
    return open_event("carrera", on_site=SEATS, opens_at=datetime(2020, 1, 1, tzinfo=UTC), **days)


def rush(event, settings):
    """Start the servers, and kill them all while they are in the middle of it."""
    command = [sys.executable, "-m", "tests.support.enrolling", event.slug]
    where = {"env": environment(settings), "cwd": Path(__file__).parents[2]}
    servers = [subprocess.Popen([*command, str(part), str(SERVERS)], **where) for part in range(SERVERS)]
    end = time.monotonic() + 90
    try:
        while Registration.objects.count() < PEOPLE / 4:
            assert time.monotonic() < end, "it took too long"
            time.sleep(0.02)
    finally:
        for server in servers:
            os.kill(server.pid, signal.SIGKILL)
        [server.wait() for server in servers]
    while others():  # a database lets go of the dead in a moment
        time.sleep(0.02)


def others():
    """The connections that are still doing something in this database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'"
        )
        return cursor.fetchone()[0]


def test_servers_killed_in_the_middle_lose_nothing(event, settings):
    accounts(PEOPLE)
    rush(event, settings)
    before = set(event.registrations.values_list("pk", "once", "number"))
    assert PEOPLE / 4 <= len(before) < PEOPLE
    assert actions.seats_agree(event)
    assert len({number for _pk, _once, number in before}) == len(before)
    told = AuditEntry.objects.filter(verb__in=["events.registered", "events.waitlisted"])
    assert set(told.values_list("target_id", flat=True)) == {pk for pk, _once, _number in before}
    assert Announcement.objects.count() == AuditEntry.objects.filter(announcement__isnull=False).count()

    for part in range(SERVERS):  # everybody sends their form again
        enrol_all(event.slug, part, SERVERS)
    assert before <= set(event.registrations.values_list("pk", "once", "number"))
    assert event.registrations.count() == PEOPLE
    assert event.registrations.filter(state="cancelled").count() == PEOPLE / 4
    assert event.registrations.seated().count() == SEATS
    assert actions.seats_agree(event)
