"""An encounter in a browser, in three languages: announced, registered for, waited for, attended, minuted, reported and certified."""

import json

import pytest

from tests.e2e.walking import COLUMN, LANGUAGES

#: Who takes the only place, and who waits for it.
FIRST = {"es": "graciela-vilte-salas", "en": "keisha-bovell-adams", "pt-br": "dandara-conceicao-dos-anjos"}
SECOND = {"es": "luz-dary-mosquera-caicedo", "en": "marcus-thornhill-benn", "pt-br": "vanessa-prado-guimaraes"}
CONFIRMED = {"es": "confirmada", "en": "confirmed", "pt-br": "confirmada"}
WAITS = {"es": "lista de espera", "en": "waiting list", "pt-br": "lista de espera"}
VALID = {"es": "válid", "en": "holds", "pt-br": "válid"}
# A draft with one place, written by the secretariat; and where its pages are.
MAKE = """
import json
from django.urls import reverse
from django.utils.translation import override
from members.models import User
from tests.factories.events import draft
words = {{"title_es": "", "summary_es": ""}} | {{f"{{name}}_{column}": {title!r} for name in ("title", "summary")}}
event = draft(User.objects.get(email="secretaria@demo.example"), places_on_site=1, **words)
names = ("event_detail", "desk_terms", "register", "check_in", "minutes_edit", "minutes", "certificates", "my_certificates")
with override({language!r}):
    print(json.dumps({{"slug": event.slug, **{{name: reverse(f"events:{{name}}", args=[event.slug]) for name in names}}}}))
"""
# The hours go by: it is on; it is over.
TURN = """
from datetime import timedelta
from django.utils import timezone
from events import actions
from events.models import Event, RegistrationTerms
now, event = timezone.now(), Event.objects.get(slug={slug!r})
starts, ends = now - timedelta(hours={began}), now - timedelta(hours={ended})
days = {{"starts_on": starts.astimezone(event.zone).date(), "ends_on": ends.astimezone(event.zone).date()}}
RegistrationTerms.objects.filter(event=event).update(opens_at=starts - timedelta(days=3), closes_at=starts)
Event.objects.filter(pk=event.pk).update(starts_at=starts, ends_at=ends, **days)
actions.hold_events()
"""


class Encounter:
    """One event, and where its pages are in one language."""

    def __init__(self, site, language):
        title = f"Taller de la batea {language}"
        made = site.run(MAKE.format(language=language, column=COLUMN[language], title=title))
        self.site, self.language, self.title, self.at = site, language, title, json.loads(made)

    def go(self, walker, name):
        answer = walker.page.goto(self.site.url + self.at[name])
        assert answer.status == 200, self.at[name]

    def move(self, walker, move, **words):
        """Take one of the steps of who runs it."""
        self.go(walker, "event_detail")
        walker.follow(f"#move a[href*='/{move}/']")
        for name, text in words.items():
            walker.page.fill(f"[name='{name}']", text)
        walker.send()

    def turn(self, *, began, ended):
        self.site.run(TURN.format(slug=self.at["slug"], began=began, ended=ended))


@pytest.fixture
def desk(secretary, language, monkeypatch):
    """The secretariat's browser, reading in that language."""
    monkeypatch.setattr(secretary, "language", language)
    return secretary


def announce(encounter, desk):
    """Announce it, say when one registers, and open registration before its hour: at it the clock would be as fast."""
    encounter.move(desk, "announce")
    encounter.go(desk, "desk_terms")
    for name, days in (("opens", 2), ("closes", 4)):
        desk.page.fill(f"[name={name}]", desk.page.evaluate(f"new Date(Date.now() + {days} * 86400000).toISOString().slice(0, 16)"))
    desk.send()
    encounter.move(desk, "open")


def registers(encounter, walker):
    """Fill in the form of registration and return what the page then says."""
    encounter.go(walker, "event_detail")
    walker.follow(f"main a[href='{encounter.at['register']}']")
    walker.send()
    return walker.words().lower()


def gives_up(encounter, walker):
    encounter.go(walker, "event_detail")
    walker.follow(".register a.btn")
    walker.follow("main a.btn.danger")
    walker.send()


def accepts(encounter, walker):
    encounter.go(walker, "event_detail")
    walker.follow(".register a.btn")
    press(walker, "main form.actions button.btn")
    return walker.words().lower()


def press(walker, selector):
    with walker.page.expect_navigation():
        walker.page.locator(selector).first.click()


def check_in(encounter, desk):
    """Let the one who has the place in, and stay until the site has settled it: who leaves sooner keeps it on the phone."""
    encounter.go(desk, "check_in")
    desk.page.wait_for_selector("[data-ready]", state="attached")
    desk.page.fill("#door-q", encounter.name)
    desk.page.click("[data-rows] form button")
    desk.page.wait_for_selector("[data-rows]:empty", state="attached")
    desk.page.wait_for_selector("[data-last] [data-kept]", state="detached")


def minute(encounter, desk):
    """Write an item with a decision, and publish."""
    column = COLUMN[encounter.language]
    encounter.go(desk, "minutes_edit")
    press(desk, f"main form[action*='{encounter.at['minutes']}'] button")
    desk.page.fill(f"main form.form [name=title_{column}]", "La batea")
    desk.send("main form.form:has([name^=title])")
    desk.page.fill(f"main form.form [name=summary_{column}]", "Se lavó arena.")
    desk.send("main form.form:has([name^=summary])")
    desk.page.locator("main details:has(form [name$=kind]) > summary").first.click()
    desk.page.fill(f"main details form:has([name$=kind]) [name$=text_{column}]", "Repetir el taller.")
    desk.send("main details form:has([name$=kind])")
    encounter.go(desk, "minutes_edit")
    desk.follow("main a[href*='/publish/']")
    desk.send()


def certify(encounter, desk, walker):
    """Issue the certificates, open one's own, and verify it as a stranger would; return the words of the verification."""
    encounter.go(desk, "certificates")
    press(desk, "main form button.btn")
    encounter.go(walker, "my_certificates")
    paper = walker.context.request.get(walker.page.locator("main .acts a").first.evaluate("link => link.href"))
    assert paper.body().startswith(b"%PDF-")
    return walker.page.locator("main .meta a").first.evaluate("link => link.href")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_encounter_from_its_call_to_the_certificate(site, people, desk, language):
    encounter = Encounter(site, language)
    announce(encounter, desk)
    first, second = (people(language, scripts=False, width=360) for _ in range(2))
    first.sign_in(f"{FIRST[language]}@demo.example")
    second.sign_in(f"{SECOND[language]}@demo.example")
    assert CONFIRMED[language] in registers(encounter, first)
    assert WAITS[language] in registers(encounter, second)
    gives_up(encounter, first)
    assert CONFIRMED[language] in accepts(encounter, second)
    encounter.name = second.page.locator(".ticket strong").inner_text()
    encounter.turn(began=2, ended=-2)
    check_in(encounter, desk)
    minute(encounter, desk)
    encounter.turn(began=5, ended=1)
    encounter.move(desk, "report", **{f"report_{COLUMN[language]}": "Se aprendió a mirar la arena."})
    address = certify(encounter, desk, second)
    stranger = people(language)
    stranger.page.goto(address)
    assert encounter.name in stranger.words()
    assert VALID[language] in stranger.words().lower()
    encounter.go(stranger, "event_detail")
    assert "Se aprendió a mirar la arena." in stranger.words()
    encounter.go(stranger, "minutes")
    assert "Repetir el taller." in stranger.words()
