"""What the pages do when something is sent."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from members.models import Affiliation, Organisation, Person
from red_mpe.core.models import Theme
from red_mpe.notifications.models import OutgoingMail
from tests.support.queries import flat


@pytest.fixture
def claim(scholar, cooperative):
    return Affiliation.objects.create(person=scholar, organisation=cooperative, confirmed=False, starts_on=date(2024, 1, 1))


@pytest.fixture
def at_desk(client, miner):
    client.force_login(miner.user)
    return client


@pytest.mark.parametrize(
    ("act", "speaks", "confirmed"),
    [("confirm_affiliation", False, True), ("grant_speaking", True, True), ("end_affiliation", False, False)],
)
def test_representative_decides_by_a_button(at_desk, claim, act, speaks, confirmed):
    address = reverse(f"members:{act}", args=[claim.pk])
    assert at_desk.get(address).status_code == 405
    assert at_desk.post(address).url == reverse("members:organisation_people", args=[claim.organisation.slug])
    claim.refresh_from_db()
    assert (claim.speaks, claim.confirmed) == (speaks, confirmed)


def test_word_is_taken_back_by_a_button(at_desk, claim):
    Affiliation.objects.filter(pk=claim.pk).update(speaks=True)
    at_desk.post(reverse("members:withdraw_speaking", args=[claim.pk]))
    claim.refresh_from_db()
    assert claim.speaks is False


def test_second_button_says_that_somebody_was_faster(at_desk, claim):
    for _ in range(2):
        page = at_desk.post(reverse("members:confirm_affiliation", args=[claim.pk]), follow=True)
    assert [message.level_tag for message in page.context["messages"]] == ["error"]


def test_stranger_to_an_affiliation_gets_404_and_a_witness_403(client, claim, neighbour, miner):
    address = reverse("members:grant_speaking", args=[claim.pk])
    client.force_login(neighbour.user)
    assert client.post(address).status_code == 404
    Affiliation.objects.filter(pk=claim.pk).update(confirmed=True)
    assert client.post(address).status_code == 403


def test_representative_edits_the_page_and_others_do_not(at_desk, cooperative, scholar):
    address = reverse("members:my_organisation", args=[cooperative.slug])
    data = {"name": "Cooperativa Oro Claro", "country": "BO", "category": cooperative.category_id, "audience": "members"}
    response = at_desk.post(address, {**data, "description_pt": "Trinta famílias.", "themes": [Theme.objects.get(code="water").pk]})
    assert response.url == cooperative.get_absolute_url()
    cooperative.refresh_from_db()
    assert (cooperative.description_pt, cooperative.audience) == ("Trinta famílias.", "members")
    at_desk.force_login(scholar.user)
    assert at_desk.get(address).status_code == 403


def test_message_is_sent_from_the_page(client, scholar, miner, cooperative):
    client.force_login(scholar.user)
    for name, thing in (("contact", miner), ("contact_organisation", cooperative)):
        response = client.post(reverse(f"members:{name}", args=[thing.slug]), {"once": uuid.uuid4(), "text": "Hola"})
        assert response.url == thing.get_absolute_url()
    assert OutgoingMail.objects.filter(kind="members.message", recipient=miner.user).count() == 2


def test_message_that_cannot_go_is_kept(client, scholar, cooperative):
    client.force_login(scholar.user)
    response = client.post(reverse("members:contact_organisation", args=[cooperative.slug]), {"once": uuid.uuid4(), "text": "Hola gente"})
    assert "Hola gente" in response.content.decode()
    assert response.context["form"].non_field_errors()


def test_profile_of_nobody_leads_to_the_application(client, visitor):
    client.force_login(visitor)
    assert client.get(reverse("members:my_profile")).url == reverse("members:application")
    assert client.get(reverse("members:application")).url == reverse("members:apply")


def test_suspended_member_edits_nothing(client, miner):
    Person.objects.filter(pk=miner.pk).update(state="suspended")
    client.force_login(miner.user)
    assert client.get(reverse("members:my_profile")).status_code == 403


def test_profile_with_an_error_keeps_everything_and_changes_nothing(at_desk, miner):
    response = at_desk.post(reverse("members:my_profile"), {"name": "", "bio_es": "Esto queda escrito."})
    assert "Esto queda escrito." in response.content.decode()
    miner.refresh_from_db()
    assert miner.bio_es in ("", None)


def test_waiting_application_leads_to_its_page(client, application, visitor):
    client.force_login(visitor)
    assert client.get(reverse("members:apply")).url == reverse("members:application")


def test_member_who_brings_an_organisation_need_not_write_their_name(client, scholar):
    client.force_login(scholar.user)
    assert 'value="Ann Lee"' in client.get(reverse("members:apply")).content.decode()


def test_bare_section_word_leads_to_the_list(client, db):
    assert client.get(reverse("members:organisations")).url == reverse("members:directory")


@pytest.mark.parametrize("name", ["organisation_detail", "group_detail", "person_detail"])
def test_pages_ask_the_database_the_same_however_many_people(at_desk, miner, cooperative, committee, name, grow_network):
    thing = {"organisation_detail": cooperative, "group_detail": committee, "person_detail": miner}[name]
    flat(lambda: at_desk.get(thing.get_absolute_url()), grow_network)


def test_list_of_groups_asks_the_same_however_many(client, committee, grow_network):
    flat(lambda: client.get(reverse("members:group_list")), grow_network)


def test_people_of_an_organisation_ask_the_same_however_many(at_desk, cooperative, committee, grow_network):
    flat(lambda: at_desk.get(reverse("members:organisation_people", args=[cooperative.slug])), grow_network)


def test_for_list_reads_people_with_their_organisations(miner, cooperative, django_assert_num_queries):
    with django_assert_num_queries(3):
        [person] = Person.objects.for_list()
        assert [one.organisation.name for one in person.affiliations.all()] == [cooperative.name]
    assert Organisation.objects.for_list().get().category.chamber.code == "PRO"
