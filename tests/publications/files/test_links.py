"""Links are tried politely, and nobody is sent into our own house."""

import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models.functions import Now

from publications.actions import links
from publications.models import Identifier
from publications.readers.links import Refused, answers, is_open_web
from publications.tasks import check_links
from tests.factories.publications import make_identifier, make_record
from tests.support.pages import text_of, url


class _House(BaseHTTPRequestHandler):
    def answer(self):
        self.server.asked.append(f"{self.command} {self.path}")
        status, onward = self.server.rooms.get(self.path, (404, ""))
        if self.command == "HEAD" and status == 299:
            status = 500
        self.send_response(status)
        if onward:
            self.send_header("Location", onward)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD = answer

    def log_message(self, *_):
        """Say nothing."""


@contextmanager
def house(rooms):
    server = ThreadingHTTPServer(("127.0.0.1", 0), _House)
    server.rooms, server.asked, server.daemon_threads = rooms, [], True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", server.asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def anywhere(address, port):
    return True


@pytest.fixture
def web(settings):
    settings.LINK_CHECKS = True
    rooms = {"/": (200, ""), "/robots": (403, ""), "/get": (299, ""), "/on": (302, "/"), "/round": (301, "/round"), "/gone": (410, "")}
    with house(rooms | {"/ley?n=1&a=%C3%B1": (200, "")}) as (base, asked):
        yield base, asked


@pytest.fixture
def link(db, web):
    return lambda path="/", **fields: make_identifier(make_record(), "url", web[0] + path, **fields)


@pytest.mark.parametrize(
    ("path", "there"),
    [("/", True), ("/robots", True), ("/get", True), ("/on", True), ("/round", False), ("/gone", False), ("/none", False)],
)
def test_a_link_is_tried(web, path, there):
    assert answers(web[0] + path, allow=anywhere) is there


@contextmanager
def drip():
    """A house that says a letter now and then, and never ends."""
    with socket.create_server(("127.0.0.1", 0)) as door, ThreadPoolExecutor(1) as hand:
        over = threading.Event()

        def speak():
            while not over.is_set():
                line, _address = door.accept()
                with line, suppress(OSError):
                    line.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
                    while not over.wait(0.05):
                        line.sendall(b"a")

        hand.submit(speak)
        try:
            yield f"http://127.0.0.1:{door.getsockname()[1]}/"
        finally:
            over.set()
            socket.create_connection(door.getsockname()).close()


def test_who_never_ends_an_answer_is_hung_up_on():
    with drip() as address:
        begun = time.monotonic()
        assert not answers(address, allow=anywhere, patience=0.3)
        assert time.monotonic() - begun < 10


def test_words_of_our_languages_in_an_address_are_written_as_the_web_wants(web):
    assert answers(web[0] + "/ley?n=1&a=ñ", allow=anywhere)


def test_a_link_that_answers_is_asked_once_and_for_its_head(web):
    answers(web[0] + "/", allow=anywhere)
    assert web[1] == ["HEAD /"]


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/", "http://example.invalid/", "http://127.0.0.1:99999/", "http://[::1/"])
def test_a_link_that_nobody_answers_is_a_plain_no(address):
    assert answers(address, allow=anywhere, patience=1) is False


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest",
        "http://[::ffff:10.0.0.1]/",
    ],
)
def test_our_own_house_is_not_visited(address):
    with pytest.raises(Refused):
        answers(address)


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://example.org/", "gopher://x/", "http://a@1.1.1.1/"])
def test_other_schemes_and_names_in_front_are_not_visited(address):
    with pytest.raises(Refused):
        answers(address, allow=anywhere)


def test_nobody_is_sent_on_into_our_own_house(web):
    with house({"/": (302, "http://127.0.0.1:22/")}) as (base, _asked):
        own = int(base.rpartition(":")[2])
        with pytest.raises(Refused):
            answers(base, allow=lambda address, port: port == own)


@pytest.mark.parametrize(
    ("address", "is_open"),
    [
        ("1.1.1.1", True),
        ("2606:4700::1111", True),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("0.0.0.0", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False),
    ],
)
def test_only_the_open_web_is_visited(address, is_open):
    assert is_open_web(address, 443) is is_open


