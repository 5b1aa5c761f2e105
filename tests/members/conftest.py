"""Readers of every role, and one application."""

import uuid

import pytest
from django.contrib.auth.models import AnonymousUser

from members.actions import send_application
from members.models import User
from red_mpe.core.models import StakeholderCategory
from tests.conftest import make_person, make_user

ROLES = ("anonymous", "account", "member", "representative", "suspended", "closed", "secretariat", "officer", "superuser")


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
