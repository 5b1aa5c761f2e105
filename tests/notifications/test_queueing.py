"""Finished messages, sweeping and forgetting, and the tasks and the pump that wake all this."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMultiAlternatives
from django.core.management import call_command
from django.db.models.functions import Now

from red_mpe.notifications import actions, tasks
from red_mpe.notifications.enums import MailClass, MailState
from red_mpe.notifications.mailing.message import absolute, envelope, thaw, write
from red_mpe.notifications.management.commands import pump_mail
from red_mpe.notifications.models import Announcement, MailBox, Notification, OutgoingMail, Preference, Subscription

pytestmark = pytest.mark.django_db


def code(to="rosa@example.org"):
    message = EmailMultiAlternatives("Tu código", "123456 ñandú", to=[to])
    message.attach_alternative("<p>123456</p>", "text/html")
    return message


def test_finished_message_leaves_as_soon_as_its_page_is_done(sink, miner, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        mail = actions.queue_message(recipient=miner.user, message=code(), kind="account.login_code")
        assert sink.mails == []
    assert (mail.mail_class, sink.mails[0]["Message-ID"]) == (MailClass.CRITICAL, mail.message_id)
    assert "ñandú" in sink.mails[0].get_body(("plain",)).get_content()
    assert sink.mails[0]["List-Unsubscribe"] is None


def test_code_is_forgotten_when_it_is_sent(sink, miner):
    actions.queue_message(recipient=miner.user, message=code(), kind="account.login_code")
    assert b"123456" in bytes(OutgoingMail.objects.get().message)
    actions.pump()
    mail = OutgoingMail.objects.get()
    assert (mail.state, mail.message) == (MailState.SENT, None)


def test_address_without_account_stands_in_no_row(sink):
    mail = actions.queue_message(recipient=None, message=code("stranger@example.org"), kind="account.unknown_account")
    assert (mail.recipient, "stranger" in str(OutgoingMail.objects.values("recipient", "kind", "note", "message_id"))) == (None, False)
    assert actions.pump() == 1
    assert len(sink.to("stranger@example.org")) == 1


def test_code_also_reaches_a_closed_account(sink, miner):
    miner.user.is_active = False
    miner.user.save()
    actions.queue_message(recipient=miner.user, message=code(), kind="account.inactive")
    assert actions.pump() == 1


def test_whole_road_runs_from_the_announcement(news, sink, miner, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        news.tell("reply", miner, spread=False)
    assert Announcement.objects.get().spread_at is not None
    assert len(sink.to("rosa-quispe@example.org")) == 1


@pytest.mark.parametrize(
    ("state", "days", "kept"), [("sent", 31, False), ("sent", 29, True), ("queued", 31, True), ("uncertain", 31, True)]
)
def test_words_of_mails_are_forgotten_after_thirty_days(news, miner, state, days, kept):
    news.tell("reply", miner)
    OutgoingMail.objects.update(state=state, message=b"words", created_at=Now() - timedelta(days=days))
    for _ in range(2):
        tasks.purge_bodies()
    assert (OutgoingMail.objects.get().message is not None) is kept


def test_codes_that_failed_are_forgotten_after_a_day(miner):
    actions.queue_message(recipient=miner.user, message=code(), kind="account.login_code")
    OutgoingMail.objects.update(state="failed", created_at=Now() - timedelta(hours=25))
    assert actions.purge_bodies() == 1


@pytest.mark.parametrize("task", [tasks.sweep_announcements, tasks.make_digests, tasks.pump, tasks.purge_bodies])
def test_every_periodic_task_may_run_twice(news, sink, miner, task):
    news.tell("reply", miner)
    news.tell("news", miner)
    Announcement.objects.update(spread_at=None)
    for _ in range(2):
        task.delay()
    assert (Notification.objects.count(), OutgoingMail.objects.filter(digest=None).count()) == (2, 1)
    assert len(sink.to("rosa-quispe@example.org")) == (task is tasks.pump)


def test_fan_out_may_run_twice(news, miner, lines):
    entry = news.tell("reply", miner, spread=False)
    for _ in range(2):
        tasks.fan_out.delay(entry.pk)
    assert lines(entry) == (1, 1)


def test_pump_command_needs_no_broker(news, sink, miner, monkeypatch):
    news.tell("reply", miner)
    monkeypatch.setattr(actions.spreading, "OLD", 0)
    call_command("pump_mail", "--once")
    assert len(sink.mails) == 1


def test_pump_command_goes_on_until_it_is_told_to_stop(news, sink, miner, monkeypatch):
    news.tell("reply", miner)
    handlers = {}
    monkeypatch.setattr(pump_mail.signal, "signal", handlers.__setitem__)
    monkeypatch.setattr(pump_mail, "close_old_connections", lambda: None)
    monkeypatch.setattr(pump_mail, "PAUSE", 0)
    rounds = []

    def count():
        rounds.append(1)
        if len(rounds) == 2:
            handlers[pump_mail.signal.SIGTERM](15, None)
        raise ValueError("the database is away for a moment")

    monkeypatch.setattr(pump_mail, "STEPS", (count, actions.pump))
    call_command("pump_mail")
    assert (len(rounds), len(sink.mails)) == (2, 1)


def test_box_keeps_its_token(miner):
    actions.queueing.open_boxes([miner.user.pk])
    token = MailBox.objects.get().token
    actions.queueing.open_boxes([miner.user.pk])
    assert MailBox.objects.get().token == token


def test_rows_name_themselves_without_telling_anything(news, miner, scholar):
    entry = news.tell("reply", miner)
    mail, line = OutgoingMail.objects.get(), Notification.objects.get()
    box, choice = MailBox.objects.get(), Preference(category="replies", frequency="daily")
    names = [str(thing) for thing in (entry.announcement, mail, line, box, choice, Subscription(topic="a:1"))]
    assert names == [
        f"announcement #{entry.announcement.pk}", f"tests.reply #{mail.pk}", f"notification #{line.pk}", f"mail box #{box.pk}",
        "replies: daily", "a:1",
    ]  # fmt: skip


def test_addresses_are_made_whole_once():
    assert absolute("/es/") == "http://localhost:8000/es/"
    assert absolute("https://red.example/es/") == "https://red.example/es/"
    assert envelope(b"From: Red <a@b.example>\r\nTo: x@xn--maana-pta.example\r\n\r\n") == ("a@b.example", ["x@xn--maana-pta.example"])


def test_letter_is_written_in_the_present_language(news):
    context = {"item": {"title": "Hola"}, "url": "/es/"}
    message = thaw(write("tests/reply", to="x@example.org", context=context, headers={"Message-ID": "<1@x>"}))
    assert (message.subject, message.to, message.extra_headers["Message-ID"]) == ("Hola", ["x@example.org"], "<1@x>")


def test_mails_that_wait_for_a_person_are_counted(news, miner):
    news.tell("reply", miner)
    assert OutgoingMail.objects.troubled().count() == 0
    OutgoingMail.objects.update(state="held")
    assert OutgoingMail.objects.troubled().count() == 1
