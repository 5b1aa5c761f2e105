"""One page that searches everything the reader may see."""

import pytest
from django.db.models import Q

from members.enums import Audience
from members.models import Group
from red_mpe.core import search as registry
from red_mpe.core.search import matching
from red_mpe.portal.views import searching
from tests.conftest import make_organisation, make_person
from tests.support.frameworks import make_clause, make_framework, make_version
from tests.support.queries import flat


def find(client, words, path="/es/buscar/", **more):
    from django.urls import reverse
    from django.utils import translation

    with translation.override(path.split("/")[1]):
        response = client.get(reverse("portal:search"), {"q": words, **more})
    assert response.status_code == 200
    return response.content.decode()


def hits(client, words, **more):
    return [hit for section in _sections(client, words, **more) for hit in section.found.hits]


def _sections(client, words, **more):
    from django.urls import reverse

    return client.get(reverse("portal:search"), {"q": words, **more}).context["sections"]


def test_search_without_words_explains_itself(client, db):
    assert "Clauses, frameworks" in find(client, "", "/en/")


@pytest.mark.parametrize("words", ["mercurio", "MERCURIO", "mercúrio", "mercurios", "eliminar mercurio", '"del río"', "del rio"])
def test_clauses_are_found_whatever_the_form_of_the_word(client, version, words):
    assert [hit.kicker for hit in hits(client, words)] == ["MARCO 0.2 · 1.1"]


@pytest.mark.parametrize("words", ["bosque", "mercurio -río", '"río mercurio"'])
def test_clauses_without_the_words_are_not_found(client, version, words):
    assert hits(client, words) == []


def test_clauses_are_found_by_label(client, version):
    assert [hit.kicker for hit in hits(client, "1.2")] == ["MARCO 0.2 · 1.2"]


def test_found_words_are_marked(client, version):
    assert "<mark>mercurio</mark>" in find(client, "mercurio")


def test_words_of_another_language_are_found_and_marked_as_such(client, version):
    (hit,) = hits(client, "mercury", exact=1)
    assert hit.lang == "en"
    assert "<mark>mercury</mark>" in hit.snippet


def test_text_is_escaped_around_the_marks(client, version):
    make_clause(version, "1.3", text_es="Cianuro <script>alert(1)</script> & más")
    words = find(client, "cianuro")
    assert "<script>alert" not in words
    assert "<mark>Cianuro</mark>" in words


def test_a_snippet_from_the_middle_says_so(client, version):
    make_clause(version, "1.3", text_es="Las plantas. " + "Palabras que van delante. " * 40 + "aquí se guarda el cianuro bajo llave")
    (hit,) = hits(client, "cianuro")
    assert hit.snippet.startswith("… ")


def test_only_the_newest_version_is_found(client, version):
    make_clause(make_version(version.framework, "0.3"), "1.1", text_es="El mercurio, otra vez.")
    assert [hit.kicker for hit in hits(client, "mercurio")] == ["MARCO 0.3 · 1.1"]


def test_a_version_that_is_not_public_is_found_by_staff_only(client, version, secretary):
    make_clause(make_version(version.framework, "0.3", public=False), "1.1", text_es="El mercurio, otra vez.")
    assert [hit.kicker for hit in hits(client, "mercurio")] == ["MARCO 0.2 · 1.1"]
    client.force_login(secretary)
    assert [hit.kicker for hit in hits(client, "mercurio")] == ["MARCO 0.3 · 1.1"]


def test_frameworks_are_found_by_title(client, db):
    make_framework("cobre", title_es="Marco del cobre justo")
    make_framework("plomo", title_es="Marco del plomo", public=False)
    assert [hit.kicker for hit in hits(client, "marco", **{"in": "frameworks"})] == [hits(client, "cobre")[0].kicker]


@pytest.mark.parametrize("words", ["oro claro", "ORO CLARO", "óro clar", "claro cooperativa"])
def test_organisations_are_found_by_parts_of_their_name(client, cooperative, words):
    assert [hit.title for hit in hits(client, words)] == [cooperative.name]


def test_organisations_are_found_by_acronym(client, db):
    make_organisation("federacion", name="Federación de mineras", acronym="FEMIN")
    assert [hit.kicker for hit in hits(client, "femin")] == ["FEMIN"]


@pytest.mark.parametrize("words", ["or", "o r", "%%%", "___"])
def test_names_need_three_letters_and_know_no_wildcards(client, cooperative, words):
    assert hits(client, words) == []


def test_organisations_that_are_not_public_stay_unfound(client, db):
    make_organisation("reservada", audience=Audience.MEMBERS)
    assert hits(client, "reservada") == []


