"""Reading files: claimed, tried three times at most, written once, with words for what went wrong."""

from datetime import timedelta

import pytest
from django.db.models.functions import Now
from django.utils import translation

from publications.actions import storing
from publications.actions.files import looking, read_again, reading
from publications.actions.files.lightening import lighten_file, paragraphs
from publications.actions.indexing import index_record
from publications.enums import Problem, TextState
from publications.models import File, FileText, Record, SearchDoc
from publications.readers.archives import Unreadable
from publications.tasks import lighten_file as lighten_task
from publications.tasks import look_at_file, remove_orphans, sweep_files
from red_mpe.core.press import PressError
from red_mpe.core.states import StaleState
from tests.factories.files import WORDS, make_encrypted_pdf, make_pdf, make_picture, one_of_each
from tests.factories.publications import make_author, make_record

pytestmark = pytest.mark.filterwarnings("error")


@pytest.fixture
def read(put):
    """A file added and read."""

    def run(data=None, name="guia.pdf", **fields):
        file = put(data or make_pdf(), name, **fields)
        reading.read_file(file.pk)
        return File.objects.get(pk=file.pk)

    return run


def test_a_file_is_read_with_its_pages_and_its_picture(read):
    file = read(make_pdf("Uno", "Dos"))
    assert (file.text_state, file.pages, file.pages_done, file.attempts) == (TextState.DONE, 2, 2, 1)
    assert FileText.objects.get(file=file).text.split() == ["Uno", "Dos"]
    assert (file.thumbnail_width, file.thumbnail_height) == (149, 210)
    assert storing.store().size(file.thumbnail) <= 6_000


def test_the_search_finds_the_words_of_a_file_in_its_language(read, record):
    read(language="pt-br")
    Record.objects.filter(pk=record.pk).update(state="published")
    index_record(Record.objects.get(pk=record.pk))
    assert WORDS in SearchDoc.objects.get(record=record).body_pt


def test_a_file_whose_words_are_there_is_never_read_again(read):
    file = read()
    assert reading.read_file(file.pk) is False
    assert File.objects.get(pk=file.pk).attempts == 1


def test_a_file_that_is_gone_is_no_fault(db):
    assert reading.read_file(404) is False


def test_a_file_that_somebody_reads_is_left_to_them(put):
    file = put()
    File.objects.filter(pk=file.pk).update(text_state=TextState.WORKING, claimed_at=Now(), attempts=1)
    assert reading.read_file(file.pk) is False


def test_a_file_that_a_dead_worker_held_is_read(put):
    file = put()
    File.objects.filter(pk=file.pk).update(text_state=TextState.WORKING, claimed_at=Now() - timedelta(minutes=2), attempts=1)
    assert reading.read_file(file.pk) is True
    assert File.objects.get(pk=file.pk).text_state == TextState.DONE


def test_a_file_that_broke_off_three_times_is_given_up(put):
    file = put()
    File.objects.filter(pk=file.pk).update(text_state=TextState.WORKING, claimed_at=Now() - timedelta(minutes=2), attempts=3)
    assert reading.read_file(file.pk) is False
    file.refresh_from_db()
    assert (file.text_state, file.problem) == (TextState.FAILED, Problem.GAVE_UP)


def test_what_a_late_worker_brings_is_dropped(put):
    file = put()
    late = File.objects.get(pk=file.pk)
    File.objects.filter(pk=file.pk).update(text_state=TextState.WORKING, attempts=2)
    reading._finish(late, text="tarde", text_state=TextState.DONE)
    assert not FileText.objects.exists()


def test_pages_are_told_while_a_file_is_read(put):
    file = put()
    File.objects.filter(pk=file.pk).update(text_state=TextState.WORKING)
    tell = reading._telling(file)
    tell(3, 9)
    tell(4, 9)
    file.refresh_from_db()
    assert (file.pages_done, file.pages) == (3, 9)
    assert file.claimed_at is not None


