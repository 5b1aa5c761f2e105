"""Who keeps the door: named and dismissed by who runs the event, seen by nobody else."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from events.actions.doors import dismiss_doorkeeper, name_doorkeeper
from events.models import Attendance, Doorkeeper
from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError
from tests.conftest import make_person
from tests.factories.day import doorkeeper_of, today
from tests.factories.standards import fresh


@pytest.fixture
def event(db, group):
    return today(groups=[group])


def test_doorkeeper_is_named_once(chair, event, miner):
    name_doorkeeper(event=event, actor=chair, person=miner)
    name_doorkeeper(event=event, actor=chair, person=miner)
    assert event.doorkeepers.get().named_by == chair
    assert AuditEntry.objects.filter(verb="events.doorkeeper_named").count() == 1


def test_only_who_runs_it_names_doorkeepers(seated, event, miner):
    with pytest.raises(PermissionDenied):
        name_doorkeeper(event=event, actor=seated, person=miner)


def test_suspended_person_keeps_no_door(chair, event):
    with pytest.raises(DomainError):
        name_doorkeeper(event=event, actor=chair, person=make_person("sus-pendida", state="suspended"))


def test_doorkeeper_is_dismissed_once(chair, event, miner):
    name_doorkeeper(event=event, actor=chair, person=miner)
    dismiss_doorkeeper(event=event, actor=chair, person=miner)
    dismiss_doorkeeper(event=event, actor=chair, person=miner)
    assert not fresh(miner.user).has_perm("events.check_in", event)
    assert AuditEntry.objects.filter(verb="events.doorkeeper_dismissed").count() == 1


def test_only_who_runs_it_dismisses_doorkeepers(event, miner):
    with pytest.raises(PermissionDenied):
        dismiss_doorkeeper(event=event, actor=doorkeeper_of(event, miner), person=miner)


def test_doorkeepers_are_seen_by_themselves_and_who_runs_it(event, miner, chair, scholar):
    doorkeeper_of(event, miner)
    seen = [Doorkeeper.objects.visible_to(user).count() for user in (fresh(miner.user), chair, fresh(scholar.user), AnonymousUser())]
    assert seen == [1, 1, 0, 0]


def test_attendance_of_nobody_is_nothing(event):
    assert not Attendance.objects.of(AnonymousUser()).exists()
