"""Permissions, and the predicates with their two traps."""

import pytest
import rules
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from red_mpe.core.permissions import may_personally, require, require_personally
from red_mpe.core.predicates import active, is_present, is_protection_officer, is_secretariat, is_staff
from tests.conftest import make_user


@pytest.fixture
def people(visitor, secretary, officer):
    closed = make_user("closed@example.org", is_active=False, is_staff=True, is_superuser=True)
    root = make_user("root@example.org", is_staff=True, is_superuser=True)
    return {"nobody": AnonymousUser(), "visitor": visitor, "secretary": secretary, "officer": officer, "closed": closed, "root": root}


@pytest.mark.parametrize(
    ("predicate", "those"),
    [
        (is_staff, {"secretary", "officer", "root"}),
        (is_secretariat, {"secretary", "root"}),
        (is_protection_officer, {"officer"}),
    ],
)
def test_predicate_holds_for_exactly(people, predicate, those):
    assert {role for role, user in people.items() if predicate(user, None)} == those


def test_active_is_never_true_for_nobody(people):
    always = active(lambda user, thing: True)
    assert {role for role, user in people.items() if always(user)} == set(people) - {"nobody", "closed"}
    assert not always(None)


def test_is_present_needs_a_working_account(people):
    assert [is_present(people[role]) for role in ("nobody", "closed", "visitor")] == [False, False, True]


def test_require_refuses_by_name(people):
    require(people["secretary"], "standards.moderate_comment")
    with pytest.raises(PermissionDenied, match="moderate_comment"):
        require(people["visitor"], "standards.moderate_comment")


def test_a_superuser_has_no_privilege_in_what_is_personal(people, monkeypatch):
    permissions = rules.RuleSet({"tests.own": is_protection_officer})
    monkeypatch.setattr(rules.permissions, "permissions", permissions)
    assert people["root"].has_perm("tests.own")
    assert may_personally(people["officer"], "tests.own", None)
    require_personally(people["officer"], "tests.own", None)
    with pytest.raises(PermissionDenied):
        require_personally(people["root"], "tests.own", None)
