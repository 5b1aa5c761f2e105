"""What an attacker would try with the library."""

import io
import time
import zipfile

import pytest
from django.core.cache import cache

from members.models import Group
from publications.models import AccessRequest
from publications.readers import archives, kinds
from red_mpe.core.models import AuditEntry
from tests.factories.files import make_file
from tests.factories.publications import make_collection, make_record
from tests.support.pages import text_of, url


def test_a_text_of_many_comments_is_looked_at_in_an_instant():
    begun = time.process_time()
    assert kinds._HTML.match(b"<!---->" * 1000 + b"x") is None
    assert time.process_time() - begun < 1


@pytest.mark.parametrize("page", [b"<html>", b"<!-- a --> <!-- b --><!DOCTYPE html>", b'<?xml version="1.0"?>\n<!-- a --><html lang="es">'])
def test_a_page_is_told_from_other_words(page):
    assert kinds._HTML.match(page)


def test_a_table_of_contents_without_end_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(archives, "DIRECTORY", 1000)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for number in range(50):
            packed.writestr(f"hoja-{number}.txt", "x")
    monkeypatch.setattr(zipfile, "ZipFile", lambda source: pytest.fail("it was read"))
    with pytest.raises(archives.Unreadable, match="bomb"):
        archives.Archive(file)


@pytest.fixture
def hidden(db):
    return Group.objects.create(slug="mesa-reservada", name_es="Mesa reservada", kind="working-group", audience="nobody")


def test_a_record_does_not_tell_of_a_group_that_is_hidden(client, hidden, group):
    record = make_record()
    record.groups.set([hidden, group])
    words = text_of(client.get(record.get_absolute_url()))
    assert "Mesa del agua" in words
    assert "Mesa reservada" not in words


def test_a_collection_does_not_tell_of_a_group_that_is_hidden(client, hidden):
    collection = make_collection("lecturas", make_record(), group=hidden)
    pages = [client.get(url("publications:collection_list")), client.get(collection.get_absolute_url())]
    assert not [page for page in pages if "Mesa reservada" in text_of(page)]


def test_a_format_that_does_not_exist_searches_nothing(client, db, django_assert_max_num_queries):
    with django_assert_max_num_queries(0):
        assert client.get(url("publications:library_export", "x") + "?q=oro").status_code == 404


def test_a_part_of_a_file_on_request_is_written_down_too(client, miner):
    record = make_record(access="request")
    file = make_file(record)
    AccessRequest.objects.create(record=record, user=miner.user, reason="x", state="granted", until="2099-01-01")
    client.force_login(miner.user)
    cache.clear()
    for start in (1, 2):
        b"".join(client.get(url("publications:file_download", record.code, file.number), headers={"Range": f"bytes={start}-"}))
    assert AuditEntry.objects.filter(verb="publications.file_downloaded").count() == 1
