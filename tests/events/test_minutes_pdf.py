"""Minutes on paper: what stands in them, for whom, and in which language."""

import re

import pytest

from events import actions
from events.exports import minutes_pdf
from events.exports.minutes_pdf import file_name, present_in_words
from events.querysets.presence import presence_of
from events.views import minutes_group
from red_mpe.core import press
from red_mpe.core.press import PressError
from tests.conftest import make_person
from tests.factories.minutes import begun, item_of, meeting, published, task_for, there
from tests.support.pages import text_of, url
from tests.support.pdf import letters, unpacked
from tests.support.queries import flat


@pytest.fixture
def event(group):
    return meeting("junta", group)


@pytest.fixture
def minutes(event, chair):
    return published(event, chair)


@pytest.fixture
def sheet(monkeypatch):
    """Ask for a file and return the data it would be set from."""
    found = []
    monkeypatch.setattr(press, "pdf", lambda template, data, **more: found.append({**data, **more}) or b"%PDF")

    def ask(client, address, **query):
        assert client.get(address, query).status_code == 200
        return found[-1]

    return ask


ONE, ALL = ("events:minutes_pdf", "junta"), ("events:group_minutes_file", "mesa", "pdf")


def titles(data):
    return [one["title"]["text"] for one in data["meetings"]]


# --- the file itself


def test_minutes_are_a_tagged_pdf_with_bookmarks(as_user, minutes, seated):
    response = as_user(seated).get(url(*ONE))
    inside = unpacked(response.content)
    assert all(mark in inside for mark in (b"/StructTreeRoot", b"/Outlines", b"/Lang"))
    assert response["Content-Disposition"] == 'attachment; filename="acta-junta-es.pdf"'
    assert response["Cache-Control"] == "no-store, private"


def test_file_is_light(as_user, minutes, seated):
    assert len(as_user(seated).get(url(*ONE)).content) < 80_000


def test_letters_of_quechua_and_portuguese_can_be_read_and_copied(as_user, minutes, chair):
    words = "Ñuqanchikpa allpanchikʼ, wañuchiyqa: ação, pêssego, à ü ĩ"
    actions.add_item(minutes=minutes, actor=chair, title={"es": words})
    assert {letter for letter in words if letter.strip()} <= set(letters(as_user(chair).get(url(*ONE)).content))


def test_signs_of_markup_stay_signs(as_user, minutes, chair):
    actions.add_item(minutes=minutes, actor=chair, title={"es": "#panic() [x] $y$"}, summary={"es": "#let x = <a> @b"})
    assert set("#[]$<>@") <= set(letters(as_user(chair).get(url(*ONE)).content))


def test_several_meetings_are_one_file(as_user, minutes, group, chair):
    published(meeting("antes", group, days_ago=40), chair)
    inside = unpacked(as_user(chair).get(url(*ALL)).content)
    assert len(re.findall(rb"/Type\s*/Page\b", inside)) == 3


# --- what stands in it


def test_sheet_holds_what_the_page_holds(as_user, minutes, seated, sheet):
    data = sheet(as_user(seated), url(*ONE))
    (item,) = data["meetings"][0]["items"]
    assert (item["number"], item["title"]["text"]) == ("1.", "Agua")
    assert [(row["code"], row["text"]["text"]) for row in item["resolutions"]] == [
        ("D1", "Se mide el río cada mes."),
        ("A1", "Volver en mayo."),
    ]
    assert [(task["text"]["text"], task["who"], task["state"]) for task in data["meetings"][0]["tasks"]] == [
        ("Pedir el permiso.", "Doña Luz", "pendiente")
    ]
    assert data["below"][-1].endswith(url("events:minutes", "junta"))


def test_sheet_is_in_the_language_of_the_page_and_marks_what_is_not(as_user, minutes, seated, sheet):
    data = sheet(as_user(seated), url(*ONE, language="pt-br"))
    (item,) = data["meetings"][0]["items"]
    assert data["language"] == "pt-br"
    assert (item["summary"]["text"], item["summary"]["mark"]) == ("Falou-se da água.", "")
    assert (item["title"]["lang"], item["title"]["mark"]) == ("es", "Español")
    assert data["words"]["items"] == "Do que se falou"


def test_sheet_says_where_the_minutes_stand(as_user, group, minutes, chair, sheet):
    actions.write_opening(minutes=minutes, actor=chair, opening={"es": "Hola."})
    actions.approve_minutes(minutes=minutes, actor=chair, at_event=meeting("despues", group, days_ago=1))
    below = " ".join(sheet(as_user(chair), url(*ONE))["below"])
    assert all(word in below for word in ("aprobada", "despues", "Corregida el", f"A cargo de {chair.person.name}"))


