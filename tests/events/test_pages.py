"""The lists, the grid and the page of an event, as each reader finds them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events import actions
from red_mpe.core.models import Theme
from tests.conftest import make_organisation
from tests.factories.events import LINK, announced, draft, held, hybrid, make_group, moment, stored
from tests.support.pages import text_of, url
from tests.support.queries import flat

WHY = {"es": "Las lluvias cortaron el camino."}


def coming(client, language="es", **query):
    response = client.get(url("events:coming", language=language), query)
    assert response.status_code == 200
    return text_of(response)


def page(client, event, language="es"):
    return text_of(client.get(url("events:event_detail", event.slug, language=language)))


def test_coming_shows_title_place_and_clock(client, secretary):
    announced(secretary)
    words = coming(client)
    assert all(part in words for part in ("Encuentro del agua", "Cusco, Perú", "de 09:00 a 17:00 (hora de Lima)", "Marzo de 2026"))


@pytest.mark.parametrize(
    ("language", "words"), [("es", "No hay encuentros anunciados"), ("en", "No encounter is announced"), ("pt-br", "Não há encontros")]
)
def test_empty_list_says_what_would_be_there(client, db, language, words):
    assert words in coming(client, language)


def test_list_narrowed_to_nothing_offers_everything(client, db):
    stored("feria", kind="fair"), stored("visita", kind="visit", mode="hybrid", link=LINK)
    assert "Nada cumple todo a la vez" in coming(client, kind="fair", mode="hybrid")


def test_filtered_list_keeps_what_was_chosen(client, db):
    stored("feria", kind="fair"), stored("recorrido", kind="visit", mode="hybrid", link=LINK)
    words = client.get(url("events:coming"), {"kind": "fair"}).content.decode()
    assert 'value="fair" checked' in words
    assert "recorrido" not in words


def test_drafts_are_shown_to_who_runs_them(as_user, secretary, miner):
    draft(secretary, title_es="Por anunciar")
    assert "Por anunciar" in coming(as_user(secretary))
    assert "Por anunciar" not in coming(as_user(miner))
    assert "Por anunciar" not in coming(as_user())


def test_who_may_prepare_one_finds_the_button(as_user, chair, miner):
    assert "Preparar un encuentro" in coming(as_user(chair))
    assert "Preparar un encuentro" not in coming(as_user(miner))


def test_cancelled_is_struck_out_in_the_list(client, secretary):
    actions.cancel_event(actor=secretary, event=announced(secretary), reason=WHY)
    assert "cancelado" in coming(client)


def test_list_goes_on_over_several_pages(client, db):
    for number in range(21):
        stored(f"n-{number}")
    assert "n-20" not in coming(client)
    assert "n-20" in coming(client, page=2)


def test_past_shows_the_last_year_first(client, db):
    held("reciente"), held("antiguo", days_ago=400)
    words = text_of(client.get(url("events:past")))
    assert "reciente" in words
    assert "antiguo" not in words


def test_past_shows_the_year_that_was_chosen(client, db):
    held("reciente"), held("antiguo", days_ago=400)
    assert "antiguo" in text_of(client.get(url("events:past") + "?year=2025"))


@pytest.mark.parametrize("year", ["1999", "x", "", "9" * 30])
def test_year_that_does_not_exist_leads_to_the_last(client, db, year):
    held("reciente")
    assert "reciente" in text_of(client.get(url("events:past"), {"year": year}))


def test_past_of_an_empty_network_says_so(client, db):
    assert "Todavía no se ha realizado ninguno" in text_of(client.get(url("events:past")))


def test_month_shows_its_events_on_their_days(client, db):
    start = moment(2026, 3, 12, 9)
    stored("doce", starts_at=start, ends_at=start + timedelta(hours=1))
    assert "Jueves 12 doce" in text_of(client.get(url("events:month", 2026, 3)))


def test_bare_month_says_so(client, db):
    assert "No hay nada anunciado para este mes" in text_of(client.get(url("events:month", 2026, 5)))


@pytest.mark.parametrize(("year", "month"), [(2026, 0), (2026, 13), (1999, 12), (2101, 1)])
def test_month_that_does_not_exist_is_not_found(client, db, year, month):
    assert client.get(url("events:month", year, month)).status_code == 404


@pytest.mark.parametrize(("year", "month", "gone"), [(2000, 1, "Diciembre de 1999"), (2100, 12, "Enero de 2101")])
def test_grid_ends_somewhere(client, db, year, month, gone):
    assert gone not in text_of(client.get(url("events:month", year, month)))


@pytest.mark.parametrize("month", range(1, 13))
def test_months_lead_to_their_neighbours(client, db, month):
    response = client.get(url("events:month", 2026, month))
    before, after = response.context["before"]["url"], response.context["after"]["url"]
    assert before == url("events:month", 2026 - (month == 1), (month - 2) % 12 + 1)
    assert after == url("events:month", 2026 + (month == 12), month % 12 + 1)


def test_this_month_leads_to_the_readers_month(client, db, clock):
    clock.move_to(moment(2026, 3, 31, 23))
    assert client.get(url("events:this_month"))["Location"] == url("events:month", 2026, 3)


def test_page_tells_what_where_and_who(client, secretary, group):
    host = make_organisation("casa", name="Casa del agua")
    event = announced(
        secretary, hosts=[host], groups=[group], themes=[Theme.objects.get(code="mercury")], countries=["BO"], places_on_site=80,
        languages=["es"], interpretation=["qu"], description_es="Se **habla** del río.", costs_es="Nada.", access_es="A pie.",
    )  # fmt: skip
    words = page(client, event)
    parts = ("Casa del agua", "Grupo mesa", "Mercurio", "Bolivia", "80 presenciales", "Runasimi", "Se habla del río", "Nada.", "A pie.")
    assert all(part in words for part in parts)


def test_page_shows_both_clocks(as_user, miner, secretary):
    type(miner.user).objects.filter(pk=miner.user.pk).update(time_zone="Europe/Madrid")
    start = moment(2026, 5, 12, 9)
    event = announced(secretary, starts_at=start, ends_at=start + timedelta(hours=1))
    words = page(as_user(miner), event)
    assert "de 09:00 a 10:00 (hora de Lima)" in words
    assert "de 16:00 a 17:00 (hora de Madrid)" in words


def test_page_shows_one_clock_where_both_agree(client, secretary):
    assert page(client, announced(secretary)).count("hora de Lima") == 1


@pytest.mark.parametrize(("who", "shown"), [("nobody", 0), ("visitor", 0), ("miner", 1), ("secretary", 1), ("officer", 0)])
def test_link_is_shown_to_members_only(request, as_user, secretary, who, shown):
    client = as_user(request.getfixturevalue(who) if who != "nobody" else None)
    event = hybrid(secretary)
    assert (LINK in client.get(event.get_absolute_url()).content.decode()) == shown


def test_link_of_a_meeting_is_not_shown_to_other_members(as_user, miner, seated, group):
    event = stored("reunion", kind="meeting", mode="on-line", link=LINK, groups=[group])
    assert "para las personas de sus grupos" in page(as_user(miner), event)
    assert LINK in as_user(seated).get(event.get_absolute_url()).content.decode()


def test_visitor_is_told_who_has_the_link(client, secretary, as_user, visitor):
    event = hybrid(secretary)
    assert "encuentran aquí el enlace" in page(as_user(), event)
    assert "para quienes son miembros" in page(as_user(visitor), event)


def test_called_off_says_why(client, secretary):
    event = actions.postpone_event(actor=secretary, event=announced(secretary), reason=WHY)
    words = page(client, event)
    assert "Habrá fechas nuevas" in words
    assert WHY["es"] in words


def test_report_and_figures_are_shown(client, secretary):
    numbers = {"attended": 40, "women": 3, "men": 37}
    event = actions.report_event(actor=secretary, event=held("uno"), report={"es": "Salió **bien**."}, figures=numbers)
    words = page(client, event)
    assert "Salió bien" in words
    assert "37" not in words


def test_hidden_hosts_and_groups_are_not_named(client, secretary):
    host, group = make_organisation("oculta", name="Casa oculta", audience="nobody"), make_group("oculto", audience="nobody")
    words = page(client, announced(secretary, hosts=[host], groups=[group]))
    assert "Casa oculta" not in words
    assert "Grupo oculto" not in words


@pytest.mark.parametrize(("state", "word"), [("announced", "Scheduled"), ("cancelled", "Cancelled"), ("postponed", "Postponed")])
def test_machines_read_the_state(client, db, state, word):
    assert f"https://schema.org/Event{word}" in client.get(stored("uno", state=state, reason_es="x").get_absolute_url()).content.decode()


@pytest.mark.parametrize(("mode", "word"), [("on-site", "Offline"), ("on-line", "Online"), ("hybrid", "Mixed")])
def test_machines_read_the_mode_and_never_the_link(client, db, mode, word):
    html = client.get(stored("uno", mode=mode, link=LINK).get_absolute_url()).content.decode()
    assert f"https://schema.org/{word}EventAttendanceMode" in html
    assert LINK not in html


@pytest.mark.parametrize(("audience", "kept"), [("public", False), ("members", True)])
def test_search_engines_are_kept_out_of_what_is_not_public(as_user, miner, audience, kept):
    html = as_user(miner).get(stored("uno", audience=audience).get_absolute_url()).content.decode()
    assert ("noindex" in html) is kept


@pytest.mark.parametrize(("state", "moves"), [
    ("draft", ["announce"]), ("announced", ["postpone", "cancel"]), ("postponed", ["reschedule", "cancel"]),
    ("held", ["report"]), ("reported", ["report"]), ("cancelled", []),
])  # fmt: skip
def test_who_runs_it_finds_the_moves_of_its_state(as_user, secretary, state, moves):
    event = stored("uno", state=state, reason_es="x")
    html = as_user(secretary).get(event.get_absolute_url()).content.decode()
    offered = [move for move in ("announce", "postpone", "reschedule", "cancel", "report") if url("events:event_move", "uno", move) in html]
    assert offered == [move for move in ("announce", "postpone", "reschedule", "cancel", "report") if move in moves]


def test_nobody_else_finds_moves(as_user, miner, secretary):
    assert "Para quien lo organiza" not in page(as_user(miner), announced(secretary))


def test_member_follows_from_the_page(as_user, miner, secretary):
    event = announced(secretary)
    client = as_user(miner)
    client.post(url("notifications:follow"), {"topic": event.topic, "next": event.get_absolute_url()})
    assert "Dejar de seguir" in page(client, event)


@pytest.mark.parametrize("name", ["events:coming", "events:past"])
def test_lists_are_flat(client, group, name):
    names = iter(range(99))

    def grow():
        for _ in range(3):
            slug = f"n-{next(names)}"
            fields = {"groups": [group, make_group(slug)], "themes": [Theme.objects.get(code="water")]}
            held(slug, **fields) if name == "events:past" else stored(slug, **fields)

    grow()
    flat(lambda: client.get(url(name)), grow, ceiling=8)


def test_month_is_flat(client, db):
    names = iter(range(99))
    stored("uno")
    flat(lambda: client.get(url("events:month", 2026, 3)), lambda: [stored(f"n-{next(names)}") for _ in range(3)], ceiling=3)


def test_page_is_flat(as_user, miner, secretary):
    event = announced(secretary, hosts=[make_organisation("una")], groups=[make_group("una")])
    client = as_user(miner)

    def grow():
        event.hosts.add(*(make_organisation(f"casa-{number}") for number in range(3)))
        event.groups.add(*(make_group(f"g-{number}") for number in range(3)))
        event.themes.add(*Theme.objects.filter(parent__isnull=False)[:3])

    flat(lambda: client.get(event.get_absolute_url()), grow, ceiling=16)


@pytest.fixture
def nobody():
    return None


def test_group_page_lists_its_coming_events(client, group):
    stored("suyo", groups=[group]), stored("ajeno")
    words = text_of(client.get(group.get_absolute_url()))
    assert "suyo" in words
    assert "ajeno" not in words


def test_group_page_hides_what_is_only_for_the_group(client, as_user, seated, group):
    stored("interno", groups=[group], audience="group")
    assert "interno" not in text_of(as_user().get(group.get_absolute_url()))
    assert "interno" in text_of(as_user(seated).get(group.get_absolute_url()))


def test_group_page_leads_to_the_last_year_of_its_past(client, group):
    held("viejo", days_ago=800, groups=[group])
    link = f"?year=2023&amp;group={group.slug}"
    assert link in client.get(group.get_absolute_url()).content.decode()
    assert "viejo" in text_of(client.get(url("events:past") + link.replace("&amp;", "&")))


def test_group_page_offers_to_call_a_meeting_to_who_does(as_user, chair, seated, group):
    assert "Convocar una reunión" in text_of(as_user(chair).get(group.get_absolute_url()))
    assert "Convocar una reunión" not in text_of(as_user(seated).get(group.get_absolute_url()))


def test_group_that_is_not_public_offers_no_public_calendar(as_user, miner):
    group = make_group("interno", audience="members")
    assert "iCalendar" not in text_of(as_user(miner).get(group.get_absolute_url()))


def test_home_shows_the_next_three(client, db):
    for number in range(4):
        start = timezone.now() + timedelta(days=number + 1)
        stored(f"n-{number}", starts_at=start, ends_at=start + timedelta(hours=1))
    words = text_of(client.get(url("portal:home")))
    assert [f"n-{number}" in words for number in range(4)] == [True, True, True, False]


def test_home_leaves_out_what_was_called_off(client, db):
    stored("cancelado-x", state="cancelled")
    assert "cancelado-x" not in text_of(client.get(url("portal:home")))


@pytest.mark.parametrize(("language", "words"), [("es", "Próximos encuentros"), ("en", "Next encounters"), ("pt-br", "Próximos encontros")])
def test_home_names_its_encounters(client, db, language, words):
    assert words in text_of(client.get(url("portal:home", language=language)))


def test_map_of_the_site_knows_public_events_only(client, db):
    stored("publico"), stored("interno", audience="members"), stored("borrador", state="draft")
    xml = client.get("/sitemap.xml").content.decode()
    assert "/publico/" in xml
    assert "interno" not in xml
    assert "borrador" not in xml
