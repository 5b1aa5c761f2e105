"""Placing, changing and taking away sessions; what the database refuses of them."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from events.actions import agenda, agenda_voices
from events.actions.agenda_clashes import refusing_clashes
from events.models import Event, Session, SessionVoice
from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError, StaleState
from tests.conftest import make_person
from tests.factories.agenda import at, long_event, place, room, speak, track, voice, write_session
from tests.factories.events import stored


@pytest.fixture
def event(db):
    return long_event()


def change(session, actor, **facts):
    return agenda.change_session(session=session, actor=actor, **facts)


def test_a_session_is_placed(event, secretary):
    session = place(event, secretary, 9, title_es="Apertura", room=room(event, secretary))
    assert (session.slug, session.room.name_es, session.kind) == ("apertura", "Sala A", "panel")
    assert AuditEntry.objects.get(verb="events.session_placed").data == {"session": "apertura"}


def test_the_same_form_sent_twice_places_one(event, secretary):
    once = uuid.uuid4()
    facts = {"title_es": "Apertura", "starts_at": at(event, 9), "ends_at": at(event, 10)}
    both = [agenda.place_session(event=event, actor=secretary, once=once, **facts) for _ in range(2)]
    assert both[0] == both[1]
    assert event.sessions.count() == 1


def test_who_does_not_run_the_event_places_nothing(event, miner):
    with pytest.raises(PermissionDenied):
        place(event, miner.user)


def test_two_sessions_of_one_name_have_two_addresses(event, secretary):
    slugs = {place(event, secretary, hour, title_es="Mesa redonda").slug for hour in (9, 10)}
    assert len(slugs) == 2


def test_a_title_without_letters_has_an_address(event, secretary):
    assert place(event, secretary, title_es="¿…?").slug.startswith("s-")


def test_an_address_is_of_its_own_event(event, secretary):
    other = long_event("otra")
    assert place(event, secretary, title_es="Agua").slug == place(other, secretary, title_es="Agua").slug


def test_a_break_needs_no_title(event, secretary):
    assert place(event, secretary, title_es="", kind="break").slug == "break"


def test_everything_else_needs_a_title(event, secretary):
    with pytest.raises(DomainError, match="título"):
        place(event, secretary, title_es="")


@pytest.mark.parametrize(("hour", "day"), [(9, -1), (9, 2), (23, 1)])
def test_a_session_lies_within_the_days_of_its_event(event, secretary, hour, day):
    with pytest.raises(DomainError, match="días"):
        place(event, secretary, hour, hours=2, day=day)


def test_a_session_may_end_at_midnight_of_the_last_day(event, secretary):
    assert place(event, secretary, 22, hours=2, day=1)


def test_the_evening_after_the_sessions_belongs_to_the_day(event, secretary):
    assert place(event, secretary, 20, title_es="Cena")


def test_a_session_ends_after_it_begins(event, secretary):
    with pytest.raises(DomainError, match="antes"):
        place(event, secretary, hours=0)


@pytest.mark.parametrize("make", [room, track])
def test_a_room_or_track_of_another_event_is_refused(event, secretary, make):
    foreign = make(long_event("otra"), secretary)
    with pytest.raises(DomainError):
        place(event, secretary, **{make.__name__: foreign})


def test_nothing_is_placed_in_a_cancelled_event(secretary):
    with pytest.raises(DomainError):
        place(stored("nunca", state="cancelled"), secretary)


# --- rooms
def test_two_sessions_in_one_room_are_refused_with_both_named(event, secretary):
    sala = room(event, secretary)
    place(event, secretary, 9, title_es="Apertura", room=sala)
    with pytest.raises(DomainError, match=r"Sala A.*Apertura.*09:00–10:00"):
        place(event, secretary, 9, title_es="Otra", room=sala)
    assert event.sessions.count() == 1


@pytest.mark.parametrize(("hour", "hours"), [(8, 4), (9, 2), (10, 1), (8, 2)])
def test_every_overlap_is_refused(event, secretary, hour, hours):
    sala = room(event, secretary)
    place(event, secretary, 9, hours=2, room=sala)
    with pytest.raises(DomainError):
        place(event, secretary, hour, hours=hours, room=sala)


@pytest.mark.parametrize("hour", [8, 10])
def test_neighbours_in_a_room_are_allowed(event, secretary, hour):
    sala = room(event, secretary)
    place(event, secretary, 9, room=sala)
    assert place(event, secretary, hour, room=sala)


def test_another_room_is_free(event, secretary):
    place(event, secretary, 9, room=room(event, secretary))
    assert place(event, secretary, 9, room=room(event, secretary, "Sala B"))


def test_sessions_without_a_room_may_overlap(event, secretary):
    assert [place(event, secretary, 9) for _ in range(2)]


def test_the_database_refuses_what_no_action_has_asked(event, secretary):
    sala = room(event, secretary)
    write_session(event, 9, room=sala)
    with pytest.raises(IntegrityError, match="one_session_a_room"), transaction.atomic():
        write_session(event, 9, room=sala)


def test_a_refusal_of_another_kind_is_not_dressed_up(event, secretary):
    one = place(event, secretary)
    with pytest.raises(IntegrityError), refusing_clashes([one], secretary):
        write_session(event, 10, slug=one.slug)


# --- changing
def test_a_session_is_changed_and_its_address_stays(event, secretary):
    session = place(event, secretary, title_es="Apertura")
    changed = change(session, secretary, title_es="Bienvenida")
    assert (changed.title_es, changed.slug) == ("Bienvenida", "apertura")
    assert AuditEntry.objects.get(verb="events.session_changed").data["fields"] == ["title_es"]


def test_a_session_moves_into_a_taken_room_only_when_it_is_free(event, secretary):
    sala = room(event, secretary)
    place(event, secretary, 9, title_es="Apertura", room=sala)
    session = place(event, secretary, 10, title_es="Panel", room=sala)
    with pytest.raises(DomainError, match="Apertura"):
        change(session, secretary, starts_at=at(event, 9), ends_at=at(event, 10))
    session.refresh_from_db()
    assert session.starts_at == at(event, 10)


def test_who_speaks_moves_along(event, secretary, miner):
    session = place(event, secretary)
    voice(session, secretary, member=miner.slug)
    change(session, secretary, starts_at=at(event, 15), ends_at=at(event, 16))
    assert list(session.voices.values_list("starts_at", "ends_at")) == [(at(event, 15), at(event, 16))]


def test_a_session_does_not_move_onto_another_of_its_speaker(event, secretary, miner):
    voice(place(event, secretary, 9, title_es="Apertura"), secretary, member=miner.slug)
    session = place(event, secretary, 10, title_es="Panel")
    voice(session, secretary, member=miner.slug)
    with pytest.raises(DomainError, match=r"Rosa Quispe.*Apertura"):
        change(session, secretary, starts_at=at(event, 9, 30), ends_at=at(event, 10, 30))
    assert session.voices.get().starts_at == at(event, 10)


def test_who_saves_after_another_is_told(event, secretary):
    session = place(event, secretary)
    seen = session.updated_at.isoformat()
    assert change(session, secretary, seen=seen, title_es="Una")
    Session.objects.filter(pk=session.pk).update(updated_at=session.updated_at + timedelta(seconds=1))
    with pytest.raises(StaleState):
        change(session, secretary, seen=seen, title_es="Otra")


def test_a_session_that_is_gone_is_not_changed(event, secretary):
    session = place(event, secretary)
    agenda.remove_session(session=session, actor=secretary)
    with pytest.raises(StaleState):
        change(session, secretary, title_es="Otra")


def test_a_form_sent_unchanged_changes_nothing(event, secretary):
    session = place(event, secretary)
    before = session.updated_at, event.sequence
    changed = change(session, secretary, title_es=session.title_es, title_en="")
    assert (changed.updated_at, changed.sequence) == (before[0], 0)


# --- calendars
def sequence(thing):
    return type(thing).objects.get(pk=thing.pk).sequence


def test_calendars_take_over_a_moved_session(event, secretary):
    session = place(event, secretary)
    before = sequence(event)
    change(session, secretary, starts_at=at(event, 15), ends_at=at(event, 16))
    assert (sequence(session), sequence(event)) == (1, before + 1)


def test_calendars_take_over_new_and_gone_sessions(event, secretary):
    before = sequence(event)
    session = place(event, secretary)
    agenda.remove_session(session=session, actor=secretary)
    assert sequence(event) == before + 2


def test_a_track_is_no_business_of_calendars(event, secretary):
    session = place(event, secretary)
    before = sequence(event)
    change(session, secretary, track=track(event, secretary))
    assert (sequence(session), sequence(event)) == (0, before)


def test_a_draft_is_in_no_calendar(secretary):
    event = long_event("borrador", state="draft")
    session = place(event, secretary)
    change(session, secretary, title_es="Otra")
    agenda.remove_session(session=session, actor=secretary)
    assert (event.sequence, Event.objects.get(pk=event.pk).sequence) == (0, 0)


# --- taking away
def test_a_session_is_taken_away_once(event, secretary, miner):
    session = place(event, secretary)
    speak(session, person=miner)
    for _ in range(2):
        agenda.remove_session(session=session, actor=secretary)
    assert not SessionVoice.objects.exists()
    assert AuditEntry.objects.filter(verb="events.session_removed").count() == 1


def test_who_does_not_run_the_event_takes_nothing_away(event, secretary, miner):
    session = place(event, secretary)
    with pytest.raises(PermissionDenied):
        agenda.remove_session(session=session, actor=miner.user)


# --- one's own agenda
def test_a_session_is_marked_once_and_unmarked(event, secretary, visitor):
    session = place(event, secretary)
    for _ in range(2):
        agenda.mark_session(session=session, actor=visitor)
    assert list(Session.objects.marked_by(visitor)) == [session]
    for _ in range(2):
        agenda.unmark_session(session=session, actor=visitor)
    assert not Session.objects.marked_by(visitor).exists()


def test_my_agenda_is_mine_alone(event, secretary, visitor, miner):
    agenda.mark_session(session=place(event, secretary), actor=visitor)
    assert not Session.objects.marked_by(miner.user).exists()


def test_what_one_does_not_see_is_not_marked(secretary, group, visitor):
    session = place(long_event("cerrada", audience="group", groups=[group]), secretary)
    with pytest.raises(PermissionDenied):
        agenda.mark_session(session=session, actor=visitor)


def test_what_one_sees_no_more_leaves_my_agenda(event, secretary, visitor):
    agenda.mark_session(session=place(event, secretary), actor=visitor)
    Event.objects.filter(pk=event.pk).update(audience="members")
    assert not Session.objects.marked_by(visitor).exists()


# --- who speaks
def test_a_member_is_found_by_name_and_by_address(event, secretary, miner):
    for number, words in enumerate(["rosa quispe", "ROSA QUISPE", "rosa-quispe", "https://red.example.org/es/personas/rosa-quispe/"]):
        assert voice(place(event, secretary, 9 + number), secretary, member=words).person == miner


def test_two_members_of_one_name_need_an_address(event, secretary, miner):
    make_person("rosa-quispe-2", name=miner.name)
    with pytest.raises(DomainError, match="dirección"):
        voice(place(event, secretary), secretary, member=miner.name)


def test_a_member_whom_the_actor_does_not_see_is_not_found(group, chair):
    hidden = make_person("nadie-sabe", name_audience="nobody")
    session = place(long_event("mesa", groups=[group]), chair)
    with pytest.raises(DomainError):
        voice(session, chair, member=hidden.slug)


def test_nobody_is_in_two_sessions_at_once(event, secretary, miner):
    voice(place(event, secretary, 9, hours=2, title_es="Apertura"), secretary, member=miner.slug)
    with pytest.raises(DomainError, match=r"Rosa Quispe.*Apertura.*09:00–11:00"):
        voice(place(event, secretary, 10), secretary, member=miner.slug)


def test_neighbouring_sessions_of_a_speaker_are_allowed(event, secretary, miner):
    voice(place(event, secretary, 9), secretary, member=miner.slug)
    assert voice(place(event, secretary, 10), secretary, member=miner.slug)


def test_a_speaker_may_be_at_two_events_at_once(event, secretary, miner):
    voice(place(event, secretary), secretary, member=miner.slug)
    assert voice(place(long_event("otra"), secretary), secretary, member=miner.slug)


def test_a_refusal_does_not_name_who_is_hidden(group, chair, secretary):
    hidden = make_person("nadie-sabe", name="Zqoculta", name_audience="nobody")
    event = long_event("mesa", groups=[group])
    voice(place(event, chair, 9), secretary, member=hidden.slug)
    session = place(event, chair, 10)
    voice(session, secretary, member=hidden.slug)
    with pytest.raises(DomainError) as refusal:
        change(session, chair, starts_at=at(event, 9), ends_at=at(event, 10))
    assert "Zqoculta" not in str(refusal.value)
    assert "integrante de la red" in str(refusal.value)


def test_a_new_guest_speaks_and_is_kept(event, secretary):
    made = voice(place(event, secretary, 9), secretary, name="Ana Lima", affiliation="Universidad")
    again = voice(place(event, secretary, 10), secretary, name="ana lima", affiliation="universidad")
    assert made.guest == again.guest
    assert event.guests.count() == 1


def test_a_guest_is_not_in_two_sessions_at_once(event, secretary):
    guest = voice(place(event, secretary, 9), secretary, name="Ana Lima").guest
    with pytest.raises(DomainError, match="Ana Lima"):
        voice(place(event, secretary, 9), secretary, guest=guest)


def test_a_guest_of_another_event_is_refused(event, secretary):
    guest = voice(place(long_event("otra"), secretary), secretary, name="Ana").guest
    with pytest.raises(DomainError):
        voice(place(event, secretary), secretary, guest=guest)


@pytest.mark.parametrize("who", [{}, {"member": "rosa-quispe", "name": "Ana"}])
def test_one_is_named_and_no_more(event, secretary, miner, who):
    with pytest.raises(DomainError):
        voice(place(event, secretary), secretary, **who)


def test_who_is_in_a_session_already_gets_the_new_role(event, secretary, miner):
    session = place(event, secretary)
    voice(session, secretary, member=miner.slug)
    voice(session, secretary, member=miner.slug, role="chair")
    assert list(session.voices.values_list("role", flat=True)) == ["chair"]


def test_somebody_is_taken_out_once(event, secretary, miner):
    session = place(event, secretary)
    number = voice(session, secretary, member=miner.slug).pk
    for _ in range(2):
        agenda_voices.remove_voice(session=session, actor=secretary, number=number)
    assert not session.voices.exists()
    assert AuditEntry.objects.filter(verb="events.voice_removed").count() == 1


def test_voices_are_counted_in_their_order(event, secretary, miner, neighbour):
    session = place(event, secretary)
    voices = [voice(session, secretary, member=one.slug) for one in (miner, neighbour)]
    assert [one.position for one in voices] == [0, 1]
