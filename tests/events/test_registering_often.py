"""How often one may register, and change what one has."""

import uuid

import pytest
from django.urls import reverse

from events.models import Registration
from events.views import registering
from tests.factories.registering import enrol, open_event

pytestmark = pytest.mark.django_db
ACTS = {"registration_mode": {"mode": "on-line"}, "registration_change": {}, "registration_cancel": {}, "registration_accept": {}}


@pytest.fixture(autouse=True)
def _seldom(monkeypatch):
    monkeypatch.setattr(registering, "AN_HOUR", 1)


@pytest.fixture
def made(visitor):
    return enrol(open_event(mode="hybrid", on_line=2), visitor)


def send(client, page, *arguments, **fields):
    return client.post(reverse(f"events:{page}", args=arguments), fields)


def test_form_sent_too_often_keeps_every_word(as_user, visitor):
    event, client = open_event(), as_user(visitor)
    answers = [send(client, "register", event.slug, once=uuid.uuid4(), mode="on-site", name="Ñusta Zq") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 429]
    assert "Ñusta Zq" in answers[1].content.decode()
    assert Registration.objects.count() == 1


def test_form_that_does_not_hold_is_not_counted(as_user, visitor):
    event, client = open_event(), as_user(visitor)
    known = {"once": uuid.uuid4(), "mode": "on-site"}
    assert [send(client, "register", event.slug, name=name, **known).status_code for name in ("", "", "Rosa")] == [422, 422, 303]


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("who", ["visitor", "secretary"])
def test_acts_are_counted_but_not_of_who_runs_the_event(as_user, made, request, name, who):
    client = as_user(request.getfixturevalue(who))
    answers = [send(client, name, made.event.slug, made.code, **ACTS[name]).status_code for _ in range(2)]
    assert (answers[1] == 429) is (who == "visitor")
    assert answers[0] != 429
