"""The store: whole files under their hash, orphans swept, a bucket by setting."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from botocore.exceptions import EndpointConnectionError
from botocore.stub import Stubber
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command

from publications.actions import storing
from tests.factories.files import PLAIN

ROOT = Path(__file__).resolve().parents[3]
BUCKET = {"bucket_name": "red", "access_key": "a", "secret_key": "b", "region_name": "us-east-1", "location": "library"}


def age(shelf, seconds):
    for path in shelf.rglob("*"):
        if path.is_file():
            os.utime(path, (time.time() - seconds,) * 2)


@pytest.fixture
def bucket(settings):
    """A bucket that answers what it is told to, without a network."""
    settings.STORAGES = {**settings.STORAGES, "library": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": BUCKET}}
    with Stubber(storages["library"].connection.meta.client) as stub:
        yield stub


def test_bytes_lie_under_their_hash(kept):
    sha256 = storing.keep(ContentFile(PLAIN))
    assert kept() == [sha256]
    assert re.fullmatch(r"[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{64}", storing.name_of(sha256))


def test_others_may_not_read_what_is_kept(shelf):
    storing.keep(ContentFile(PLAIN))
    assert all(not path.stat().st_mode & 0o007 for path in shelf.rglob("*") if path.is_file())


def test_a_write_that_breaks_off_leaves_nothing(kept):
    class Torn(ContentFile):
        def chunks(self, chunk_size=None):
            yield b"half"
            raise OSError("the disk is full")

    with pytest.raises(OSError):
        storing.store().save("aa/bb/" + "a" * 64, Torn(b"x"))
    assert kept() == []


def test_what_a_row_names_is_never_removed(put, shelf, kept):
    file = put()
    age(shelf, 10 * 86400)
    assert storing.remove_orphans() == 0
    assert kept() == [file.sha256]


def test_pictures_and_light_copies_that_a_row_names_stay(put, shelf, kept):
    file = put()
    file.thumbnail, file.light_name = storing.keep_bytes(b"1"), storing.keep_bytes(b"2")
    file.save()
    age(shelf, 10 * 86400)
    assert storing.remove_orphans() == 0
    assert len(kept()) == 3


def test_orphans_go_after_a_day(db, shelf, kept):
    storing.keep(ContentFile(PLAIN))
    age(shelf, 80_000)
    assert storing.remove_orphans() == 0
    age(shelf, 90_000)
    assert (storing.remove_orphans(), kept()) == (1, [])


def test_the_sweep_of_an_empty_store_finds_nothing(db):
    assert storing.remove_orphans() == 0


def test_old_bytes_are_written_again_before_a_row_names_them(shelf):
    storing.keep(ContentFile(PLAIN))
    age(shelf, 90_000)
    storing.keep(ContentFile(PLAIN))
    assert all(time.time() - path.stat().st_mtime < 60 for path in shelf.rglob("*") if path.is_file())


def test_what_is_not_there_is_told_as_the_store_s_fault():
    with pytest.raises(storing.StoreAway):
        storing.open_stored("aa/bb/none")


def test_a_bucket_takes_the_bytes(bucket):
    bucket.add_client_error("head_object", "404", http_status_code=404)
    bucket.add_response("put_object", {})
    assert storing.keep(ContentFile(PLAIN))
    bucket.assert_no_pending_responses()


def test_a_bucket_that_does_not_answer_is_told_as_the_store_s_fault(bucket):
    bucket.add_client_error("head_object", "503", http_status_code=503)
    with pytest.raises(storing.StoreAway):
        storing.keep(ContentFile(PLAIN))


def test_faults_of_both_kinds_of_store_are_known():
    assert issubclass(EndpointConnectionError, storing.faults())
    assert issubclass(FileNotFoundError, storing.faults())


def test_a_bucket_is_chosen_by_the_environment():
    words = "from django.conf import settings; print(settings.STORAGES['library'])"
    chosen = {"DEBUG": "1", "LIBRARY_S3_BUCKET": "red", "LIBRARY_S3_ENDPOINT": "https://s3.example.org", "PATH": os.environ["PATH"]}
    run = [sys.executable, "-c", f"import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'red_mpe.settings'; {words}"]
    said = subprocess.run(run, cwd=ROOT, env=chosen, capture_output=True, text=True, timeout=60).stdout
    assert "storages.backends.s3.S3Storage" in said
    assert "https://s3.example.org" in said


def test_a_look_at_the_store_finds_nothing_missing(put, capsys):
    put()
    call_command("library_files", "--hash")
    assert capsys.readouterr().out == "nothing is missing\n"


def test_missing_bytes_are_told_by_their_name(put, shelf):
    file = put()
    (shelf / storing.name_of(file.sha256)).unlink()
    with pytest.raises(CommandError, match=file.sha256):
        call_command("library_files")


def test_changed_bytes_are_found_by_reading_them(put, shelf):
    file = put()
    path = shelf / storing.name_of(file.sha256)
    path.write_bytes(b"other")
    assert list(storing.faulty_files()) == []
    assert list(storing.faulty_files(whole=True)) == [storing.name_of(file.sha256)]


def test_the_command_removes_orphans_only_when_told_to(db, shelf, kept, capsys):
    storing.keep(ContentFile(PLAIN))
    age(shelf, 90_000)
    call_command("library_files")
    assert len(kept()) == 1
    call_command("library_files", "--remove-orphans")
    assert kept() == []
    assert capsys.readouterr().out.startswith("nothing is missing\n1 orphans removed")
