"""Noting who was there: once, whatever phone tells it, in whatever order; refused in clear words."""

import random
import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from events.actions.attending import AFTER, AlreadyTakenBack, NotConfirmed, attend, undo_attendance, undoable
from events.models import Attendance, Minutes, TakenBack
from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError, StaleState
from tests.factories.day import doorkeeper_of, registered, session_of, today
from tests.factories.events import held, sit, stored
from tests.factories.standards import fresh


@pytest.fixture
def event(db, group):
    return today(groups=[group])


@pytest.fixture
def guest(event):
    return registered(event)


@pytest.fixture
def door(event, miner):
    return doorkeeper_of(event, miner)


def seen(actor, registration=None, *, event=None, how="scan", minutes_ago=0, once=None, **more):
    """Check somebody in."""
    more.setdefault("at", timezone.now() - timedelta(minutes=minutes_ago))
    more.setdefault("mode", "on-site")
    event = event or registration.event
    return attend(event=event, actor=actor, once=once or uuid.uuid4(), seen=how, registration=registration, **more)


def test_attendance_says_who_noted_it_and_how(door, guest):
    row = seen(door, guest)
    assert (row.recorded_by, row.seen, row.mode, row.at, row.session) == (door, "scan", "on-site", timezone.now(), None)


def test_same_ticket_twice_is_one_row(door, guest):
    assert seen(door, guest).pk == seen(door, guest).pk
    assert Attendance.objects.count() == 1


def test_second_phone_is_told_since_when(door, secretary, guest):
    once = uuid.uuid4()
    seen(door, guest, minutes_ago=20)
    row = seen(secretary, guest, once=once)
    assert row.once != once
    assert row.at == timezone.now() - timedelta(minutes=20)


def test_same_key_sent_again_is_the_same_row(door, guest):
    once = uuid.uuid4()
    assert seen(door, guest, once=once).pk == seen(door, guest, once=once).pk


def test_earlier_moment_that_arrives_later_wins(door, guest):
    seen(door, guest)
    assert seen(door, guest, minutes_ago=30).at == timezone.now() - timedelta(minutes=30)


def test_later_moment_changes_nothing(door, guest):
    seen(door, guest, minutes_ago=30)
    assert seen(door, guest).at == timezone.now() - timedelta(minutes=30)


@pytest.mark.parametrize("order", range(12))
def test_replays_in_any_order_end_the_same(door, event, order):
    guests = [registered(event, f"Persona {number}") for number in range(4)]
    told = [(guest, minutes, uuid.uuid4()) for guest in guests for minutes in (5, 15, 45)] * 2
    random.Random(order).shuffle(told)
    for guest, minutes, once in told:
        seen(door, guest, minutes_ago=minutes, once=once)
    earliest = timezone.now() - timedelta(minutes=45)
    assert list(Attendance.objects.order_by("registration").values_list("registration", "at")) == [(one.pk, earliest) for one in guests]


def test_session_and_whole_event_are_two(door, event, guest):
    seen(door, guest, session=session_of(event))
    seen(door, guest)
    assert Attendance.objects.count() == 2


def test_key_of_somebody_else_is_refused(door, event, guest):
    once = uuid.uuid4()
    seen(door, guest, once=once)
    with pytest.raises(StaleState):
        seen(door, registered(event, "Otra"), once=once)


@pytest.mark.parametrize("ahead", [timedelta(seconds=1), timedelta(hours=5), timedelta(days=4000)])
def test_clock_that_is_fast_is_taken_for_now(door, guest, ahead):
    assert seen(door, guest, at=timezone.now() + ahead).at == timezone.now()


@pytest.mark.parametrize("back", [timedelta(days=2), timedelta(days=20000)])
def test_clock_that_is_days_slow_is_taken_for_now(door, guest, back):
    assert seen(door, guest, at=timezone.now() - back).at == timezone.now()


def test_ticket_of_another_encounter_is_named(door, event):
    other = registered(stored("Convención de Puno"))
    with pytest.raises(DomainError, match="Convención de Puno"):
        seen(door, other, event=event)


def test_session_of_another_encounter_is_refused(door, guest):
    with pytest.raises(DomainError):
        seen(door, guest, session=session_of(stored("otro")))


@pytest.mark.parametrize("state", ["pending", "waiting", "cancelled", "declined", "lapsed"])
def test_registration_without_a_place_shows_its_state(door, event, state):
    guest = registered(event, state=state)
    with pytest.raises(NotConfirmed, match=guest.get_state_display()):
        seen(door, guest)


def test_who_runs_it_lets_somebody_in_anyway(event, chair):
    guest = registered(event, state="waiting")
    assert seen(chair, guest, anyway=True).registration == guest
    guest.refresh_from_db()
    assert guest.state == "waiting"
    assert AuditEntry.objects.get(verb="events.let_in").data == {"code": guest.code, "state": "waiting"}


