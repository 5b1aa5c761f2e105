"""A relay that refuses, stumbles or goes away: nothing is lost, nothing comes twice, nobody has to lift a finger."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.db.models.functions import Now

from red_mpe.local.broker import free_port
from red_mpe.notifications import actions, registry
from red_mpe.notifications.enums import MailState, Reason
from red_mpe.notifications.mailing.message import thaw
from red_mpe.notifications.mailing.periods import database_clock
from red_mpe.notifications.models import MailBox, OutgoingMail
from red_mpe.notifications.registry import Fate
from tests.support.smtp import CUT_AFTER, CUT_BEFORE, smtp_sink

pytestmark = pytest.mark.django_db


def mail():
    return OutgoingMail.objects.get()


def later():
    """Let the time come for what waits, and every lease end."""
    OutgoingMail.objects.filter(state=MailState.QUEUED).update(due_at=Now())
    OutgoingMail.objects.exclude(lease_until=None).update(lease_until=Now() - timedelta(seconds=1))


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
def test_refused_for_now_is_tried_again_later_and_later(news, sink, miner, step):
    sink.answer(step, "451 4.3.0 rosa-quispe@example.org: busy", "421 4.3.2 closing")
    news.tell("reply", miner)
    for minutes, note in ((1, "451 4.3.0"), (5, "421 4.3.2")):
        assert actions.pump() == 0
        wait = mail().due_at - database_clock()
        assert timedelta(minutes=minutes) - timedelta(seconds=20) < wait <= timedelta(minutes=minutes)
        assert mail().note.endswith(note)
        later()
    assert actions.pump() == 1
    assert len(sink.mails) == 1


def test_code_is_tried_again_within_seconds(sink, miner):
    sink.answer("RCPT", "450 4.2.1 greylisted")
    actions.queue_message(recipient=miner.user, message=EmailMessage("Code", "1", to=["rosa@example.org"]), kind="code")
    actions.pump()
    assert mail().due_at - database_clock() <= timedelta(seconds=10)


def test_mail_refused_too_often_fails(news, sink, miner):
    news.tell("reply", miner)
    OutgoingMail.objects.update(attempts=12)
    sink.answer("RCPT", "450 4.2.1 busy")
    actions.pump()
    assert (mail().state, mail().note) == (MailState.FAILED, Reason.GAVE_UP)


@pytest.mark.parametrize(
    ("step", "answer", "score"),
    [("RCPT", "550 5.1.1 no such user", 2), ("RCPT", "550 gone", 2), ("RCPT", "552 5.2.2 full", 1), ("DATA", "554 5.7.1 no", 1)],
)
def test_refused_for_good_fails_and_counts_a_bounce(news, sink, miner, step, answer, score):
    sink.answer(step, answer)
    news.tell("reply", miner)
    actions.pump()
    assert (mail().state, MailBox.objects.get().bounce_score) == (MailState.FAILED, score)
    assert "user" not in mail().note


def test_refused_sender_is_our_trouble_and_passes(news, sink, miner):
    sink.answer("MAIL", "530 5.7.0 log in first")
    news.tell("reply", miner)
    actions.pump()
    assert (mail().state, mail().note) == (MailState.QUEUED, "sender: 530 5.7.0")
    assert MailBox.objects.get().bounce_score == 0


def test_bouncing_address_is_left_alone_for_a_month(news, sink, miner):
    sink.answer("RCPT", "550 5.1.1 no", "550 5.1.1 no")
    for _ in range(3):
        news.tell("reply", miner)
        actions.pump()
    assert list(OutgoingMail.objects.order_by("pk").values_list("note", flat=True))[2] == Reason.BOUNCES
    MailBox.objects.update(bounced_at=Now() - timedelta(days=31))
    news.tell("reply", miner)
    assert actions.pump() == 1
    actions.bouncing.count_bounce(person=miner.user.pk, weight=1)
    assert MailBox.objects.get().bounce_score == 1


def test_address_without_account_may_bounce_too(sink):
    sink.answer("RCPT", "550 5.1.1 no")
    actions.queue_message(recipient=None, message=EmailMessage("Code", "1", to=["x@example.org"]), kind="code")
    actions.pump()
    assert mail().state == MailState.FAILED


def test_relay_that_is_off_costs_no_attempt(news, settings, miner, caplog):
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", free_port()
    news.tell("reply", miner)
    assert actions.pump() == 0
    assert (mail().state, mail().attempts) == (MailState.QUEUED, 0)
    assert "relay is away" in caplog.text
    with smtp_sink(settings) as sink:
        actions.pump()
    assert len(sink.mails) == 1


def test_relay_that_goes_away_in_a_batch_gives_the_rest_back(news, settings, miner, scholar):
    news.tell("reply", miner, scholar)
    with smtp_sink(settings), actions.delivering.Relay() as relay:
        relay._drop()
        settings.EMAIL_PORT = free_port()
        with pytest.raises(actions.delivering.AwayError):
            actions.delivering._deliver_all(relay, actions.delivering.claim(), end=float("inf"))
    assert set(OutgoingMail.objects.values_list("state", flat=True)) == {MailState.QUEUED}


def test_connection_lost_between_two_mails_is_opened_again(news, sink, miner, scholar, neighbour):
    sink.answer("MAIL", None, "421 4.3.2 closing")
    news.tell("reply", miner, scholar, neighbour)
    assert actions.pump() == 2
    later()
    assert actions.pump() == 1
    assert len({sent["To"] for sent in sink.mails}) == 3


@pytest.mark.parametrize(("cut", "copies"), [(CUT_BEFORE, 1), (CUT_AFTER, 2)])
def test_personal_mail_cut_while_handed_over_is_sent_again_unchanged(news, sink, miner, cut, copies):
    sink.answer("DATA", cut)
    news.tell("reply", miner)
    assert actions.pump() == 0
    assert (mail().state, mail().note) == (MailState.HANDING, Reason.UNKNOWN)
    later()
    assert actions.pump() == 1
    assert len(sink.mails) == copies
    assert len({bytes(sent) for sent in sink.mails}) == 1


def test_broadcast_cut_while_handed_over_waits_for_a_person(news, sink, miner, secretary):
    sink.answer("DATA", CUT_AFTER)
    news.tell("appeal", miner)
    actions.pump()
    later()
    assert (actions.pump(), mail().state) == (0, MailState.UNCERTAIN)
    actions.retry_mail(mail=mail(), actor=secretary)
    assert actions.pump() == 1


@pytest.mark.parametrize(("fate", "state", "copies"), [(Fate.ARRIVED, MailState.SENT, 1), (Fate.MISSING, MailState.QUEUED, 1)])
def test_relay_that_knows_is_believed(news, sink, miner, fate, state, copies):
    sink.answer("DATA", CUT_AFTER)
    news.tell("appeal", miner)
    actions.pump()
    later()
    registry.set_probe(lambda message_id: fate)
    actions.recovering.recover_lost()
    registry.set_probe(None)
    assert (mail().state, len(sink.mails)) == (state, copies)


def test_relay_that_cannot_be_asked_knows_nothing(news, sink, miner, caplog):
    sink.answer("DATA", CUT_BEFORE)
    news.tell("reply", miner)
    actions.pump()
    later()
    registry.set_probe(lambda message_id: 1 / 0)
    actions.recovering.recover_lost()
    registry.set_probe(None)
    assert (mail().state, "could not be asked" in caplog.text) == (MailState.QUEUED, True)


def test_mail_claimed_by_a_dead_process_is_taken_over(news, sink, miner):
    news.tell("reply", miner)
    actions.delivering.claim()
    assert actions.pump() == 0
    later()
    assert actions.pump() == 1


def test_connection_cut_before_the_message_postpones(news, sink, miner, monkeypatch):
    news.tell("reply", miner)
    monkeypatch.setattr("smtplib.SMTP.rcpt", lambda *args: (_ for _ in ()).throw(OSError("reset")))
    actions.pump()
    assert (mail().state, mail().note) == (MailState.QUEUED, Reason.AWAY)


def test_relay_that_leaves_after_refusing_is_called_again(news, sink, miner, scholar, monkeypatch):
    sink.answer("RCPT", "450 4.2.1 busy")
    monkeypatch.setattr("smtplib.SMTP.rset", lambda *args: (_ for _ in ()).throw(OSError("gone")))
    news.tell("reply", miner, scholar)
    assert actions.pump() == 1
    assert sink.connections == 2


def test_message_without_html_thaws_too():
    assert thaw(b"Subject: Code\r\nFrom: a@b.example\r\nTo: x@example.org\r\n\r\n123\r\n").alternatives == []


def test_mail_service_without_smtp_gets_the_same_message(news, mailoutbox, miner):
    news.tell("reply", miner)
    assert actions.pump() == 1
    sent = mailoutbox[0]
    assert (sent.to, sent.extra_headers["Message-ID"]) == (["rosa-quispe@example.org"], mail().message_id)
    assert sent.alternatives[0].mimetype == "text/html"


def test_mail_service_that_raises_leaves_the_fate_unknown(news, miner, monkeypatch):
    news.tell("reply", miner)
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", lambda *args: 1 / 0)
    actions.pump()
    assert mail().state == MailState.HANDING
