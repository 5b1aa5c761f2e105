"""A question to the library is read from a query string, and written as one."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from publications.models import Asked, Record, SearchDoc
from publications.models.asking import MOST, labels
from tests.factories.publications import make_record

EVERYBODY = AnonymousUser()


def found(query, user=EVERYBODY):
    asked = Asked.read(query).only(labels(user))
    return {str(doc.record.title_es) for doc in asked.narrow(SearchDoc.objects.listed_for(user)).select_related("record")}


def test_nothing_asks_for_everything(db):
    make_record("Uno")
    assert Asked.read("").is_empty
    assert found("") == {"Uno"}


def test_the_normal_form_does_not_depend_on_the_order():
    one, other = "country=PE&q=oro&kind=law&kind=guide", "kind=guide&kind=law&kind=law&country=PE&q=oro"
    assert Asked.read(one).query == Asked.read(other).query == "q=oro&kind=guide&kind=law&country=PE"


def test_the_order_of_the_list_is_no_part_of_the_question():
    assert Asked.read("q=oro&sort=year&page=3").query == "q=oro"


def test_a_literal_question_says_so():
    assert Asked.read("q=oro&exact=1").query == "q=oro&exact=1"
    assert Asked.read("exact=1").query == ""


@pytest.mark.parametrize(
    "query", ["from=20", "from=abcd", "from=99999", "to=-2000", "sort=drop", "kind=%00", "kind=a/b", "other=1", "kind="]
)
def test_what_is_no_term_is_not_asked(query):
    assert Asked.read(query).is_empty
    assert Asked.read(query).sort == ""


def test_too_many_terms_are_cut():
    assert len(Asked.read("&".join(f"country=A{n}" for n in range(99))).terms["country"]) == MOST


@pytest.mark.parametrize(
    ("query", "order"), [("", "newest"), ("q=oro", "relevance"), ("sort=relevance", "newest"), ("q=oro&sort=title", "title")]
)
def test_with_words_the_best_come_first(query, order):
    assert Asked.read(query).order == order


def test_terms_that_do_not_exist_count_as_not_asked(db):
    make_record("Uno")
    assert found("kind=novel&country=XX&theme=nothing") == {"Uno"}


def test_terms_of_one_facet_are_alternatives(db):
    for kind in ("guide", "law", "report"):
        make_record(kind, kind=kind)
    assert found("kind=guide&kind=law") == {"guide", "law"}


def test_facets_narrow_each_other(db):
    make_record("Uno", kind="law", countries=["PE"])
    make_record("Dos", kind="law", countries=["BO"])
    assert found("kind=law&country=PE") == {"Uno"}


@pytest.mark.parametrize(
    ("query", "years"), [("from=2010", {"2010", "2020"}), ("to=2010", {"2000", "2010"}), ("from=2005&to=2015", {"2010"})]
)
def test_years_are_a_range(db, query, years):
    for year in ("2000", "2010", "2020"):
        make_record(year, issued=year)
    assert found(query) == years


def test_a_work_without_a_year_is_in_no_range(db):
    make_record("Sin fecha", issued="")
    assert found("from=1900") == set()


def test_words_without_weight_find_nothing(db):
    make_record("La ley")
    assert found("q=%26+%7C") == set()
    assert found("q=-oro") == set()


def test_what_is_left_out_is_left_out_in_every_language(db):
    make_record("Retortas", title_en="Retorts of mercury", abstract_es="")
    assert found("q=mercury+-retortas") == set()


def test_a_private_group_is_no_term(db, group, sitter):
    record = make_record("Uno")
    record.groups.add(group)
    type(group).objects.update(audience="members")
    assert "mesa-del-agua" not in labels(EVERYBODY)["group"]
    assert found("group=mesa-del-agua") == {"Uno"}


def test_new_records_are_those_that_came_in_between(db):
    now = timezone.now()
    for days in (1, 3, 5):
        make_record(f"Hace {days}", published_at=now - timedelta(days=days))
    keys = Asked.read("q=oro").new_since(EVERYBODY, now - timedelta(days=4), now - timedelta(days=2))
    assert [Record.objects.get(pk=key).title_es for key in keys] == ["Hace 3"]


def test_new_records_are_only_those_one_may_see(db, miner):
    now = timezone.now()
    make_record(access="members")
    since = now - timedelta(days=1)
    assert not Asked.read("q=oro").new_since(EVERYBODY, since, timezone.now()).exists()
    assert Asked.read("q=oro").new_since(miner.user, since, timezone.now()).exists()