def test_only_the_ports_of_the_web_are_visited():
    assert not is_open_web("1.1.1.1", 22)


def test_a_name_with_two_faces_is_not_visited(monkeypatch):
    both = [(2, 1, 6, "", ("1.1.1.1", 80)), (2, 1, 6, "", ("10.0.0.1", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: both)
    with pytest.raises(Refused):
        answers("http://two.example.org/")


def test_links_that_answer_are_marked(link):
    one = link(failures=2, state="fails")
    assert links.check_links(allow=anywhere, pause=0) == 1
    one.refresh_from_db()
    assert (one.state, one.failures) == ("answers", 0)


def test_a_link_is_gone_after_three_failures(link):
    one = link("/none")
    states = []
    for _day in range(3):
        Identifier.objects.update(checked_at=Now() - timedelta(days=8))
        links.check_links(allow=anywhere, pause=0)
        one.refresh_from_db()
        states.append((one.state, one.failures))
    assert states == [("fails", 1), ("fails", 2), ("gone", 3)]


def test_a_link_is_tried_once_a_week(link, web):
    link()
    links.check_links(allow=anywhere, pause=0)
    assert links.check_links(allow=anywhere, pause=0) == 0
    assert len(web[1]) == 1


def test_no_house_is_asked_too_much_at_once(link, web):
    for number in range(links.EACH + 2):
        link(f"/?{number}")
    assert links.check_links(allow=anywhere, pause=0) == links.EACH


def test_nothing_is_tried_unless_it_is_switched_on(link, settings):
    link()
    settings.LINK_CHECKS = False
    check_links()
    assert links.check_links(allow=anywhere) == 0


def test_links_of_records_that_nobody_reads_are_left_alone(web, db):
    make_identifier(make_record(state="draft"), "url", web[0])
    make_identifier(make_record(), "isbn", "9789264252479")
    assert not links.due().exists()


def test_an_address_that_we_do_not_visit_stays_untried(link):
    one = link()
    links.check_links(pause=0)
    one.refresh_from_db()
    assert (one.state, one.failures) == ("untried", 0)


def test_another_worker_s_link_is_left_to_it(link):
    one = link()
    Identifier.objects.update(checked_at=Now())
    assert links._try(one, anywhere) is False


def test_a_doi_is_tried_at_its_resolver(db):
    assert links.address_of(make_identifier(make_record())) == "https://doi.org/10.1787/9789264252479-en"


def test_only_editors_try_links(link, miner):
    with pytest.raises(PermissionDenied):
        links.try_link(identifier=link(), actor=miner.user)


def test_only_editors_note_copies(link, miner):
    with pytest.raises(PermissionDenied):
        links.note_archive(identifier=link(), actor=miner.user, archive="")


def test_an_editor_tries_a_link(link, editor):
    assert links.try_link(identifier=link(), actor=editor, allow=anywhere).state == "answers"


def test_failing_links_are_listed_for_editors(client, link, editor):
    link("/none", state="gone", failures=3, checked_at=Now(), archive="https://web.archive.org/x")
    link("/", state="answers")
    client.force_login(editor)
    page = client.get(url("publications:link_list")).content.decode()
    assert page.count("/none</a>") == 1
    assert "https://web.archive.org/x" in page
    assert "answers" not in page


def test_an_archived_copy_is_noted(client, link, editor):
    one = link("/none", state="gone")
    client.force_login(editor)
    path = url("publications:link_archive", one.pk)
    assert client.post(path, {"archive": "no es"}).status_code == 422
    client.post(path, {"archive": "https://web.archive.org/y"})
    one.refresh_from_db()
    assert one.archive == "https://web.archive.org/y"


def test_an_editor_tries_from_the_list(client, link, editor):
    one = link(state="fails", checked_at=Now())
    client.force_login(editor)
    response = client.post(url("publications:link_try", one.pk), follow=True)
    assert "no se ha probado" in text_of(response) or "todavía" in text_of(response)
