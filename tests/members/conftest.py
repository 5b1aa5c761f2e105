"""Readers of every role, and one application."""

import uuid
from datetime import date
from itertools import count, islice

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import translation

from members.actions import send_application
from members.models import Affiliation, Group, GroupMembership, User
from red_mpe.core.models import StakeholderCategory
from tests.conftest import make_organisation, make_person, make_user

ROLES = ("anonymous", "account", "member", "representative", "suspended", "closed", "secretariat", "officer", "superuser")


@pytest.fixture(autouse=True)
def _spanish():
    """Start in Spanish, whatever language the page of an earlier test was in."""
    with translation.override("es"):
        yield


@pytest.fixture
def readers(visitor, miner, scholar, secretary, officer):
    """One reader of each role. Each is read anew, so that nothing is remembered from making them."""
    suspended = make_person("sus-pendida", state="suspended")
    closed = make_person("clo-sed", user=make_user("closed@example.org", is_active=False))
    superuser = User.objects.create_superuser("root@example.org", "una-clave-larga-9")
    users = (visitor, scholar.user, miner.user, suspended.user, closed.user, secretary, officer, superuser)
    return {"anonymous": AnonymousUser()} | {role: User.objects.get(pk=user.pk) for role, user in zip(ROLES[1:], users, strict=True)}


@pytest.fixture
def words(db):
    """What an application to join is made of."""
    return {
        "once": uuid.uuid4(),
        "kind": "person",
        "name": "Delfina Arroyo",
        "country": "PE",
        "category": StakeholderCategory.objects.get(code="women-sorters"),
        "motivation": "Soy pallaquera desde hace once años.",
    }


@pytest.fixture
def application(visitor, words):
    return send_application(actor=visitor, **words)


@pytest.fixture
def committee(cooperative, miner, neighbour):
    group = Group.objects.create(slug="comite", name_es="Comité", charter_es="Nos **reunimos**.", kind="committee", secretariat=cooperative)
    GroupMembership.objects.create(group=group, person=miner, organisation=cooperative, role="chair", starts_on=date(2020, 1, 1))
    GroupMembership.objects.create(group=group, person=neighbour, role="member", starts_on=date(2020, 1, 1))
    return group


@pytest.fixture
def grow_network(committee, cooperative, miner):
    """Add three people, each in the cooperative and its committee, and three groups and organisations for Rosa."""
    made = count()

    def grow():
        for number in islice(made, 3):
            person, house = make_person(f"p-{number}"), make_organisation(f"o-{number}")
            group = Group.objects.create(slug=f"g-{number}", name_es=f"G{number}", kind="committee", secretariat=cooperative)
            Affiliation.objects.create(person=person, organisation=cooperative, starts_on=date(2020, 1, 1))
            Affiliation.objects.create(person=miner, organisation=house, starts_on=date(2020, 1, 1))
            GroupMembership.objects.create(group=committee, person=person, organisation=cooperative, starts_on=date(2020, 1, 1))
            GroupMembership.objects.create(group=group, person=miner, starts_on=date(2020, 1, 1))

    return grow
