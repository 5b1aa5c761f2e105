"""Approval, and what the clock does to offers."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from events import actions, tasks
from events.actions.waiting import _recall
from events.models import Event, Needs, OfferReminder, Registration
from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError, StaleState
from red_mpe.notifications.models import Announcement
from tests.factories.registering import ON_LINE, accounts, enrol, full_house, open_event, states_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def pending():
    """Three people who wait for approval of two seats, the first with a guest."""
    event = open_event(on_site=2, approval=True, guests=1)
    first, second, third = accounts(3)
    return [enrol(event, first, guests=[{"name": "Ana"}]), enrol(event, second), enrol(event, third)]


def approve(registration, secretary):
    return actions.approve_registration(registration=registration, actor=secretary)


def told_last():
    return AuditEntry.objects.filter(announcement__isnull=False).order_by("-pk").first().verb


def test_approval_gives_a_seat_and_tells(pending, secretary):
    assert approve(pending[1], secretary).state == "confirmed"
    assert told_last() == "events.registered"


def test_approval_brings_the_guest_along(pending, secretary):
    approve(pending[0], secretary)
    assert states_of(pending[0].event) == ["confirmed", "confirmed", "pending", "pending"]


def test_approval_without_a_seat_waits_and_tells(pending, secretary):
    approve(pending[0], secretary)
    assert approve(pending[2], secretary).state == "waiting"
    assert told_last() == "events.waitlisted"


def test_approved_ones_wait_in_the_order_of_arrival(pending, secretary):
    for one in (pending[0], pending[2], pending[1]):
        approve(one, secretary)
    assert [Registration.objects.place_of(one) for one in (pending[1], pending[2])] == [1, 2]


def test_approving_twice_is_stale(pending, secretary):
    approve(pending[1], secretary)
    with pytest.raises(StaleState):
        approve(pending[1], secretary)


def test_last_approval_fills_the_event(pending, secretary):
    approve(pending[0], secretary)
    assert Event.objects.get().state == "full"


def test_nobody_approves_themselves(pending):
    with pytest.raises(PermissionDenied):
        approve(pending[1], pending[1].user)


def test_refusal_takes_guest_and_needs_along(secretary):
    event = open_event(approval=True, guests=1)
    made = enrol(event, accounts(1)[0], guests=[{"name": "Ana"}], needs={"diet": "Vegana"})
    actions.decline_registration(registration=made, actor=secretary, reason="Es  para mineras")
    assert states_of(event) == ["declined", "declined"]
    assert (made.reason, told_last()) == ("Es para mineras", "events.registration_declined")
    assert not Needs.objects.exists()


def test_only_what_waits_for_approval_is_declined(pending, secretary):
    approve(pending[1], secretary)
    with pytest.raises(StaleState):
        actions.decline_registration(registration=pending[1], actor=secretary)


def test_who_was_declined_may_ask_again(pending, secretary):
    actions.decline_registration(registration=pending[1], actor=secretary)
    assert enrol(pending[1].event, pending[1].user).state == "pending"


@pytest.fixture
def offered():
    """A place that was offered, and one who waits behind."""
    event, made = full_house(1, 2, accept_hours=48)
    actions.cancel_registration(registration=made[0], actor=made[0].user)
    return event, made[1], made[2]


def test_offer_lapses_at_its_time_and_the_next_is_asked(offered, clock):
    event, _second, _third = offered
    clock.shift(timedelta(hours=48))
    assert actions.lapse_offers() == 1
    assert states_of(event) == ["cancelled", "lapsed", "offered"]
    assert actions.seats_agree(event)


def test_offer_does_not_lapse_before_its_time(offered, clock):
    clock.shift(timedelta(hours=47, minutes=59))
    assert actions.lapse_offers() == 0


def test_lapse_is_told(offered, clock):
    clock.shift(timedelta(hours=48))
    actions.lapse_offers()
    assert AuditEntry.objects.filter(verb="events.offer_lapsed").count() == 1


@pytest.mark.parametrize("state", ["held", "postponed"])
def test_lapse_of_what_is_off_is_noted_and_told_to_nobody(offered, clock, state):
    Event.objects.update(state=state)
    clock.shift(timedelta(hours=48))
    assert actions.lapse_offers() == 1
    assert AuditEntry.objects.filter(verb="events.offer_lapsed").count() == 1
    assert not Announcement.objects.filter(entry__verb="events.offer_lapsed").exists()


@pytest.mark.parametrize("state", ["cancelled", "postponed", "held"])
def test_nobody_is_let_into_what_does_not_take_place(pending, secretary, state):
    Event.objects.update(state=state)
    with pytest.raises(DomainError, match="No hay a qué inscribirse"):
        approve(pending[0], secretary)
    pending[0].refresh_from_db()
    assert pending[0].state == "pending"


def test_nobody_is_let_into_what_is_over(pending, secretary, clock):
    clock.move_to(pending[0].event.ends_at)
    with pytest.raises(DomainError):
        approve(pending[0], secretary)


def test_lapse_run_twice_lapses_once(offered, clock):
    clock.shift(timedelta(hours=48))
    tasks.pass_on_places()
    assert actions.lapse_offers() == 0


def reminders():
    return Announcement.objects.filter(entry__verb="events.offer_ending").count()


def test_offer_is_recalled_when_a_quarter_of_its_time_is_left(offered, clock):
    clock.shift(timedelta(hours=35, minutes=59))
    assert actions.recall_offers() == 0
    clock.shift(timedelta(minutes=2))
    assert actions.recall_offers() == reminders() == 1


def test_offer_is_recalled_once(offered, clock):
    clock.shift(timedelta(hours=40))
    tasks.pass_on_places()
    tasks.pass_on_places()
    assert reminders() == 1


def test_offer_that_was_taken_is_not_recalled(offered, clock):
    actions.accept_offer(registration=offered[1], actor=offered[1].user)
    clock.shift(timedelta(hours=40))
    assert actions.recall_offers() == 0


def test_offer_that_was_given_back_is_not_recalled(offered, clock):
    actions.cancel_registration(registration=offered[1], actor=offered[1].user)
    clock.shift(timedelta(hours=40))
    actions.recall_offers()
    assert not AuditEntry.objects.filter(verb="events.offer_ending", target_id=offered[1].pk).exists()


def test_offer_that_has_run_out_is_not_recalled(offered, clock):
    clock.shift(timedelta(hours=48))
    assert actions.recall_offers() == 0


@pytest.mark.parametrize("state", ["cancelled", "postponed"])
def test_offer_of_what_does_not_take_place_is_not_recalled(offered, clock, state):
    Event.objects.update(state=state)
    clock.shift(timedelta(hours=40))
    assert actions.recall_offers() == 0


def test_offer_taken_by_somebody_in_between_is_not_recalled(offered, clock):
    clock.shift(timedelta(hours=40))
    (due,) = Registration.objects.to_recall(timezone.now())
    actions.accept_offer(registration=offered[1], actor=offered[1].user)
    assert not _recall(due)


def test_reminder_of_an_offer_names_its_registration(offered):
    one = OfferReminder.objects.create(registration=offered[1], offered_until=offered[1].moved_at)
    assert str(one) == f"{offered[1].pk}"


def test_who_let_it_lapse_comes_again_at_the_end(offered, clock):
    event, second, third = offered
    clock.shift(timedelta(hours=48))
    actions.lapse_offers()
    again = enrol(event, second.user)
    assert (again.state, Registration.objects.place_of(again)) == ("waiting", 1)
    assert again.number > third.number


def test_offer_of_a_postponed_event_runs_out_and_is_not_passed_on(offered, clock):
    event, _second, _third = offered
    Event.objects.filter(pk=event.pk).update(state="postponed")
    clock.shift(timedelta(hours=48))
    assert actions.lapse_offers() == 1
    assert states_of(event) == ["cancelled", "lapsed", "waiting"]


def test_clock_finds_what_is_free_though_nobody_told(clock):
    event, _made = full_house(1, 1)
    Event.objects.filter(pk=event.pk).update(places_on_site=2)
    assert actions.lapse_offers() == 0
    assert states_of(event) == ["confirmed", "offered"]


def test_clock_leaves_alone_what_nobody_waits_for(django_assert_num_queries):
    full_house(1, 0)
    with django_assert_num_queries(1):
        assert actions.lapse_offers() == 0


def mode_of(one):
    one.refresh_from_db()
    return one.state, one.mode


@pytest.fixture
def hybrid():
    """Two seats on site with one waiting, one on line, which is free."""
    event = open_event(on_site=2, on_line=1, mode="hybrid")
    return event, [enrol(event, user) for user in accounts(3)]


def change(one, mode=ON_LINE):
    return actions.change_mode(registration=one, actor=one.user, mode=mode)


def test_seat_is_changed_for_a_free_one_and_the_old_one_is_passed_on(hybrid):
    event, (first, _second, third) = hybrid
    change(first)
    assert mode_of(first) == ("confirmed", "on-line")
    assert mode_of(third) == ("offered", "on-site")
    assert actions.seats_agree(event)


def test_seat_is_not_given_up_for_none(hybrid):
    event, (first, second, _third) = hybrid
    change(first)
    with pytest.raises(actions.NoPlaceThere):
        change(second)
    assert mode_of(second) == ("confirmed", "on-site")
    assert actions.seats_agree(event)


def test_who_waits_takes_a_free_seat_there(hybrid):
    event, (_first, _second, third) = hybrid
    change(third)
    assert mode_of(third) == ("confirmed", "on-line")
    assert actions.seats_agree(event)


def test_who_waits_goes_to_the_end_of_the_other_list(hybrid):
    event, (_first, _second, third) = hybrid
    fourth, fifth = (enrol(event, user, mode=ON_LINE) for user in accounts(2, "otra"))
    change(third)
    assert mode_of(fourth) == ("confirmed", "on-line")
    assert [Registration.objects.place_of(one) for one in (fifth, third)] == [1, 2]


def test_same_mode_changes_nothing(hybrid):
    _event, (first, _second, _third) = hybrid
    assert change(first, "on-site").sequence == 0


def test_pending_one_changes_without_a_seat():
    event = open_event(approval=True, mode="hybrid", on_line=0)
    made = enrol(event, accounts(1)[0])
    change(made)
    assert mode_of(made) == ("pending", "on-line")
    assert actions.seats_agree(event)


def test_cancelled_one_changes_no_more(hybrid):
    _event, (first, _second, _third) = hybrid
    actions.cancel_registration(registration=first, actor=first.user)
    with pytest.raises(StaleState):
        change(first)


def test_an_offer_goes_along_to_the_other_mode(hybrid):
    event, (first, _second, third) = hybrid
    actions.cancel_registration(registration=first, actor=first.user)
    change(third)
    assert mode_of(third) == ("offered", "on-line")
    assert actions.seats_agree(event)
