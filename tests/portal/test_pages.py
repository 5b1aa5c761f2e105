"""Still pages, errors, and what machines ask for."""

import re
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from red_mpe.portal import views
from tests.support.frameworks import make_framework
from tests.support.queries import flat

LANGUAGES = ("es", "en", "pt-br")


@pytest.mark.parametrize(
    ("accepts", "home"), [("es-PE", "/es/"), ("en-GB,en", "/en/"), ("pt-BR", "/pt-br/"), ("pt", "/pt-br/"), ("qu", "/es/")]
)
def test_bare_address_leads_to_the_readers_language(client, db, accepts, home):
    assert client.get("/", headers={"accept-language": accepts})["Location"] == home


def test_bare_address_leads_to_the_language_of_the_account(client, neighbour):
    client.force_login(neighbour.user)
    assert client.get("/", headers={"accept-language": "en"})["Location"] == "/pt-br/"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("route", ["portal:home", "portal:privacy", "portal:search", "portal:signed_out"])
def test_pages_name_themselves_in_the_other_languages(client, db, language, route):
    with translation.override(language):
        address = reverse(route)
    words = client.get(address).content.decode()
    assert f'<html lang="{language}">' in words
    for other in set(LANGUAGES) - {language}:
        with translation.override(other):
            assert f'hreflang="{other}" href="{reverse(route)}"' in words


def test_change_of_language_keeps_place_and_query(client, version):
    words = client.get("/en/search/", {"q": "río & <b>"}).content.decode()
    with translation.override("pt-br"):
        assert f'href="{reverse("portal:search")}?q=r%C3%ADo+%26+%3Cb%3E"' in words


def test_signed_out_page_wipes_drafts(client, db):
    assert "data-signed-out" in client.get(reverse("portal:signed_out")).content.decode()


def test_privacy_names_whom_to_write_to(client, db, settings):
    settings.SECRETARIAT_EMAIL = "escriba@example.org"
    assert "mailto:escriba@example.org" in client.get(reverse("portal:privacy")).content.decode()


@pytest.mark.parametrize("path", ["/es/no-existe/", "/xx/", "/fr/marcos/", "/es/miembros/../../etc/passwd"])
def test_what_does_not_exist_is_404_in_our_words(client, db, path):
    response = client.get(path)
    assert response.status_code == 404
    assert 'href="/' in response.content.decode()


def test_a_form_from_a_stale_page_is_refused_without_losing_words(db):
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(reverse("account_login"), {"login": "x"})
    assert response.status_code == 403
    assert "403" in response.content.decode()


def test_a_failure_is_told_without_database_or_session(rf):
    response = views.server_error(rf.get("/"))
    assert response.status_code == 500
    assert "Red MPE" in response.content.decode()


def test_a_failure_of_the_failure_page_is_told_in_plain_text(rf, monkeypatch):
    monkeypatch.setattr("red_mpe.portal.views.errors.render_to_string", lambda name: 1 / 0)
    response = views.server_error(rf.get("/"))
    assert (response.status_code, response["Content-Type"]) == (500, "text/plain; charset=utf-8")


def test_a_bad_request_is_told_in_our_words(client, db, rf):
    request = client.get("/es/").wsgi_request
    assert views.bad_request(request, ValueError()).status_code == 400


def test_too_many_says_when_to_try_again(client, db):
    response = views.too_many_requests(client.get("/es/").wsgi_request)
    assert (response.status_code, response["Retry-After"]) == (429, "60")


def test_a_host_that_is_not_ours_is_refused(client, db):
    assert client.get("/es/", headers={"host": "elsewhere.example"}).status_code == 400


def test_robots_names_the_map(client):
    assert "Sitemap: http://localhost:8000/sitemap.xml" in client.get("/robots.txt").content.decode()


def test_security_txt_has_contact_and_an_end(client, settings):
    settings.SECRETARIAT_EMAIL = "escriba@example.org"
    words = client.get("/.well-known/security.txt").content.decode()
    assert "Contact: mailto:escriba@example.org" in words
    assert re.search(r"^Expires: \d{4}-\d\d-\d\dT00:00:00Z$", words, re.M)


def _addresses(client):
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    return [element.text for element in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]


def test_the_map_lists_public_texts_in_every_language_at_our_host(client, version):
    addresses = _addresses(client)
    with translation.override("pt-br"):
        assert "http://localhost:8000" + version.framework.get_absolute_url() in addresses
    assert all(address.startswith("http://localhost:8000/") for address in addresses)
    assert sum("/1.1/" in address for address in addresses) == 3


def test_the_map_leaves_out_drafts_people_and_organisations(client, miner, cooperative):
    make_framework("secreto", public=False)
    words = "\n".join(_addresses(client))
    assert "secreto" not in words
    assert miner.slug not in words
    assert cooperative.slug not in words


def test_the_map_is_flat(client, version):
    from tests.support.frameworks import make_clause

    flat(lambda: client.get("/sitemap.xml").content, lambda: [make_clause(version, f"3.{n}") for n in range(3)])
