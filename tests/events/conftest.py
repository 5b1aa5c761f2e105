"""A group with its chair and a member, at an hour when it is still yesterday in America."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.utils import translation

from tests.factories.events import make_group, sit

NOW = datetime(2026, 3, 10, 3, 30, tzinfo=UTC)  # 9 March, 22:30 in Lima


@pytest.fixture(autouse=True)
def clock():
    """Stands at NOW; `clock.move_to(…)` moves it."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def _spanish():
    """Start in Spanish, whatever language the page of an earlier test was in."""
    with translation.override("es"):
        yield


@pytest.fixture
def group(db):
    return make_group()


@pytest.fixture
def chair(group):
    return sit(group, "preside-mesa", "chair")


@pytest.fixture
def seated(group):
    return sit(group, "sienta-mesa")


@pytest.fixture
def as_user(client):
    """Sign somebody in, or nobody."""

    def enter(who=None):
        client.logout()
        if who is not None:
            client.force_login(getattr(who, "user", who))
        return client

    return enter
