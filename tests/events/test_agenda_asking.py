"""What is asked of an agenda, and how it is put into words and forms."""

from datetime import date, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import timezone, translation

from events.enums import EventAudience, EventState
from events.filters import Asked, choices, tabs
from events.forms.agenda import GuestForm, RoomForm, SessionForm, StandForm, TrackForm, VoiceForm, place_form
from events.models import Session, Stand
from events.querysets.sessions import agenda_of, day_name, days_of_agenda, hours, hours_here, spoken, unnamed
from tests.factories.agenda import at, long_event, place, room, stand, track, write_session
from tests.factories.events import make_group, moment


@pytest.fixture
def event(db):
    return long_event()


def asked(query, user=None):
    request = RequestFactory().get(f"/?{query}")
    request.user = user or AnonymousUser()
    return Asked.by(request)


def test_nothing_asked_is_everything():
    assert asked("") == Asked()
    assert not Asked().narrows


@pytest.mark.parametrize("query", ["day=2026-13-01", "track=x", "language=zz", "view=cube", "mine=yes"])
def test_what_makes_no_sense_is_not_asked(query):
    assert asked(query) == Asked()


def test_nobody_has_an_agenda_without_an_account():
    assert not asked("mine=1").mine


def test_who_has_an_account_has_an_agenda(visitor):
    assert asked("mine=1", visitor).mine


def test_a_question_is_an_address_again():
    query = "?day=2026-03-19&track=3&language=es&view=grid"
    assert asked(query[1:]).query() == query


def test_a_part_of_the_question_is_put_in_place_of_another():
    assert asked("day=2026-03-19&view=grid").query(day="", view="") == ""


def test_a_day_narrows():
    assert asked("day=2026-03-19").day == date(2026, 3, 19)
    assert asked("day=2026-03-19").narrows


def test_one_choice_is_no_choice(event, secretary):
    place(event, secretary)
    assert choices(agenda_of(event, secretary), Asked()) == []


def test_days_and_tracks_are_chosen_from_what_there_is(event, secretary):
    for day in (0, 1):
        place(event, secretary, day=day, track=track(event, secretary, f"E{day}"))
    found = choices(agenda_of(event, secretary), Asked())
    assert [choice["name"] for choice in found] == ["day", "track"]
    assert [words for _value, words, _chosen in found[1]["options"]] == ["E0", "E1"]


def test_who_has_no_account_finds_no_agenda_of_their_own():
    assert len(tabs(Asked(), "/", present=False)) == 2
    assert len(tabs(Asked(), "/", present=True)) == 3


@pytest.mark.parametrize(("way", "current"), [(Asked(), 0), (Asked(grid=True), 1), (Asked(mine=True), 2)])
def test_the_tab_of_the_page_is_the_present_one(way, current):
    assert [tab["current"] for tab in tabs(way, "/", present=True)].index(True) == current


# --- words
def test_an_end_at_midnight_is_of_the_same_day(event):
    assert hours(at(event, 22), at(event, 0, day=1), event.zone) == "22:00–00:00"


def test_one_clock_is_told_once(event):
    with timezone.override("America/Lima"):
        assert hours_here(at(event, 9), at(event, 10), event.zone) == ""


def test_two_clocks_of_one_hour_are_told_once(event):
    with timezone.override("America/Bogota"):
        assert hours_here(at(event, 9), at(event, 10), event.zone) == ""


def test_hours_follow_the_turn_of_clocks():
    starts = moment(2026, 10, 25, 1, 30, zone="Europe/Madrid")
    zone = timezone.get_fixed_timezone(0)
    assert hours(starts, starts + timedelta(hours=2), zone) == "23:30–01:30 (25 oct 2026)"


@pytest.mark.parametrize(("language", "words"), [("es", "integrante"), ("en", "member"), ("pt-br", "integrante")])
def test_who_is_hidden_has_a_word_in_each_language(language, words):
    with translation.override(language):
        assert words in unnamed()


def test_languages_call_themselves():
    assert spoken(["es", "pt-br"]) == "Español, Português"


def test_a_day_is_named_with_its_weekday():
    assert day_name(date(2026, 3, 19)).startswith("jueves")


def test_a_session_without_languages_has_those_of_its_event(secretary):
    event = long_event(languages=["es"])
    place(event, secretary)
    assert agenda_of(event, secretary)[0].codes == {"es"}


def test_an_agenda_of_nothing_has_no_days(event, secretary):
    assert days_of_agenda(agenda_of(event, secretary)) == []


def test_a_title_is_read_in_the_language_it_is_in(event, secretary):
    place(event, secretary, title_es="", title_pt="Abertura")
    assert agenda_of(event, secretary)[0].title.lang == "pt-br"


# --- who sees what is what the rule says
@pytest.mark.parametrize("audience", EventAudience)
@pytest.mark.parametrize("state", EventState)
def test_sessions_and_stands_are_seen_by_who_sees_the_event(secretary, miner, visitor, audience, state):
    event = long_event(audience=audience, state=state, groups=[make_group()])
    session, row = write_session(event), Stand.objects.create(event=event, name_es="P", once=event.once)
    for user in (AnonymousUser(), visitor, miner.user, secretary):
        sees = user.has_perm("events.view_event", event)
        assert (session in Session.objects.visible_to(user)) is sees
        assert (row in Stand.objects.visible_to(user)) is sees


# --- forms
def test_a_session_form_begins_with_the_event(event):
    form = SessionForm(event=event)
    assert form.initial["starts"] == datetime.combine(event.starts_on, datetime.min.time()).replace(hour=9)


def test_a_session_form_knows_only_its_own_rooms(event, secretary):
    foreign = room(long_event("otra"), secretary)
    form = SessionForm({"room": foreign.pk}, event=event)
    assert "room" in form.errors


@pytest.mark.parametrize(("kind", "field"), [(RoomForm, "places"), (TrackForm, "position")])
def test_numbers_of_a_part_are_numbers(kind, field):
    assert field in kind({field: "-3"}).errors


def test_a_guest_has_a_name():
    assert "name" in GuestForm({}).errors


def test_a_part_without_an_order_stays_where_it_is():
    form = TrackForm({"name_es": "Agua"})
    assert form.is_valid()
    assert "position" not in form.facts


def test_a_part_form_begins_with_what_is_there(event, secretary):
    assert place_form("room", None, room(event, secretary)).initial["name_es"] == "Sala A"


def test_a_guest_of_another_event_is_no_choice(event, secretary):
    form = VoiceForm({"role": "speaker", "guest": 12345}, event=event)
    assert "guest" in form.errors


def test_a_stand_form_keeps_an_organisation_that_the_writer_does_not_see(event, secretary, cooperative, chair):
    type(cooperative).objects.filter(pk=cooperative.pk).update(audience="nobody")
    row = stand(event, secretary, organisation=cooperative)
    form = StandForm({"organisation": cooperative.pk, "name_es": "P"}, actor=chair, stand=row)
    assert form.is_valid(), form.errors


def test_a_long_title_is_told_and_kept(event):
    form = SessionForm({"title_es": "á" * 161}, event=event)
    assert "title_es" in form.errors
    assert form["title_es"].value() == "á" * 161
