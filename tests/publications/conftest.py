"""A library with readers of every kind."""

from datetime import date

import pytest

from members.models import Group, GroupMembership
from tests.conftest import make_person, make_user


@pytest.fixture
def group(db):
    return Group.objects.create(slug="mesa-del-agua", name="Mesa del agua", name_es="Mesa del agua", kind="working-group")


@pytest.fixture
def sitter(group):
    """A member who sits in the group."""
    person = make_person("eva-mamani", country="PE")
    GroupMembership.objects.create(group=group, person=person, starts_on=date(2020, 1, 1))
    return person


@pytest.fixture
def editor(db):
    """Staff who keep the library and are not the secretariat."""
    from django.contrib.auth.models import Group as Role

    user = make_user("biblioteca@example.org", is_staff=True)
    user.groups.add(Role.objects.get(name="editors"))
    return user


@pytest.fixture
def readers(visitor, miner, sitter, editor, officer, secretary):
    """One of each role, by name."""
    from django.contrib.auth.models import AnonymousUser

    return {
        "anonymous": AnonymousUser(),
        "account": visitor,
        "member": miner.user,
        "sitter": sitter.user,
        "editor": editor,
        "officer": officer,
        "secretariat": secretary,
    }
