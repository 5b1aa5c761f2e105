"""Who is signed in, asked anew at every request and with one query."""

import pytest
from django.urls import reverse
from django.utils import translation

from members.adapter import Accounts
from members.models import Person, User
from red_mpe.core.models import AuditEntry
from red_mpe.notifications.models import Notification
from red_mpe.portal.context import page
from tests.support.queries import count_queries


@pytest.fixture
def home():
    with translation.override("en"):
        return reverse("portal:home")


@pytest.fixture
def inside(client, miner, home):
    """A browser of a member, signed in."""
    client.force_login(miner.user)
    assert client.get(home).context["user"].is_authenticated
    return client


@pytest.fixture
def tell():
    """Put a line into inboxes."""

    def told(*people):
        entry = AuditEntry.objects.create(verb="members.tested")
        return [Notification.objects.create(entry=entry, recipient=one.user, category="clauses", frequency="daily") for one in people]

    return told


def test_account_person_and_unread_lines_are_one_query(miner):
    def read():
        user = Accounts().get_user(miner.user_id)
        return user.member, user.unread

    assert len(count_queries(read)) == 1
    assert read() == (miner, 0)


def test_account_without_a_person_asks_no_more(visitor):
    assert len(count_queries(lambda: Accounts().get_user(visitor.pk).member)) == 1
    assert Accounts().get_user(visitor.pk).member is None


def test_nobody_and_the_closed_are_not_found(miner):
    User.objects.filter(pk=miner.user_id).update(is_active=False)
    assert Accounts().get_user(miner.user_id) is Accounts().get_user(0) is None


def test_a_closed_account_is_outside_at_its_next_page(inside, miner, home):
    User.objects.filter(pk=miner.user_id).update(is_active=False)
    assert not inside.get(home).context["user"].is_authenticated


def test_a_suspended_member_is_none_at_the_next_page(inside, miner, home):
    assert inside.get(home).context["user"].member == miner
    Person.objects.filter(pk=miner.pk).update(state="suspended")
    assert inside.get(home).context["user"].member is None


def test_a_session_ended_elsewhere_is_over_at_the_next_page(inside, home):
    inside.session.flush()
    assert not inside.get(home).context["user"].is_authenticated


def test_a_changed_password_ends_the_session_at_once(inside, miner, home):
    user = User.objects.get(pk=miner.user_id)
    user.set_password("otra-clave-larga-8")
    user.save()
    assert not inside.get(home).context["user"].is_authenticated


def test_unread_lines_are_those_of_now(inside, miner, scholar, home, tell):
    tell(miner, scholar)
    assert inside.get(home).context["unread_count"] == 1
    Notification.objects.update(read_at="2026-11-23T12:00Z")
    assert inside.get(home).context["unread_count"] == 0


def test_unread_lines_are_counted_to_a_hundred(miner, tell):
    for _ in range(102):
        tell(miner)
    assert Accounts().get_user(miner.user_id).unread == Notification.objects.unread_count(miner.user) == 100


def test_who_has_just_signed_in_is_asked_for(rf, miner, tell):
    tell(miner)
    request = rf.get("/")
    request.user, request.resolver_match = User.objects.get(pk=miner.user_id), None
    assert page(request)["unread_count"] == 1
