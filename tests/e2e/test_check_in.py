"""The door in a browser, in three languages: people come while there is no connection; nothing is lost, and nobody is there twice."""

import pytest

MEMBER = {"es": "nelida-ccoyllo-pari", "en": "marcus-thornhill-benn", "pt-br": "vanessa-prado-guimaraes"}
LANGUAGES = tuple(MEMBER)
# An event that has begun, seen by nobody but its door, with three people registered.
MAKE = """
import uuid
from datetime import timedelta
from django.urls import reverse
from django.utils import timezone, translation
from events.models import Doorkeeper, Event, Registration
from members.models import Person
now = timezone.now()
days = {{"starts_at": now - timedelta(hours=1), "ends_at": now + timedelta(hours=5), "starts_on": now.date(), "ends_on": now.date()}}
known = {{"slug": {tag!r}.lower(), "once": uuid.uuid4(), "state": "announced", "mode": "hybrid", "audience": "group", "title_es": {tag!r}}}
days["ends_on"] = days["ends_at"].date()
event = Event.objects.create(**known, **days)
Doorkeeper.objects.create(event=event, person=Person.objects.get(slug={slug!r}))
for number in range(3):
    known = {{"ticket": ({tag!r} + str(number)).ljust(43, "t"), "once": uuid.uuid4(), "number": number + 1, "state": "confirmed"}}
    Registration.objects.create(event=event, code={tag!r} + str(number), name=f"Áña Persona {{number}}", moved_at=now, **known)
with translation.override({language!r}):
    print(reverse("events:check_in", args=[event.slug]))
"""
KNOWN = """
from events.models import Attendance
rows = Attendance.objects.filter(event__slug={slug!r}).order_by("registration__code")
print(*[f"{{row.registration.code}}:{{row.seen}}" for row in rows])
"""
HAS_SHELL = "keys.some((key) => key.url.endsWith('?shell')) && keys.length > 3"
KEPT = f"caches.open('red-mpe-door').then((kept) => kept.keys()).then((keys) => {HAS_SHELL} && Boolean(navigator.serviceWorker.controller))"
WAITING = "(many) => document.querySelector('[data-waiting]').textContent.startsWith(many)"
NAMES = "indexedDB.databases().then((all) => all.map((one) => one.name).includes('red-mpe-door-names'))"


@pytest.fixture(params=LANGUAGES)
def door(request, site, people):
    """A doorkeeper's phone with the door open and everything kept on it; and the tag of the codes."""
    language, tag = request.param, f"PUERTA{LANGUAGES.index(request.param)}"
    path = site.run(MAKE.format(tag=tag, slug=MEMBER[language], language=language))
    walker = people(language, width=360)
    walker.sign_in(f"{MEMBER[language]}@demo.example")
    walker.page.goto(site.url + path)
    walker.page.wait_for_selector("[data-ready]", state="attached")
    wait_until(walker.page, KEPT)
    yield walker, tag
    walker.errors = [words for words in walker.errors if "DISCONNECTED" not in words]


def wait_until(page, promised):
    """Wait for what comes true in a promise: `wait_for_function` takes the promise itself for the answer."""
    for _ in range(300):
        if page.evaluate(promised):
            return
        page.wait_for_timeout(50)
    raise AssertionError(promised)


def check_in(page, words):
    """Search somebody and press the one button."""
    page.fill("#door-q", words)
    page.click("[data-rows] form button")
    page.wait_for_selector("[data-rows]:empty", state="attached")


def scan(page, ticket):
    """What a reader on a cable types: the address in the QR code, and Enter."""
    page.fill("#door-q", f"https://red.example.org/es/{ticket.ljust(43, 't')}/")
    page.press("#door-q", "Enter")
    page.wait_for_function("document.querySelector('#door-q').value === ''")


def test_door_goes_on_without_a_connection(door, site):
    walker, tag = door
    page = walker.page
    walker.context.set_offline(True)
    check_in(page, "ana persona 0")
    scan(page, f"{tag}1")
    page.wait_for_function(WAITING, arg="2 ")
    page.reload()
    page.wait_for_selector("[data-waiting]:not([hidden])")
    check_in(page, f"{tag}2")
    scan(page, f"{tag}1")  # a second time
    page.wait_for_function(WAITING, arg="3 ")
    assert site.run(KNOWN.format(slug=tag.lower())) == ""
    walker.context.set_offline(False)
    page.wait_for_selector("[data-waiting]", state="hidden")
    assert site.run(KNOWN.format(slug=tag.lower())) == f"{tag}0:search {tag}1:scan {tag}2:search"
    page.reload()
    assert page.locator("[data-last] li").count() == 3
    assert page.evaluate(NAMES)
    page.locator("details.menu:visible > summary").first.click()
    with page.expect_navigation():
        page.locator("[data-sign-out] button:visible").click()
    wait_until(page, f"{NAMES}.then((there) => !there)")
