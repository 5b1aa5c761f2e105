"""Every page of membership opens for who may see it, and shows what it promises."""

from datetime import date

import pytest
from django.urls import reverse

from members.models import Affiliation

PUBLIC = ["members:directory", "members:people", "members:group_list"]


@pytest.mark.parametrize("name", PUBLIC)
def test_public_lists_open_for_everybody(client, name, committee):
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert b"<h1>" in response.content


def test_group_page_names_the_shown_and_counts_the_rest(client, committee, miner):
    page = client.get(committee.get_absolute_url()).content.decode()
    assert "Rosa Quispe" not in page
    assert "2 people who are not shown to you" in page or "2 personas" in page
    client.force_login(miner.user)
    page = client.get(committee.get_absolute_url()).content.decode()
    assert "Rosa Quispe" in page
    assert "Joao Ribeiro" in page
    assert "<strong>reunimos</strong>" in page


def test_organisation_page_lists_the_people_a_member_may_know(client, cooperative, miner, scholar):
    assert "Rosa Quispe" not in client.get(cooperative.get_absolute_url()).content.decode()
    client.force_login(scholar.user)
    assert "Rosa Quispe" in client.get(cooperative.get_absolute_url()).content.decode()


def test_profile_page_opens_and_saves(client, miner):
    client.force_login(miner.user)
    page = client.get(reverse("members:my_profile"))
    assert page.status_code == 200
    data = {name: page.context["form"][name].value() for name in page.context["form"].fields}
    data = {name: value for name, value in data.items() if value is not None} | {"bio_es": "Minera desde niña.", "bio_audience": "public"}
    data["category"] = miner.category_id
    response = client.post(reverse("members:my_profile"), data)
    assert response.status_code == 303
    miner.refresh_from_db()
    assert (miner.bio_es, miner.bio_audience) == ("Minera desde niña.", "public")


def test_organisation_pages_open_for_their_representative(client, cooperative, miner, scholar):
    Affiliation.objects.create(person=scholar, organisation=cooperative, starts_on=date(2024, 1, 1), confirmed=False)
    client.force_login(miner.user)
    assert client.get(reverse("members:my_organisation", args=[cooperative.slug])).status_code == 200
    assert "Ann Lee" in client.get(reverse("members:organisation_people", args=[cooperative.slug])).content.decode()


@pytest.mark.parametrize("name", ["members:apply", "members:language"])
def test_own_pages_open_for_an_account(client, visitor, name):
    client.force_login(visitor)
    assert client.get(reverse(name)).status_code == 200


def test_contact_pages_open_for_members(client, miner, scholar, cooperative):
    client.force_login(scholar.user)
    assert client.get(reverse("members:contact", args=[miner.slug])).status_code == 200
    assert client.get(reverse("members:contact_organisation", args=[cooperative.slug])).status_code == 200
    assert client.get(miner.get_absolute_url()).status_code == 200
