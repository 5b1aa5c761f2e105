"""Rooms, tracks and guests; documents of sessions."""

import pytest
from django.core.exceptions import PermissionDenied

from events.actions import agenda_places, agenda_voices
from events.models import Guest, Room, SessionDocument, Track
from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError, StaleState
from tests.factories.agenda import long_event, place, room, track, voice
from tests.factories.publications import make_record


@pytest.fixture
def event(db):
    return long_event()


def add(event, actor, what, **facts):
    return agenda_places.add_place(event=event, actor=actor, what=what, **facts)


def remove(thing, actor):
    agenda_places.remove_place(place=thing, actor=actor)


@pytest.mark.parametrize(("what", "facts"), [("room", {"name_pt": "Sala"}), ("track", {"name_en": "Water"}), ("guest", {"name": "Ana"})])
def test_a_part_of_an_agenda_is_added_once(event, secretary, what, facts):
    assert add(event, secretary, what, **facts) == add(event, secretary, what, **facts)
    assert AuditEntry.objects.filter(verb=f"events.{what}_added").count() == 1


@pytest.mark.parametrize(("what", "facts"), [("room", {"name_es": ""}), ("track", {}), ("guest", {"name": ""})])
def test_a_part_without_a_name_is_refused(event, secretary, what, facts):
    with pytest.raises(DomainError, match="nombre"):
        add(event, secretary, what, **facts)


def test_who_does_not_run_the_event_adds_no_room(event, miner):
    with pytest.raises(PermissionDenied):
        room(event, miner.user)


def test_rooms_stand_in_their_order(event, secretary):
    assert [room(event, secretary, name).position for name in ("B", "A", "C")] == [0, 1, 2]


def test_two_guests_of_one_name_differ_by_organisation(event, secretary):
    assert add(event, secretary, "guest", name="Ana", affiliation="A") != add(event, secretary, "guest", name="Ana", affiliation="B")


def test_a_room_is_changed(event, secretary):
    sala = room(event, secretary)
    agenda_places.change_place(place=sala, actor=secretary, name_es="Auditorio", places=80)
    assert Room.objects.values_list("name_es", "places").get() == ("Auditorio", 80)


def test_a_room_does_not_take_the_name_of_another(event, secretary):
    room(event, secretary, "Sala A")
    with pytest.raises(DomainError):
        agenda_places.change_place(place=room(event, secretary, "Sala B"), actor=secretary, name_es="sala a")


def test_a_room_may_keep_its_name(event, secretary):
    sala = room(event, secretary)
    agenda_places.change_place(place=sala, actor=secretary, name_es="Sala A", places=5)
    assert Room.objects.get().places == 5


def test_a_track_that_is_gone_is_not_changed(event, secretary):
    agua = track(event, secretary)
    Track.objects.all().delete()
    with pytest.raises(StaleState):
        agenda_places.change_place(place=agua, actor=secretary, name_es="Otra")


def test_a_room_goes_and_its_sessions_stay(event, secretary):
    sala = room(event, secretary)
    session = place(event, secretary, room=sala)
    pk = sala.pk
    remove(sala, secretary)
    sala.pk = pk
    remove(sala, secretary)
    session.refresh_from_db()
    assert session.room is None
    assert AuditEntry.objects.filter(verb="events.room_removed").count() == 1


def test_a_guest_goes_with_their_voices(event, secretary):
    session = place(event, secretary)
    voice(session, secretary, name="Ana")
    remove(Guest.objects.get(), secretary)
    assert not session.voices.exists()


# --- documents
def test_a_record_is_laid_beside_a_session(event, secretary):
    session, record = place(event, secretary), make_record()
    agenda_voices.add_session_document(session=session, actor=secretary, code=f" {record.code.lower()} ")
    assert SessionDocument.objects.get().record == record


def test_a_record_lies_beside_a_session_once(event, secretary):
    session, record = place(event, secretary), make_record()
    agenda_voices.add_session_document(session=session, actor=secretary, code=record.code)
    with pytest.raises(DomainError, match="ya está"):
        agenda_voices.add_session_document(session=session, actor=secretary, code=record.code)


def test_a_record_that_is_not_out_is_refused(event, secretary):
    with pytest.raises(DomainError, match="biblioteca"):
        agenda_voices.add_session_document(session=place(event, secretary), actor=secretary, code=make_record(state="draft").code)


def test_a_record_is_taken_away_once(event, secretary):
    session, record = place(event, secretary), make_record()
    agenda_voices.add_session_document(session=session, actor=secretary, code=record.code)
    for _ in range(2):
        agenda_voices.remove_session_document(session=session, actor=secretary, code=record.code)
    assert AuditEntry.objects.filter(verb="events.session_document_removed").count() == 1
