"""What is somebody's own business reaches them whatever they chose; people without an account get mail; files go along."""

import dataclasses

import pytest
from django.core.mail import EmailMultiAlternatives
from django.db import OperationalError

from red_mpe.notifications import actions, registry
from red_mpe.notifications.enums import Category, Frequency, MailState, Reason
from red_mpe.notifications.mailing.enclosing import files_of
from red_mpe.notifications.mailing.message import Letter, compose, thaw
from red_mpe.notifications.mailing.outside import letters_outside, outdated
from red_mpe.notifications.models import Announcement, Notification, OutgoingMail
from red_mpe.notifications.registry import Attachment, Outsider

pytestmark = pytest.mark.django_db
DINA = Outsider("dina@example.org", "pt-br")
FILE = Attachment("invite.ics", "BEGIN:VCALENDAR\r\nX:ñ\r\nEND:VCALENDAR\r\n".encode(), "application/ics", "text/calendar; method=REQUEST")


@pytest.fixture
def change(news, monkeypatch):
    """Change the type `tests.reply`."""

    def make(**fields):
        monkeypatch.setitem(registry._types, "tests.reply", dataclasses.replace(registry.get("tests.reply"), **fields))

    return make


@pytest.fixture
def enclose(monkeypatch):
    """Let the mails of `tests.reply` carry files."""
    return lambda filing: monkeypatch.setitem(registry._filings, "tests.reply", filing)


def bound_to(*people):
    return {"binding": lambda entry: [person.user.pk for person in people]}


def test_own_business_is_told_to_who_did_it(news, change, miner, scholar):
    change(**bound_to(miner))
    news.tell("reply", miner, scholar, actor=miner.user)
    assert {line.recipient for line in Notification.objects.all()} == {miner.user, scholar.user}


def test_own_business_is_mailed_whatever_was_chosen(news, change, sink, miner, scholar):
    change(**bound_to(miner))
    for person in (miner, scholar):
        actions.set_preferences(person=person.user, frequencies={Category.REPLIES: Frequency.NONE})
    news.tell("reply", miner, scholar)
    actions.pump()
    assert [mail["To"] for mail in sink.mails] == ["rosa-quispe@example.org"]


def test_own_business_is_told_in_spite_of_a_muted_topic(news, change, sink, miner, scholar):
    change(**bound_to(miner))
    for person in (miner, scholar):
        actions.mute(person=person.user, topic="tests:water")
    news.tell("reply", miner, scholar, topics=["tests:water"])
    actions.pump()
    assert [mail["To"] for mail in sink.mails] == ["rosa-quispe@example.org"]


def test_outsider_gets_a_mail_in_their_language_without_links_of_an_account(news, change, sink):
    change(outsiders=lambda entry: [DINA])
    news.tell("reply")
    actions.pump()
    (mail,) = sink.mails
    assert (mail["To"], mail["List-Unsubscribe"], mail["Auto-Submitted"]) == ("dina@example.org", None, "auto-generated")
    assert "(pt-br" in mail.get_body(("plain",)).get_content()
    assert "/u/" not in mail.as_string()


def test_outsider_is_told_once_however_often_it_is_spread(news, change):
    change(outsiders=lambda entry: [DINA])
    entry = news.tell("reply")
    assert actions.spread(entry_id=entry.pk) == 0
    assert OutgoingMail.objects.count() == 1


def test_outsider_who_is_no_longer_concerned_gets_no_mail(news, change, sink):
    change(outsiders=lambda entry: [DINA])
    news.tell("reply")
    change(outsiders=lambda entry: [Outsider("otra@example.org", "es")])
    actions.pump()
    assert sink.mails == []
    mail = OutgoingMail.objects.get()
    assert (mail.state, mail.note) == (MailState.SUPPRESSED, Reason.HIDDEN)


def test_outsider_is_found_again_however_the_address_is_spelled(news, change, sink):
    change(outsiders=lambda entry: [DINA])
    news.tell("reply")
    change(outsiders=lambda entry: [Outsider("a\n@example.org", "es"), Outsider("Dina@Example.org", "es")])
    actions.pump()
    assert [mail["To"] for mail in sink.mails] == ["dina@example.org"]


def test_outsider_hears_nothing_of_what_is_announced_no_more(news, change, sink, monkeypatch):
    change(outsiders=lambda entry: [DINA])
    news.tell("reply")
    monkeypatch.delitem(registry._types, "tests.reply")
    actions.pump()
    assert sink.mails == []


def test_many_outsiders_of_one_announcement_are_asked_once(news, change):
    asked, people = [], [Outsider(f"dina-{number}@example.org", "es") for number in range(4)]
    change(outsiders=lambda entry: asked.append(entry) or people)
    news.tell("reply")
    asked.clear()
    assert outdated(OutgoingMail.objects.all()) == set()
    assert len(asked) == 1


