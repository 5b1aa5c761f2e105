"""Files are looked at by the scanner before anybody may have them."""

import io
from datetime import timedelta

import pytest
from django.db.models.functions import Now

from publications.actions.files import looking, scanning
from publications.enums import ScanState, TextState
from publications.models import File
from publications.readers.clamd import ScannerAway, scan
from red_mpe.core.models import AuditEntry
from tests.support.clamd import EICAR, clamd

NOWHERE = "tcp://127.0.0.1:1"


@pytest.fixture
def scanner(settings):
    with clamd() as (address, seen):
        settings.CLAMD = address
        yield seen


def test_a_clean_stream_is_clean():
    with clamd() as (address, seen):
        assert scan(io.BytesIO(b"a" * 200_000), address) == ""
    assert seen == [b"a" * 200_000]


def test_a_virus_is_named():
    with clamd() as (address, _seen):
        assert scan(io.BytesIO(b"x" + EICAR), address) == "Eicar-Test-Signature"


def test_a_scanner_behind_a_socket_is_asked_as_well(tmp_path):
    with clamd(tmp_path / "c") as (address, _seen):
        assert scan(io.BytesIO(EICAR), address)


@pytest.mark.parametrize("address", [NOWHERE, "unix:///nowhere/at/all", "clamd", "tcp://x"])
def test_a_scanner_that_is_not_there_says_so(address):
    with pytest.raises(ScannerAway):
        scan(io.BytesIO(b"x"), address, patience=1)


def test_a_scanner_that_refuses_the_size_has_not_said_clean():
    with clamd(says="INSTREAM size limit exceeded. ERROR") as (address, _seen), pytest.raises(ScannerAway, match="size limit"):
        scan(io.BytesIO(b"x"), address)


def test_a_clean_file_is_read_afterwards(put, scanner):
    file = put()
    looking.look_at_file(file.pk)
    file.refresh_from_db()
    assert (file.scan_state, file.text_state) == (ScanState.CLEAN, TextState.DONE)


def test_a_malicious_file_is_never_read_and_leaves_word(put, scanner, record):
    file = put(EICAR)
    looking.look_at_file(file.pk)
    file.refresh_from_db()
    assert (file.scan_state, file.text_state, file.attempts) == (ScanState.INFECTED, TextState.WAITING, 0)
    entry = AuditEntry.objects.get(verb="publications.file_infected")
    assert (entry.target, entry.data) == (record, {"file": 1, "found": "Eicar-Test-Signature"})


def test_while_the_scanner_is_away_a_file_waits(put, settings):
    settings.CLAMD = NOWHERE
    file = put()
    looking.look_at_file(file.pk)
    file.refresh_from_db()
    assert (file.scan_state, file.text_state) == (ScanState.WAITING, TextState.WAITING)
    assert looking.left_over() == ([], [])


def test_a_file_that_waited_is_tried_again(put, settings):
    settings.CLAMD = NOWHERE
    file = put()
    File.objects.filter(pk=file.pk).update(scan_tried_at=Now() - timedelta(minutes=11))
    assert looking.left_over() == ([file.pk], [])


def test_two_workers_ask_once(put, scanner):
    file = put()
    scanning.scan_file(file.pk)
    scanning.scan_file(file.pk)
    assert len(scanner) == 1


def test_a_site_whose_scanner_was_taken_away_waits_for_nothing(put, settings):
    settings.CLAMD = NOWHERE
    file = put()
    settings.CLAMD = ""
    looking.look_at_file(file.pk)
    file.refresh_from_db()
    assert (file.scan_state, file.text_state) == (ScanState.NOT_ASKED, TextState.DONE)


def test_bytes_that_are_away_are_not_clean(put, scanner, shelf):
    file = put()
    shelf.rename(shelf.with_name("away"))
    scanning.scan_file(file.pk)
    file.refresh_from_db()
    assert file.scan_state == ScanState.WAITING
