"""A group with its chair and a member, at an hour when it is still yesterday in America."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone, translation

from events.actions.attending import attend
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
def noted(chair):
    """Note somebody as present, as who chairs the group."""

    def note(registration=None, *, event=None, minutes_ago=0, mode="on-site", seen="search", **more):
        moment = timezone.now() - timedelta(minutes=minutes_ago)
        event = event or registration.event
        return attend(event=event, actor=chair, once=uuid.uuid4(), mode=mode, seen=seen, at=moment, registration=registration, **more)

    return note


@pytest.fixture
def as_user(client):
    """Sign somebody in, or nobody."""

    def enter(who=None):
        client.logout()
        if who is not None:
            client.force_login(getattr(who, "user", who))
        return client

    return enter
