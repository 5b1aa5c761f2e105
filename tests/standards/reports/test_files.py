"""Files of a round: read without the platform, the same bytes each time, and nothing in them that is not public."""

import csv
import hashlib
import io
import json
import re
import unicodedata
import zipfile

import pytest
from django.utils import translation
from openpyxl import load_workbook

from standards.actions.comments import hide_identity
from standards.actions.synopses import write_paragraph
from standards.enums import ShownAs
from standards.exports import files, record, shelf, synopsis
from standards.models import Comment, Consultation, GuardWaiver, RoundExtension, StageEvent, Support, Synopsis, SynopsisClause
from standards.tasks import build_report
from tests.factories.standards import fresh
from tests.standards.reports.conftest import ROUND, reread
from tests.support.canaries import make_canary, secrets_of
from tests.support.frameworks import make_comment
from tests.support.pages import text_of, url
from tests.support.pdf import letters, unpacked
from tests.support.queries import count_queries

MODES = tuple(ShownAs)
LETTERS = "q’illay ñuqa jaqinaka ïñä ação não três à ç ẽ ĩ ỹ g̃ ũ"
FORMULA = '=HYPERLINK("http://a.example";"x")'


def again():
    """The synopsis as a request reads it."""
    found = Synopsis.objects.get()
    found.consultation = reread()
    return found


def opened(data):
    return zipfile.ZipFile(io.BytesIO(data))


def words_in(data):
    """Everything that can be read in an archive, or in an XLSX, which is one."""
    archive = opened(data)
    return "\n".join(name + archive.read(name).decode(errors="replace") for name in archive.namelist())


@pytest.fixture
def members(published):
    """The files of the record by name."""
    archive = opened(record.record(again()))
    return {name: archive.read(name) for name in archive.namelist()}


# --- the record


def test_record_is_the_same_bytes_each_time(published):
    assert record.record(again()) == record.record(again())


def test_record_names_the_sum_of_each_file(members):
    told = json.loads(members.pop("manifest.json"))["files"]
    assert told == {name: hashlib.sha256(data).hexdigest() for name, data in members.items()}


def test_sum_of_the_text_is_that_of_the_frozen_version(members):
    assert hashlib.sha256(members["data/text.json"]).hexdigest() == reread().version.sha256
    assert reread().version.sha256.encode() in members["README.txt"]


@pytest.mark.parametrize("language", ["es", "en", "pt-br"])
@pytest.mark.parametrize("page", ["index", "text", "comments", "process", "changes"])
def test_every_page_stands_by_itself_in_each_language(members, language, page):
    html = members[f"{language}/{page}.html"].decode()
    assert f'<html lang="{language}">' in html
    assert not re.search(r"<script|https?://|\son\w+=", html)
    for address in re.findall(r'(?:href|src)="([^"#]+)', html):
        assert address in {"../style.css"} or f"{language}/{address}" in members


def test_record_holds_every_comment_and_its_answer(members):
    comments = json.loads(members["data/comments.json"])
    assert [comment["answer"]["code"] for comment in comments] == ["NO", "AC"]
    assert comments[1]["answer"]["changed"] == [{"clause": "4.1", "version": "0.3"}]
    assert "Porque el río es de todas." in members["es/comments.html"].decode()


def test_record_tells_days_and_no_hours(members):
    assert {comment["day"] for comment in json.loads(members["data/comments.json"])} == {"2026-03-09"}
    assert not re.search(rb"\d\d:\d\d:\d\d", b"".join(members.values()))


def test_record_without_a_next_version_has_no_changes(published, following):
    type(following).objects.filter(pk=following.pk).update(public=False)
    assert "es/changes.html" not in opened(record.record(again())).namelist()


def test_record_shows_what_the_next_version_changed(members):
    html = members["es/changes.html"].decode()
    assert "2.3.1 → 4.1" in html
    assert "<del>" in html


def test_record_tells_how_the_process_went(published, secretary, framework):
    StageEvent.objects.create(framework=framework, source="consultation", target="response", reason="Cerró.", actor=secretary)
    GuardWaiver.objects.create(consultation=reread(), guard="languages", language="pt", reason="Falta.", actor=secretary)
    RoundExtension.objects.create(
        consultation=reread(), number=1, old_closes_on="2026-02-01", new_closes_on="2026-03-03", missed={"PRO": 9}
    )
    archive = opened(record.record(again()))
    told = json.loads(archive.read("data/process.json"))
    assert (told["events"][0]["to"], told["waivers"][0]["reason"], told["extensions"][0]["missed"]) == ("response", "Falta.", {"PRO": 9})
    page = archive.read("es/process.html").decode()
    assert "Cerró." in page
    assert secretary.email not in page


