"""Who has a seat, who waits, and who comes next."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events import actions
from events.models import Event, Registration, SeatCount
from red_mpe.core.models import AuditEntry
from tests.factories.events import stored
from tests.factories.registering import ON_LINE, ON_SITE, accounts, enrol, enrol_for, full_house, open_event, states_of

pytestmark = pytest.mark.django_db


def state_of(event):
    return Event.objects.get(pk=event.pk).state


def test_seats_go_by_arrival_and_the_rest_wait():
    event, _made = full_house(2, 2)
    assert states_of(event) == ["confirmed", "confirmed", "waiting", "waiting"]


def test_count_is_what_the_rows_say():
    event, _made = full_house(2, 2)
    assert SeatCount.objects.get(event=event, mode=ON_SITE).taken == 2
    assert actions.seats_agree(event)


def test_a_count_that_is_wrong_is_noticed():
    event, _made = full_house(2, 0)
    SeatCount.objects.filter(event=event, mode=ON_SITE).update(taken=1)
    assert not actions.seats_agree(event)


def test_numbers_are_given_in_order():
    _event, made = full_house(1, 3)
    assert [one.number for one in made] == [1, 2, 3, 4]


def test_last_seat_makes_the_event_full():
    event = open_event(on_site=1)
    enrol(event, accounts(1)[0])
    assert state_of(event) == "full"
    assert AuditEntry.objects.filter(verb="events.event_filled").count() == 1


def test_last_seat_of_one_mode_leaves_the_event_open():
    event = open_event(on_site=1, on_line=1, mode="hybrid")
    first, second = accounts(2)
    enrol(event, first)
    assert state_of(event) == "open"
    enrol(event, second, mode=ON_LINE)
    assert state_of(event) == "full"


def test_filling_changes_nothing_of_the_dates_or_their_editors():
    event = open_event(on_site=1)
    before = Event.objects.values("moved_at", "updated_at", "sequence").get(pk=event.pk)
    enrol(event, accounts(1)[0])
    assert Event.objects.values("moved_at", "updated_at", "sequence").get(pk=event.pk) == before


def test_freed_seat_without_queue_opens_the_event_again():
    event, (first,) = full_house(1, 0)
    actions.cancel_registration(registration=first, actor=first.user)
    assert state_of(event) == "open"
    assert AuditEntry.objects.filter(verb="events.event_has_room").count() == 1


def test_freed_seat_is_offered_to_who_waits_longest():
    event, (first, _second, _third) = full_house(1, 2)
    actions.cancel_registration(registration=first, actor=first.user)
    assert states_of(event) == ["cancelled", "offered", "waiting"]
    assert state_of(event) == "full"


def test_an_offer_holds_for_the_hours_of_the_terms():
    _event, (first, second) = full_house(1, 1, accept_hours=5)
    actions.cancel_registration(registration=first, actor=first.user)
    second.refresh_from_db()
    assert second.offered_until == timezone.now() + timedelta(hours=5)


def test_an_offer_that_would_end_after_the_beginning_is_a_seat(clock):
    event, (first, _second) = full_house(1, 1)
    clock.move_to(event.starts_at - timedelta(hours=10))
    actions.cancel_registration(registration=first, actor=first.user)
    assert states_of(event) == ["cancelled", "confirmed"]


def test_who_has_no_account_gets_the_seat_at_once(secretary):
    event, (first,) = full_house(1, 0)
    enrol_for(event, secretary)
    actions.cancel_registration(registration=first, actor=first.user)
    assert states_of(event) == ["cancelled", "confirmed"]


def test_a_guest_is_offered_through_the_host():
    event = open_event(on_site=2, guests=1)
    first, second = accounts(2)
    gone = enrol(event, first)
    enrol(event, second, guests=[{"name": "Ana"}])
    actions.cancel_registration(registration=gone, actor=first)
    assert states_of(event) == ["cancelled", "confirmed", "offered"]


def test_nobody_overtakes_the_list():
    event, made = full_house(1, 1)
    SeatCount.objects.filter(event=event).update(taken=0)  # as if a seat were free for an instant
    Registration.objects.filter(pk=made[0].pk).update(state="cancelled")
    late = enrol(event, accounts(1, "tarde")[0])
    assert late.state == "waiting"
    assert states_of(event)[1:] == ["offered", "waiting"]


def test_places_without_number_take_everybody():
    event = open_event(on_site=None)
    assert [enrol(event, user).state for user in accounts(3)] == ["confirmed"] * 3
    assert state_of(event) == "open"


def test_two_modes_have_seats_of_their_own():
    event = open_event(on_site=1, on_line=1, mode="hybrid")
    made = [enrol(event, user, mode=mode) for user, mode in zip(accounts(3), (ON_SITE, ON_LINE, ON_SITE), strict=True)]
    assert [one.state for one in made] == ["confirmed", "confirmed", "waiting"]


def test_free_seats_tells_each_mode():
    event = open_event(on_site=3, on_line=None, mode="hybrid")
    enrol(event, accounts(1)[0])
    assert actions.free_seats(event) == {ON_SITE: 2, ON_LINE: None}


def test_free_seats_of_a_mode_with_a_queue_is_none_left():
    event, _made = full_house(1, 1)
    Event.objects.filter(pk=event.pk).update(places_on_site=9)
    event.refresh_from_db()
    assert actions.free_seats(event) == {ON_SITE: 0}


def test_free_seats_of_an_event_nobody_touched():
    assert actions.free_seats(stored("uno", places_on_site=7)) == {ON_SITE: 7}


def test_more_places_go_to_who_waits(secretary):
    event, _made = full_house(1, 3)
    actions.change_event(actor=secretary, event=event, places_on_site=3)
    assert states_of(event) == ["confirmed", "offered", "offered", "waiting"]


def test_places_without_number_end_the_queue(secretary):
    event, _made = full_house(1, 2)
    actions.change_event(actor=secretary, event=event, places_on_site=None)
    assert states_of(event) == ["confirmed", "offered", "offered"]
    assert state_of(event) == "open"


def test_fewer_places_throw_nobody_out(secretary):
    event, _made = full_house(3, 1)
    actions.change_event(actor=secretary, event=event, places_on_site=1)
    assert states_of(event) == ["confirmed"] * 3 + ["waiting"]
    assert actions.seats_agree(event)


def test_fewer_places_promote_nobody_until_below(secretary):
    event, made = full_house(3, 1)
    actions.change_event(actor=secretary, event=event, places_on_site=2)
    actions.cancel_registration(registration=made[0], actor=made[0].user)
    assert states_of(event)[3] == "waiting"
    actions.cancel_registration(registration=made[1], actor=made[1].user)
    assert states_of(event)[3] == "offered"


def test_fewer_places_fill_an_open_event(secretary):
    event = open_event(on_site=5)
    enrol(event, accounts(1)[0])
    actions.change_event(actor=secretary, event=event, places_on_site=1)
    assert state_of(event) == "full"


def test_a_change_of_words_moves_no_seat(secretary):
    event, _made = full_house(1, 1)
    Event.objects.filter(pk=event.pk).update(places_on_site=2)
    actions.change_event(actor=secretary, event=event, title_es="Otro nombre")
    assert states_of(event) == ["confirmed", "waiting"]


@pytest.mark.parametrize("state", ["postponed", "cancelled", "held"])
def test_what_does_not_take_place_passes_nothing_on(state):
    event, _made = full_house(1, 1)
    Event.objects.filter(pk=event.pk).update(state=state, places_on_site=5)
    assert actions.fill_seats(event) == 0
    assert states_of(event) == ["confirmed", "waiting"]


def test_what_is_over_passes_nothing_on(clock):
    event, _made = full_house(1, 1)
    Event.objects.filter(pk=event.pk).update(places_on_site=5)
    clock.move_to(event.ends_at)
    assert actions.fill_seats(event) == 0


def test_an_event_without_terms_passes_nothing_on():
    assert actions.fill_seats(stored("uno", places_on_site=5)) == 0


def test_filling_twice_passes_on_once():
    event, _made = full_house(1, 2)
    Event.objects.filter(pk=event.pk).update(places_on_site=2)
    assert [actions.fill_seats(event), actions.fill_seats(event)] == [1, 0]


def test_a_closed_registration_still_passes_freed_seats_on():
    event, (first, _second) = full_house(1, 1)
    Event.objects.filter(pk=event.pk).update(state="announced")
    actions.cancel_registration(registration=first, actor=first.user)
    assert states_of(event) == ["cancelled", "offered"]
    assert state_of(event) == "announced"
