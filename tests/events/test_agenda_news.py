"""Who is told that a session moved or was taken away, when, and how often."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from events import tasks
from events.actions import agenda, agenda_places, cancel_event
from events.actions.agenda_news import tell_moves
from events.models import AgendaNews, Event, SessionMove
from events.notifications.agenda import MOVED, havers, still_having, topics
from red_mpe.core.models import AuditEntry
from red_mpe.notifications.mailing.press import Press
from red_mpe.notifications.mailing.words import load_targets
from tests.factories.agenda import at, long_event, room, speak, write_session


@pytest.fixture
def event(db):
    return long_event()


@pytest.fixture
def session(event, miner):
    one = write_session(event, 9)
    agenda.mark_session(session=one, actor=miner.user)
    return one


def move(session, actor, hour=11, **facts):
    times = {"starts_at": at(session.event, hour), "ends_at": at(session.event, hour + 1)}
    return agenda.change_session(session=session, actor=actor, **(times | facts))


def quiet(clock):
    clock.shift(timedelta(minutes=10))
    return tell_moves()


def entry():
    one = AuditEntry.objects.get(verb=MOVED)
    load_targets([one])
    return one


def letter(zone="America/Lima"):
    one, press = entry(), Press()
    with translation.override("en"), timezone.override(zone):
        press.words.describe([one])
        return press.single(one)


def test_who_has_it_and_its_voices_are_told(session, miner, scholar, secretary, clock):
    speak(session, person=scholar)
    move(session, secretary)
    assert quiet(clock) == 1
    assert havers(entry()) == {miner.user.pk, scholar.user.pk}


def test_nobody_is_told_before_it_is_quiet(session, secretary, clock):
    move(session, secretary)
    clock.shift(timedelta(minutes=9))
    move(session, secretary, 13)
    clock.shift(timedelta(minutes=9))
    assert tell_moves() == 0


def test_many_moves_are_one_piece_of_news(session, event, miner, secretary, clock):
    other = write_session(event, 14)
    agenda.mark_session(session=other, actor=miner.user)
    move(move(session, secretary), secretary, 12)
    move(other, secretary, 15)
    assert quiet(clock) == 1
    assert AgendaNews.objects.get().moves.count() == 2


def test_it_is_told_once(session, secretary, clock):
    move(session, secretary)
    clock.shift(timedelta(minutes=10))
    tasks.tell_of_sessions()
    tasks.tell_of_sessions()
    assert AgendaNews.objects.count() == 1


def test_back_where_it_was_tells_nobody(session, secretary, clock):
    move(move(session, secretary), secretary, 9)
    assert quiet(clock) == 0
    assert not SessionMove.objects.filter(told_at=None).exists()


def test_another_title_tells_nobody(session, secretary, clock):
    move(session, secretary, 9, title_es="Otro")
    assert quiet(clock) == 0


def test_one_that_was_taken_away_is_told(session, miner, secretary, clock):
    agenda.remove_session(session=session, actor=secretary)
    assert quiet(clock) == 1
    assert havers(entry()) == {miner.user.pk}
    assert "It does not take place." in letter().text


def test_a_room_that_was_taken_away_is_told(session, event, secretary, clock):
    place = room(event, secretary)
    move(session, secretary, 9, room=place)
    quiet(clock)
    agenda_places.remove_place(place=place, actor=secretary)
    assert quiet(clock) == 1


def test_a_draft_tells_nobody(session, event, secretary, clock):
    Event.objects.update(state="draft")
    move(session, secretary)
    assert not SessionMove.objects.exists()


def test_one_that_was_called_off_meanwhile_tells_nobody(session, event, secretary, clock):
    move(session, secretary)
    cancel_event(actor=secretary, event=event, reason={"es": "Lluvias."})
    assert quiet(clock) == 0


def test_mail_says_what_was_and_what_is_by_both_clocks(session, event, secretary, clock):
    move(session, secretary, room=room(event, secretary))
    quiet(clock)
    words = letter("Europe/Madrid")
    for text in (words.text, words.html):
        assert "09:00 to 10:00 (Lima time)" in text
        assert "11:00 to 12:00 (Lima time)" in text
        assert "(Madrid time)" in text
        assert "Sala A" in text


def test_it_is_not_told_to_who_may_not_see_the_event(session, miner, visitor, secretary, clock):
    move(session, secretary)
    quiet(clock)
    Event.objects.update(audience="members")
    one = entry()
    assert still_having([one], miner.user) == [one.pk]
    assert still_having([one], visitor) == []


def test_it_belongs_to_its_event_and_the_groups_of_that(session, event, secretary, clock):
    move(session, secretary)
    quiet(clock)
    assert topics(entry()) == [f"event:{event.slug}"]


def test_names_of_what_is_kept(session, event, secretary, clock):
    move(session, secretary)
    quiet(clock)
    assert str(SessionMove.objects.get()) == f"{event.pk} {session.pk}"
    assert str(AgendaNews.objects.get()) == f"{event.pk}"
