"""The desk of an agenda, for who runs the event."""

import uuid

import pytest

from events import registry
from events.models import Event, Guest, Room, Session, Track
from tests.conftest import make_person
from tests.factories.agenda import at, long_event, place, room, speak, write_session
from tests.factories.publications import make_record
from tests.support.pages import text_of, url
from tests.support.queries import flat


@pytest.fixture
def event(db):
    return long_event()


def page(client, event, query="", name="events:agenda"):
    return client.get(url(name, event.slug) + query)


def grow(event, many=3, day=0):
    """Sessions with everything that can lie beside them."""
    for number in range(many):
        sala, eje = Room.objects.create(event=event, name_es=uuid.uuid4().hex), Track.objects.create(event=event, name_es="E")
        session = write_session(event, 9 + number % 8, day=day, room=sala, track=eje, languages=["es"])
        speak(session, person=make_person(uuid.uuid4().hex, name_audience="public"))
        speak(session, guest=Guest.objects.create(event=event, name=f"G {number}"))
        session.documents.create(record=make_record(f"D {number}"))


def form(event, hour=9, **more):
    known = {"once": str(uuid.uuid4()), "kind": "panel", "title_es": "Panel", "starts": at(event, hour).strftime("%Y-%m-%dT%H:%M")}
    return {**known, "ends": at(event, hour + 1).strftime("%Y-%m-%dT%H:%M"), **more}


def test_a_session_is_added_and_changed_on_the_desk(as_user, event, secretary):
    asked = as_user(secretary)
    assert asked.post(url("events:session_add", event.slug), form(event)).status_code == 303
    session = Session.objects.get()
    edit = url("events:session_edit", event.slug, session.slug)
    assert 'value="Panel"' in asked.get(edit).content.decode()
    assert asked.post(edit, form(event, 11, title_es="Mesa", seen=session.updated_at.isoformat())).status_code == 303
    session.refresh_from_db()
    assert (session.title_es, session.starts_at) == ("Mesa", at(event, 11))
    assert "Mesa" in text_of(asked.get(url("events:agenda_desk", event.slug)))


def test_a_form_sent_twice_adds_one(as_user, event, secretary):
    asked, sent = as_user(secretary), form(event)
    assert {asked.post(url("events:session_add", event.slug), sent).status_code for _ in range(2)} == {303}
    assert event.sessions.count() == 1


def test_a_taken_room_is_told_and_nothing_is_lost(as_user, event, secretary):
    sala = room(event, secretary)
    place(event, secretary, 9, title_es="Apertura", room=sala)
    response = as_user(secretary).post(url("events:session_add", event.slug), form(event, room=sala.pk, title_es="Zqpanel"))
    assert response.status_code == 409
    assert "está a esa hora «Apertura»" in text_of(response)
    assert "Zqpanel" in response.content.decode()


def test_a_late_form_is_told_and_nothing_is_lost(as_user, event, secretary):
    session = place(event, secretary)
    response = as_user(secretary).post(url("events:session_edit", event.slug, session.slug), form(event, title_es="Zq", seen="2020-01-01"))
    assert response.status_code == 409
    assert 'value="Zq"' in response.content.decode()


def test_an_hour_that_the_clocks_leave_out_is_refused(as_user, secretary):
    event = long_event("santiago", time_zone="America/Santiago")
    sent = form(event, starts="2026-09-06T00:30", ends="2026-09-06T02:00")
    response = as_user(secretary).post(url("events:session_add", event.slug), sent)
    assert response.status_code == 422
    assert "no existe ese día" in text_of(response)


def test_an_hour_that_comes_twice_is_told(as_user, secretary):
    starts = at(long_event("m", time_zone="Europe/Madrid"), 9).replace(year=2026, month=10, day=24)
    event = long_event("madrid", time_zone="Europe/Madrid", starts_at=starts, ends_at=starts.replace(hour=17))
    sent = form(event, starts="2026-10-25T02:30", ends="2026-10-25T04:00")
    told = text_of(as_user(secretary).post(url("events:session_add", event.slug), sent, follow=True))
    assert "02:30" in told
    assert "dos veces" in told