@pytest.mark.parametrize(
    ("data", "problem", "flags"),
    [(b"%PDF-1.7\nroto", "broken", []), (make_encrypted_pdf(), "encrypted", ["encrypted"])],
)
def test_a_file_that_cannot_be_read_says_why(read, data, problem, flags):
    file = read(data)
    assert (file.text_state, file.problem, file.flags) == (TextState.FAILED, problem, flags)


def test_reasons_are_told_in_the_reader_s_language(read):
    file = read(make_encrypted_pdf())
    with translation.override("en"):
        assert "asks for a password" in file.get_problem_display()


def test_pages_without_words_are_pictures(read):
    file = read(make_pdf(""))
    assert (file.text_state, file.problem) == (TextState.NOTHING, Problem.PICTURES)


def test_a_picture_has_no_words_and_a_thumbnail(read):
    file = read(make_picture(), "foto.png")
    assert (file.text_state, file.problem, file.thumbnail_width) == (TextState.NOTHING, "", 40)


def test_a_heavy_picture_has_a_light_copy_at_once(put, monkeypatch):
    file = put(make_picture(), "foto.png")

    def found(what, code, source, folder, tell):
        for name in ("thumbnail", "light"):
            (reading.Path(folder) / name).write_bytes(b"webp")
        return {"width": 4, "height": 3}

    monkeypatch.setattr(reading, "read_apart", found)
    reading.read_file(file.pk)
    assert File.objects.get(pk=file.pk).light_size == 4


def test_a_store_that_is_away_leaves_the_file_for_later(put, shelf):
    file = put()
    shelf.rename(shelf.with_name("away"))
    reading.read_file(file.pk)
    file.refresh_from_db()
    assert (file.text_state, file.claimed_at) == (TextState.WAITING, None)


def test_bytes_that_are_never_found_are_reported(put, shelf):
    file = put()
    shelf.rename(shelf.with_name("away"))
    for _time in range(3):
        reading.read_file(file.pk)
    file.refresh_from_db()
    assert (file.text_state, file.problem) == (TextState.FAILED, Problem.LOST)


def test_a_store_in_the_network_is_read_from_a_copy(put, monkeypatch):
    from django.core.files.base import ContentFile

    file = put()
    monkeypatch.setattr(reading, "open_stored", lambda name: ContentFile(b"lejos"))
    with reading.bytes_of(file) as path:
        assert reading.Path(path).read_bytes() == b"lejos"


def test_a_failed_file_is_read_again_when_an_editor_says_so(put, editor, monkeypatch):
    file = put()
    File.objects.filter(pk=file.pk).update(text_state=TextState.FAILED, attempts=3, problem="gave-up")
    read_again(file=file, actor=editor)
    assert (file.text_state, file.attempts, file.problem) == (TextState.WAITING, 0, "")


def test_a_file_that_was_read_is_not_read_again_by_anybody(read, editor):
    with pytest.raises(StaleState):
        read_again(file=read(), actor=editor)


