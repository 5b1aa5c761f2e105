"""Who may do what: one table of roles against permissions, and of states against moves."""

from datetime import date

import pytest

from members import states
from members.enums import ApplicationState, PersonState
from members.models import Affiliation, Application, Group
from members.rules import TABLE
from red_mpe.core.states import can_start
from tests.members.conftest import ROLES

STAFF = {"secretariat", "superuser"}
MEMBERS = {"member", "representative"}
EXPECTED = {
    "members.send_application": set(ROLES) - {"anonymous", "closed"},
    "members.view_application": {"account"} | STAFF,
    "members.withdraw_application": {"account", "superuser"},
    "members.accept_application": STAFF,
    "members.decline_application": STAFF,
    "members.view_person": MEMBERS | STAFF,
    "members.change_person": {"member"} | STAFF,
    "members.suspend_person": STAFF,
    "members.restore_person": STAFF,
    "members.contact_person": {"representative", "superuser"},
    "members.view_organisation": set(ROLES),
    "members.add_organisation": STAFF,
    "members.change_organisation": {"representative"} | STAFF,
    "members.contact_organisation": MEMBERS | {"superuser"},
    "members.view_affiliation": MEMBERS | STAFF,
    "members.confirm_affiliation": {"representative"} | STAFF,
    "members.grant_speaking": {"representative"} | STAFF,
    "members.withdraw_speaking": {"representative"} | STAFF,
    "members.end_affiliation": MEMBERS | STAFF,
    "members.add_affiliation": STAFF,
    "members.change_affiliation": STAFF,
    "members.add_group": STAFF,
    "members.view_group": set(ROLES),
    "members.change_group": STAFF,
    "members.view_groupmembership": set(),
    "members.seat_member": STAFF,
    "members.unseat_member": STAFF,
    "members.close_account": STAFF,
    "members.reopen_account": STAFF,
    "members.set_roles": {"superuser"},
}


@pytest.fixture
def things(application, readers, cooperative):
    """One thing for each permission; the person is the member's own."""
    person = readers["member"].person
    affiliation = Affiliation.objects.create(person=person, organisation=cooperative, starts_on=date(2024, 1, 1))
    group = Group.objects.create(slug="g", name_es="G", kind="committee")
    things = {"application": application, "person": person, "organisation": cooperative, "affiliation": affiliation, "group": group}
    return things | {"speaking": affiliation, "member": group, "account": person.user, "roles": person.user}


def test_table_of_expectations_is_whole():
    assert set(EXPECTED) == set(TABLE)


@pytest.mark.parametrize("permission", sorted(set(EXPECTED) - {"members.view_groupmembership"}))
def test_permission_is_for_these_roles_only(permission, things, readers):
    thing = things[permission.rpartition("_")[2]]
    assert {role for role, user in readers.items() if user.has_perm(permission, thing)} == EXPECTED[permission]


@pytest.mark.parametrize("permission", sorted(TABLE))
def test_permission_without_a_thing_is_never_an_error(permission, readers):
    for user in readers.values():
        assert user.has_perm(permission) in (True, False)


@pytest.mark.parametrize("state", ApplicationState)
@pytest.mark.parametrize("name", states.APPLICATION_MOVES)
def test_only_waiting_applications_move(state, name):
    assert can_start(Application(state=state), states.APPLICATION_MOVES[name]) is (state == ApplicationState.SENT)


def test_members_are_suspended_and_restored_back_and_forth():
    assert states.SUSPEND.sources == {states.RESTORE.target} == {PersonState.MEMBER}
    assert states.RESTORE.sources == {states.SUSPEND.target} == {PersonState.SUSPENDED}


def test_own_account_is_never_closed_by_its_owner_in_the_secretariat(secretary):
    assert not secretary.has_perm("members.close_account", secretary)
