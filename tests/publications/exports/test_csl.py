import pytest
from django.contrib.auth.models import AnonymousUser

from publications.enums import RecordKind
from publications.exports.csl import csl_item, csl_items, date_parts, names, permanent_address, plain_date
from publications.models import Record, Relation
from tests.factories.publications import make_author, make_identifier, make_record
from tests.support.queries import flat

ANYBODY = AnonymousUser()


def test_the_title_is_in_the_language_of_the_work(full):
    assert csl_item(full, "en")["title"] == "Oro sin mercurio: qué cuesta"


def test_the_title_is_the_reader_s_where_the_work_s_language_has_none(db):
    record = make_record("", title_en="Gold", title_pt="Ouro", languages=["ay"])
    assert csl_item(record, "pt-br")["title"] == "Ouro"
    assert csl_item(record, "es")["title"] == "Gold"


def test_a_date_is_as_exact_as_it_is_known():
    assert date_parts("2013-08") == {"date-parts": [[2013, 8]]}
    assert date_parts("") == {}


@pytest.mark.parametrize("day", ["", "2013", "2013-08", "2013-08-12"])
def test_a_date_comes_back_as_it_went(day):
    assert plain_date(date_parts(day)) == day


def test_people_stand_under_their_roles(full):
    item = csl_item(full)
    assert names(item, "author") == ["Quispe, Rosa", "Mamani Ccopa, Eva María"]
    assert item["contributor"] == [{"literal": "Cooperativa Oro Claro"}]


def test_a_speaker_is_cited_as_author(db):
    record = make_record(kind="presentation")
    make_author(record, role="speaker")
    assert names(csl_item(record), "author") == ["Quispe, Rosa"]


def test_a_reviewer_is_told_but_not_cited(db):
    record = make_record()
    make_author(record, role="reviewer")
    item = csl_item(record)
    assert "author" not in item
    assert item["custom"]["authors"][0]["role"] == "reviewer"


def test_the_address_is_that_of_the_work_where_it_has_one(full):
    assert csl_item(full)["URL"] == "https://example.org/oro.pdf"


def test_a_handle_leads_to_the_work(db):
    record = make_record()
    make_identifier(record, "handle", "10986/32888")
    assert csl_item(record)["URL"] == "https://hdl.handle.net/10986/32888"


def test_a_work_that_is_nowhere_else_has_our_own_address(db, settings):
    settings.BASE_URL = "https://red.example.org"
    record = make_record()
    assert csl_item(record)["URL"] == f"https://red.example.org/r/{record.code}" == permanent_address(record.code)


def test_the_first_identifier_of_a_kind_is_the_one(db):
    record = make_record()
    make_identifier(record, "isbn", "9789972000003")
    make_identifier(record, "isbn", "9789972000010")
    assert csl_item(record)["ISBN"] == "9789972000003"


def test_nothing_empty_is_said(db):
    item = csl_item(make_record("Sola", abstract_es="", issued="", languages=[]))
    assert set(item) == {"id", "type", "title", "URL", "custom"}


@pytest.mark.parametrize("kind", RecordKind.values)
def test_every_kind_has_a_type_and_keeps_its_own(kind, db):
    item = csl_item(make_record(kind=kind))
    assert item["type"]
    assert item["custom"]["kind"] == kind


def test_portuguese_of_brazil_is_named_as_csl_does(db):
    assert csl_item(make_record(languages=["pt-br"]))["language"] == "pt-BR"


def test_relations_are_told_only_where_both_ends_are_seen(db):
    record, open_one, hidden = make_record(), make_record("Otra"), make_record("Oculta", access="members")
    Relation.objects.create(record=record, kind="references", other=open_one)
    Relation.objects.create(record=record, kind="replaces", other=hidden)
    (item,) = csl_items(Record.objects.filter(pk=record.pk), ANYBODY)
    assert item["custom"]["relations"] == [["references", open_one.code]]


def test_items_are_read_with_equal_queries_however_many(full):
    flat(lambda: csl_items(Record.objects.all(), ANYBODY), lambda: [make_author(make_record(str(n))) for n in range(3)], ceiling=5)