def test_record_counts_support_by_chamber(published, spoken, neighbour):
    persona = spoken[1].persona
    Support.objects.create(comment=spoken[0], persona=persona, chamber=neighbour.category.chamber)
    rows = list(csv.reader(io.StringIO(opened(record.record(again())).read("data/support.csv").decode("utf-8-sig"))))
    assert rows[1:] == [[spoken[0].code, "COM", "1"]]


def test_a_clause_that_did_not_change_is_not_listed(published, following):
    text = reread().version.texts.first()
    same = {name: getattr(text, name) for name in ("label", "title_es", "text_es", "text_en", "text_pt", "title_en", "title_pt")}
    following.texts.update(**same)
    assert record.changed_clauses(reread().version, following) == []


def test_a_retired_clause_is_listed_last(published, following, version):
    following.texts.all().delete()
    [gone] = record.changed_clauses(reread().version, following)
    assert (gone["old"], gone["new"]) == ("2.3.1", "")


# --- what is not public


@pytest.fixture
def canaries(published, clause):
    Consultation.objects.update(state="open")
    type(clause.version.framework).objects.update(stage="consultation")
    for mode in MODES:
        make_canary(mode, reread(), clause)
    Consultation.objects.update(state="closed")
    return set().union(*(secrets_of(mode) for mode in MODES))


@pytest.mark.parametrize("name", files.NAMES)
def test_no_file_tells_who_is_behind_a_voice(canaries, name):
    data = files.make(again(), name)
    told = unpacked(data).decode("latin-1") + letters(data) if name.endswith("pdf") else words_in(data)
    assert not [word for word in canaries if word in told]


@pytest.mark.parametrize("name", ["record.zip", "synopsis-es.xlsx"])
def test_no_file_tells_the_hour(canaries, name):
    assert not [minutes for minutes in ("03:17", "22:17", ":17:43") if minutes in words_in(files.make(again(), name))]


def test_who_hides_later_is_hidden_in_the_next_file(published, miner, spoken, settings):
    before = files.take(again(), "record.zip")
    assert "Oro Claro" in words_in(before.read_bytes())
    hide_identity(actor=fresh(miner.user), comment=Comment.objects.get(pk=spoken[0].pk), shown_as=ShownAs.PROTECTED)
    after = files.take(again(), "record.zip")
    assert "Oro Claro" not in words_in(after.read_bytes())
    assert not before.exists()


