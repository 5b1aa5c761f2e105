"""The lists, the grid and the page of an event."""

from tests.factories.events import announced, draft, held, hybrid
from tests.support.pages import text_of, url


def coming(client, **query):
    return client.get(url("events:coming"), query)


def test_coming_shows_title_place_and_clock(client, secretary):
    announced(secretary)
    words = text_of(coming(client))
    assert "Encuentro del agua" in words
    assert "Cusco" in words


def test_detail_page_opens(client, secretary):
    event = hybrid(secretary)
    assert client.get(event.get_absolute_url()).status_code == 200


def test_month_page_opens(client, secretary):
    announced(secretary)
    assert "Encuentro del agua" in text_of(client.get(url("events:month", 2026, 3)))


def test_past_page_opens(client, db):
    held("pasado")
    assert "pasado" in text_of(client.get(url("events:past")))


def test_form_opens(as_user, secretary):
    assert as_user(secretary).get(url("events:event_add")).status_code == 200


def test_move_page_opens(as_user, secretary):
    event = draft(secretary)
    assert as_user(secretary).get(url("events:event_move", event.slug, "announce")).status_code == 200
