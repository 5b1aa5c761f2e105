"""Addresses that nobody types."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/u/%00/", "/u/x%00/preferences/", "/es/marcos/comentarios/%00/", "/%00"])
def test_address_with_a_nul_is_a_bad_request(client, path):
    answer = client.get(path)
    assert answer.status_code == 400
    assert "<h1" in answer.content.decode()


def test_page_number_of_five_thousand_digits_is_the_last_page(client):
    assert client.get(reverse("portal:search"), {"q": "agua", "in": "clauses", "page": "9" * 5000}).status_code == 200


@pytest.mark.parametrize("topic", ["theme:\0", "framework:\0", "\0"])
def test_topic_with_a_nul_is_no_topic(client, visitor, topic):
    client.force_login(visitor)
    assert client.post(reverse("notifications:follow"), {"topic": topic}).status_code == 404
    assert client.post(reverse("notifications:unfollow"), {"topic": topic}).status_code == 303


@pytest.mark.parametrize("model", ["account_emailaddress", "mfa_authenticator", "members_user"])
def test_staff_without_a_second_factor_reads_nothing_of_the_admin(client, secretary, model):
    secretary.authenticator_set.all().delete()
    client.force_login(secretary)
    answer = client.get(reverse(f"admin:{model}_changelist"))
    assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_index"))
    assert client.get(reverse("mfa_index")).status_code == 200