def test_doorkeeper_lets_nobody_in_anyway(door, event):
    with pytest.raises(PermissionDenied):
        seen(door, registered(event, state="waiting"), anyway=True)


def test_confirmed_guest_let_in_anyway_is_no_exception(chair, guest):
    seen(chair, guest, anyway=True)
    assert not AuditEntry.objects.filter(verb="events.let_in").exists()


@pytest.mark.parametrize("state", ["draft", "postponed", "cancelled"])
def test_event_that_is_off_takes_nobody(secretary, state):
    with pytest.raises(DomainError):
        seen(secretary, registered(today(state=state)))


def test_door_is_closed_two_days_before(secretary, clock):
    guest = registered(stored("pronto"))
    clock.move_to(guest.event.starts_at - timedelta(hours=25))
    with pytest.raises(DomainError):
        seen(secretary, guest)
    clock.move_to(guest.event.starts_at - timedelta(hours=23))
    assert seen(secretary, guest)


def test_door_is_closed_three_days_after(secretary, event, guest, clock):
    clock.move_to(event.ends_at + timedelta(days=3, minutes=1))
    with pytest.raises(DomainError):
        seen(secretary, guest)


def test_phone_that_comes_back_after_days_is_heard(secretary, event, guest, clock):
    moment = timezone.now()
    clock.move_to(event.ends_at + timedelta(days=5))
    assert seen(secretary, guest, at=moment).at == moment


def test_minutes_may_note_it_weeks_later(secretary, event, miner, clock):
    clock.move_to(event.ends_at + timedelta(days=30))
    assert seen(secretary, event=event, how="minutes", person=miner, at=event.starts_at).person == miner


def test_member_with_a_place_is_noted_by_it(secretary, event, miner):
    guest = registered(event, user=miner.user)
    assert seen(secretary, event=event, how="minutes", person=miner).registration == guest


@pytest.mark.parametrize(("mode", "noted"), [("on-site", "on-site"), ("on-line", "on-line"), ("hybrid", "on-line")])
def test_mode_is_one_that_the_event_has(secretary, mode, noted):
    assert seen(secretary, registered(today(mode=mode)), mode="on-line").mode == noted


@pytest.mark.parametrize("how", ["scan", "search"])
def test_stranger_checks_nobody_in(neighbour, guest, how):
    with pytest.raises(PermissionDenied):
        seen(neighbour.user, guest, how=how)


def test_doorkeeper_of_another_event_checks_nobody_in(neighbour, guest):
    other = doorkeeper_of(today("otra"), neighbour)
    with pytest.raises(PermissionDenied):
        seen(other, guest)


def test_doorkeeper_writes_no_minutes(door, guest):
    with pytest.raises(PermissionDenied):
        seen(door, guest, how="minutes")


def test_one_says_it_of_oneself(event, visitor):
    guest = registered(event, user=visitor)
    assert seen(visitor, guest, how="self").seen == "self"


def test_one_does_not_say_it_of_others(event, visitor, guest):
    with pytest.raises(DomainError):
        seen(visitor, guest, how="self")


def test_who_sits_in_the_group_says_it_without_registration(event, seated):
    assert seen(seated, event=event, how="self", person=seated.member).person == seated.member


def test_member_of_no_group_says_nothing(event, scholar):
    with pytest.raises(DomainError):
        seen(fresh(scholar.user), event=event, how="self", person=scholar)


def test_one_does_not_say_it_before_it_begins(visitor):
    event = today(starts_at=timezone.now() + timedelta(hours=2), ends_at=timezone.now() + timedelta(hours=5))
    with pytest.raises(DomainError):
        seen(visitor, registered(event, user=visitor), how="self")


def test_one_says_it_until_three_days_after(visitor, clock):
    guest = registered(held("ayer", days_ago=2), user=visitor)
    assert seen(visitor, guest, how="self")
    clock.move_to(guest.event.ends_at + timedelta(days=4))
    with pytest.raises(DomainError):
        seen(visitor, registered(held("antes", days_ago=5), user=visitor), how="self")


def test_waiting_one_does_not_say_it(event, visitor):
    with pytest.raises(NotConfirmed):
        seen(visitor, registered(event, user=visitor, state="waiting"), how="self")


def test_neither_registration_nor_person_is_a_mistake_of_ours(secretary, event):
    with pytest.raises(ValueError, match="one of"):
        seen(secretary, event=event)


def test_taken_back_leaves_a_trace(door, guest):
    row = seen(door, guest)
    undo_attendance(attendance=row, actor=door)
    assert not Attendance.objects.exists()
    assert AuditEntry.objects.get(verb="events.attendance_undone").data == {"code": guest.code, "once": str(row.once)}


