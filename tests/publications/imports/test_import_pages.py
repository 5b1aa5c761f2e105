"""The page on which editors import."""

import json
import uuid
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from publications.models import Record
from publications.readers.bibliography.lookup import fetch_doi
from red_mpe.core.states import DomainError
from tests.factories.publications import make_record

TEXT = json.dumps([{"title": "Oro limpio en Puno"}, {"title": "Agua para Madre de Dios"}])


@pytest.fixture
def address(client, editor):
    client.force_login(editor)
    return reverse("publications:import_records")


@pytest.fixture
def send(client, address):
    def sending(text=TEXT, act="look", once=None, **more):
        sent = {"text": text, "language": "es", "once": once or str(uuid.uuid4()), act: "1", **more}
        return client.post(address, sent)

    return sending


def seen(response):
    return response.context["plan"].fingerprint


def test_looking_makes_nothing(send):
    response = send()
    assert response.context["counts"] == {"new": 2, "twice": 0, "wrong": 0}
    assert not Record.objects.exists()


def test_confirming_makes_the_records_and_leads_on(send, client):
    response = send(act="make", seen=seen(send()))
    assert response.status_code == 303
    assert Record.objects.count() == 2
    words = client.get(response.headers["Location"]).content.decode()
    assert all(record.code in words for record in Record.objects.all())


def test_confirming_again_makes_no_more(send):
    once, looked = str(uuid.uuid4()), seen(send())
    send(act="make", once=once, seen=looked)
    assert send(act="make", once=once, seen=looked).status_code == 303
    assert Record.objects.count() == 2


def test_what_was_not_looked_at_is_not_made(send):
    looked = seen(send())
    response = send(json.dumps([{"title": "Otra lista"}]), act="make", seen=looked)
    assert response.status_code == 409
    assert "Otra lista" in response.content.decode()
    assert not Record.objects.exists()


def test_what_was_made_meanwhile_is_looked_at_again(send):
    looked = seen(send())
    there = make_record("Oro limpio en Puno")
    response = send(act="make", seen=looked)
    assert response.status_code == 409
    assert there.code in response.content.decode()


def test_a_file_takes_the_place_of_the_text_and_is_shown(send):
    file = SimpleUploadedFile("lista.bib", "@book{a, title={Oro limpio en Perú}}".encode("cp1252"))
    response = send("", document=file)
    assert response.context["counts"]["new"] == 1
    assert "@book{a, title={Oro limpio en Perú}}" in response.content.decode()


def test_a_file_that_is_too_large_is_refused_before_it_is_read(send, monkeypatch):
    monkeypatch.setattr("publications.forms.importing.MOST", 10)
    response = send("conservado", document=SimpleUploadedFile("lista.bib", b"x" * 11))
    assert response.status_code == 422
    assert "conservado" in response.content.decode()


def test_what_cannot_be_read_is_still_there(send):
    response = send("ni tabla ni nada")
    assert response.status_code == 422
    assert "ni tabla ni nada" in response.content.decode()


def test_a_broken_row_is_shown_with_its_line(send):
    response = send("@book{a, title={Buena}}\n@book{b, title={Rota\n")
    assert response.context["counts"] == {"new": 1, "twice": 0, "wrong": 1}
    assert response.context["wrong"][0].found.line == 2


def test_words_of_a_list_are_no_markup(send):
    assert "<script>alert" not in send(json.dumps([{"title": "<script>alert(1)</script>"}])).content.decode()


def test_the_first_button_only_looks(send):
    page = send().content.decode()
    assert page.index('name="look"') < page.index('name="make"')


def test_nothing_new_makes_nothing(send):
    make_record("Oro limpio en Puno")
    response = send(json.dumps([{"title": "Oro limpio en Puno"}]), act="make")
    assert response.status_code == 200
    assert Record.objects.count() == 1


@pytest.mark.parametrize(("language", "word"), [("es", "tipo"), ("en", "kind"), ("pt-br", "tipo")])
def test_the_table_has_headings_in_the_reader_s_language(client, address, language, word):
    start = {"es": "/es/biblioteca/", "en": "/en/library/", "pt-br": "/pt-br/biblioteca/"}[language]
    from django.utils import translation

    with translation.override(language):
        response = client.get(reverse("publications:import_template"))
    assert response.request["PATH_INFO"].startswith(start)
    assert response.content.decode().startswith(f"\ufeff{word};")


def test_doi_org_is_asked_only_where_it_is_allowed(client, address, settings):
    assert 'name="lookup"' not in client.get(address).content.decode()
    settings.DOI_LOOKUP = True
    assert 'name="lookup"' in client.get(address).content.decode()


def test_a_number_that_is_no_doi_is_told_and_nothing_is_lost(send, settings):
    settings.DOI_LOOKUP = True
    response = send("@book{a, title={Oro}}", act="lookup", doi="nada")
    assert response.status_code == 200
    assert "10.1787/9789264252479-en" in response.content.decode()
    assert "@book{a, title={Oro}}" in response.content.decode()


class Registry(BaseHTTPRequestHandler):
    """Answers like doi.org: one DOI is known, one leads on within, one leads elsewhere, one is endless."""

    def do_GET(self):
        known = json.dumps({"title": "Gold", "accept": self.headers["Accept"]}).encode()
        answers = {"known": (200, known, ""), "within": (302, b"", "/10.1000/known"), "away": (302, b"", "http://169.254.169.254/latest")}
        answers |= {"file": (302, b"", "file:///etc/passwd"), "endless": (200, b"x" * 1_000_002, "")}
        code, body, location = answers.get(self.path.rpartition("/")[2], (404, b"", ""))
        self.send_response(code)
        if location:
            self.send_header("Location", location)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        """Stay silent."""


@pytest.fixture
def registry():
    server = HTTPServer(("127.0.0.1", 0), Registry)
    thread = Thread(target=server.serve_forever)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}/"
    yield lambda doi: fetch_doi(doi, resolver=address, allowed=(address,))
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("doi", ["10.1000/known", "https://doi.org/10.1000/known", "10.1000/within"])
def test_the_metadata_of_a_doi_are_fetched(registry, doi):
    assert json.loads(registry(doi)) == {"title": "Gold", "accept": "application/vnd.citationstyles.csl+json"}


@pytest.mark.parametrize("doi", ["10.1000/away", "10.1000/file", "10.1000/endless", "10.1000/unknown", "http://localhost/"])
def test_no_other_host_is_asked_and_nothing_endless_is_read(registry, doi):
    with pytest.raises(DomainError):
        registry(doi)


def test_what_doi_org_says_takes_the_place_of_the_text(send, settings, registry, monkeypatch):
    settings.DOI_LOOKUP = True
    monkeypatch.setattr("publications.views.importing.fetch_doi", registry)
    response = send("", act="lookup", doi="10.1000/known")
    assert response.context["counts"]["new"] == 1
    assert "Gold" in response.content.decode()
