"""The way of a record in a real browser: proposed, asked back, answered, published; under embargo; its files asked for and granted."""

import pytest

from tests.e2e.walking import COLUMN, LIBRARY

NAMES = {"es": "nelida-ccoyllo-pari", "en": "nelida-ccoyllo-pari", "pt-br": "nelida-ccoyllo-pari"}
PROPOSE = {"es": "proponer/", "en": "propose/", "pt-br": "propor/"}
MINE = {"es": "mis-propuestas/", "en": "mine/", "pt-br": "minhas-propostas/"}
DESK = {"es": "edicion/", "en": "editing/", "pt-br": "edicao/"}
ASK = {"es": "solicitar/", "en": "ask/", "pt-br": "solicitar/"}
REQUESTS = {"es": "solicitudes/", "en": "requests/", "pt-br": "solicitacoes/"}
LANGUAGES = pytest.mark.parametrize("language", ["es", "en", "pt-br"])


def record(site, title):
    """What the database knows of the record of that title."""
    column = "(r.title_es or r.title_en or r.title_pt)"
    found = 'from publications.models import Record; rows = Record.objects.order_by("-pk"); '
    code = f"{found}print(next(f'{{r.code}} {{r.state}}' for r in rows if {column} == {title!r}))"
    return site.run(code).split()


def library(walker, path=""):
    walker.open(LIBRARY[walker.language] + path)


def press(walker, selector):
    """Press the button whose form goes there."""
    with walker.page.expect_navigation():
        walker.page.locator(f"form[action*='{selector}'] button").first.click()


def propose(walker, title):
    """Begin, write and send a record, adding an author's row without scripts on the way."""
    page = walker.page
    library(walker, PROPOSE[walker.language])
    page.check("input[name=kind][value=factsheet]")
    page.fill("input[name=title]", title)
    walker.send()
    column = COLUMN[walker.language]
    page.fill(f"textarea[name=abstract_{column}]", "Mesa vibradora · shaking table · mesa vibratória")
    page.check("input[name=languages][value=es]")
    page.fill("input[name='authors-0-name']", "Ccoyllo Pari, Nélida")
    with page.expect_navigation():
        page.locator("button[name=add][value=authors]").click()
    assert page.input_value("input[name='authors-0-name']") == "Ccoyllo Pari, Nélida"
    assert page.input_value(f"input[name=title_{column}]") == title
    page.fill("input[name='authors-1-name']", "Red MPE")
    page.select_option("select[name='identifiers-0-scheme']", "url")
    page.fill("input[name='identifiers-0-value']", f"http://example.org/{title.replace(' ', '-')}?utm_source=x")
    with page.expect_navigation():
        page.locator("button[name=send]").click()
    walker.send()


@pytest.fixture
def desk(secretary, language, monkeypatch):
    """The secretariat's browser, reading in that language."""
    monkeypatch.setattr(secretary, "language", language)
    return secretary


def decide(walker, code, move, **fields):
    """Take one step on the editors' page of a record."""
    library(walker, f"{code}/{DESK[walker.language]}")
    if fields:
        walker.page.locator(f"details#{move} > summary").click()
    for name, value in fields.items():
        walker.page.fill(f"[name='{move}-{name}']", value)
    press(walker, f"/{DESK[walker.language]}{move}/")


@LANGUAGES
def test_a_record_is_proposed_asked_back_answered_and_published(site, people, desk, language):
    title = f"Mesa vibradora {language}"
    member = people(language, scripts=language != "en", width=360)
    member.sign_in(f"{NAMES[language]}@demo.example")
    propose(member, title)
    code, state = record(site, title)
    assert state == "proposed"
    decide(desk, code, "return", question="¿De quién es la foto?")
    library(member, MINE[language])
    assert "¿De quién es la foto?" in member.words()
    member.open(f"{LIBRARY[language]}{code}/{'send' if language == 'en' else 'enviar'}/")
    member.page.fill("textarea[name=message]", "Es mía.")
    member.send()
    decide(desk, code, "accept-and-publish")
    assert record(site, title)[1] == "published"
    library(member, f"{code}/")
    assert title in member.words()


@LANGUAGES
def test_an_embargo_tells_its_day_to_whoever_proposed(site, people, desk, language):
    title = f"Informe reservado {language}"
    member = people(language)
    member.sign_in(f"{NAMES[language]}@demo.example")
    propose(member, title)
    code, _state = record(site, title)
    decide(desk, code, "accept")
    decide(desk, code, "embargo", until="2099-12-31")
    assert record(site, title)[1] == "embargoed"
    library(member, MINE[language])
    assert "2099" in member.words()


@LANGUAGES
def test_files_are_asked_for_and_granted(site, people, desk, language):
    make = (
        "from tests.factories.publications import make_record; "
        f"print(make_record('Base de datos {language}', access='request', invented=True).code)"
    )
    code = site.run(make)
    member = people(language)
    member.sign_in(f"{NAMES[language]}@demo.example")
    library(member, f"{code}/{ASK[language]}")
    member.page.fill("textarea[name=reason]", f"Tesis {language}")
    member.send()
    library(desk, REQUESTS[language])
    desk.follow(f"li:has-text('{code}') a.who")
    press(desk, "/grant/")
    library(member, f"{code}/{ASK[language]}")
    assert f"Tesis {language}" not in member.words()
    assert member.page.locator(".notice.done").count() == 1
