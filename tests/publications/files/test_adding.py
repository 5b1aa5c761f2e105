"""Adding files: what is taken, under which name, and what is refused with which words."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.utils import translation

from publications.actions import storing
from publications.actions.files import add_file, adding, remove_file
from publications.enums import ScanState, TextState
from publications.models import File, Record
from publications.readers.kinds import KINDS, FileRefused
from red_mpe.core.models import AuditEntry
from red_mpe.core.states import StaleState
from tests.factories.files import PLAIN, make_picture, make_zip, one_of_each, upload
from tests.factories.publications import make_record


@pytest.mark.parametrize("code", KINDS)
def test_every_kind_is_taken_for_what_it_is(put, code):
    file = put(one_of_each()[code], f"obra.{code}")
    assert (file.name, file.media_type, file.flags) == (f"obra.{code}", KINDS[code].media_type, [])


def test_identical_bytes_lie_once(put, record, miner, kept):
    other = make_record(state="draft", proposed_by=miner.user)
    first, second = put(), put(record=other)
    assert first.sha256 == second.sha256
    assert kept() == [first.sha256]


def test_what_was_kept_is_what_was_sent(put):
    with storing.open_stored(storing.name_of(put().sha256)) as stored:
        assert stored.read() == PLAIN


def test_a_file_sent_twice_is_one(put):
    once = uuid.uuid4()
    assert put(once=once) == put(once=once)
    assert File.objects.count() == 1


def test_the_very_same_file_is_refused_with_words(put):
    put()
    with pytest.raises(FileRefused, match="already here"), translation.override("en"):
        put(name="otro nombre.txt")


def test_numbers_are_never_given_twice(put, miner):
    remove_file(file=put(), actor=miner.user)
    assert put().number == 2


def test_a_file_tells_the_audit_and_the_search(put, record):
    file = put()
    entry = AuditEntry.objects.get(verb="publications.file_added")
    assert (entry.target, entry.data) == (record, {"file": 1, "sha256": file.sha256})
    assert Record.objects.get(pk=record.pk).revision == 1


def test_a_new_version_takes_the_place_of_the_former(put):
    first = put(language="pt", description="Hoja")
    second = put(b"Otra cosa.\n", replaces=first)
    assert (second.version, second.position, second.language) == (2, first.position, "pt")
    assert list(File.objects.newest()) == [second]


def test_who_replaces_a_version_that_was_replaced_is_told_so(put):
    first = put()
    put(b"Dos.\n", replaces=first)
    with pytest.raises(StaleState):
        put(b"Tres.\n", replaces=first)


def test_who_replaces_a_file_that_was_removed_is_told_so(put, miner):
    first = put()
    gone = File.objects.get(pk=first.pk)
    remove_file(file=first, actor=miner.user)
    with pytest.raises(StaleState):
        put(replaces=gone)


def test_a_record_that_is_out_takes_no_file_of_its_contributor(miner):
    record = make_record(proposed_by=miner.user)
    with pytest.raises(PermissionDenied):
        add_file(record=record, actor=miner.user, upload=upload(PLAIN))


def test_an_editor_adds_to_any_record(editor):
    assert add_file(record=make_record(), actor=editor, upload=upload(PLAIN)).added_by == editor


def test_an_empty_file_is_refused(put, kept):
    with translation.override("en"), pytest.raises(FileRefused, match="empty"):
        put(b"")
    assert kept() == []


def test_a_file_over_the_limit_is_refused_with_both_sizes(put, settings):
    settings.LIBRARY_FILE_LIMIT = 10
    with pytest.raises(FileRefused, match=r"36|37|38"), translation.override("en"):
        put()


def test_a_name_that_lies_is_corrected_and_flagged(put):
    file = put(make_picture("png"), "informe.pdf")
    assert (file.name, file.media_type, file.flags) == ("informe.png", "image/png", ["renamed"])


@pytest.mark.parametrize("data", [b"MZ\x90\0" + b"\0" * 100, b"\x7fELF" + b"\1" * 60, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600])
def test_a_program_or_an_old_office_file_is_refused_whatever_its_name(put, data):
    with pytest.raises(FileRefused, match="PDF, Word"):
        put(data, "informe.pdf")


@pytest.mark.parametrize("data", [b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", b"<?xml version='1.0'?><x/>"])
def test_active_markup_is_refused(put, data):
    with pytest.raises(FileRefused):
        put(data, "dibujo.txt")


def test_html_in_disguise_is_kept_as_html(put):
    file = put(b"\xef\xbb\xbf <!-- x --><!DOCTYPE html><p>x</p>", "hoja.txt")
    assert (file.name, file.media_type) == ("hoja.html", "text/html")


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"../../etc/cron.d/x": b"x"}, "out of its folder"),
        ({"C:\\x.txt": b"x"}, "out of its folder"),
        ({"datos.zip": b"PK"}, "another archive"),
        ({"instalar.exe": b"MZ"}, "programs"),
        ({"word/document.xml": b"<x/>", "word/vbaProject.bin": b"x"}, "macros"),
        ({"cero.bin": b"\0" * 5_000_000}, "far more than it should"),
    ],
)
def test_a_trap_of_an_archive_is_refused_with_its_reason(put, members, words):
    with translation.override("en"), pytest.raises(FileRefused, match=words):
        put(make_zip(members), "datos.zip")


def test_a_broken_archive_is_refused(put):
    with translation.override("en"), pytest.raises(FileRefused, match="damaged"):
        put(make_zip({"a.csv": b"1,2"})[:-30], "datos.zip")


def test_a_broken_picture_is_refused(put):
    with translation.override("en"), pytest.raises(FileRefused, match="cannot be opened"):
        put(make_picture("jpg")[:300], "foto.jpg")


def test_text_waits_to_be_read_and_sound_does_not(put):
    assert put().text_state == TextState.WAITING
    assert put(one_of_each()["mp3"], "voz.mp3").text_state == TextState.NOTHING


def test_without_a_scanner_nothing_waits_for_it(put, settings):
    assert put().scan_state == ScanState.NOT_ASKED
    settings.CLAMD = "tcp://localhost:1"
    assert put(b"Otra.\n").scan_state == ScanState.WAITING


def test_a_record_holds_so_many_files_and_no_more(put, monkeypatch):
    monkeypatch.setattr(adding, "MOST", 1)
    put()
    with pytest.raises(FileRefused, match="1"):
        put(b"Otra.\n")


def test_a_large_upload_on_disk_is_taken_as_well(put, record, miner):
    file = TemporaryUploadedFile("hoja.txt", "text/plain", len(PLAIN), None)
    file.write(PLAIN)
    file.seek(0)
    assert add_file(record=record, actor=miner.user, upload=file).size == len(PLAIN)


def test_a_store_that_fails_keeps_no_row(put, shelf):
    shelf.parent.joinpath("library").write_text("this is no folder")
    with pytest.raises(storing.StoreAway):
        put()
    assert File.objects.count() == 0