def test_outsider_is_not_told_while_the_mark_is_not_set(news, change, monkeypatch):
    change(outsiders=lambda entry: [DINA])
    entry = news.tell("reply", spread=False)
    letters = letters_outside(entry)
    assert (len(letters), OutgoingMail.objects.count()) == (1, 0)
    assert Announcement.objects.get(entry=entry).spread_at is None


def test_outsider_who_cannot_be_written_to_silences_nobody_else(news, change, caplog):
    change(outsiders=lambda entry: [Outsider("a\n@example.org", "es"), DINA])
    news.tell("reply")
    assert OutgoingMail.objects.count() == 1
    assert "cannot be written" in caplog.text


def test_outsider_hears_nothing_of_what_has_no_words(news, change, caplog):
    change(outsiders=lambda entry: [DINA])
    news.tell("reply", speechless=True)
    assert not OutgoingMail.objects.exists()
    assert "nothing to say" in caplog.text


def test_spreading_is_tried_again_when_the_database_goes_away(news, change):
    change(outsiders=lambda entry: [DINA])
    news.database_away = "later"
    entry = news.tell("reply", spread=False)
    with pytest.raises(OperationalError):
        actions.spread(entry_id=entry.pk)
    assert Announcement.objects.get(entry=entry).spread_at is None


def test_file_goes_along_and_stands_beside_the_words(news, enclose, sink, miner):
    enclose(lambda pairs: [[FILE] for _ in pairs])
    news.tell("reply", miner)
    actions.pump()
    (mail,) = sink.mails
    assert [part.get_content() for part in mail.iter_attachments()] == [FILE.content]
    assert "text/calendar" in [part.get_content_type() for part in mail.walk()]
    assert mail["List-Unsubscribe"] is not None


def test_files_of_one_reader_are_not_anothers(news, enclose, sink, miner, scholar):
    enclose(lambda pairs: [[FILE] if reader == miner.user else [] for _entry, reader in pairs])
    news.tell("reply", miner, scholar)
    actions.pump()
    with_file = [mail["To"] for mail in sink.mails if list(mail.iter_attachments())]
    assert with_file == ["rosa-quispe@example.org"]


def test_file_that_cannot_be_made_is_missing_from_its_own_mail_only(news, enclose, sink, miner, scholar, caplog):
    def filing(pairs):
        if any(reader == miner.user for _entry, reader in pairs):
            raise ValueError("no file")
        return [[FILE] for _ in pairs]

    enclose(filing)
    entry = news.tell("reply", miner, scholar)
    assert [len(files) for files in files_of("tests.reply", [(entry, miner.user), (entry, scholar.user)])] == [0, 1]
    actions.pump()
    assert len(sink.mails) == 2
    assert "cannot make its files" in caplog.text


def test_database_that_goes_away_while_files_are_made_loses_no_mail(news, enclose, sink, miner):
    def filing(pairs):
        raise OperationalError("away")

    enclose(filing)
    news.tell("reply", miner)
    with pytest.raises(OperationalError):
        actions.pump()
    assert OutgoingMail.objects.get().state in (MailState.CLAIMED, MailState.QUEUED)


def test_digest_carries_no_files(news, enclose, sink, miner):
    enclose(lambda pairs: pytest.fail("asked for a digest"))
    actions.set_preferences(person=miner.user, frequencies={Category.REPLIES: Frequency.DAILY})
    news.tell("reply", miner)
    assert Notification.objects.get().frequency == Frequency.DAILY
    assert actions.pump() == 0


def test_files_of_a_type_are_registered_once(monkeypatch):
    monkeypatch.setattr(registry, "_filings", {})
    registry.register_files(lambda pairs: [], "tests.a", "tests.b")
    with pytest.raises(ValueError, match=r"tests\.b"):
        registry.register_files(lambda pairs: [], "tests.b")


def test_thawed_message_keeps_its_calendar_in_both_places():
    raw = compose(Letter("s", "t", "<p>h</p>"), to="a@example.org", headers={}, files=[FILE])
    message = thaw(raw)
    assert isinstance(message, EmailMultiAlternatives)
    assert [one.mimetype for one in message.alternatives] == ["text/html", "text/calendar; method=REQUEST"]
    assert [(one.filename, one.content, one.mimetype) for one in message.attachments] == [("invite.ics", FILE.content, "application/ics")]


def test_message_without_files_is_thawed_without_any():
    message = thaw(compose(Letter("s", "t", "<p>h</p>"), to="a@example.org", headers={}))
    assert (len(message.alternatives), message.attachments) == (1, [])


def test_file_that_nothing_acts_on_is_only_attached():
    plain = dataclasses.replace(FILE, spoken_as="")
    raw = compose(Letter("s", "t", "<p>h</p>"), to="a@example.org", headers={}, files=[plain])
    assert [one.mimetype for one in thaw(raw).alternatives] == ["text/html"]
