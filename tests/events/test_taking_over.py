"""Who registers finds what the organisers had made under the same address: it becomes theirs, and nothing of their form is lost."""

import pytest

from events import actions
from events.models import Registration
from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError
from red_mpe.notifications.models import Announcement
from tests.factories.registering import ON_LINE, accounts, enrol, enrol_for, open_event, states_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def rosa():
    return accounts(1)[0]


@pytest.fixture
def event():
    return open_event(mode="hybrid", on_site=2, on_line=1, guests=2)


def told(target):
    return list(Announcement.objects.filter(entry__target_id=target.pk).order_by("pk").values_list("entry__verb", flat=True))


def test_words_of_the_form_are_those_that_stay(event, secretary, rosa, cooperative):
    enrol_for(event, secretary, email=rosa.email, organisation=cooperative)
    mine = enrol(event, rosa, name=" Rosa  Quispe ", affiliation="Mina Sol", language="en")
    mine.refresh_from_db()
    assert (mine.name, mine.affiliation, mine.language) == ("Rosa Quispe", "Mina Sol", "en")
    assert (mine.organisation, mine.chamber) == (None, None)


def test_guests_come_along_in_the_hands_of_their_host(event, secretary, rosa):
    enrol_for(event, secretary, email=rosa.email)
    mine = enrol(event, rosa, guests=[{"name": "Ana"}, {"name": "Beto"}])
    assert states_of(event) == ["confirmed", "confirmed", "waiting"]
    assert {guest.made_by for guest in mine.guests.all()} == {rosa}
    assert Registration.objects.visible_to(rosa).count() == 3
    assert actions.seats_agree(event)


def test_another_mode_is_another_seat_and_is_told(event, secretary, rosa):
    made = enrol_for(event, secretary, email=rosa.email)
    mine = enrol(event, rosa, mode=ON_LINE)
    assert (mine.pk, mine.mode, mine.state) == (made.pk, ON_LINE, "confirmed")
    assert told(mine) == ["events.registered", "events.registered"]
    assert actions.seats_agree(event)


def test_same_mode_is_not_told_again(event, secretary, rosa):
    made = enrol_for(event, secretary, email=rosa.email)
    enrol(event, rosa)
    assert told(made) == ["events.registered"]


def test_another_mode_without_a_seat_is_refused_and_nothing_changes(event, secretary, rosa):
    enrol_for(event, secretary, "Otra", mode=ON_LINE)
    made = enrol_for(event, secretary, email=rosa.email)
    with pytest.raises(DomainError, match="lugar libre"):
        enrol(event, rosa, mode=ON_LINE, guests=[{"name": "Ana"}])
    made.refresh_from_db()
    assert (made.user, made.mode, made.name) == (None, "on-site", "Dina Flores")
    assert states_of(event) == ["confirmed", "confirmed"]


def test_offer_in_another_mode_stays_an_offer_and_is_not_told(event, secretary, rosa):
    made = enrol_for(event, secretary, email=rosa.email)
    Registration.objects.filter(pk=made.pk).update(state="offered", offered_until=event.starts_at)
    mine = enrol(event, rosa, mode=ON_LINE)
    assert (mine.state, mine.mode) == ("offered", ON_LINE)
    assert told(made) == ["events.registered"]


def test_form_without_a_name_is_refused(event, secretary, rosa):
    made = enrol_for(event, secretary, email=rosa.email)
    with pytest.raises(DomainError):
        enrol(event, rosa, name=" ")
    made.refresh_from_db()
    assert made.user is None


def test_guest_who_needs_approval_is_told_to_the_organisers(secretary, rosa):
    event = open_event(approval=True, guests=1)
    enrol_for(event, secretary, email=rosa.email)
    mine = enrol(event, rosa, guests=[{"name": "Ana"}])
    assert (mine.state, mine.guests.get().state) == ("confirmed", "pending")
    assert told(mine.guests.get()) == ["events.approval_wanted"]
    assert AuditEntry.objects.filter(verb="events.guest_registered", actor=rosa).count() == 1
