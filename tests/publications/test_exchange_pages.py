"""Citing and taking away, as pages."""

import json

import pytest
from django.template import engines
from django.urls import reverse
from django.utils import translation

from publications.actions.changing import mark_changed
from publications.exports.formats import FORMATS
from tests.factories.publications import make_author, make_collection, make_group_record, make_identifier, make_record
from tests.support.queries import flat


def export(code, format="bibtex"):
    return reverse("publications:record_export", args=[code, format])


def render(template, **context):
    return engines["django"].from_string(f'{{% include "publications/cite/{template}" %}}').render(context)


def test_the_page_shows_every_style(client, db):
    record = make_record()
    make_author(record)
    page = client.get(reverse("publications:record_cite", args=[record.code])).content.decode()
    assert "Quispe, R. (2024). <i>Oro sin mercurio</i>." in page
    assert "QUISPE, Rosa. <b>Oro sin mercurio</b>." in page


@pytest.mark.parametrize("format", FORMATS)
def test_a_record_is_taken_away_in_each_format(client, db, format):
    record = make_record()
    response = client.get(export(record.code, format))
    assert response.headers["Content-Type"] == f"{FORMATS[format].media}; charset=utf-8"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{record.code}.{FORMATS[format].extension}"'
    assert "Oro sin mercurio" in response.content.decode()


def test_there_is_no_other_format(client, db):
    assert client.get(export(make_record().code, "marc21")).status_code == 404


@pytest.mark.parametrize("name", ["record_cite", "record_export"])
def test_what_is_not_for_the_reader_does_not_exist(client, group, name):
    record = make_group_record(group)
    arguments = [record.code, "csl"] if name == "record_export" else [record.code]
    assert client.get(reverse(f"publications:{name}", args=arguments)).status_code == 404


def test_what_was_withdrawn_is_not_taken_away(client, db):
    record = make_record()
    mark_changed(record, state="withdrawn", withdrawn_reason="x")
    assert client.get(export(record.code)).status_code == 404


def test_a_collection_is_taken_away_in_its_order_and_as_far_as_it_is_seen(client, db):
    first, hidden, last = make_record("Z"), make_record("H", access="members"), make_record("A")
    make_collection("lista", first, hidden, last)
    response = client.get(reverse("publications:collection_export", args=["lista", "csl"]))
    assert [item["id"] for item in json.loads(response.content)] == [first.code, last.code]


def test_an_empty_collection_is_no_file(client, db):
    make_collection("lista")
    assert client.get(reverse("publications:collection_export", args=["lista", "csl"])).status_code == 404


def test_what_a_search_finds_is_taken_away_in_its_order(client, db):
    zinc, agua = make_record("Zinc sin mercurio"), make_record("Agua sin mercurio")
    make_record("Bosque", abstract_es="Nada."), make_record("Mercurio oculto", access="members")
    response = client.get(reverse("publications:library_export", args=["csl"]), {"q": "mercurio", "kind": "factsheet", "sort": "title"})
    assert [item["id"] for item in json.loads(response.content)] == [agua.code, zinc.code]


def test_without_a_question_the_library_is_taken_away(client, db):
    record = make_record()
    assert record.code in client.get(reverse("publications:library_export", args=["csl"])).content.decode()


def test_a_search_that_finds_nothing_is_no_file(client, db):
    assert client.get(reverse("publications:library_export", args=["csl"]), {"q": "nada"}).status_code == 404


def test_the_library_offers_its_list(client, db):
    make_record()
    page = client.get(reverse("publications:library"), {"kind": "factsheet"}).content.decode()
    assert f"{reverse('publications:library_export', args=['ris'])}?kind=factsheet" in page


def test_a_collection_offers_its_list(client, db):
    make_collection("lista", make_record())
    page = client.get(reverse("publications:collection_detail", args=["lista"])).content.decode()
    assert reverse("publications:collection_export", args=["lista", "bibtex"]) in page


def test_the_record_s_page_cites_it_and_speaks_to_machines(client, db):
    record = make_record()
    page = client.get(record.get_absolute_url()).content.decode()
    assert '<meta name="citation_title" content="Oro sin mercurio">' in page
    assert "[S. l.: s. n.], 2024" in page


def test_who_takes_too_much_waits(client, db, monkeypatch):
    monkeypatch.setattr("publications.views.exchange._AN_HOUR", 1)
    record = make_record()
    client.get(export(record.code))
    assert client.get(export(record.code)).status_code == 429


@pytest.mark.parametrize(("language", "start"), [("es", "/es/biblioteca/"), ("en", "/en/library/"), ("pt-br", "/pt-br/biblioteca/")])
def test_the_permanent_address_speaks_the_reader_s_language(client, db, language, start):
    response = client.get("/r/RED-00001", headers={"Accept-Language": language})
    assert response.headers["Location"] == f"{start}RED-00001/"
    assert "Accept-Language" in response.headers["Vary"]


def test_citations_are_made_anew_after_a_change(db):
    record = make_record()
    assert "Oro sin mercurio" in render("_strings.html", record=record)
    mark_changed(record, title_es="Otro título")
    assert "Otro título" in render("_strings.html", record=record)


def test_citations_are_kept_in_each_language(db):
    record = make_record()
    assert "Disponible en" in render("_strings.html", record=record)
    with translation.override("en"):
        assert "Available from" in render("_strings.html", record=record)


def test_kept_citations_ask_the_database_for_nothing(db, django_assert_num_queries):
    record = make_record()
    render("_strings.html", record=record)
    with django_assert_num_queries(0):
        render("_strings.html", record=record)


def test_the_head_of_a_page_speaks_to_machines(db):
    record = make_record('Oro "sin" <mercurio>')
    make_identifier(record)
    head = render("_meta.html", record=record, pdfs=["https://example.org/a.pdf"])
    assert '<meta name="citation_title" content="Oro &quot;sin&quot; &lt;mercurio&gt;">' in head
    assert '<meta name="citation_pdf_url" content="https://example.org/a.pdf">' in head
    assert 'type="application/ld+json"' in head


def test_an_export_asks_equally_often_however_many(client, db):
    def grow():
        for number in range(3):
            record = make_record(str(number))
            make_author(record)
            make_collection(f"lista-{record.pk}", record)

    grow()
    flat(lambda: client.get(reverse("publications:library_export", args=["datacite"])), grow, ceiling=9)
