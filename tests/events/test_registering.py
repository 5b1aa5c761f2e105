"""Registering: who may, when, how, with whom; and what becomes of it."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from events import actions
from events.models import Event, Needs, Registration
from members.models import Affiliation
from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError
from tests.conftest import make_organisation
from tests.factories.events import make_group, stored
from tests.factories.registering import ON_LINE, ON_SITE, accounts, enrol, full_house, open_event, states_of
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


def test_registration_is_confirmed_and_told(event, rosa):
    made = enrol(event, rosa)
    assert (made.state, made.user, made.made_by, made.email) == ("confirmed", rosa, rosa, rosa.email)
    assert verbs(made) == ["events.registered"]


def test_waiting_is_told(rosa):
    event, _made = full_house(1, 0)
    assert verbs(enrol(event, rosa)) == ["events.waitlisted"]


def test_code_is_short_and_ticket_is_long(event, rosa):
    made = enrol(event, rosa)
    assert len(made.code) == 8
    assert len(made.ticket) == 43


def test_same_form_sent_again_returns_the_same(event, rosa):
    once = uuid.uuid4()
    assert enrol(event, rosa, once=once) == enrol(event, rosa, once=once)
    assert states_of(event) == ["confirmed"]


def test_same_form_of_another_is_stale(event, rosa, visitor):
    once = uuid.uuid4()
    enrol(event, rosa, once=once)
    with pytest.raises(DomainError, match="caduc"):
        enrol(event, visitor, once=once)


def test_same_form_for_another_event_is_stale(event, rosa):
    once = uuid.uuid4()
    enrol(event, rosa, once=once)
    with pytest.raises(DomainError):
        enrol(open_event("otro"), rosa, once=once)


def test_same_person_is_shown_what_they_have(event, rosa):
    made = enrol(event, rosa)
    with pytest.raises(actions.AlreadyRegistered) as refusal:
        enrol(event, rosa)
    assert refusal.value.registration == made
    assert str(made.number) in str(refusal.value)


def test_who_cancelled_may_register_again_at_the_end(event, rosa):
    actions.cancel_registration(registration=enrol(event, rosa), actor=rosa)
    assert enrol(event, rosa).number == 2


def test_before_the_opening_nobody_registers(rosa):
    event = open_event(opens_at=timezone.now() + timedelta(hours=1))
    with pytest.raises(DomainError, match="no está abierta"):
        enrol(event, rosa)


def test_after_the_closing_nobody_registers(rosa, clock):
    event = open_event()
    clock.move_to(event.terms.closes_at)
    with pytest.raises(DomainError, match="cerr"):
        enrol(event, rosa)


def test_an_announced_event_is_not_open(rosa):
    with pytest.raises(DomainError, match="no está abierta"):
        enrol(open_event(state="announced"), rosa)


def test_an_event_without_terms_takes_nobody(rosa):
    with pytest.raises(DomainError, match="no hace falta"):
        enrol(stored("libre", state="open"), rosa)


@pytest.mark.parametrize("state", ["cancelled", "postponed", "held"])
def test_what_does_not_take_place_takes_nobody(event, rosa, state):
    Event.objects.filter(pk=event.pk).update(state=state)
    with pytest.raises(DomainError, match="inscri"):
        enrol(event, rosa)


def test_what_was_called_off_in_between_says_so(event, rosa):
    Event.objects.filter(pk=event.pk).update(state="cancelled")
    event.refresh_from_db()
    with pytest.raises(DomainError):
        enrol(event, rosa)


def test_a_stranger_to_the_group_may_not(rosa):
    event = open_event(audience="group", groups=[make_group()])
    with pytest.raises(PermissionDenied):
        enrol(event, rosa)


@pytest.mark.parametrize(("mode", "wrong"), [("on-site", ON_LINE), ("on-line", ON_SITE), ("hybrid", "hybrid"), ("on-site", "boat")])
def test_a_mode_that_the_event_has_not_is_refused(rosa, mode, wrong):
    with pytest.raises(DomainError, match="de esta manera"):
        enrol(open_event(mode=mode), rosa, mode=wrong)


def test_a_name_is_asked(event, rosa):
    with pytest.raises(DomainError, match="nombre"):
        enrol(event, rosa, name=" \u202e ")


def test_organisation_is_one_of_ones_own(event, rosa, cooperative):
    made = enrol(event, rosa, organisation=cooperative)
    assert (made.organisation, made.chamber) == (cooperative, cooperative.category.chamber)


def test_organisation_of_others_is_refused(event, rosa):
    with pytest.raises(DomainError, match="organización"):
        enrol(event, rosa, organisation=make_organisation("ajena"))


def test_organisation_of_long_ago_is_refused(event, rosa, cooperative):
    Affiliation.objects.update(ends_on=timezone.localdate() - timedelta(days=2))
    with pytest.raises(DomainError):
        enrol(event, rosa, organisation=cooperative)


def test_an_account_without_person_has_no_organisation_and_no_chamber(event, visitor, cooperative):
    with pytest.raises(DomainError):
        enrol(event, visitor, organisation=cooperative)
    assert enrol(event, visitor).chamber is None


def test_member_without_organisation_stands_in_their_own_chamber(event, rosa):
    assert enrol(event, rosa).chamber == rosa.member.category.chamber


def test_another_address_is_refused_where_somebody_has_it(event, rosa, visitor):
    enrol(event, visitor)
    with pytest.raises(DomainError, match="dirección"):
        enrol(event, rosa, email=visitor.email.upper())


def test_nobody_keeps_others_out_with_their_address(event, rosa, visitor):
    enrol(event, visitor, email=rosa.email)
    made = enrol(event, rosa)
    assert (made.state, made.email) == ("confirmed", "")


def test_needs_are_kept_only_where_something_is_said(event, rosa, visitor):
    enrol(event, rosa, needs={"diet": "Sin gluten", "access": ""})
    enrol(event, visitor, needs={"diet": "  ", "interpretation": ""})
    assert list(Needs.objects.values_list("diet", flat=True)) == ["Sin gluten"]


def test_a_language_that_nobody_speaks_is_no_need(event, rosa):
    enrol(event, rosa, needs={"interpretation": "klingon"})
    assert not Needs.objects.exists()


def test_guests_are_registrations_after_the_host():
    event = open_event(on_site=2, guests=2)
    host = enrol(event, accounts(1)[0], guests=[{"name": "Ana", "affiliation": "Mina Sol"}, {"name": "Luz"}])
    assert states_of(event) == ["confirmed", "confirmed", "waiting"]
    ana, luz = host.guests.order_by("number")
    assert (ana.name, ana.affiliation, ana.user, ana.made_by, ana.photos) == ("Ana", "Mina Sol", None, host.user, False)
    assert verbs(luz) == ["events.guest_registered"]


def test_more_guests_than_the_terms_allow_are_refused(rosa):
    event = open_event(guests=1)
    with pytest.raises(DomainError, match="acompa"):
        enrol(event, rosa, guests=[{"name": "Ana"}, {"name": "Luz"}])
    assert states_of(event) == []


def test_guest_with_an_address_that_is_registered_is_refused(rosa, visitor):
    event = open_event(guests=1)
    enrol(event, visitor)
    with pytest.raises(DomainError, match="dirección"):
        enrol(event, rosa, guests=[{"name": "Ana", "email": visitor.email}])
    assert states_of(event) == ["confirmed"]


def test_guest_may_take_part_otherwise_than_the_host(rosa):
    event = open_event(guests=1, on_site=1, on_line=1, mode="hybrid")
    host = enrol(event, rosa, guests=[{"name": "Ana", "mode": ON_LINE}])
    assert host.guests.get().state == "confirmed"


def test_guests_sent_twice_are_there_once(rosa):
    event, once = open_event(guests=1), uuid.uuid4()
    for _time in range(2):
        enrol(event, rosa, once=once, guests=[{"name": "Ana"}])
    assert Registration.objects.count() == 2
