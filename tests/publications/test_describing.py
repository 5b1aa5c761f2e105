"""Records in words."""

import pytest
from django.utils.translation import override

from publications.exports.describing import address, all_told, citation, container, day_in_words, imprint, languages, names, weight
from publications.models import Identifier, Record
from tests.factories.publications import make_record


@pytest.mark.parametrize(
    ("issued", "words"),
    [("", ""), ("2013", "2013"), ("2013-08", "agosto de 2013"), ("2013-08-12", "12 de agosto de 2013"), ("2013-02-31", "2013-02-31")],
)
def test_a_date_is_as_exact_as_it_is_known(issued, words):
    with override("es"):
        assert day_in_words(issued) == words


@pytest.mark.parametrize(("language", "words"), [("en", "August 2013"), ("pt-br", "Agosto de 2013")])
def test_a_month_is_told_in_each_language(language, words):
    with override(language):
        assert day_in_words("2013-08").casefold() == words.casefold()


@pytest.mark.parametrize(("size", "words"), [(12, "1 kB"), (640_000, "640 kB"), (3_240_000, "3,2 MB"), (2_100_000_000, "2,1 GB")])
def test_a_weight_is_told_as_people_say_it(size, words):
    with override("es"):
        assert weight(size) == words


@pytest.mark.parametrize(
    ("scheme", "value", "url"),
    [
        ("doi", "10.1/x", "https://doi.org/10.1/x"),
        ("handle", "20.500/1", "https://hdl.handle.net/20.500/1"),
        ("url", "https://example.org/a", "https://example.org/a"),
        ("url", "ftp://example.org", ""),
        ("url", "javascript:alert(1)//https://x", ""),
        ("url", "https://example.org/a b", ""),
        ("isbn", "9789280731828", ""),
    ],
)
def test_an_identifier_leads_to_the_web_or_nowhere(scheme, value, url):
    assert address(Identifier(scheme=scheme, value=value)) == url


def test_a_link_that_answers_is_no_trouble():
    assert [one.trouble for one in names([Identifier(scheme="url", value="https://x.org", state="answers")])] == [""]


def test_a_link_that_was_never_dated_is_still_told():
    with override("en"):
        assert [one.trouble for one in names([Identifier(scheme="url", value="x", state="fails")])] == ["It did not answer on ?."]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"container": "Anales", "volume": "3"}, "Anales, 3"),
        ({"container": "Anales", "issue": "2"}, "Anales, 2"),
        ({"pages": "4-9"}, "pp. 4-9"),
        ({}, ""),
    ],
)
def test_where_it_was_published(fields, words):
    with override("en"):
        assert container(Record(**fields)) == words


def test_a_meeting_is_told_with_place_and_day():
    with override("en"):
        told = imprint(Record(event_name="Encounter", event_place="Cusco", event_date="2024-05-03"))
    assert told == [("Meeting", "Encounter, Cusco, 3 May 2024")]


def test_languages_have_their_own_names():
    assert [row["name"] for row in languages(Record(languages=["es", "qu"]))][0] == "Español"


def test_words_come_in_the_reader_s_language_first():
    record = Record(title_es="Oro", title_en="Gold", title_pt="")
    with override("en"):
        assert [(told.text, told.lang) for told in all_told(record, "title")] == [("Gold", "en"), ("Oro", "es")]


def test_a_work_of_nobody_is_cited_by_its_year(db):
    record = make_record(issued="")
    with override("en"):
        assert citation(Record.objects.get(pk=record.pk), []) == f"no date. Oro sin mercurio. {record.code}."
