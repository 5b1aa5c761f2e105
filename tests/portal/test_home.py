"""The first page."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.utils import translation

from members.enums import Audience
from members.models import Group
from red_mpe.core.models import StakeholderCategory
from standards.enums import RoundState
from tests.conftest import make_organisation
from tests.support.frameworks import make_comment, make_round
from tests.support.queries import flat

HOME = "/es/"


def page(client, path=HOME):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def midday():
    """An hour at which it is the same day for the machine and by the clock of the round."""
    with time_machine.travel(datetime(2026, 3, 10, 20, tzinfo=UTC), tick=False):
        yield


def test_home_of_an_empty_network_says_what_would_be_there(client, db):
    assert "No consultation is open" in page(client, "/en/")


@pytest.mark.usefixtures("midday")
def test_home_shows_the_open_round_with_its_days(client, consultation):
    words = page(client, "/en/")
    assert "Framework marco" in words
    assert "20 days left" in words
    assert consultation.framework.slug in words


@pytest.mark.usefixtures("midday")
def test_home_counts_the_last_day(client, version):
    make_round(version, days_left=0)
    assert "today is the last day" in page(client, "/en/")


def test_home_leaves_out_rounds_that_are_not_open(client, version):
    make_round(version, state=RoundState.PLANNED)
    assert "No consultation is open" in page(client, "/en/")


def test_home_leaves_out_rounds_of_frameworks_that_are_not_public(client, consultation):
    consultation.framework.public = False
    consultation.framework.save()
    assert "Framework marco" not in page(client, "/en/")


def test_home_shows_people_against_the_target(client, consultation, producers):
    for _ in range(6):
        make_comment(consultation, producers)
    assert "6 of 30" in page(client, "/en/")


def test_home_hides_few_people_and_another_cell_with_them(client, consultation, producers):
    academia = StakeholderCategory.objects.get(code="academia")
    for category, people in ((producers, 6), (academia, 3)):
        for _ in range(people):
            make_comment(consultation, category)
    words = page(client, "/en/")
    assert words.count("few: not shown") == 2
    assert "6 of 30" not in words


def test_home_counts_a_person_once(client, consultation, producers):
    voices = [make_comment(consultation, producers).persona for _ in range(5)]
    make_comment(consultation, producers, persona=voices[0])
    assert "5 of 30" in page(client, "/en/")


def test_home_shows_public_organisations_by_country(client, db):
    make_organisation("primera", country="BO")
    make_organisation("oculta", country="CL", audience=Audience.NOBODY)
    words = page(client)
    assert "Bolivia" in words
    assert "Chile" not in words


def test_home_gathers_the_smallest_countries(client, db):
    for code in ["AR", "BO", "BR", "CA", "CL", "CO", "CR", "CU", "DO", "EC", "SV", "GT", "HN", "MX"]:
        make_organisation(f"org-{code.lower()}", country=code)
    assert "Other countries" in page(client, "/en/")


def test_home_shows_what_is_not_translated_in_the_original(client, consultation):
    with translation.override("pt-br"):
        assert "Marco marco" in page(client, "/pt-br/")


def test_home_shows_members_the_groups_of_members(client, miner):
    Group.objects.create(slug="interno", name="Grupo interno", name_es="Grupo interno", kind="working-group", audience=Audience.MEMBERS)
    assert "Grupo interno" not in page(client)
    client.force_login(miner.user)
    assert "Grupo interno" in page(client)


def test_home_is_flat(client, consultation, producers):
    def grow():
        for number in range(3):
            make_organisation(f"otra-{number}", country="PE")
            Group.objects.create(slug=f"grupo-{number}", name=f"Grupo {number}", kind="working-group")
            make_comment(consultation, producers)

    make_organisation("primera")
    Group.objects.create(slug="primero", name="Primero", kind="working-group")
    make_comment(consultation, producers)
    flat(lambda: page(client), grow, ceiling=12)


def test_home_costs_members_little_more(client, consultation, miner):
    client.force_login(miner.user)
    flat(lambda: page(client), lambda: make_organisation("otra"), ceiling=16)
