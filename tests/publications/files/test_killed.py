"""A real worker, killed without warning while it reads 200 files: none is lost, and none is read twice."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection
from django.db.models import Count, Sum
from django.db.models.functions import Now

from publications.enums import TextState
from publications.models import File, FileText, Record
from red_mpe.celery import app
from red_mpe.notifications.actions.waking import wake
from tests.factories.files import make_file, make_pdf
from tests.factories.publications import make_record

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
FILES = 200
UNREAD = {"text_state": TextState.WAITING, "pages": None, "thumbnail": "", "light_name": ""}


@pytest.fixture(autouse=True)
def shelf():
    """The store that the worker knows as well."""


@pytest.fixture
def record():
    """Two hundred files that nobody has read, a PDF after every thirty-nine of plain text, and a broker that really is asked."""
    app.conf.task_always_eager = False
    app.control.purge()
    record = make_record()
    for number in range(FILES):
        if number % 40 == 39:
            make_file(record, make_pdf(f"Hoja {number}"), name="hoja.pdf", media_type="application/pdf", **UNREAD)
        else:
            make_file(record, f"Hoja {number}\n".encode(), **UNREAD)
    yield record
    app.control.purge()
    app.conf.task_always_eager = True


@contextmanager
def worker():
    """Run a worker on the database of this test, in a session of its own, so that it and its children can be killed together."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    environment = {**os.environ, "DATABASE_URL": urlunsplit(parts._replace(path="/" + connection.settings_dict["NAME"]))}
    command = [sys.executable, "-m", "tests.support.worker", "0"]
    process = subprocess.Popen(command, env=environment, cwd=Path(__file__).parents[3], start_new_session=True)
    try:
        yield
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_until(what, seconds=120):
    end = time.monotonic() + seconds
    while not what():
        states = File.objects.order_by().values_list("text_state", "attempts").annotate(n=Count("pk"))
        assert time.monotonic() < end, f"it took too long: {list(states)}"
        time.sleep(0.02)


def read():
    return File.objects.filter(text_state=TextState.DONE).count()


def test_worker_killed_in_the_middle_of_reading_200_files_loses_none_and_repeats_none(record):
    with worker():
        wake("publications.tasks.sweep_files")
        wait_until(lambda: read() > FILES / 4)
    done = set(File.objects.filter(text_state=TextState.DONE).values_list("pk", "attempts"))
    assert FILES / 4 < len(done) < FILES
    File.objects.filter(text_state=TextState.WORKING).update(claimed_at=Now() - timedelta(minutes=2))
    with worker():
        wake("publications.tasks.sweep_files")
        wait_until(lambda: read() == FILES)
    assert FileText.objects.count() == FILES
    assert done <= set(File.objects.values_list("pk", "attempts"))
    assert File.objects.aggregate(tries=Sum("attempts"))["tries"] <= FILES + 1  # the one in its hands when it died
    assert Record.objects.get(pk=record.pk).revision == FILES  # each was written once
