import io
import zipfile

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import translation

from standards.exports.commenting import FORM_FORMATS, empty_rows, filled_rows, form_name, write_form
from standards.models import Comment, Consultation
from standards.readers.commenting import read_form
from tests.conftest import make_person
from tests.factories.standards import answer, say
from tests.support.canaries import make_canary, secrets_of
from tests.support.frameworks import make_answer, make_clause, make_comment
from tests.support.queries import flat

NOBODY = AnonymousUser()


def filled(consultation, user=NOBODY):
    return list(filled_rows(consultation, user))


def test_empty_form_has_a_row_a_clause(consultation, version):
    make_clause(version, "2.4")
    with translation.override("en"):
        assert [row[2] for row in empty_rows(consultation)] == ["General", "2.3.1", "2.4"]


def test_comment_stands_in_its_columns(miner, consultation, clause):
    comment = say(miner, consultation, clause, kind="te", body="Porque", proposed="Así")
    assert filled(consultation) == [(f"BO-PRO {comment.code}", "", "2.3.1", "", "te", "Porque", "Así", "")]


def test_general_comments_come_last_and_clauses_in_their_order(miner, consultation, version, clause):
    second = make_clause(version, "2.4")
    for place in (None, second, clause):
        say(miner, consultation, place)
    with translation.override("en"):
        assert [row[2] for row in filled(consultation)] == ["2.3.1", "2.4", "General"]


@pytest.mark.parametrize("state", ["withdrawn", "hidden"])
def test_withdrawn_and_hidden_words_stay_out(miner, consultation, clause, state):
    say(miner, consultation, clause)
    Comment.objects.update(state=state, hidden_reason="x")
    assert filled(consultation) == []


def test_replies_are_conversation(miner, neighbour, consultation, clause):
    answer(neighbour, say(miner, consultation, clause))
    assert len(filled(consultation)) == 1


def test_planned_round_is_shown_to_nobody_outside(miner, consultation, clause, secretary):
    say(miner, consultation, clause)
    Consultation.objects.update(state="planned")
    assert (filled(consultation), len(filled(consultation, secretary))) == ([], 1)


@pytest.mark.parametrize(("shown_as", "side"), [("organisation", "BO-PRO"), ("name", "PRO"), ("protected", "PRO"), ("pseudonym", "PRO")])
def test_side_tells_no_more_than_the_page(miner, consultation, clause, shown_as, side):
    comment = say(miner, consultation, clause, shown_as=shown_as)
    assert filled(consultation)[0][0] == f"{side} {comment.code}"


def test_pseudonym_of_many_tells_their_country(consultation, clause, miner):
    for number in range(5):
        make_person(f"minera-{number}", country="BO")
    comment = say(miner, consultation, clause, shown_as="pseudonym")
    assert filled(consultation)[0][0] == f"BO-PRO {comment.code}"


@pytest.mark.parametrize("state", ["published", "objected", "answered", "closed"])
def test_published_answer_is_the_observation(consultation, clause, producers, state):
    make_answer(make_comment(consultation, producers, clause_text=clause), state=state, disposition="NA", reason_es="Porque no.")
    with translation.override("en"):
        assert filled(consultation)[0][-1] == "NA Not accepted. Porque no."


@pytest.mark.parametrize("state", ["assigned", "drafted", "validated"])
def test_answer_that_is_not_published_stays_in_the_committee(consultation, clause, producers, state):
    fields = {} if state == "assigned" else {"disposition": "NO"}
    make_answer(make_comment(consultation, producers, clause_text=clause), state=state, reason_es="secreto", **fields)
    assert filled(consultation)[0][-1] == ""


def test_answer_to_a_duplicate_names_the_other(consultation, clause, producers):
    other = make_comment(consultation, producers, clause_text=clause)
    make_answer(make_comment(consultation, producers, clause_text=clause), disposition="DU", duplicate_of=other)
    with translation.override("es"):
        assert filled(consultation)[1][-1].endswith(other.code)


@pytest.mark.parametrize("mode", ["name", "organisation", "pseudonym", "protected"])
@pytest.mark.parametrize("code", sorted(FORM_FORMATS))
def test_no_file_tells_who_is_hidden(consultation, clause, code, mode):
    make_canary(mode, consultation, clause)
    data = write_form(consultation, format=FORM_FORMATS[code], language="es", filled_for=NOBODY)
    parts = [data]
    if code != "csv":
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = [archive.read(name) for name in archive.namelist()]
    assert [word for word in secrets_of(mode) for part in parts if word.encode() in part] == []


@pytest.mark.parametrize("code", ["docx", "xlsx"])
def test_office_files_have_empty_properties(consultation, code):
    data = write_form(consultation, format=FORM_FORMATS[code], language="en")
    core = zipfile.ZipFile(io.BytesIO(data)).read("docProps/core.xml").decode()
    assert "creator" not in core
    assert "dcterms" not in core


def test_excel_offers_the_types_and_keeps_labels_as_typed(consultation):
    data = write_form(consultation, format=FORM_FORMATS["xlsx"], language="en")
    main = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
    styles = zipfile.ZipFile(io.BytesIO(data)).read("xl/styles.xml").decode()
    assert '"ge,te,ed,qu"' in main
    assert 'numFmtId="49"' in styles


def test_word_lies_and_repeats_its_headings(consultation):
    data = write_form(consultation, format=FORM_FORMATS["docx"], language="en")
    main = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    assert 'w:orient="landscape"' in main
    assert "<w:tblHeader/>" in main


@pytest.mark.parametrize("language", ["es", "en", "pt-br"])
@pytest.mark.parametrize("code", sorted(FORM_FORMATS))
def test_form_is_written_in_each_language(consultation, code, language):
    rows = read_form(write_form(consultation, format=FORM_FORMATS[code], language=language)).rows
    assert rows[1].clause == "2.3.1"


def test_name_of_a_form_is_safe(consultation):
    assert form_name(consultation, "comments", "pt-br", FORM_FORMATS["csv"]) == "marco-r1-comments-pt-br.csv"


def test_form_asks_the_database_as_often_for_many_comments(consultation, clause, producers):
    make_comment(consultation, producers, clause_text=clause)
    flat(
        lambda: filled(consultation),
        lambda: [make_comment(consultation, producers, clause_text=clause) for _ in range(3)],
        ceiling=1,
    )
