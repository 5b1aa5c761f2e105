"""The library as a feed."""

from xml.etree import ElementTree

import pytest

from publications.views import feeding
from tests.factories.publications import make_record
from tests.support.pages import url
from tests.support.queries import flat

ATOM = "{http://www.w3.org/2005/Atom}"


def read(client, query="", language="es"):
    response = client.get(f"{url('publications:atom', language=language)}?{query}")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(response.content)


def titles(feed):
    return [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")]


def test_the_newest_come_first(client, db):
    for day in (1, 2):
        make_record(f"Día {day}", published_at=f"2026-01-0{day}T00:00:00Z")
    assert titles(read(client)) == ["Día 2", "Día 1"]


def test_a_search_has_its_feed(client, db):
    make_record("Cianuro"), make_record("Otra", abstract_es="")
    feed = read(client, "q=cianuro")
    assert titles(feed) == ["Cianuro"]
    assert feed.findtext(f"{ATOM}title") == "Biblioteca: “cianuro”"


def test_a_member_gets_what_everybody_gets(client, miner):
    make_record("Reservada", access="members")
    client.force_login(miner.user)
    assert titles(read(client)) == []


def test_titles_come_in_the_readers_language(client, db):
    make_record("Retorta", title_en="Retort")
    assert titles(read(client, language="en")) == ["Retort"]


def test_entries_are_known_again_whatever_the_language(client, db):
    make_record()
    ids = {read(client, language=language).findtext(f"{ATOM}entry/{ATOM}id") for language in ("es", "en", "pt-br")}
    assert len(ids) == 1


@pytest.mark.parametrize("query", ["kind=x", "from=a", "q=" + "x" * 9_000])
def test_odd_feeds_are_no_error(client, db, query):
    make_record()
    read(client, query)


def test_feeds_too_often_are_refused(client, db, monkeypatch):
    monkeypatch.setattr(feeding, "A_MINUTE", 1)
    assert [client.get(url("publications:atom")).status_code for _ in range(2)] == [200, 429]


def test_the_feed_is_flat(client, db):
    make_record()
    flat(lambda: read(client, "q=oro"), lambda: [make_record(f"Oro {n}") for n in range(3)], ceiling=6)
