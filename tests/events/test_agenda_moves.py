"""An event that moves takes its agenda along, by the clock of its place."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from events import actions
from events.models import Event, Session
from red_mpe.core.states import DomainError
from tests.factories.agenda import at, long_event, place, room, voice
from tests.factories.events import moment, stored


@pytest.fixture
def event(db):
    return long_event()


def shifted(event, actor, **by):
    """Move both ends of an event."""
    step = timedelta(**by)
    return actions.change_event(actor=actor, event=event, starts_at=event.starts_at + step, ends_at=event.ends_at + step)


def local(session, zone="America/Lima"):
    return Session.objects.get(pk=session.pk).starts_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def test_sessions_move_along_and_keep_their_hours(event, secretary, miner):
    session = place(event, secretary, 11, day=1)
    voice(session, secretary, member=miner.slug)
    before = local(session)
    shifted(event, secretary, days=7)
    session.refresh_from_db()
    assert local(session) == before + timedelta(days=7)
    assert session.voices.get().starts_at == session.starts_at
    assert session.sequence == 1


def test_neighbours_in_a_room_move_by_an_hour(event, secretary):
    sala = room(event, secretary)
    rows = [place(event, secretary, hour, room=sala) for hour in (9, 10, 11)]
    shifted(event, secretary, hours=1)
    assert [local(row).hour for row in rows] == [10, 11, 12]
    shifted(Event.objects.get(pk=event.pk), secretary, hours=-2)
    assert [local(row).hour for row in rows] == [8, 9, 10]


def test_a_speaker_from_session_to_session_moves_by_an_hour(event, secretary, miner):
    rows = [place(event, secretary, hour) for hour in (9, 10, 11)]
    for row in rows:
        voice(row, secretary, member=miner.slug)
    shifted(event, secretary, hours=1)
    assert [row.voices.get().starts_at for row in rows] == [at(event, hour) for hour in (10, 11, 12)]


def test_other_words_move_nothing(event, secretary):
    session = place(event, secretary)
    actions.change_event(actor=secretary, event=event, title_es="Otro nombre")
    session.refresh_from_db()
    assert (local(session).hour, session.sequence) == (9, 0)


def test_a_longer_event_leaves_its_sessions(event, secretary):
    session = place(event, secretary)
    actions.change_event(actor=secretary, event=event, starts_at=event.starts_at - timedelta(days=1))
    assert local(session).date() == event.starts_on + timedelta(days=1)


def test_a_shorter_event_refuses_to_lose_a_session(event, secretary):
    session = place(event, secretary, day=1, title_es="Clausura")
    with pytest.raises(DomainError, match="Clausura"):
        actions.change_event(actor=secretary, event=event, ends_at=event.ends_at - timedelta(days=1))
    event.refresh_from_db()
    assert local(session).date() == event.ends_on


def test_many_lost_sessions_are_not_all_named(event, secretary):
    for hour in range(9, 17):
        place(event, secretary, hour, day=1)
    with pytest.raises(DomainError, match="…"):
        actions.change_event(actor=secretary, event=event, ends_at=event.ends_at - timedelta(days=1))


def test_other_days_of_another_length_take_the_sessions_with_the_first(event, secretary):
    session = place(event, secretary, 11)
    starts = event.starts_at + timedelta(days=30, hours=1)
    actions.change_event(actor=secretary, event=event, starts_at=starts, ends_at=starts + timedelta(days=2))
    assert local(session) == datetime.combine(event.starts_on, datetime.min.time()).replace(hour=11)


def test_a_postponed_event_takes_its_agenda_to_the_new_dates(event, secretary):
    session = place(event, secretary, 11)
    before = local(session)
    postponed = actions.postpone_event(actor=secretary, event=event, reason={"es": "Lluvias."})
    dates = {"starts_at": postponed.starts_at + timedelta(days=60), "ends_at": postponed.ends_at + timedelta(days=60)}
    actions.reschedule_event(actor=secretary, event=postponed, time_zone="America/Lima", **dates)
    assert local(session) == before + timedelta(days=60)


def test_sessions_keep_their_hours_where_the_zone_changes(event, secretary):
    session = place(event, secretary, 9)
    zone = "America/Sao_Paulo"
    ends = {
        name: getattr(event, name).astimezone(ZoneInfo("America/Lima")).replace(tzinfo=ZoneInfo(zone)) for name in ("starts_at", "ends_at")
    }
    actions.change_event(actor=secretary, event=event, time_zone=zone, **ends)
    assert local(session, zone).hour == 9


def test_the_agenda_of_a_draft_moves_in_no_calendar(secretary):
    event = long_event("borrador", state="draft")
    session = place(event, secretary)
    shifted(event, secretary, days=1)
    session.refresh_from_db()
    assert (local(session).date(), session.sequence) == (event.starts_on, 0)


# --- the turn of clocks: Santiago on 5 September 2026 at midnight, Madrid on 25 October and 28 March
def overnight(zone, *first, **more):
    """An event of two days by the clock of a place."""
    starts = moment(*first, 9, zone=zone)
    return stored("noche", time_zone=zone, starts_at=starts, ends_at=starts + timedelta(hours=30), **more)


def test_an_hour_that_the_clocks_leave_out_moves_nothing(secretary):
    event = overnight("America/Santiago", 2026, 8, 29)
    session = place(event, secretary, 0, day=1, title_es="Vigilia")
    with pytest.raises(DomainError, match="Vigilia"):
        shifted(event, secretary, days=7)
    assert local(session, "America/Santiago") == datetime(2026, 8, 30)


def test_the_hours_of_the_clock_stay_over_its_turn(secretary):
    event = overnight("Europe/Madrid", 2026, 10, 17)
    session = place(event, secretary, 9, day=1)
    shifted(event, secretary, days=7, hours=0)
    event.refresh_from_db()
    assert local(session, "Europe/Madrid") == datetime(2026, 10, 25, 9)
    assert Session.objects.get(pk=session.pk).starts_at == moment(2026, 10, 25, 9, zone="Europe/Madrid")


def test_a_zone_that_turns_no_clocks_changes_nothing(secretary):
    event = overnight("America/Mexico_City", 2026, 3, 28)
    session = place(event, secretary, 2, day=1)
    shifted(event, secretary, days=7)
    assert local(session, "America/Mexico_City") == datetime(2026, 4, 5, 2)


def test_sessions_that_the_turn_would_press_together_are_refused(secretary):
    """At three the clocks of Madrid go back to two: what ended at the second half past two ends, read anew, at the first."""
    event = overnight("Europe/Madrid", 2026, 10, 24)
    sala = room(event, secretary)
    second = moment(2026, 10, 25, 2, 30, zone="Europe/Madrid") + timedelta(hours=1)
    for starts, title in ((second - timedelta(hours=1), "Una"), (second, "Otra")):
        place(event, secretary, starts_at=starts, ends_at=starts + timedelta(minutes=30), room=sala, title_es=title)
    with pytest.raises(DomainError, match="misma sala"):
        shifted(event, secretary, days=7)


def test_a_speaker_whom_the_turn_would_press_together_is_refused(secretary, miner):
    event = overnight("Europe/Madrid", 2026, 10, 24)
    second = moment(2026, 10, 25, 2, 30, zone="Europe/Madrid") + timedelta(hours=1)
    for starts in (second - timedelta(hours=1), second):
        session = place(event, secretary, starts_at=starts, ends_at=starts + timedelta(minutes=30))
        voice(session, secretary, member=miner.slug)
    with pytest.raises(DomainError, match="dos sesiones a la vez"):
        shifted(event, secretary, days=7)


def test_a_session_that_would_end_before_it_begins_keeps_its_length(secretary):
    event = overnight("Europe/Madrid", 2026, 10, 24)
    first = moment(2026, 10, 25, 2, 50, zone="Europe/Madrid")  # twenty minutes later it is ten past two, for the second time
    session = place(event, secretary, starts_at=first, ends_at=first + timedelta(minutes=20))
    shifted(event, secretary, days=7)
    session.refresh_from_db()
    assert session.ends_at - session.starts_at == timedelta(minutes=20)