def test_cells_never_begin_with_a_formula(published, spoken):
    Comment.objects.filter(pk=spoken[0].pk).update(body=FORMULA, proposed="@SUM(1)")
    book = load_workbook(io.BytesIO(synopsis.spreadsheet(again(), "es")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    assert not [cell.value for cell in cells if str(cell.value or "").startswith(("=", "@"))]
    assert FORMULA in str([cell.value for cell in cells])
    assert "\n=HYP" not in opened(record.record(again())).read("es/comments.csv").decode()


# --- the document


def test_document_is_tagged_and_the_same_each_time(published):
    data = synopsis.pdf(again(), "es")
    assert data == synopsis.pdf(again(), "es")
    assert b"/StructTreeRoot" in unpacked(data)


def test_document_knows_the_letters_of_the_mines(published):
    SynopsisClause.objects.filter(clause=None).update(said_es=LETTERS)
    found = unicodedata.normalize("NFD", letters(synopsis.pdf(again(), "es")))
    assert set(unicodedata.normalize("NFD", LETTERS.replace(" ", ""))) <= set(found)


@pytest.mark.parametrize("words", ["#panic()", "$x$", '#read("lib.typ")', "\\ <a> @b"])
def test_document_never_reads_words_as_markup(published, spoken, words):
    Comment.objects.update(body=words, proposed=words)
    assert set(words.replace(" ", "")) <= set(letters(synopsis.pdf(again(), "es")))


@pytest.mark.parametrize("language", ["es", "en", "pt-br"])
def test_document_holds_everything_in_each_language(published, language):
    with translation.override(language):
        data = synopsis.document(again())
    told = json.dumps(data, ensure_ascii=False)
    for words in ("Porque el río es de todas.", "Sou ribeirinho", "Pedían claridad."):
        assert words in told
    assert all(data["words"].values())


def test_document_is_json(published):
    assert json.loads(json.dumps(synopsis.document(again()))) == json.loads(json.dumps(synopsis.document(again())))


def test_document_lists_what_was_put_right(published, secretary, clause):
    words = {"said_es": "Otra.", "changed_es": "Otra."}
    write_paragraph(actor=fresh(secretary), consultation=reread(), clause=clause.clause, words=words, revision=1, note="Precisión")
    [[_day, label, note]] = synopsis.document(again())["corrections"]
    assert (label, note) == ("2.3.1", "Precisión")


def test_spreadsheet_has_figures_clauses_and_comments(published):
    book = load_workbook(io.BytesIO(synopsis.spreadsheet(again(), "es")))
    assert len(book.sheetnames) == 4
    assert book.worksheets[3].max_row == 3


# --- the shelf


def test_a_file_is_built_once(published):
    first = files.take(again(), "synopsis-es.xlsx")
    before = first.stat().st_mtime_ns
    assert files.take(again(), "synopsis-es.xlsx").stat().st_mtime_ns == before


@pytest.mark.parametrize("act", ["answer", "support", "words", "state"])
def test_whatever_changes_breaks_the_seal(published, answered, spoken, neighbour, act):
    before = shelf.seal(reread())
    if act == "answer":
        type(answered[0]).objects.filter(pk=answered[0].pk).update(reason_es="Otra.")
    elif act == "support":
        Support.objects.create(comment=spoken[0], persona=spoken[1].persona, chamber=neighbour.category.chamber)
    elif act == "words":
        SynopsisClause.objects.update(said_es="Otra.")
    else:
        Comment.objects.filter(pk=spoken[0].pk).update(state="withdrawn")
    assert shelf.seal(reread()) != before


def test_an_organisation_that_hides_breaks_the_seal(published, cooperative):
    before = shelf.seal(reread())
    type(cooperative).objects.update(audience="nobody")
    assert shelf.seal(reread()) != before


def test_a_seal_costs_as_many_queries_for_many(published, producers):
    few = len(count_queries(lambda: shelf.seal(reread())))
    for _ in range(3):
        make_comment(reread(), producers)
    assert len(count_queries(lambda: shelf.seal(reread()))) == few <= 18


def test_while_another_builds_there_is_nothing_yet(published):
    sealed = shelf.seal(reread())
    inner = []
    shelf.build(reread(), "x", sealed, lambda: inner.append(shelf.build(reread(), "x", sealed, bytes)) or b"1")
    assert inner == [None]
    assert shelf.kept(reread(), "x", sealed).read_bytes() == b"1"


def test_a_builder_that_fails_leaves_the_way_free(published):
    sealed = shelf.seal(reread())
    with pytest.raises(ZeroDivisionError):
        shelf.build(reread(), "x", sealed, lambda: bytes(1 // 0))
    assert shelf.build(reread(), "x", sealed, lambda: b"2").read_bytes() == b"2"


def test_what_was_tidied_away_before_is_no_fault(published):
    shelf._tidy(reread(), "nothing")
    assert shelf.kept(reread(), "x", "nothing") is None


@pytest.mark.parametrize("number", [0, 1])
def test_the_task_builds_and_can_run_twice(published, number):
    build_report(published.pk, number)
    build_report(published.pk, number)
    assert shelf.kept(reread(), files.NAMES[number], shelf.seal(reread()))


def test_the_record_and_the_authentic_documents_are_built_after_publication(published):
    files.build_all(published.pk)
    sealed = shelf.seal(reread())
    assert {name for name in files.NAMES if shelf.kept(reread(), name, sealed)} == {"record.zip", "synopsis-es.pdf", "synopsis-es.xlsx"}


def test_a_large_round_is_built_by_a_worker(published, monkeypatch):
    woken = []
    monkeypatch.setattr(files, "AT_ONCE", 1)
    monkeypatch.setattr(files, "wake", lambda *order: woken.append(order))
    assert files.take(again(), "record.zip") is None
    assert woken == [(files.BUILD, published.pk, 0)]


# --- at the door


@pytest.mark.parametrize(("page", "kind"), [("record", "zip"), ("synopsis_pdf", "pdf"), ("synopsis_xlsx", "xlsx")])
def test_files_are_taken_away_and_never_shown(as_user, published, page, kind):
    response = as_user().get(url(f"standards:{page}", *ROUND))
    assert b"".join(response.streaming_content)
    assert response["Content-Disposition"].startswith('attachment; filename="marco-r1-')
    assert response["Content-Disposition"].endswith(f'.{kind}"')
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_reader_is_told_while_a_file_is_built(as_user, published, monkeypatch):
    monkeypatch.setattr(files, "AT_ONCE", 1)
    monkeypatch.setattr(files, "wake", lambda *order: None)
    response = as_user().get(url("standards:record", *ROUND, language="en"))
    assert (response.status_code, response["Retry-After"]) == (202, "15")
    assert "being put together" in text_of(response)
