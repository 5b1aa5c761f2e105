"""Attempts to read from the admin what it never shows."""

from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group as Role
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from members.actions import set_roles, suspend_person, write_to_organisation
from red_mpe.core.states import DomainError
from tests.conftest import make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("model", "lookup"),
    [
        ("members_user", "password__startswith"),
        ("members_user", "notifications"),
        ("members_user", "outgoing_mails"),
        ("members_user", "+"),
        ("mfa_authenticator", "data__secret__startswith"),
        ("usersessions_usersession", "session_key__startswith"),
        ("usersessions_usersession", "ip"),
        ("notifications_outgoingmail", "kind"),
        ("notifications_outgoingmail", "notification"),
        ("notifications_notification", "entry"),
        ("members_person", "user__password__startswith"),
    ],
)
def test_lists_answer_only_what_their_filters_ask(client, secretary, model, lookup):
    client.force_login(secretary)
    address = reverse(f"admin:{model}_changelist")
    assert client.get(f"{address}?{urlencode({lookup: 'p'})}").status_code in (302, 400)
    assert client.get(address).status_code == 200


def test_the_filters_themselves_still_ask(client, secretary):
    client.force_login(secretary)
    for model, query in (
        ("members_user", {"is_active__exact": 1, "language__exact": "es"}),
        ("members_person", {"category__chamber__id__exact": 1, "country": "PE"}),
        ("notifications_outgoingmail", {"state__in": "failed,held", "created_at__gte": "2026-01-01 00:00:00+00:00"}),
    ):
        assert client.get(reverse(f"admin:{model}_changelist"), query).status_code == 200


def test_suspended_representative_gets_no_mail_of_the_organisation(miner, scholar, cooperative, secretary):
    suspend_person(person=miner, actor=secretary)
    with pytest.raises(DomainError, match=r"habla|speaks"):
        write_to_organisation(organisation=cooperative, actor=scholar.user, text="Hola", once=uuid4())


@pytest.mark.parametrize("act", ["action_add", "action_remove", "action_primary"])
def test_open_session_alone_does_not_change_the_address(client, miner, act):
    address = "otra@example.org" if act == "action_add" else miner.user.email
    client.force_login(miner.user)
    answer = client.post(reverse("account_email"), {act: "1", "email": address})
    assert reverse("account_reauthenticate") in answer["Location"]
    assert list(miner.user.emailaddress_set.values_list("email", flat=True)) == [miner.user.email]


def test_superuser_does_not_make_themself_protection_officer(db, visitor):
    boss = make_user("todo@example.org", is_staff=True, is_superuser=True)
    protection = Role.objects.filter(name="protection")
    with pytest.raises(PermissionDenied):
        set_roles(user=boss, actor=boss, is_staff=True, is_superuser=True, roles=protection)
    set_roles(user=visitor, actor=boss, is_staff=True, is_superuser=False, roles=protection)
    assert list(protection.get().user_set.all()) == [visitor]
