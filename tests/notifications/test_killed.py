"""Real processes, killed without warning: everybody is told once, and gets one mail."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection, transaction
from django.db.models.functions import Now

from members.models import User
from red_mpe.celery import app
from red_mpe.notifications import actions
from red_mpe.notifications.enums import MailState
from red_mpe.notifications.models import Announcement, Notification, OutgoingMail

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
PEOPLE = 500


@pytest.fixture
def people():
    """Five hundred accounts, and a broker that really is asked."""
    app.conf.task_always_eager = False
    app.control.purge()
    yield User.objects.bulk_create([User(email=f"p{number}@example.org", password="!") for number in range(PEOPLE)])
    app.control.purge()
    app.conf.task_always_eager = True


def environment(settings):
    """The environment of a process that works on the database of this test."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    database = urlunsplit(parts._replace(path="/" + connection.settings_dict["NAME"]))
    return {**os.environ, "DATABASE_URL": database, "EMAIL_HOST": settings.EMAIL_HOST, "EMAIL_PORT": str(settings.EMAIL_PORT)}


@contextmanager
def worker(settings, pause=0.0):
    """Run a worker in a session of its own, so that it and its children can be killed together."""
    command = [sys.executable, "-m", "tests.support.worker", str(pause)]
    process = subprocess.Popen(command, env=environment(settings), cwd=Path(__file__).parents[2], start_new_session=True)
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_until(what, seconds=90):
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.05)


def test_worker_killed_in_the_middle_of_telling_500_people_tells_each_once(news, sink, settings, people):
    with worker(settings, pause=0.01):
        entry = news.tell("reply", *people, spread=False)
        wait_until(lambda: Notification.objects.count() > PEOPLE / 4)
    assert PEOPLE / 4 < Notification.objects.count() < PEOPLE
    assert Announcement.objects.get().spread_at is None
    wait_until(lambda: Announcement.objects.waiting(actions.spreading.OLD).exists())
    with worker(settings):
        actions.waking.wake("red_mpe.notifications.tasks.sweep_announcements")
        wait_until(lambda: OutgoingMail.objects.filter(state=MailState.SENT).count() == PEOPLE)
    assert Announcement.objects.get(entry=entry).spread_at is not None
    assert Notification.objects.count() == OutgoingMail.objects.count() == PEOPLE
    assert Counter(mail["To"] for mail in sink.mails) == Counter(person.email for person in people)


def test_worker_killed_in_the_middle_of_sending_loses_nothing(news, sink, settings, people):
    news.tell("reply", *people)
    with worker(settings):
        actions.waking.wake(actions.waking.PUMP)
        wait_until(lambda: len(sink.mails) > PEOPLE / 4)
    assert len(sink.mails) < PEOPLE
    OutgoingMail.objects.exclude(lease_until=None).update(lease_until=Now() - timedelta(seconds=1))
    actions.pump()
    assert set(OutgoingMail.objects.values_list("state", flat=True)) == {MailState.SENT}
    assert {mail["To"] for mail in sink.mails} == {person.email for person in people}
    assert len({mail["Message-ID"] for mail in sink.mails}) == PEOPLE
    assert len(sink.mails) - PEOPLE <= 1  # the one in the relay's hands when the worker died, with the same Message-ID


def test_announcement_of_a_transaction_that_failed_is_never_told(news, miner):
    with suppress(ZeroDivisionError), transaction.atomic():
        news.tell("reply", miner, spread=False)
        raise ZeroDivisionError
    assert Announcement.objects.count() == 0