def test_people_are_found_by_those_they_show_themselves_to(client, miner, neighbour):
    assert hits(client, "rosa quispe") == []
    client.force_login(neighbour.user)
    assert [hit.title for hit in hits(client, "rosa quispe")] == [miner.name]


def test_a_person_hidden_from_members_stays_unfound(client, neighbour):
    make_person("ana-oculta", name_audience=Audience.NOBODY)
    client.force_login(neighbour.user)
    assert hits(client, "oculta") == []


def test_groups_are_found_by_charter(client, db):
    Group.objects.create(slug="agua", name_es="Mesa del agua", charter_es="Cuidamos las nacientes.", kind="working-group")
    assert [str(hit.title) for hit in hits(client, "nacientes")] == ["Mesa del agua"]


def test_one_kind_comes_in_pages_of_twenty(client, db):
    for number in range(25):
        make_organisation(f"cantera-{number:02d}")
    assert len(hits(client, "cantera")) == 5
    assert len(hits(client, "cantera", **{"in": "organisations"})) == 20
    assert len(hits(client, "cantera", page=2, **{"in": "organisations"})) == 5


@pytest.mark.parametrize("number", ["0", "-1", "x", "9999999999999999999999", ""])
def test_a_page_that_does_not_exist_is_no_error(client, cooperative, number):
    hits(client, "claro", page=number, **{"in": "organisations"})


def test_an_unknown_kind_searches_everything(client, cooperative):
    assert hits(client, "claro", **{"in": "nothing"})


@pytest.mark.parametrize("words", ["'", '"', "\\", "a & | !", "(" * 50, "\u202e oro", "ñ" * 500, ":*"])
def test_odd_words_are_no_error(client, version, words):
    find(client, words)


def test_search_refuses_to_be_hammered(client, db, monkeypatch):
    monkeypatch.setattr(searching, "A_MINUTE", 2)
    answers = [client.get("/en/search/", {"q": "oro"}).status_code for _ in range(3)]
    assert answers == [200, 200, 429]


def test_search_results_are_for_nobodys_index(client, version):
    assert 'content="noindex"' in find(client, "mercurio")


def test_search_is_flat(client, version):
    def grow(first=0):
        for number in range(first, first + 4):
            make_clause(version, f"2.{number}", text_es="Mercurio.")
            make_organisation(f"mercurio-{number}")

    def more():
        grow(4)

    grow()
    flat(lambda: find(client, "mercurio"), more, ceiling=16)  # seven kinds of thing, for each its first hits and its count


def test_a_source_is_registered_once():
    with pytest.raises(ValueError, match="twice"):
        registry.register(registry.sources()[0])


@pytest.mark.django_db
def test_counts_stop_at_a_thousand_and_one(django_assert_num_queries):
    from members.models import Organisation

    with django_assert_num_queries(1) as captured:
        registry.capped_count(Organisation.objects.all())
    assert "LIMIT 1001" in captured.captured_queries[0]["sql"]


def _plan(rows):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off"
        )  # a table of two rows tempts to walk it by its key
    return rows.explain()


def test_words_are_found_through_the_index_of_each_language(version):
    from standards.models import ClauseText

    plan = _plan(registry.full_text(ClauseText.objects.order_by(), "mercurio", title="title", body=("text", "plain"), kept=True))
    assert all(f"clause_words_{language}" in plan for language in ("es", "en", "pt"))


def test_names_are_found_through_their_index(cooperative):
    from members.models import Organisation

    plan = _plan(registry.names_like(Organisation.objects.order_by(), "claro", "name"))
    assert "organisation_name_folded" in plan


@pytest.fixture
def three(version, monkeypatch):
    """Three clauses with the same word, of which two are ranked; the older ones hold it more often."""
    monkeypatch.setattr(matching, "RANKED", 2)
    return [make_clause(version, f"9.{n}", text_es="Cianuro. " * (4 - n)) for n in (1, 2, 3)]


def _ranked(words, **more):
    from standards.models import ClauseText

    return [row.label for row in registry.full_text(ClauseText.objects.all(), words, title="title", body=("text",), kept=True, **more)]


def test_of_very_many_matches_the_newest_are_ranked(three):
    assert _ranked("cianuro") == ["9.2", "9.3"]


def test_of_few_matches_all_are_ranked(three, monkeypatch):
    monkeypatch.setattr(matching, "RANKED", 3)
    assert _ranked("cianuro") == ["9.1", "9.2", "9.3"]


def test_a_label_is_found_whatever_is_newer(three):
    assert sorted(_ranked("cianuro", extra=Q(label="9.1"))) == ["9.1", "9.2", "9.3"]
