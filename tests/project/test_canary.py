"""What is private never reaches the wrong reader, on any page that can be reached by a listed address or by a link."""

import re
from collections import deque

import pytest
import time_machine
from django.test import Client

from red_mpe.notifications.actions.choosing import follow
from standards.enums import ShownAs
from standards.models import ClauseText, Comment, Consultation
from tests.support.addresses import every_address
from tests.support.canaries import MINUTES, make_canary, secrets_of
from tests.support.world import make_world

PUBLIC = ("anonymous", "account", "member", "representative")
STAFF = ("secretariat", "officer", "superuser")
LINK = re.compile(r'(?:href|src|action|hx-get)="(/[^"#]*)')
SKIPPED = re.compile(r"/static/|^/(?:en|pt-br)/|salir|logout|/health/|/mes/(?!2026/3/)")  # one month leads to all others
MOST = 600
NOW = "2026-11-27T15:41:00Z"  # nothing that the world dates from its now falls on a minute of the canaries
ROOM = "zqlinksecret"  # the link of the encounter, which members read and strangers never


@pytest.fixture(autouse=True)
def _fixed():
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def world(miner, neighbour, secretary, officer, cooperative, django_capture_on_commit_callbacks):
    """The small world with four canaries in its round; a member follows what they comment on and is told."""
    world = make_world(representative=miner, member=neighbour, secretary=secretary, officer=officer, organisation=cooperative)
    consultation = Consultation.objects.get(framework__slug="marco")
    clause_text = ClauseText.objects.get(version__framework__slug="marco")
    follow(person=neighbour.user, topic=clause_text.clause.topic)
    with django_capture_on_commit_callbacks(execute=True):
        for mode in ShownAs.values:
            make_canary(mode, consultation, clause_text)
    Comment.objects.exclude(shown_as__in=[ShownAs.PSEUDONYM, ShownAs.PROTECTED]).update(sent_at="2026-11-20T12:00:00Z")
    return world


@pytest.fixture(scope="module")
def _read():
    """What was read, by role: a long walk, and the same for every test."""
    return {}


@pytest.fixture
def pages_of(request, db, _read):
    """Give every page that a role reaches."""

    def pages(role):
        if role not in _read:
            _read[role] = _crawl(request.getfixturevalue("world"), role)
        return _read[role]

    return pages


def _crawl(world, role):
    """Every page that `role` reaches: path and what came, headers included."""
    client = Client(raise_request_exception=False)
    if world.users[role]:
        client.force_login(world.users[role])
    waiting = deque(a.path_with(world.arguments(a.name, a.parameters)) for a in every_address())
    seen, pages = set(), {}
    while waiting and len(pages) < MOST:
        path = waiting.popleft()
        if path in seen or SKIPPED.search(path):
            continue
        seen.add(path)
        response = client.get(path)
        pages[path] = f"{response.headers}\n{b''.join(response).decode(errors='replace')}".replace("\r\n ", "")  # calendars fold
        waiting += [link.replace("&amp;", "&") for link in LINK.findall(pages[path])]
    return pages


def _leaks(pages, secrets):
    return {(secret, path) for path, page in pages.items() for secret in secrets if secret in page}


@pytest.mark.parametrize("role", PUBLIC)
def test_private_words_reach_nobody_outside_the_secretariat(pages_of, role):
    secrets = set().union(*(secrets_of(mode) for mode in ShownAs.values))
    if role in ("anonymous", "account"):
        secrets |= {ROOM}
    assert _leaks(pages_of(role), secrets) == set()


def test_the_link_of_an_encounter_reaches_who_may_read_it_on_its_page_and_in_no_feed(pages_of):
    places = {path for _secret, path in _leaks(pages_of("chair"), {ROOM})}
    assert places
    assert not [path for path in places if path.startswith("/calendar")]


@pytest.mark.parametrize("role", STAFF)
def test_protected_identity_reaches_no_page_about_comments(pages_of, role):
    houses = ("/members", "/miembros", "/en-nombre-de/")  # lists of all organisations, whoever spoke for them
    pages = {path: page for path, page in pages_of(role).items() if not any(house in path for house in houses)}
    about = {path: page for path, page in pages.items() if "standards" in path or "/marcos" in path or "/frameworks" in path}
    assert about
    assert _leaks(about, secrets_of(ShownAs.PROTECTED)) == set()


@pytest.mark.parametrize("role", PUBLIC)
def test_the_hour_of_a_hidden_author_is_not_told(pages_of, role):
    assert _leaks(pages_of(role), MINUTES) == set()


def test_what_the_author_chose_to_show_is_shown(pages_of):
    pages = "\n".join(pages_of("anonymous").values())
    assert "zqnamename" in pages
    assert "zqorganisationorganisation" in pages


def test_the_crawl_would_see_a_leak(pages_of):
    pages = pages_of("secretariat")
    assert _leaks(pages, secrets_of(ShownAs.PSEUDONYM)), "the secretariat's own lists hold these words"
