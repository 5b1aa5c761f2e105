"""Other doors to events: one's own calendar, the desk, the search, the admin."""

import pytest

from events import actions
from events.models import CalendarLink
from tests.factories.events import LINK, announced, draft, held, hybrid, stored
from tests.support.pages import text_of, url


def test_my_calendar_offers_an_address(as_user, miner):
    assert "Crear mi dirección" in text_of(as_user(miner).get(url("events:my_calendar")))


def test_my_calendar_shows_the_address(as_user, miner):
    client = as_user(miner)
    response = client.post(url("events:renew_calendar"), follow=True)
    assert CalendarLink.objects.get().token in response.content.decode()


def test_my_calendar_closes_the_address(as_user, miner):
    client = as_user(miner)
    client.post(url("events:renew_calendar"))
    assert "Crear mi dirección" in text_of(client.post(url("events:revoke_calendar"), follow=True))


def test_address_of_others_is_not_shown(as_user, miner, scholar):
    link = actions.renew_calendar(actor=miner.user)
    assert link.token not in as_user(scholar).get(url("events:my_calendar")).content.decode()


def test_page_with_an_address_is_kept_by_no_browser(as_user, miner):
    assert "no-store" in as_user(miner).get(url("events:my_calendar"))["Cache-Control"]


def test_report_is_due_on_the_desk(as_user, secretary):
    held("pendiente"), held("contado", state="reported")
    words = text_of(as_user(secretary).get(url("portal:desk")))
    assert "pendiente" in words
    assert "contado" not in words


def test_desk_of_the_protection_officer_has_no_events(as_user, officer):
    held("pendiente")
    assert "pendiente" not in text_of(as_user(officer).get(url("portal:desk")))


def test_search_finds_events_without_accents(client, secretary):
    announced(secretary, title_es="Reunión en Cusco")
    assert "Reunión en Cusco" in text_of(client.get(url("portal:search"), {"q": "reunion"}))


def test_search_finds_words_of_the_description(client, secretary):
    announced(secretary, description_es="Se habla de relaves.")
    assert "Encuentro del agua" in text_of(client.get(url("portal:search"), {"q": "relaves", "in": "events"}))


def test_search_finds_only_what_one_may_see(as_user, miner, secretary):
    draft(secretary, title_es="Relaves uno")
    stored("Relaves dos", audience="group")
    assert "Relaves" not in text_of(as_user(miner).get(url("portal:search"), {"q": "relaves"})).replace("relaves", "")


@pytest.mark.parametrize("path", ["add/", "change/"])
def test_admin_only_looks(as_user, secretary, path):
    event = announced(secretary)
    address = f"/es/secretaria/events/event/{event.pk if path == 'change/' else ''}/{path}".replace("event//", "event/")
    response = as_user(secretary).post(address, {"title_es": "x"})
    assert response.status_code == 403
    event.refresh_from_db()
    assert event.title_es == "Encuentro del agua"


def test_link_is_not_in_the_admin(as_user, secretary):
    event = hybrid(secretary)
    assert LINK not in as_user(secretary).get(f"/es/secretaria/events/event/{event.pk}/change/").content.decode()
