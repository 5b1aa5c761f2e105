"""The directory counts, finds and shows only what its reader may see."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.urls import reverse

from members.filters import FACETS, OrganisationFilter, PersonFilter
from members.models import Affiliation, Person
from red_mpe.core.models import Theme
from tests.conftest import make_organisation, make_person
from tests.support.queries import flat

URL = {"organisations": "members:directory", "people": "members:people"}
CANARIES = {
    "bio_es": "canario-bio",
    "offers_es": "canario-ofrece",
    "seeks_es": "canario-busca",
}


def ask(kind, reader, query=""):
    return {"organisations": OrganisationFilter, "people": PersonFilter}[kind](QueryDict(query), reader=reader)


def found(kind, reader, query=""):
    return [thing.slug for thing in ask(kind, reader, query).found()]


@pytest.fixture
def hidden(cooperative):
    """A person who shows their name to members and nothing else to anybody."""
    person = make_person("zulema-escondida", category="unions", country="UY", organisation_audience="nobody", **CANARIES)
    person.themes.set(Theme.objects.filter(code="geology"))
    Affiliation.objects.create(person=person, organisation=make_organisation("casa-secreta"), starts_on=date(2020, 1, 1))
    return person


@pytest.mark.parametrize("query", ["country=UY", "category=unions", "chamber=SOC", "theme=geology"])
def test_hidden_field_finds_nobody(hidden, miner, query):
    assert found("people", miner.user, query) == []
    assert found("people", hidden.user, query) == []


def test_hidden_field_is_not_counted(hidden, miner, readers):
    for role, user in readers.items():
        counted = {option.value for facet in FACETS for option in ask("people", user).options(facet)}
        assert ({"UY", "unions", "geology"} & counted != set()) is (role in ("secretariat", "superuser")), role


def test_secretariat_finds_by_hidden_fields(hidden, secretary):
    for query in ("country=UY", "category=unions", "theme=geology"):
        assert found("people", secretary, query) == [hidden.slug]


def test_card_shows_no_hidden_word(client, hidden, miner):
    client.force_login(miner.user)
    page = client.get(reverse("members:people"), {"name": "zulema"}).content.decode()
    assert "Zulema Escondida" in page
    for canary in (*CANARIES.values(), "Uruguay", "Casa Secreta", "indicatos"):
        assert canary not in page.split('class="cards"')[1], canary


def test_stranger_finds_nobody_who_hides_their_name(client, hidden):
    page = client.get(reverse("members:people"), {"name": "zulema"}).content.decode()
    assert "Escondida" not in page
    assert client.get(hidden.get_absolute_url()).status_code == 404


def test_member_without_a_question_sees_who_is_shown_to_everybody(hidden, miner):
    make_person("publica-abierta", name_audience="public")
    assert found("people", miner.user) == ["publica-abierta"]
    assert found("people", miner.user, "name=zu") == ["publica-abierta"]
    assert found("people", miner.user, "name=zul") == [hidden.slug]
    assert ask("people", miner.user).total == 1


@pytest.mark.parametrize(("words", "hit"), [("MARIA", True), ("núñ", True), ("maría nuñez", True), ("mariana", False), ("%%%", False)])
def test_names_are_found_without_accents(miner, words, hit):
    make_person("maria", name="María Núñez")
    assert (found("people", miner.user, f"name={words}") == ["maria"]) is hit


def test_organisation_is_found_by_acronym(cooperative):
    make_organisation("otra", acronym="OTRÁ")
    assert found("organisations", AnonymousUser(), "name=otra") == ["otra"]


def test_facets_narrow_each_other_but_not_themselves(miner, secretary):
    for slug, category, country in [("a", "unions", "UY"), ("b", "unions", "PE"), ("c", "academia", "UY")]:
        make_organisation(slug, category=category, country=country)
    asked = ask("organisations", secretary, "category=unions")
    assert {one.value: one.count for one in asked.options("country")} == {"UY": 1, "PE": 1}
    assert {one.value: one.count for one in asked.options("category")} == {"unions": 2, "academia": 1, "miners-organisations": 1}
    assert [one.value for one in asked.options("category") if one.selected] == ["unions"]
    assert (asked.total, found("organisations", secretary, "category=unions&country=UY")) == (2, ["a"])


def test_several_terms_of_a_facet_are_added_up(secretary):
    for slug, country in [("a", "UY"), ("b", "PE"), ("c", "BR")]:
        make_organisation(slug, country=country)
    assert found("organisations", secretary, "country=UY&country=BR") == ["a", "c"]


def test_theme_counts_follow_the_other_facets(secretary):
    one, two = make_organisation("a", country="UY"), make_organisation("b", country="PE")
    for organisation in (one, two):
        organisation.themes.set(Theme.objects.filter(code="water"))
    asked = ask("organisations", secretary, "country=UY")
    assert [(option.value, option.count) for option in asked.options("theme")] == [("water", 1)]
    assert found("organisations", secretary, "theme=water&country=PE") == ["b"]


@pytest.mark.parametrize("query", ["country=ZZ", "chamber=x", "theme=%01", "category[$ne]=1", "name=" + "x" * 500, "page=x", "page=99999"])
def test_nonsense_in_the_address_is_never_an_error(client, query, cooperative):
    for name in URL.values():
        assert client.get(f"{reverse(name)}?{query}").status_code == 200


def test_orm_lookups_in_the_address_do_nothing(secretary, miner, scholar):
    assert len(found("people", secretary, "user__email__startswith=ann&user=1&slug=x")) == 2


@pytest.mark.parametrize("kind", URL)
def test_list_asks_the_database_the_same_however_long(client, miner, kind):
    client.force_login(miner.user)
    made = iter(range(100))

    def grow(count=3):
        for _ in range(count):
            number = next(made)
            house = make_organisation(f"casa-{number}", description_es="x")
            person = make_person(f"persona-{number}", name_audience="public", category_audience="public", country_audience="public")
            Affiliation.objects.create(person=person, organisation=house, starts_on=date(2020, 1, 1))
            person.themes.set(Theme.objects.filter(code="water"))
            house.themes.set(Theme.objects.filter(code="water"))

    grow(1)
    flat(lambda: client.get(reverse(URL[kind]), {"country": "PE"}), grow, ceiling=12)


def test_pages_are_of_twenty_in_the_order_of_names(client, miner):
    Person.objects.filter(pk=miner.pk).update(name_audience="public")
    for number in range(25):
        make_person(f"p-{number:02}", name=f"{'Á' if number % 2 else 'a'}{number:02}", name_audience="public")
    first = client.get(reverse("members:people"))
    names = [card["name"] for card in first.context["page"]]
    assert names == [f"{'Á' if number % 2 else 'a'}{number:02}" for number in range(20)]
    assert first.context["total"] == 26
    assert len(client.get(reverse("members:people"), {"page": 2}).context["page"].object_list) == 6


def test_directory_stays_out_of_search_engines(client, cooperative):
    for name in URL.values():
        response = client.get(reverse(name))
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert b'name="robots" content="noindex, nofollow"' in response.content


def test_budget_ends_with_words_and_429(client, scholar, miner, monkeypatch):
    monkeypatch.setattr("members.actions.budgets.PROFILES_A_DAY", 1)
    client.force_login(scholar.user)
    assert client.get(miner.get_absolute_url()).status_code == 200
    response = client.get(miner.get_absolute_url())
    assert response.status_code == 429
    assert b"Rosa" not in response.content
