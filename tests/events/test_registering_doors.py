"""Registrations: moves by state and role, who sees which, who reads the link."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from events import actions
from events.enums import RegistrationState
from events.models import Event, Registration, RegistrationTerms, SeatCount
from events.states import REGISTRATION_MOVES
from red_mpe.core.states import StaleState
from tests.conftest import make_user
from tests.factories.events import make_group, sit, stored
from tests.factories.registering import ON_LINE, accounts, enrol, enrol_for, open_event
from tests.factories.standards import fresh

pytestmark = pytest.mark.django_db
ACTS = {
    "approve": actions.approve_registration,
    "decline": actions.decline_registration,
    "accept": actions.accept_offer,
    "cancel": actions.cancel_registration,
}
STARTS = {
    "approve": {"pending"},
    "decline": {"pending"},
    "accept": {"offered"},
    "cancel": {"pending", "waiting", "offered", "confirmed"},
}


@pytest.fixture
def event():
    return open_event(groups=[make_group("taller")], on_site=5)


@pytest.fixture
def roles(event, secretary, miner):
    """Who may come near a registration: its owner, who runs the event, and others."""
    return {
        "own": make_user("duena@example.org"),
        "chair": sit(event.groups.get(), "preside", "chair"),
        "seated": sit(event.groups.get(), "sienta"),
        "secretary": fresh(secretary),
        "member": fresh(miner.user),
        "inactive": make_user("inactiva@example.org", is_active=False),
    }


def standing(event, owner, state):
    """A registration of somebody in a state, with the count that goes with it."""
    made = enrol(event, owner)
    until = {"offered_until": event.starts_at} if state == "offered" else {}
    Registration.objects.filter(pk=made.pk).update(state=state, **until)
    SeatCount.objects.filter(event=event, mode="on-site").update(taken=int(state in ("offered", "confirmed")))
    made.refresh_from_db()
    return made


@pytest.mark.parametrize("state", RegistrationState.values)
@pytest.mark.parametrize("name", ACTS)
def test_each_move_starts_only_from_its_states(event, secretary, name, state):
    made = standing(event, accounts(1)[0], state)
    if state in STARTS[name]:
        ACTS[name](registration=made, actor=secretary)
        assert made.state != state
    else:
        with pytest.raises(StaleState):
            ACTS[name](registration=made, actor=secretary)
        made.refresh_from_db()
        assert made.state == state
    assert actions.seats_agree(event)


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("approve", {"chair", "secretary"}),
        ("decline", {"chair", "secretary"}),
        ("accept", {"own", "chair", "secretary"}),
        ("cancel", {"own", "chair", "secretary"}),
    ],
)
@pytest.mark.parametrize("role", ["own", "chair", "seated", "secretary", "member", "inactive"])
def test_each_move_is_made_only_by_who_may(event, roles, name, may, role):
    made = standing(event, roles["own"], min(STARTS[name]))
    if role in may:
        ACTS[name](registration=made, actor=roles[role])
    else:
        with pytest.raises(PermissionDenied):
            ACTS[name](registration=made, actor=roles[role])


def test_table_of_moves_is_what_the_actions_make():
    targets = {name: move.target for name, move in REGISTRATION_MOVES.items()}
    assert targets["seat"] == targets["accept"] == targets["approve"] == "confirmed"
    assert all(REGISTRATION_MOVES[name].sources == STARTS[name] for name in ACTS)


@pytest.mark.parametrize("state", RegistrationState.values)
def test_list_and_detail_never_disagree(event, roles, state):
    made = standing(event, roles["own"], state)
    other = enrol(open_event("otro"), roles["member"])
    for who in [*roles.values(), AnonymousUser()]:
        for one in (made, other):
            seen = Registration.objects.visible_to(who).filter(pk=one.pk).exists()
            assert seen == who.has_perm("events.view_registration", one), (who, one)


def test_own_ones_are_of_nobody_for_nobody(event, roles):
    enrol(event, roles["own"])
    assert Registration.objects.of(roles["own"]).count() == 1
    assert Registration.objects.of(AnonymousUser()).count() == 0


def test_who_wrote_it_for_somebody_keeps_nothing_by_that(event, roles):
    made = enrol_for(event, roles["chair"])
    event.groups.get().memberships.all().delete()
    former = fresh(roles["chair"])
    assert made.made_by == former
    assert not Registration.objects.visible_to(former).exists()
    assert not any(former.has_perm(f"events.{verb}_registration", made) for verb in ("view", "change"))


def test_whom_one_brings_along_is_in_ones_hands(visitor):
    event = open_event("pareja", guests=1)
    host = enrol(event, visitor, guests=[{"name": "Ana"}])
    assert Registration.objects.visible_to(visitor).count() == 2
    assert visitor.has_perm("events.change_registration", host.guests.get())


# --- the link


def reads(user, event):
    return fresh(user).has_perm("events.read_link", Event.objects.get(pk=event.pk))


@pytest.fixture
def room():
    return open_event("sala", mode="hybrid", on_line=1, guests=1)


def test_link_without_registration_is_for_members_as_before(miner, visitor):
    event = stored("libre", mode="on-line", link="https://meet.example.org/x")
    assert [reads(miner.user, event), reads(visitor, event)] == [True, False]


def test_link_with_registration_is_not_for_members_as_such(room, miner):
    assert not reads(miner.user, room)


def test_link_is_for_accounts_with_a_place_on_line(room, visitor):
    enrol(room, visitor, mode=ON_LINE)
    assert reads(visitor, room)


def test_link_is_not_for_who_comes_on_site(room, visitor):
    enrol(room, visitor)
    assert not reads(visitor, room)


@pytest.mark.parametrize("state", ["pending", "waiting", "lapsed", "cancelled", "declined"])
def test_link_is_only_for_confirmed_ones(room, visitor, state):
    made = enrol(room, visitor, mode=ON_LINE)
    Registration.objects.filter(pk=made.pk).update(state=state)
    assert not reads(visitor, room)


def test_link_is_for_the_host_of_a_guest_on_line(room, visitor):
    enrol(room, visitor, guests=[{"name": "Ana", "mode": ON_LINE}])
    assert reads(visitor, room)


def test_link_ends_with_the_event(room, visitor, clock):
    enrol(room, visitor, mode=ON_LINE)
    clock.move_to(room.ends_at)
    assert not reads(visitor, room)


@pytest.mark.parametrize("state", ["cancelled", "postponed"])
def test_link_is_not_for_what_is_called_off(room, visitor, state):
    enrol(room, visitor, mode=ON_LINE)
    Event.objects.filter(pk=room.pk).update(state=state)
    assert not reads(visitor, room)


def test_link_is_for_who_runs_it(room, secretary):
    assert reads(secretary, room)


def test_link_is_not_for_who_sees_the_event_no_more(room, visitor):
    enrol(room, visitor, mode=ON_LINE)
    Event.objects.filter(pk=room.pk).update(audience="members")
    assert not reads(visitor, room)


def test_group_without_place_reads_no_link_where_one_registers(seated, group):
    event = open_event("reunion", kind="meeting", audience="group", groups=[group], mode="on-line", on_line=3)
    assert not reads(seated, event)
    enrol(event, seated, mode=ON_LINE)
    assert reads(seated, event)


def test_terms_alone_make_the_difference(miner):
    event = stored("libre", mode="on-line", link="https://meet.example.org/x")
    now = timezone.now()
    RegistrationTerms.objects.create(event=event, opens_at=now, closes_at=event.starts_at)
    assert not reads(miner.user, event)
