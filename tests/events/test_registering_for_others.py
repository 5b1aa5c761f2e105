"""Approving, registering others, and changing what was said."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from events import actions
from events.models import Answer, Event, Needs, Registration
from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError, StaleState
from tests.factories.registering import ON_SITE, ask, enrol, enrol_for, full_house, open_event, states_of
from tests.factories.standards import fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return open_event(on_site=3)


@pytest.fixture
def rosa(miner):
    return fresh(miner.user)


def verbs(thing):
    return list(AuditEntry.objects.filter(target_id=thing.pk, verb__startswith="events.").order_by("pk").values_list("verb", flat=True))


def test_approval_takes_no_seat(rosa):
    event = open_event(approval=True)
    made = enrol(event, rosa)
    assert made.state == "pending"
    assert verbs(made) == ["events.registration_pending", "events.approval_wanted"]
    assert actions.free_seats(event) == {ON_SITE: 2}


def test_organiser_registers_somebody_without_address(event, secretary):
    made = enrol_for(event, secretary)
    assert (made.state, made.user, made.made_by, made.email) == ("confirmed", None, secretary, "")


def test_organiser_registers_twice_with_one_form_once(event, secretary):
    once = uuid.uuid4()
    assert enrol_for(event, secretary, once=once) == enrol_for(event, secretary, once=once)


def test_organiser_registers_before_and_after_the_window(secretary, clock):
    event = open_event(state="announced")
    assert enrol_for(event, secretary).state == "confirmed"
    clock.move_to(event.terms.closes_at + timedelta(minutes=5))
    assert enrol_for(event, secretary, "Otra").state == "confirmed"


def test_organiser_never_overbooks(secretary):
    event, _made = full_house(1, 0)
    assert enrol_for(event, secretary).state == "waiting"


def test_organiser_needs_no_approval_and_no_answer(secretary):
    event = open_event(approval=True)
    ask(event, required=True)
    assert enrol_for(event, secretary).state == "confirmed"


def test_organiser_does_not_register_an_address_twice(event, secretary):
    enrol_for(event, secretary, email="dina@example.org")
    with pytest.raises(DomainError, match="dirección"):
        enrol_for(event, secretary, email="Dina@example.org")


def test_organiser_names_the_organisation(event, secretary, cooperative):
    assert enrol_for(event, secretary, organisation=cooperative).chamber == cooperative.category.chamber


def test_nobody_else_registers_others(event, rosa):
    with pytest.raises(PermissionDenied):
        enrol_for(event, rosa)


def test_account_takes_over_what_the_organisers_made(event, secretary, rosa):
    made = enrol_for(event, secretary, email=rosa.email.upper())
    mine = enrol(event, rosa, needs={"diet": "Vegetariana"}, photos=True)
    assert (mine.pk, mine.user, mine.photos) == (made.pk, rosa, True)
    assert mine.needs.diet == "Vegetariana"
    assert states_of(event) == ["confirmed"]


def test_account_does_not_take_over_a_guest(rosa, visitor):
    event = open_event(guests=1)
    enrol(event, visitor, guests=[{"name": "Rosa", "email": rosa.email}])
    assert enrol(event, rosa).state == "waiting"


def test_offer_is_accepted_and_told():
    event, (first, second) = full_house(1, 1)
    actions.cancel_registration(registration=first, actor=first.user)
    actions.accept_offer(registration=second, actor=second.user)
    assert (second.state, second.offered_until) == ("confirmed", None)
    assert verbs(second)[-1] == "events.registered"
    assert actions.seats_agree(event)


def test_offer_is_not_accepted_after_its_time(clock):
    _event, (first, second) = full_house(1, 1, accept_hours=1)
    actions.cancel_registration(registration=first, actor=first.user)
    clock.shift(timedelta(hours=1))
    with pytest.raises(DomainError, match="plazo"):
        actions.accept_offer(registration=second, actor=second.user)


def test_what_was_not_offered_is_not_accepted():
    _event, (_first, second) = full_house(1, 1)
    with pytest.raises(StaleState):
        actions.accept_offer(registration=second, actor=second.user)


def test_offer_of_what_is_called_off_is_not_accepted():
    event, (first, second) = full_house(1, 1)
    actions.cancel_registration(registration=first, actor=first.user)
    Event.objects.filter(pk=event.pk).update(state="cancelled")
    with pytest.raises(DomainError):
        actions.accept_offer(registration=second, actor=second.user)


def test_nobody_accepts_for_others(visitor):
    _event, (first, second) = full_house(1, 1)
    actions.cancel_registration(registration=first, actor=first.user)
    with pytest.raises(PermissionDenied):
        actions.accept_offer(registration=second, actor=visitor)


def test_cancelling_forgets_the_needs_and_keeps_the_reason(event, rosa):
    made = enrol(event, rosa, needs={"diet": "Vegana"})
    actions.cancel_registration(registration=made, actor=rosa, reason="Viaje\nlargo")
    assert not Needs.objects.exists()
    assert (made.state, made.reason, verbs(made)[-1]) == ("cancelled", "Viaje largo", "events.registration_cancelled")


def test_cancelling_twice_is_stale(event, rosa):
    made = enrol(event, rosa)
    actions.cancel_registration(registration=made, actor=rosa)
    with pytest.raises(StaleState):
        actions.cancel_registration(registration=made, actor=rosa)


def test_cancelling_takes_the_guests_along(rosa):
    event = open_event(guests=1)
    actions.cancel_registration(registration=enrol(event, rosa, guests=[{"name": "Ana"}]), actor=rosa)
    assert states_of(event) == ["cancelled", "cancelled"]
    assert actions.free_seats(event) == {ON_SITE: 2}


def test_cancelling_may_leave_the_guests(rosa):
    event = open_event(guests=1)
    actions.cancel_registration(registration=enrol(event, rosa, guests=[{"name": "Ana"}]), actor=rosa, with_guests=False)
    assert states_of(event) == ["cancelled", "confirmed"]


def test_cancelling_a_guest_leaves_the_host(rosa):
    event = open_event(guests=1)
    actions.cancel_registration(registration=enrol(event, rosa, guests=[{"name": "Ana"}]).guests.get(), actor=rosa)
    assert states_of(event) == ["confirmed", "cancelled"]


def test_cancelling_an_offer_passes_it_on():
    event, (first, second, _third) = full_house(1, 2)
    actions.cancel_registration(registration=first, actor=first.user)
    actions.cancel_registration(registration=second, actor=second.user)
    assert states_of(event) == ["cancelled", "cancelled", "offered"]


def test_cancelling_while_waiting_frees_no_seat():
    event, (_first, second, third) = full_house(1, 2)
    actions.cancel_registration(registration=second, actor=second.user)
    assert states_of(event) == ["confirmed", "cancelled", "waiting"]
    assert Registration.objects.place_of(third) == 1


def test_what_is_over_is_not_cancelled(event, rosa, clock):
    made = enrol(event, rosa)
    clock.move_to(event.ends_at)
    with pytest.raises(DomainError, match="terminó"):
        actions.cancel_registration(registration=made, actor=rosa)


def test_what_is_postponed_may_be_cancelled(event, rosa):
    made = enrol(event, rosa)
    Event.objects.filter(pk=event.pk).update(state="postponed")
    assert actions.cancel_registration(registration=made, actor=rosa).state == "cancelled"


def test_organiser_cancels_for_others_and_a_stranger_does_not(event, rosa, visitor, secretary):
    made = enrol(event, rosa)
    with pytest.raises(PermissionDenied):
        actions.cancel_registration(registration=made, actor=visitor)
    assert actions.cancel_registration(registration=made, actor=secretary).state == "cancelled"


def test_each_move_grows_the_sequence(event, rosa):
    made = enrol(event, rosa)
    actions.cancel_registration(registration=made, actor=rosa)
    assert made.sequence == 1


def test_needs_change_and_go(event, rosa):
    made = enrol(event, rosa, needs={"diet": "Vegana"})
    actions.change_registration(registration=made, actor=rosa, needs={"access": "Rampa"})
    assert list(Needs.objects.values_list("diet", "access")) == [("", "Rampa")]
    actions.change_registration(registration=made, actor=rosa, needs={})
    assert not Needs.objects.exists()


def test_consent_to_photos_changes_and_the_rest_stays(event, rosa):
    made = enrol(event, rosa, needs={"diet": "Vegana"})
    assert actions.change_registration(registration=made, actor=rosa, photos=True).photos
    assert Needs.objects.count() == 1


def test_what_is_cancelled_does_not_change(event, rosa):
    made = enrol(event, rosa)
    actions.cancel_registration(registration=made, actor=rosa)
    with pytest.raises(StaleState):
        actions.change_registration(registration=made, actor=rosa, photos=True)


def test_answers_are_kept_with_the_registration(event, rosa):
    question = ask(event)
    enrol(event, rosa, answers={question.pk: "Aprender"})
    assert Answer.objects.get().text == "Aprender"
