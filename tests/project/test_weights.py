"""Every page is light, and walked in a browser: both are asked of the table of routes, so that no new page can be forgotten."""

import gzip
import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import transaction
from django.test import Client

from tests.e2e.test_every_page import WALKED
from tests.project.access_table import expected
from tests.support.addresses import every_address
from tests.support.world import ROLES, make_world

DOCUMENT, FIRST, REQUESTS = 15_000, 45_000, 8  # bytes of a repeat visit, of a first one, and its requests
LONG = {"standards:framework_detail", "standards:version_detail", "standards:redline"}  # whole frameworks: 110 kB
WHOLE = 110_000

#: What answers with something else than a page: files, feeds, calendars, data, words for machines.
FILES = """
health_live robots sitemap security_txt oai public_calendar public_feed event_calendar group_calendar personal_calendar
events:certificate_pdf events:certificates_all events:check_in_list events:check_in_worker events:group_minutes_file events:minutes_pdf
events:photo_file events:poster_file events:registration_calendar
publications:atom publications:collection_export publications:collection_usb publications:file_download publications:file_light
publications:file_thumbnail publications:import_template publications:library_export publications:record_export
standards:consultation_kit standards:download standards:form_file standards:record standards:synopsis_pdf standards:synopsis_xlsx
""".split()  # noqa: SIM905
#: Pages that no browser walks: why.
UNWALKED = {
    **dict.fromkeys(("*u/<str:token>", "*u/<str:token>/<str:what>", "*u/<str:token>/preferences"), "walked under the names of their pages"),
    "mfa_reauthenticate": "the same form as account_reauthenticate",
    **dict.fromkeys(("events:registration_change", "events:registration_cancel"), "the form of `register`, and a question beside it"),
    "events:evaluation": "nobody in the demonstration still has one to give",
    **dict.fromkeys(("events:minutes_item", "events:minutes_move"), "no minutes of the demonstration are a draft: test_encounter"),
    "members:application": "every account of the demonstration is a member; walked by test_main_job",
    "standards:answer_again": "no objection of the demonstration waits for its second answer",
    **dict.fromkeys(("publications:access_ask", "publications:access_answer"), "the demonstration has no file on request"),
    **dict.fromkeys(("publications:record_discard", "publications:record_send"), "the demonstration has no draft of a record"),
    "publications:link_archive": "no link of the demonstration is dead",
}


def pages():
    """Return the routes that show a page or a file to somebody, each with the first role that may see it."""
    own = [address for address in every_address() if not address.name.startswith("admin:")]
    seen = {address: [role for role in ROLES if expected("GET", address.name, role) == 200] for address in own}
    return {address: roles[0] for address, roles in seen.items() if roles}


@pytest.fixture
def answers(miner, neighbour, secretary, officer, cooperative):
    """What each of them answers in a small network, by name."""
    world = make_world(representative=miner, member=neighbour, secretary=secretary, officer=officer, organisation=cooperative)
    found = {}
    for address, role in pages().items():
        client = Client()
        if world.users[role]:
            client.force_login(world.users[role])
        with transaction.atomic():
            answer = client.get(address.path_with(world.arguments(address.name, address.parameters)))
            found[address.name] = (answer["Content-Type"].partition(";")[0], b"".join(answer))
            transaction.set_rollback(True)
    return found


def weight(html):
    """Return the compressed bytes of a page, the same with all of our own that it loads at once, and the number of requests."""
    loaded = re.findall(r'<(?:script[^>]* src|link rel="(?:icon|stylesheet)" href)="([^"]+)"', html)
    eager = [tag for tag in re.findall(r"<img[^>]*>", html) if 'loading="lazy"' not in tag]
    document, files = len(gzip.compress(html.encode(), 6)), {name.removeprefix(settings.STATIC_URL) for name in loaded}
    return document, document + sum(map(packed, files)), 1 + len(files) + len(eager)


def packed(name):
    with open(finders.find(name), "rb") as file:
        return len(gzip.compress(file.read(), 6))


def too_heavy(name, html):
    document, first, requests = weight(html)
    limits = (WHOLE, WHOLE) if name in LONG else (DOCUMENT, FIRST)
    return document > limits[0] or first > limits[1] or requests > REQUESTS


def test_every_page_is_light_and_everything_else_is_told(answers):
    shown = {name: body.decode() for name, (kind, body) in answers.items() if kind == "text/html"}
    assert len(shown) > 150
    assert {name: weight(html) for name, html in shown.items() if too_heavy(name, html)} == {}
    assert sorted(set(answers) - set(shown)) == sorted(FILES)


def test_every_page_is_walked_in_a_browser():
    walked = {name.split()[0] for name in WALKED}
    assert {address.name for address in pages()} - set(FILES) - set(UNWALKED) - walked == set()


def test_no_page_is_listed_that_is_gone_or_walked():
    walked, known = {name.split()[0] for name in WALKED}, {address.name for address in every_address()}
    assert (walked | set(FILES) | set(UNWALKED)) - known == set()
    assert set(UNWALKED) & walked == set()


@pytest.mark.parametrize(
    ("html", "heavy"),
    [
        ("<p>short", False),
        ("".join(map(chr, range(200, 20_000))), True),
        ('<img src="x">' * 8, True),
        ('<img src="x" loading="lazy">' * 8, False),
    ],
)
def test_the_scales_weigh(html, heavy):
    assert too_heavy("portal:home", html) is heavy
