"""The list of registrations as a file: complete, inert, with needs only when they are asked for."""

import csv
import io

import pytest
from django.utils import translation
from openpyxl import load_workbook

from events import actions
from events.exports.lists import registrations_file
from events.models import Needs
from events.querysets.organising import answers_of, needs_of, said
from tests.factories.organising import crowd
from tests.factories.registering import accounts, ask, enrol, enrol_for, open_event
from tests.support.queries import flat

pytestmark = pytest.mark.django_db
DANGER = ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "＝1"]


@pytest.fixture
def event():
    return open_event(on_site=None)


def lines(event, **more):
    """The file as a reader of CSV sees it."""
    return list(csv.reader(io.StringIO(registrations_file(event, "csv", **more).decode("utf-8-sig"))))


def cells(event, **more):
    book = load_workbook(io.BytesIO(registrations_file(event, "xlsx", **more)))
    return [[cell.value for cell in row] for row in book.active.iter_rows()]


def test_list_holds_every_registration_by_number(event):
    for state in ("confirmed", "waiting", "cancelled"):
        crowd(event, 1, state=state)
    rows = lines(event)[1:]
    assert [row[6] for row in rows] == ["confirmada", "en lista de espera", "cancelada"]
    assert [int(row[0]) for row in rows] == sorted(int(row[0]) for row in rows)


def test_list_says_who_they_are(event, secretary, cooperative):
    made = enrol_for(event, secretary, organisation=cooperative, email="dina@example.org", photos=True)
    row = lines(event)[1]
    assert row[:9] == [
        "1",
        made.code,
        "Dina Flores",
        cooperative.name,
        str(made.chamber),
        "Presencial",
        "confirmada",
        row[7],
        "dina@example.org",
    ]
    assert row[11] == "sí"


def test_hour_is_that_of_the_event(event, secretary):
    made = enrol_for(event, secretary)
    assert lines(event)[1][7] == f"{made.created_at.astimezone(event.zone):%Y-%m-%d %H:%M}"


def test_guest_names_who_brings_them(db):
    event = open_event(on_site=9, guests=1)
    host = enrol(event, accounts(1)[0], guests=[{"name": "Hija"}])
    assert lines(event)[2][10] == host.name


@pytest.mark.parametrize(("language", "words"), [("es", "Organización"), ("en", "Organisation"), ("pt-br", "Organização")])
def test_headings_are_in_the_readers_language(event, language, words):
    with translation.override(language):
        assert lines(event)[0][3] == words


def test_answers_stand_under_their_questions(event, secretary):
    line, one = ask(event), ask(event, "one", "¿Cómo llega?", options="En bus\nA pie", position=1)
    enrol_for(event, secretary, answers={line.pk: "Aprender", one.pk: 1})
    crowd(event, 1)
    head, first, second = lines(event)
    assert head[12:] == ["¿Qué espera?", "¿Cómo llega?"]
    assert first[12:] == ["Aprender", "A pie"]
    assert second[12:] == ["Aprender", "Aprender"]


def test_questions_of_the_evaluation_are_not_in_it(event):
    ask(event, asked_at="evaluation")
    assert len(lines(event)[0]) == 12


def test_needs_are_in_it_only_when_asked_for(event, secretary):
    enrol_for(event, secretary, needs={"diet": "Sin sal", "interpretation": "pt-br"})
    assert "Sin sal" not in lines(event)[1]
    assert lines(event, needs=True)[1][13:] == ["", "", "Sin sal"]


def test_needs_that_are_forgotten_are_in_it_no_more(event, secretary, clock):
    enrol_for(event, secretary, needs={"diet": "Sin sal"})
    clock.move_to(event.ends_at)
    clock.shift(15 * 86_400)
    actions.forget_needs()
    assert lines(event, needs=True)[1][12:] == [""] * 4


def test_who_needs_nothing_has_empty_cells(event):
    crowd(event, 1)
    assert lines(event, needs=True)[1][12:] == [""] * 4


@pytest.mark.parametrize("words", DANGER)
def test_csv_counts_nothing(event, words):
    crowd(event, 1, name=words, affiliation=words, email="")
    row = lines(event)[1]
    assert row[2] == f"'{words}"
    assert row[3] == f"'{words}"


@pytest.mark.parametrize("words", DANGER)
def test_workbook_counts_nothing(event, words):
    question = ask(event, label=words)
    made = crowd(event, 1, name=words)[0]
    Needs.objects.create(registration=made, diet=words)
    made.answers.filter(question=question).update(text=words)
    head, row = cells(event, needs=True)
    assert [head[12], row[2], row[12], row[16]] == [f"'{words}"] * 4


def test_workbook_and_csv_say_the_same(event):
    crowd(event, 3)
    assert [[str(cell or "") for cell in row] for row in cells(event)] == lines(event)


def test_workbook_is_the_same_each_time(event):
    crowd(event, 2)
    assert registrations_file(event, "xlsx") == registrations_file(event, "xlsx")


@pytest.mark.parametrize("needs", [False, True])
def test_file_asks_the_same_however_many_there_are(event, needs):
    ask(event)
    crowd(event, 1, needs=True)
    flat(lambda: registrations_file(event, "csv", needs=needs), lambda: crowd(event, 3, needs=True), ceiling=5)


def test_file_holds_at_six_hundred(event):
    crowd(event, 1)
    flat(lambda: registrations_file(event, "csv"), lambda: crowd(event, 600), ceiling=5)


def test_empty_list_has_its_head(event):
    assert len(lines(event)) == 1


def test_needs_are_those_of_who_has_a_place(event):
    crowd(event, 1, name="Viene", needs=True)
    crowd(event, 1, name="Espera", state="waiting", needs=True)
    found = needs_of(event)
    assert [row.name for row in found["diet"]] == ["Viene"]
    assert (found["access"], found["childcare"]) == ([], [])


def test_needs_name_the_language(event):
    crowd(event, 1, needs=True)
    assert needs_of(event)["interpretation"][0].words == "Português"


@pytest.mark.parametrize(
    ("kind", "text", "chosen", "words"),
    [
        ("line", "Hola", [], "Hola"),
        ("one", "", [1], "B"),
        ("several", "", [0, 2], "A; C"),
        ("several", "", [0, 9], "A"),
        ("yes", "", [1], "sí"),
        ("yes", "", [0], "no"),
        ("scale", "", [4], "4"),
        ("scale", "5", [], "5"),
    ],
)
def test_answer_is_said_in_words(event, kind, text, chosen, words):
    assert said(ask(event, kind, options="A\nB\nC"), text, chosen) == words


def test_answers_of_other_events_are_not_read(event):
    other = open_event("otro")
    ask(other)
    crowd(other, 1)
    assert answers_of(event, other.registrations.all()) == ([], {})
