"""Signing up and in: our mail road, the reader's language, our own pages only."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import translation

from members.models import Person, User
from red_mpe.notifications.mailing.message import thaw
from red_mpe.notifications.models import OutgoingMail

PASSWORD = "una-clave-muy-larga-7"


def last_mail():
    mail = OutgoingMail.objects.order_by("-pk").first()
    return mail, thaw(bytes(mail.message))


def sign_up(client, email, language="es", **more):
    """Fill the form in as a person does, ten seconds after opening it."""
    with translation.override(language), time_machine.travel(datetime.now(UTC) - timedelta(seconds=10)):
        address = reverse("account_signup")
        page = client.get(address)
        hidden = {field.html_name: field.value() or "" for field in page.context["form"].hidden_fields()}
    return client.post(address, {"email": email, "password1": PASSWORD, "password2": PASSWORD, **hidden, **more})


def code_in(message):
    return re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", message.body, re.MULTILINE)[1]


@pytest.mark.parametrize("language", ["es", "en", "pt-br"])
def test_newcomer_keeps_the_language_of_the_page(client, db, language):
    assert sign_up(client, "new@example.org", language).status_code == 302
    mail, message = last_mail()
    assert (mail.recipient.email, mail.recipient.language) == ("new@example.org", language)
    assert message.to == ["new@example.org"]
    assert mail.kind.startswith("account.email_confirmation")


def test_code_opens_the_account_and_leads_to_the_application(client, db):
    response = sign_up(client, "new@example.org", "en")
    response = client.post(response.url, {"code": code_in(last_mail()[1])})
    assert response.status_code == 302
    with translation.override("en"):
        assert response.url == reverse("members:apply")
    assert EmailAddress.objects.get(email="new@example.org").verified


def test_wrong_code_opens_nothing(client, db):
    response = sign_up(client, "new@example.org", "en")
    response = client.post(response.url, {"code": "AAAA-AAAA"})
    assert response.status_code == 200
    assert not EmailAddress.objects.filter(verified=True).exists()


def test_known_address_is_answered_like_a_new_one_and_told_by_mail(client, visitor):
    known, new = sign_up(client, "visitor@example.org"), sign_up(client.__class__(), "fresh@example.org")
    assert (known.status_code, known.url) == (new.status_code, new.url)
    assert User.objects.filter(email="visitor@example.org").count() == 1
    assert "account.account_already_exists" in OutgoingMail.objects.values_list("kind", flat=True)


def test_mail_speaks_the_language_of_its_reader_not_of_the_page(client, neighbour):
    with translation.override("en"):
        client.post(reverse("account_request_login_code"), {"email": neighbour.user.email})
    with translation.override("pt-br"):
        expected = reverse("account_login").split("/")[1]
    mail, message = last_mail()
    assert mail.recipient == neighbour.user
    assert f'lang="{expected}"' in message.alternatives[0][0]


def test_unknown_address_asking_for_a_code_is_answered_alike(client, visitor):
    ask, address = [client, client.__class__()], reverse("account_request_login_code")
    answers = [one.post(address, {"email": f"{who}@example.org"}) for one, who in zip(ask, ("visitor", "nobody"), strict=True)]
    assert {(answer.status_code, answer.url) for answer in answers} == {(302, answers[0].url)}
    assert [mail.recipient for mail in OutgoingMail.objects.order_by("pk")] == [visitor, None]


def sign_in(client, user, query=""):
    return client.post(reverse("account_login") + query, {"login": user.email, "password": "una-clave-larga-9"})


def test_who_is_not_a_member_is_led_to_the_application(client, visitor):
    assert sign_in(client, visitor).url == reverse("members:apply")


def test_member_is_led_home_in_their_language(client, miner):
    assert sign_in(client, miner.user).url == reverse("portal:home")


FOREIGN = ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "http:///evil.example", "\t//evil.example"]


@pytest.mark.parametrize("foreign", FOREIGN)
def test_foreign_next_is_not_followed(client, miner, foreign):
    response = client.post(f"{reverse('account_login')}", {"login": miner.user.email, "password": "una-clave-larga-9", "next": foreign})
    assert response.status_code == 302
    assert "evil" not in response.url
    assert "javascript" not in response.url


def test_own_next_is_followed(client, miner):
    response = sign_in(client, miner.user, "?next=" + reverse("members:group_list"))
    assert response.url == reverse("members:group_list")


def test_closed_account_does_not_enter(client, miner):
    User.objects.filter(pk=miner.user_id).update(is_active=False)
    sign_in(client, miner.user)
    assert "_auth_user_id" not in client.session
    assert Person.objects.filter(pk=miner.pk).exists()