def test_the_next_session_begins_where_the_last_one_ends(as_user, event, secretary):
    sala = room(event, secretary)
    place(event, secretary, 9, room=sala)
    content = as_user(secretary).get(url("events:session_add", event.slug)).content.decode()
    assert at(event, 10).strftime("%Y-%m-%dT10:00") in content
    assert f'<option value="{sala.pk}" selected>' in content


def test_somebody_is_added_and_taken_out_on_the_desk(as_user, event, secretary, miner):
    session, asked = place(event, secretary), as_user(secretary)
    add, edit = url("events:voice_add", event.slug, session.slug), url("events:session_edit", event.slug, session.slug)
    assert asked.post(add, {"role": "chair", "member": "Rosa Quispe"}).status_code == 303
    assert "Rosa Quispe" in text_of(asked.get(edit))
    response = asked.post(add, {"role": "chair", "member": "Zqnadie"})
    assert response.status_code == 409
    assert "Zqnadie" in response.content.decode()
    asked.post(url("events:voice_remove", event.slug, session.slug, session.voices.get().pk))
    assert not session.voices.exists()


def test_a_document_is_added_and_taken_away_on_the_desk(as_user, event, secretary):
    session, record, asked = place(event, secretary), make_record(), as_user(secretary)
    add = url("events:session_document_add", event.slug, session.slug)
    assert asked.post(add, {"code": record.code}).status_code == 303
    assert asked.post(add, {"code": record.code}).status_code == 409
    asked.post(url("events:session_document_remove", event.slug, session.slug, record.code))
    assert not session.documents.exists()


@pytest.mark.parametrize(
    ("what", "sent"), [("room", {"name_es": "Zq", "places": "5"}), ("track", {"name_pt": "Zq"}), ("guest", {"name": "Zq"})]
)
def test_a_part_is_added_changed_and_taken_away_on_the_desk(as_user, event, secretary, what, sent):
    asked, desk = as_user(secretary), url("events:agenda_desk", event.slug)
    assert asked.post(url("events:place_add", event.slug, what), sent).status_code == 303
    assert "Zq" in text_of(asked.get(desk))
    pk = getattr(event, f"{what}s").get().pk
    assert "Zq" in asked.get(url("events:place_edit", event.slug, what, pk)).content.decode()
    assert (
        asked.post(url("events:place_edit", event.slug, what, pk), {**sent, "position": "3"} if what != "guest" else sent).status_code
        == 303
    )
    assert asked.post(url("events:place_remove", event.slug, what, pk)).status_code == 303
    assert not getattr(event, f"{what}s").exists()


@pytest.mark.parametrize("name", ["events:place_add", "events:place_edit"])
def test_an_unknown_part_is_not_found(as_user, event, secretary, name):
    args = [event.slug, "nada"] if name == "events:place_add" else [event.slug, "nada", 1]
    assert as_user(secretary).get(url(name, *args)).status_code == 404


def test_a_session_is_taken_away_on_the_desk(as_user, event, secretary):
    session = place(event, secretary)
    response = as_user(secretary).post(url("events:session_remove", event.slug, session.slug), follow=True)
    assert "ya no está en la agenda" in text_of(response)
    assert not Session.objects.exists()


def test_a_refusal_of_a_removal_is_told(as_user, event, secretary):
    session = place(event, secretary)
    Event.objects.filter(pk=event.pk).update(state="cancelled")
    told = text_of(as_user(secretary).post(url("events:session_remove", event.slug, session.slug), follow=True))
    assert Session.objects.exists()
    assert "cancel" in told.lower()


def test_the_desk_is_flat(as_user, event, secretary):
    asked = as_user(secretary)
    grow(event)
    flat(lambda: page(asked, event, name="events:agenda_desk"), lambda: grow(event), ceiling=20)


# --- the registry
def test_a_source_registered_twice_is_a_mistake():
    with pytest.raises(ValueError, match="twice"):
        registry.register(*registry.sources())
