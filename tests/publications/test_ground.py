import pytest
from django.db import DatabaseError, IntegrityError, transaction

from publications import registry
from publications.actions.changing import mark_changed
from publications.actions.codes import next_code
from publications.models import Author, Practice, Record, SearchDoc
from publications.registry import UseSource
from publications.states import PROPOSE
from red_mpe.core.states import StaleState, unmet
from tests.factories.publications import make_author, make_identifier, make_record


def test_codes_are_never_given_twice(db):
    with transaction.atomic():
        lost = next_code()
        transaction.set_rollback(True)
    assert next_code() != lost


@pytest.mark.parametrize(("issued", "year"), [("", None), ("2013", 2013), ("2013-08-12", 2013)])
def test_the_year_follows_the_date(db, issued, year):
    assert Record.objects.get(pk=make_record(issued=issued).pk).year == year


@pytest.mark.parametrize("issued", ["13", "2013-13", "2013-02-40", "agosto"])
def test_the_database_refuses_a_date_that_is_none(db, issued):
    with pytest.raises(DatabaseError):
        make_record(issued=issued)


def test_an_author_has_one_name(db):
    with pytest.raises(IntegrityError, match="author_has_one_name"):
        Author.objects.create(record=make_record(), family="Quispe", literal="Cooperativa")


def test_an_author_reads_as_a_list_has_it(db):
    record = make_record()
    assert str(make_author(record)) == "Quispe, Rosa"
    assert str(make_author(record, literal="OCDE")) == "OCDE"


def test_a_change_is_counted_stamped_and_indexed(db):
    record = make_record()
    stamp = record.stamp
    Record.objects.filter(pk=record.pk).update(stamp="2020-01-01T00:00:00Z")
    mark_changed(record, title_es="Otro título")
    assert record.revision == 1
    assert record.stamp >= stamp
    assert SearchDoc.objects.get(record=record).title_es == "Otro título"


def test_who_saw_an_older_revision_is_told_so(db):
    record = make_record()
    mark_changed(record, title_es="Primero")
    with pytest.raises(StaleState):
        mark_changed(record, seen=0, title_es="Segundo")
    assert Record.objects.get(pk=record.pk).title_es == "Primero"


def test_names_and_practices_are_found(db):
    record = make_record(kind="good-practice")
    make_author(record)
    Practice.objects.create(record=record, problem_es="Se perdía oro fino.", done_es="Se cambió la mesa.")
    mark_changed(record)
    doc = SearchDoc.objects.get(record=record)
    assert "Quispe, Rosa" in doc.names
    assert "Se cambió la mesa." in doc.body_es


def test_a_bare_record_is_not_ready(db):
    record = make_record("", abstract_es="", languages=[], state="draft")
    assert len(unmet(record, PROPOSE)) == 4


def test_a_record_with_a_link_is_ready(db):
    record = make_record(state="draft")
    make_identifier(record)
    assert unmet(record, PROPOSE) == []


def test_a_practice_needs_its_story_and_no_file(db):
    record = make_record(state="draft", kind="lesson-learned", abstract_es="")
    assert len(unmet(record, PROPOSE)) == 1
    Practice.objects.create(record=record, problem_es="Se perdía oro.", done_es="Se cambió la mesa.")
    record.refresh_from_db()
    assert unmet(record, PROPOSE) == []


def test_a_record_for_a_group_names_it(db):
    record = make_record(state="draft", access="group", licence="all-rights-reserved")
    assert len(unmet(record, PROPOSE)) == 1


def test_a_source_of_uses_is_registered_once():
    source = UseSource("test.twice", "Twice", lambda records, user: [])
    registry.register(source)
    try:
        assert source in registry.sources()
        with pytest.raises(ValueError, match="registered twice"):
            registry.register(source)
    finally:
        registry._sources.pop("test.twice")
