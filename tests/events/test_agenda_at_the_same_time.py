"""Several hands at one agenda, each on a connection of its own."""

import uuid
from itertools import pairwise

import pytest

from events.actions import agenda
from events.models import Event, Session, SessionVoice
from red_mpe.core.states import DomainError
from tests.conftest import make_person
from tests.factories.agenda import at, long_event, place, room, voice
from tests.support.together import together

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def test_two_who_place_in_one_room_at_once_place_one(secretary):
    event = long_event()
    sala = room(event, secretary)
    results = together(*(lambda title=title: place(event, secretary, 9, room=sala, title_es=title) for title in ("Una", "Otra")))
    assert Session.objects.count() == 1
    (refusal,) = (result for result in results if not isinstance(result, Session))
    assert isinstance(refusal, DomainError)
    assert Session.objects.get().title_es in str(refusal)


def test_many_who_place_at_once_leave_no_overlap(secretary):
    event = long_event()
    sala = room(event, secretary)
    results = together(*(lambda hour=hour: place(event, secretary, hour, hours=2, room=sala) for hour in range(9, 15)))
    rows = list(Session.objects.order_by("starts_at"))
    assert len(rows) == sum(isinstance(result, Session) for result in results)
    assert all(one.ends_at <= other.starts_at for one, other in pairwise(rows))
    assert all(isinstance(result, (Session, DomainError)) for result in results)


def test_one_speaker_in_two_sessions_at_once_is_in_one(secretary):
    event, person = long_event(), make_person("ana-torres")
    sessions = [place(event, secretary, 9) for _ in range(2)]
    results = together(*(lambda session=session: voice(session, secretary, member=person.slug) for session in sessions))
    assert SessionVoice.objects.count() == 1
    assert sum(isinstance(result, DomainError) for result in results) == 1


def test_one_form_sent_twice_at_once_places_one(secretary):
    event, once = long_event(), uuid.uuid4()
    facts = {"title_es": "Una", "starts_at": at(event, 9), "ends_at": at(event, 10)}
    act = lambda: agenda.place_session(event=event, actor=secretary, once=once, **facts)  # noqa: E731
    made = together(act, act)
    assert {session.pk for session in made} == {Session.objects.get().pk}


def test_calendars_miss_no_change_made_at_once(secretary):
    event = long_event()
    together(*(lambda hour=hour: place(event, secretary, hour) for hour in (9, 10, 11)))
    assert Event.objects.get(pk=event.pk).sequence == 3