def test_struck_out_resolution_is_told_as_such(as_user, minutes, chair, sheet):
    actions.remove_resolution(resolution=item_of(minutes).resolutions.get(kind="decision"), actor=chair)
    assert sheet(as_user(chair), url(*ONE))["meetings"][0]["items"][0]["resolutions"][0]["struck"] is True


def test_draft_says_that_it_is_one(as_user, event, chair, sheet):
    begun(event, chair)
    assert "borrador" in sheet(as_user(chair), url(*ONE))["kicker"]


# --- for whom


def test_names_are_those_that_the_page_names(as_user, minutes, event, chair, seated, sheet):
    there(event, chair.person)
    task_for(minutes, chair, person=make_person("oculta", name_audience="nobody"))
    data = sheet(as_user(seated), url(*ONE))
    assert ["Presencial", "Preside Mesa"] in data["present"]
    assert ["Ausentes", "Sienta Mesa"] in data["present"]
    assert data["meetings"][0]["tasks"][-1]["who"] == "una persona miembro"


def test_strangers_read_no_names_on_paper(as_user, group, chair, sheet):
    event = meeting("junta", group, audience="public")
    there(event, chair.person)
    published(event, chair)
    assert sheet(as_user(), url(*ONE))["present"] == []


def test_guests_and_others_are_told_as_on_the_page(event, chair, seated, miner):
    for person in (chair.person, miner):
        there(event, person)
    pairs = dict(present_in_words(presence_of(event, seated)))
    assert pairs["Además"] == "1 persona más"


@pytest.mark.parametrize("address", [ONE, ALL])
def test_strangers_find_no_file(as_user, minutes, miner, address):
    assert as_user(miner).get(url(*address)).status_code == 404


def test_minutes_taken_back_are_no_file_but_their_reason(as_user, minutes, chair, seated):
    actions.withdraw_minutes(minutes=minutes, actor=chair, reason="Falta un punto.")
    response = as_user(seated).get(url(*ONE))
    assert response.status_code == 410
    assert "Falta un punto." in text_of(response)


# --- of a group


def test_meetings_are_those_that_were_asked_for(as_user, minutes, group, chair, seated, sheet):
    published(meeting("vieja", group, days_ago=100), chair)
    begun(meeting("borrador", group, days_ago=2), chair)
    client = as_user(seated)
    assert titles(sheet(client, url(*ALL))) == ["junta", "vieja"]
    assert titles(sheet(client, url(*ALL), year="2025")) == ["vieja"]
    assert sheet(client, url(*ALL), year="2025", q="río")["below"][:3] == ["1 reunión", "2025", "“río”"]


def test_of_very_many_meetings_the_last_are_set_and_it_is_said(as_user, minutes, group, chair, seated, sheet, monkeypatch):
    monkeypatch.setattr(minutes_group, "MEETINGS", 1)
    published(meeting("vieja", group, days_ago=100), chair)
    data = sheet(as_user(seated), url(*ALL))
    assert titles(data) == ["junta"]
    assert "2 reuniones" in data["below"][0]


def test_file_of_a_group_names_nobody_who_was_there(as_user, minutes, event, chair, seated, sheet):
    there(event, chair.person)
    assert sheet(as_user(seated), url(*ALL))["present"] == []


def test_file_of_a_group_is_flat(as_user, minutes, group, chair, seated, sheet):
    client = as_user(seated)

    def grow():
        for days in (9, 19, 29):
            published(meeting(f"otra-{days}", group, days_ago=days), chair)

    flat(lambda: sheet(client, url(*ALL)), grow, ceiling=18)


@pytest.mark.parametrize(("more", "name"), [({}, "acta-junta-es.pdf"), ({"many": True, "year": 2025}, "actas-junta-2025-es.pdf")])
def test_file_is_named_in_its_language(more, name):
    assert file_name("junta", **more) == name


@pytest.mark.parametrize("address", [ONE, ALL])
def test_file_that_cannot_be_made_is_told_on_the_page(as_user, minutes, seated, monkeypatch, address):
    def fail(*args, **more):
        raise PressError("no")

    monkeypatch.setattr(press, "pdf", fail)
    assert "no se pudo hacer" in text_of(as_user(seated).get(url(*address), follow=True)).lower()


def test_pages_lead_to_the_files(as_user, minutes, seated):
    client = as_user(seated)
    assert url(*ONE) in client.get(url("events:minutes", "junta")).content.decode()
    assert url(*ALL) in client.get(url("events:group_minutes", "mesa")).content.decode()


def test_standing_of_a_draft_gives_no_day(event, chair):
    assert list(minutes_pdf.standing(begun(event, chair))) == ["borrador"]
