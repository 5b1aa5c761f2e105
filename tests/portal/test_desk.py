"""What waits for the secretariat."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from members.models import Application
from red_mpe.core import desk as registry
from red_mpe.notifications.enums import MailState
from red_mpe.notifications.models import OutgoingMail
from standards.enums import CommentState, RoundState
from tests.conftest import make_user
from tests.support.frameworks import make_comment, make_framework, make_round, make_version
from tests.support.queries import flat


@pytest.fixture
def desk(client, secretary):
    """Read the desk as the secretariat."""
    client.force_login(secretary)

    def read():
        response = client.get(reverse("portal:desk"))
        assert response.status_code == 200
        return {row["panel"].key: row["pile"] for row in response.context["piles"]}

    return read


def apply(name, category, *, days=0):
    application = Application.objects.create(
        applicant=make_user(f"{name}@example.org"),
        once=uuid.uuid4(),
        kind="person",
        name=name,
        country="PE",
        category=category,
        motivation="x",
    )
    Application.objects.filter(pk=application.pk).update(created_at=timezone.now() - timedelta(days=days))
    return application


def send_mail(user, state, number=0):
    return OutgoingMail.objects.create(recipient=user, kind="test", message=b"x", state=state, message_id=f"<{uuid.uuid4()}@{number}>")


def test_an_empty_desk_says_so(desk):
    assert {pile.count for pile in desk().values()} == {0}


def test_applications_wait_the_oldest_first(desk, producers):
    apply("nueva", producers, days=1)
    apply("vieja", producers, days=9)
    pile = desk()["members.applications"]
    assert [thing.title for thing in pile.first] == ["vieja", "nueva"]


def test_answered_applications_wait_no_longer(desk, producers):
    Application.objects.filter(pk=apply("lista", producers).pk).update(state="withdrawn")
    assert desk()["members.applications"].count == 0


def test_rounds_come_by_their_next_instant(desk, version):
    make_round(version, days_left=3)
    other = make_version(make_framework("agua"))
    make_round(other, days_left=40, state=RoundState.ANNOUNCED)
    pile = desk()["standards.rounds"]
    assert pile.count == 2
    assert "marco" in pile.first[0].title


def test_hidden_comments_of_open_rounds_are_listed(desk, consultation, producers):
    make_comment(consultation, producers, state=CommentState.HIDDEN, hidden_reason="insults")
    make_comment(consultation, producers)
    assert desk()["standards.hidden"].count == 1


@pytest.mark.parametrize(("state", "waits"), [("failed", 1), ("uncertain", 1), ("held", 1), ("queued", 0), ("sent", 0)])
def test_mails_that_did_not_leave_wait(desk, visitor, state, waits):
    send_mail(visitor, state)
    assert desk()["notifications.mails"].count == waits


def test_the_most_binding_comes_first(desk):
    assert list(desk())[:3] == ["standards.rounds", "standards.objections", "standards.unanswered"]


def test_the_protection_officer_sees_no_work_of_the_secretariat(client, officer):
    client.force_login(officer)
    assert client.get(reverse("portal:desk")).context["piles"] == []


def test_members_have_no_desk(client, miner):
    client.force_login(miner.user)
    assert client.get(reverse("portal:desk")).status_code == 403


def test_the_desk_is_flat(client, secretary, producers, visitor):
    client.force_login(secretary)

    def grow():
        for number in range(3):
            apply(f"otra-{number}", producers)
            send_mail(visitor, MailState.FAILED, number)

    apply("primera", producers)
    send_mail(visitor, MailState.FAILED, 9)
    panels = len(client.get(reverse("portal:desk")).context["piles"])
    flat(lambda: client.get(reverse("portal:desk")).content, grow, ceiling=6 + 2 * panels)  # a panel counts, and reads its first rows


def test_links_of_the_desk_lead_somewhere(client, secretary, consultation, producers, visitor):
    apply("primera", producers)
    send_mail(visitor, MailState.FAILED)
    make_comment(consultation, producers, state=CommentState.HIDDEN, hidden_reason="insults")
    client.force_login(secretary)
    for row in client.get(reverse("portal:desk")).context["piles"]:
        for address in filter(None, [row["pile"].url, *(thing.url for thing in row["pile"].first)]):
            assert client.get(address).status_code == 200, address


def test_a_panel_is_registered_once():
    with pytest.raises(ValueError, match="twice"):
        registry.register(registry.panels()[0])
