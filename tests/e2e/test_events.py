"""Encounters in a browser: found, followed and subscribed to in three languages; prepared, announced and cancelled."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.support.ics import parse, unescape

MEMBER = {"es": "nelida-ccoyllo-pari", "en": "marcus-thornhill-benn", "pt-br": "vanessa-prado-guimaraes"}
TITLE = {
    "es": "Encuentro iberoamericano de la MPE responsable",
    "en": "Ibero-American encounter on responsible ASM",
    "pt-br": "Encontro ibero-americano da MPE responsável",
}
SECTION = {"es": "encuentros/", "en": "events/", "pt-br": "encontros/"}
LANGUAGES = tuple(SECTION)
FOLLOWS = """
from red_mpe.notifications.models import Subscription
print(Subscription.objects.filter(person__email={email!r}, topic__startswith="event:").count())
"""


def email(language):
    return f"{MEMBER[language]}@demo.example"


@pytest.fixture(params=LANGUAGES)
def visitor(people, request):
    return people(request.param, scripts=False)


def test_event_is_found_from_the_home_page(visitor):
    visitor.open()
    visitor.follow(f"main .events a:has-text('{TITLE[visitor.language]}')")
    assert visitor.page.locator("h1").inner_text() == TITLE[visitor.language]
    assert "sala.demo.example" not in visitor.page.content()


def test_event_is_found_by_a_facet(visitor):
    visitor.open(SECTION[visitor.language])
    visitor.page.check("input[name=kind][value=webinar]")
    with visitor.page.expect_navigation():
        visitor.page.click(".browse form button")
    assert visitor.page.locator("main .event").count() == 1


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("language", LANGUAGES)
def test_month_holds_the_event(people, language, width):
    walker = people(language, width=width)
    day = datetime.now(ZoneInfo("America/Lima")).date() + timedelta(days=24)
    walker.open(SECTION[language])
    walker.follow("main .tabs li:nth-child(2) a")
    for _ in range(3):
        if walker.page.locator(f"td a:has-text('{TITLE[language]}')").count():
            break
        walker.follow("main a[rel~=next]")
    link = walker.page.locator(f"td a:has-text('{TITLE[language]}')")
    assert link.count() == (2 if (day + timedelta(days=1)).month == day.month else 1)
    assert link.first.is_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_member_follows_registers_and_finds_the_link(people, site, language):
    walker = people(language)
    walker.sign_in(email(language))
    walker.open(SECTION[language])
    walker.follow(f"main .event a:has-text('{TITLE[language]}')")
    with walker.page.expect_navigation():
        walker.page.click(".facts form button")
    assert site.run(FOLLOWS.format(email=email(language))) == "1"
    assert "sala.demo.example" not in walker.page.content()
    walker.follow(".register a.btn")
    walker.page.check("input[name=mode][value=on-line]")
    walker.page.locator("input[type=radio][name^=q]").first.check()
    walker.send()
    assert walker.page.locator("main a[href='https://sala.demo.example/encuentro']").count() == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_member_subscribes_to_the_own_calendar(people, language):
    walker = people(language, scripts=False)
    walker.sign_in(email(language))
    walker.open(SECTION[language])
    walker.follow("main section a[href*='cal'][href^='/" + language + "']")
    with walker.page.expect_navigation():
        walker.page.locator("main form button").first.click()
    answer = people(language).context.request.get(walker.page.locator("a.address").evaluate("link => link.href"))
    assert answer.ok
    assert TITLE[language] in {unescape(event["SUMMARY"]) for event in parse(answer.body())}


@pytest.fixture(scope="module")
def prepared(secretary):
    """A draft that the secretariat has prepared on the page, and its address."""
    page, day = secretary.page, date.today() + timedelta(days=60)
    secretary.open("encuentros/")
    secretary.follow("main .head a.btn")
    for name, words in {"title_es": "Taller de balanzas", "summary_es": "Pesar bien.", "venue": "Mercado", "municipality": "Puno"}.items():
        page.fill(f"[name={name}]", words)
    page.select_option("[name=kind]", "workshop")
    page.fill("[name=starts]", f"{day}T09:00")
    page.fill("[name=ends]", f"{day}T12:00")
    secretary.send()
    return page.url


def test_secretariat_announces_and_cancels(prepared, secretary, people):
    stranger, page = people("es", scripts=False), secretary.page
    assert stranger.page.goto(prepared).status == 404
    page.goto(prepared)
    secretary.follow("#move a[href$='/announce/']")
    assert "Quiénes reciben el aviso" in secretary.words()
    secretary.send()
    assert stranger.page.goto(prepared).status == 200
    secretary.follow("#move a[href$='/cancel/']")
    page.fill("[name=reason_es]", "No hay sala.")
    secretary.send()
    stranger.page.reload()
    assert "No se realiza." in stranger.words()
    assert "No hay sala." in stranger.words()
    found = parse(stranger.context.request.get(stranger.site.url + "/calendar.ics").body())
    assert [event["STATUS"] for event in found if "Taller de balanzas" in event["SUMMARY"]] == ["CANCELLED"]
