"""What others noted of who was there, and what people said of themselves."""

import uuid

import pytest

from events.querysets.day import present_at, present_figures
from tests.factories.day import registered, session_of, today


@pytest.fixture
def event(db, group):
    return today(groups=[group])


@pytest.fixture
def sitting(event, noted):
    """Somebody whom the door noted at one session and who says they were at another."""
    guest = registered(event)
    noted(guest, session=session_of(event, "vista"), mode="on-line")
    alone(guest, session_of(event, "dicha", start=90, minutes=45))
    return guest


def alone(guest, session=None):
    """They said so themselves, before anybody else noted anything."""
    known = {"session": session, "mode": "on-site", "seen": "self", "at": guest.event.starts_at}
    guest.event.attendances.create(registration=guest, once=uuid.uuid4(), **known)


def test_own_word_adds_no_minutes_to_what_others_noted(event, sitting):
    (one,) = present_at(event)
    assert (one.minutes, one.besides, one.seen) == (60, 45, "search")


def test_own_word_does_not_tell_how_somebody_took_part(event, sitting):
    assert [one.mode for one in present_at(event)] == ["on-line"]
    assert present_figures(event).known == {"on-line": 1}


def test_own_word_takes_nothing_from_who_was_noted_at_the_whole(event, noted):
    guest = registered(event)
    noted(guest)
    session_of(event, "otra", start=120, minutes=30)
    alone(guest, session_of(event, "dicha", minutes=45))
    (one,) = present_at(event)
    assert (one.minutes, one.besides) == (75, 0)


def test_own_word_where_there_is_nothing_else_is_told_as_such(event):
    alone(registered(event), session_of(event, "dicha", minutes=45))
    (one,) = present_at(event)
    assert (one.minutes, one.besides, one.seen) == (45, 0, "self")


def test_session_that_the_door_confirms_counts(event, sitting, noted):
    noted(sitting, session=event.sessions.get(slug="dicha"), seen="scan")
    (one,) = present_at(event)
    assert (one.minutes, one.besides) == (105, 0)