def test_what_comes_is_looked_at_when_it_is_committed(put, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        file = put()
    file.refresh_from_db()
    assert file.text_state == TextState.DONE


def test_the_sweep_finds_what_the_broker_lost(put, db):
    files = [put(), put(b"Otra.\n")]
    assert looking.left_over() == ([file.pk for file in files], [])
    sweep_files()
    sweep_files()
    assert set(File.objects.values_list("text_state", "attempts")) == {(TextState.DONE, 1)}


def test_tasks_about_nothing_do_nothing(db):
    look_at_file(404)
    lighten_task(404)
    remove_orphans()
    assert not File.objects.exists()


@pytest.fixture
def heavy(read):
    """A file that was read and counts as heavy, of a record that may be shared."""

    def make(**fields):
        file = read(make_pdf(*(f"Pagina {number}." for number in range(30))), **fields)
        File.objects.filter(pk=file.pk).update(size=2_000_000)
        return file

    return make


def test_a_heavy_file_gets_a_small_pdf_that_names_work_licence_and_source(heavy, record):
    make_author(record)
    file = heavy()
    lighten_file(file.pk)
    file.refresh_from_db()
    assert file.light_type == "application/pdf"
    with storing.open_stored(file.light_name) as stored:
        data = stored.read()
    assert file.light_size == len(data) < 200_000
    import pypdfium2

    words = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_bounded()
    assert all(word in words for word in ("Oro sin mercurio", "CC BY 4.0", record.code, "Quispe", "Pagina 3."))


def test_a_light_copy_is_made_once(heavy):
    file = heavy()
    lighten_file(file.pk)
    lighten_file(file.pk)
    assert File.objects.get(pk=file.pk).light_attempts == 1


@pytest.mark.parametrize("licence", ["all-rights-reserved", "unknown", "permitted"])
def test_what_may_not_be_shared_gets_no_light_copy(heavy, record, licence):
    type(record).objects.filter(pk=record.pk).update(licence=licence)
    file = heavy()
    lighten_file(file.pk)
    assert File.objects.get(pk=file.pk).light_name == ""


def test_a_small_file_needs_no_light_copy(read):
    file = read()
    lighten_file(file.pk)
    assert File.objects.get(pk=file.pk).light_attempts == 0


def test_a_copy_that_came_out_heavy_is_not_kept(heavy, monkeypatch):
    from publications.actions.files import lightening

    monkeypatch.setattr(lightening, "_copy", lambda file: (b"x" * 1_500_000, "application/pdf"))
    file = heavy()
    lighten_file(file.pk)
    file.refresh_from_db()
    assert (file.light_name, file.light_attempts) == ("", 3)


def test_where_the_press_fails_the_copy_is_plain_text(heavy, monkeypatch):
    from publications.actions.files import lightening

    def broken(*_, **__):
        raise PressError

    monkeypatch.setattr(lightening.press, "pdf", broken)
    file = heavy()
    lighten_file(file.pk)
    file.refresh_from_db()
    assert file.light_type == "text/plain"


def test_a_copy_that_the_store_did_not_take_is_tried_again(heavy, shelf):
    file = heavy()
    shelf.rename(shelf.with_name("away"))
    shelf.write_text("no folder")
    lighten_file(file.pk)
    File.objects.filter(pk=file.pk).update(light_claimed_at=Now() - timedelta(minutes=9))
    assert looking.left_over()[1] == [file.pk]


def test_lines_of_a_page_are_put_together_again():
    assert paragraphs("El oro\nse lava.\nDespués\nse pesa") == ["El oro se lava.", "Después se pesa"]
    assert paragraphs("Fin.") == ["Fin."]


def test_a_licence_that_frees_a_work_brings_its_light_copy(heavy, record):
    type(record).objects.filter(pk=record.pk).update(licence="unknown")
    file = heavy()
    assert looking.left_over()[1] == []
    type(record).objects.filter(pk=record.pk).update(licence="CC-BY-4.0")
    assert looking.left_over()[1] == [file.pk]


def test_every_kind_with_words_is_read_to_its_end(read):
    states = {code: read(data, f"obra.{code}").text_state for code, data in one_of_each().items()}
    silent = {code for code, state in states.items() if state == TextState.NOTHING}
    assert silent == {"png", "jpg", "webp", "mp3", "ogg", "mp4", "webm", "zip"}
    assert set(states.values()) == {TextState.DONE, TextState.NOTHING}


def test_a_reader_that_crashed_leaves_its_code(put, monkeypatch):
    def crash(*_, **__):
        raise Unreadable("too-heavy")

    monkeypatch.setattr(reading, "read_apart", crash)
    file = put(make_pdf(), "guia.pdf")
    reading.read_file(file.pk)
    assert File.objects.get(pk=file.pk).problem == Problem.TOO_HEAVY


def test_the_picture_of_the_first_page_is_kept_once(read, record, miner, kept):
    first = read()
    other = make_record(state="draft", proposed_by=miner.user)
    second = read(make_pdf() + b"\n", record=other)
    assert first.thumbnail == second.thumbnail
    assert len(kept()) == 3