def test_taken_back_twice_is_once(door, guest):
    row = seen(door, guest)
    copy = Attendance.objects.get(pk=row.pk)
    undo_attendance(attendance=row, actor=door)
    undo_attendance(attendance=copy, actor=door)
    assert AuditEntry.objects.filter(verb="events.attendance_undone").count() == 1
    assert TakenBack.objects.count() == 1


def test_phone_that_sends_it_again_does_not_bring_it_back(door, guest):
    row = seen(door, guest)
    undo_attendance(attendance=row, actor=door)
    with pytest.raises(AlreadyTakenBack):
        seen(door, guest, once=row.once)
    assert not Attendance.objects.exists()


def test_another_check_in_brings_it_back(door, guest):
    undo_attendance(attendance=seen(door, guest), actor=door)
    assert seen(door, guest).pk


def test_one_takes_back_what_one_said(event, seated):
    row = seen(seated, event=event, how="self", person=seated.member)
    undo_attendance(attendance=row, actor=seated)
    assert AuditEntry.objects.get(verb="events.attendance_undone").data["code"] == ""


def test_one_does_not_take_back_what_the_door_noted(event, door, visitor):
    row = seen(door, registered(event, user=visitor))
    with pytest.raises(PermissionDenied):
        undo_attendance(attendance=row, actor=visitor)


def test_door_confirms_what_somebody_said_of_themselves(event, visitor, door):
    own = registered(event, user=visitor)
    said = seen(visitor, own, how="self", minutes_ago=20)
    row = seen(door, own)
    assert (row.once, row.seen, row.recorded_by, row.at) == (said.once, "scan", door, said.at)
    with pytest.raises(PermissionDenied):
        undo_attendance(attendance=row, actor=visitor)


def test_own_word_changes_nothing_of_what_the_door_noted(event, visitor, door):
    own = registered(event, user=visitor)
    seen(door, own, how="search")
    assert seen(visitor, own, how="self").seen == "search"


def approved(event):
    return Minutes.objects.create(event=event, state="approved")


def test_what_the_minutes_noted_is_not_for_the_door_to_take_back(door, chair, event, seated):
    row = seen(chair, event=event, how="minutes", person=seated.member)
    assert undoable(event, door) == {"scan", "search", "self"}
    with pytest.raises(PermissionDenied):
        undo_attendance(attendance=row, actor=door)


def test_who_runs_it_takes_back_what_the_minutes_noted(chair, event, seated, clock):
    row = seen(chair, event=event, how="minutes", person=seated.member)
    clock.move_to(event.ends_at + AFTER + timedelta(days=30))
    assert undoable(event, chair) == {"minutes"}
    undo_attendance(attendance=row, actor=chair)
    assert not Attendance.objects.exists()


def test_check_in_is_taken_back_until_three_days_after(door, chair, guest, event, clock):
    row = seen(door, guest)
    clock.move_to(event.ends_at + AFTER)
    assert "scan" in undoable(event, door)
    clock.shift(timedelta(seconds=1))
    assert undoable(event, door) == frozenset()
    with pytest.raises(DomainError, match="demasiado tarde"):
        undo_attendance(attendance=row, actor=chair)


@pytest.mark.parametrize("how", ["scan", "minutes"])
def test_approved_minutes_settle_who_was_there(chair, guest, event, how):
    row = seen(chair, guest, how=how)
    approved(event)
    assert undoable(event, chair) == frozenset()
    with pytest.raises(DomainError, match="acta está aprobada"):
        undo_attendance(attendance=row, actor=chair)


def test_one_takes_back_what_one_said_only_for_three_days(event, seated, clock):
    row = seen(seated, event=event, how="self", person=seated.member)
    clock.move_to(event.ends_at + timedelta(days=4))
    with pytest.raises(DomainError, match="demasiado tarde"):
        undo_attendance(attendance=row, actor=seated)


def test_doorkeeper_keeps_the_door_a_week_long(door, event, clock):
    assert door.has_perm("events.check_in", event)
    clock.move_to(event.ends_at + timedelta(days=8))
    assert not door.has_perm("events.check_in", event)


def test_doorkeeper_sees_no_list_months_ahead(miner):
    event = stored("lejos")
    assert not doorkeeper_of(event, miner).has_perm("events.check_in", event)


def test_suspended_member_keeps_no_door(event, miner):
    miner.state = "suspended"
    miner.save()
    assert not doorkeeper_of(event, miner).has_perm("events.check_in", event)


def test_who_chairs_the_group_keeps_its_doors(event, chair, group):
    assert chair.has_perm("events.check_in", event)
    assert not sit(group, "otra-persona").has_perm("events.check_in", event)


def test_approved_minutes_take_nobody_in_any_more(chair, guest, event):
    approved(event)
    with pytest.raises(DomainError, match="acta está aprobada"):
        seen(chair, guest, how="minutes")
    assert not Attendance.objects.exists()
