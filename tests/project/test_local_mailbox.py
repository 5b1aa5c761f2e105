"""The demo's post office: keeps every mail as it came, shows it without letting it do anything."""

import json
import smtplib
import threading
import urllib.error
import urllib.request
from email.message import EmailMessage
from http.server import ThreadingHTTPServer

import pytest

from red_mpe.local.mailbox import Mailbox, post_office
from red_mpe.local.mailbox_page import page_handler, render_list, render_mail, with_links

EVIL = "<script>alert(1)</script>"


@pytest.fixture
def mailbox(tmp_path):
    """An empty mailbox."""
    return Mailbox(tmp_path / "mail")


@pytest.fixture
def site(mailbox):
    """The address of a running page."""
    with ThreadingHTTPServer(("127.0.0.1", 0), page_handler(mailbox)) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def make_mail(subject="Código: 4821", text="Hola, ñandú.", html="<p>Hola</p>"):
    """Build a mail of two parts."""
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = subject, "Red <red@example.org>", "Rosa <rosa@example.org>"
    mail.set_content(text)
    mail.add_alternative(html, subtype="html")
    return mail


def keep(mailbox, *recipients, **parts):
    """Put a mail into the box and return it."""
    return mailbox.mail(mailbox.keep(bytes(make_mail(**parts)), list(recipients or ["rosa@example.org"])))


def fetch(address, **headers):
    """Get a page: its status, headers and words."""
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers)) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.headers, refusal.read().decode()


def test_mail_sent_by_smtp_is_kept_with_its_words(mailbox):
    with post_office(mailbox) as port, smtplib.SMTP("127.0.0.1", port) as client:
        client.send_message(make_mail(), to_addrs=["rosa@example.org", "hidden@example.org"])
    [mail] = mailbox.mails()
    assert (mail.subject, mail.text.strip(), mail.html.strip()) == ("Código: 4821", "Hola, ñandú.", "<p>Hola</p>")
    assert mail.to == ["rosa@example.org", "hidden@example.org"]


def test_newest_mail_comes_first(mailbox):
    keys = [keep(mailbox, subject=str(number)).key for number in range(3)]
    assert [mail.key for mail in mailbox.mails()] == keys[::-1]


def test_mails_are_found_by_recipient(mailbox):
    keep(mailbox, "ana@example.org")
    wanted = keep(mailbox, "rosa@example.org")
    assert [mail.key for mail in mailbox.mails("rosa@example.org")] == [wanted.key]
    assert mailbox.mails("nobody@example.org") == []


@pytest.mark.parametrize("key", ["../secrets", "1-2-3", "", "."])
def test_key_of_no_mail_finds_nothing(mailbox, key):
    (mailbox.directory.parent / "secrets.eml").write_text("Subject: secret\n\n")
    assert mailbox.mail(key) is None


def test_words_of_a_mail_never_become_markup(mailbox):
    mail = keep(mailbox, '"<img src=x>"@example.org', subject=EVIL, text=EVIL)
    shown = render_mail(mail) + render_list([mail], EVIL)
    assert "<script" not in shown
    assert "<img" not in shown


def test_links_in_the_text_are_alive_and_nothing_else_is():
    shown = with_links('See https://example.org/a?b=1&c="<x>. javascript:alert(1)')
    assert '<a href="https://example.org/a?b=1&amp;c=" rel="noreferrer">' in shown
    assert shown.count("<") == 2


def test_page_lists_the_mails_and_shows_each(mailbox, site):
    mail = keep(mailbox)
    assert f'href="/mail/{mail.key}"' in fetch(f"{site}/")[2]
    status, headers, words = fetch(f"{site}/mail/{mail.key}")
    assert (status, headers["Cache-Control"]) == (200, "no-store")
    assert "Hola, ñandú." in words


def test_html_of_a_mail_is_caged(mailbox, site):
    mail = keep(mailbox, html=EVIL)
    policy = fetch(f"{site}/mail/{mail.key}/html")[1]["Content-Security-Policy"]
    assert "sandbox" in policy.split()
    assert "allow-scripts" not in policy
    assert policy.startswith("default-src 'none'")


def test_mails_are_given_to_programs(mailbox, site):
    keep(mailbox)
    keep(mailbox, "ana@example.org")
    [mail] = json.loads(fetch(f"{site}/mails.json?to=rosa@example.org")[2])
    assert (mail["subject"], mail["headers"]["From"]) == ("Código: 4821", "Red <red@example.org>")


def test_page_answers_only_under_its_own_name(mailbox, site):
    status, _, words = fetch(f"{site}/mails.json", Host="evil.example")
    assert (status, words) == (421, "Not this host.")


def test_page_that_is_not_there_says_so(site):
    assert fetch(f"{site}/mail/1-2-3")[0] == 404
    assert fetch(f"{site}/nothing")[0] == 404
