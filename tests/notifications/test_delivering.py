"""Delivery to a real SMTP server: each mail once, in order, in the reader's words, with the headers it needs."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.db import OperationalError
from django.db.models.functions import Now

from red_mpe.notifications import actions
from red_mpe.notifications.enums import Category, MailState, Reason
from red_mpe.notifications.models import MailBox, Notification, OutgoingMail, Subscription

pytestmark = pytest.mark.django_db


def state(entry):
    mail = OutgoingMail.objects.get(notification__entry=entry)
    return mail.state, mail.note


def test_pump_sends_each_mail_once(news, sink, miner, scholar):
    news.tell("reply", miner, scholar)
    assert actions.pump() == 2
    assert actions.pump() == 0
    assert sorted(mail["To"] for mail in sink.mails) == ["ann-lee@example.org", "rosa-quispe@example.org"]
    assert sink.connections == 1
    assert set(OutgoingMail.objects.values_list("state", flat=True)) == {MailState.SENT}


def test_mail_speaks_the_readers_language_and_clock(news, sink, miner, scholar):
    miner.user.time_zone, scholar.user.time_zone = "America/La_Paz", "Europe/Lisbon"
    miner.user.save()
    scholar.user.save()
    entry = news.tell("reply", miner, scholar)
    actions.pump()
    rosa, ann = sink.to("rosa-quispe@example.org")[0], sink.to("ann-lee@example.org")[0]
    assert f"(es, {entry.at - timedelta(hours=4):%H:%M})" in rosa.get_body(("plain",)).get_content()
    assert f"(en, {entry.at:%H:%M})" in ann.get_body(("plain",)).get_content()
    assert '<html lang="en"' in ann.get_body(("html",)).get_content()


def test_mail_carries_one_click_headers_and_its_fixed_message_id(news, sink, miner):
    news.tell("reply", miner)
    mail = OutgoingMail.objects.get()
    actions.pump()
    sent, token = sink.mails[0], MailBox.objects.get().token
    assert sent["Message-ID"] == mail.message_id
    assert sent["List-Unsubscribe"] == f"<http://localhost:8000/u/{token}/replies/>"
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (sent["Auto-Submitted"], sent["Precedence"]) == ("auto-generated", None)
    assert f"http://localhost:8000/u/{token}/preferences/" in sent.get_body(("plain",)).get_content()


def test_mail_has_inlined_styles_and_plain_words_unescaped(news, sink, miner):
    news.tell("reply", miner, title="Agua & vida <3")
    actions.pump()
    sent = sink.mails[0]
    assert "Agua & vida <3 (" in sent.get_body(("plain",)).get_content()
    html = sent.get_body(("html",)).get_content()
    assert "Agua &amp; vida &lt;3" in html
    assert 'class="btn"' in html
    assert "style=" in html.split('class="btn"')[1][:200]


def test_broadcast_says_it_is_bulk_and_leaves_after_personal_mail(news, sink, miner, scholar):
    news.tell("appeal", miner)
    news.tell("reply", scholar)
    actions.queue_message(recipient=miner.user, message=EmailMessage("Código", "123456", to=["rosa-quispe@example.org"]), kind="code")
    actions.pump()
    assert [mail["Precedence"] for mail in sink.mails] == [None, None, "bulk"]
    assert sink.mails[0]["Subject"] == "Código"


def test_newline_in_a_title_is_harmless(news, sink, miner):
    news.tell("reply", miner, title="Agua\r\nBcc: all@example.org")
    actions.pump()
    assert sink.mails[0]["Subject"] == "Agua Bcc: all@example.org"
    assert sink.mails[0]["Bcc"] is None


def test_alarm_cannot_be_stopped_by_one_click(news, sink, miner):
    news.tell("alarm", miner)
    actions.pump()
    assert (sink.mails[0]["List-Unsubscribe"], sink.mails[0]["Auto-Submitted"]) == (None, "auto-generated")


@pytest.mark.parametrize("title", ["x" * 1200, "reader@of-this-copy.invalid"])
def test_each_copy_has_its_own_links_however_it_is_encoded(news, sink, miner, scholar, title):
    news.tell("reply", miner, scholar, title=title)
    actions.pump()
    for box in MailBox.objects.select_related("person"):
        sent = sink.to(box.person.email)[0]
        bodies = [sent.get_body((kind,)).get_content() for kind in ("plain", "html")]
        assert all(f"/u/{box.token}/preferences/" in body and f"/u/{box.token}/replies/" in body for body in bodies)
        assert title in bodies[0]
        assert len(sent["Subject"]) <= 151


@pytest.mark.parametrize("wrong", [{"url": None}, {"speechless": True}, {"indescribable": True}])
def test_mail_that_cannot_be_written_fails_alone(news, sink, miner, caplog, wrong):
    bad, good = news.tell("reply", miner, **wrong), news.tell("reply", miner)
    actions.pump()
    assert state(bad) == (MailState.FAILED, Reason.UNWRITABLE)
    assert state(good) == (MailState.SENT, "")
    assert "cannot be written" in caplog.text


def test_mail_that_cannot_be_judged_is_not_sent_and_the_others_are(news, sink, miner, caplog):
    bad, good = news.tell("reply", miner), news.tell("reply", miner)
    news.unjudged.add(bad.pk)
    assert actions.pump() == 1
    assert (state(bad), state(good)) == ((MailState.SUPPRESSED, Reason.HIDDEN), (MailState.SENT, ""))
    assert "cannot tell what may be seen" in caplog.text


@pytest.mark.parametrize("when", [True, "later"])
def test_database_that_is_away_is_not_taken_for_an_answer(news, sink, miner, when):
    entry = news.tell("reply", miner)
    news.database_away = when
    with pytest.raises(OperationalError):
        actions.pump()
    assert state(entry)[0] == MailState.CLAIMED


def test_closed_account_is_not_mailed(news, sink, miner):
    entry = news.tell("reply", miner)
    miner.user.is_active = False
    miner.user.save()
    actions.pump()
    assert state(entry) == (MailState.SUPPRESSED, Reason.INACTIVE)
    assert sink.mails == []


def test_mail_is_asked_again_whether_it_is_wanted(news, sink, miner):
    unwanted, muted, hidden = (
        news.tell(key, miner, topics=[topic]) for key, topic in [("reply", "a:1"), ("appeal", "a:2"), ("decision", "a:2")]
    )
    actions.stop_mail(person=miner.user, what=Category.REPLIES)
    Subscription.objects.create(person=miner.user, topic="a:2", muted=True)
    news.hidden.add(hidden.pk)
    actions.pump()
    assert state(unwanted) == (MailState.SUPPRESSED, Reason.UNWANTED)
    assert state(muted) == (MailState.SUPPRESSED, Reason.MUTED)
    assert state(hidden) == (MailState.SUPPRESSED, Reason.HIDDEN)


def test_mail_of_a_type_that_is_gone_is_not_sent(news, sink, miner, monkeypatch):
    entry = news.tell("reply", miner)
    monkeypatch.delitem(actions.spreading.registry._types, "tests.reply")
    actions.pump()
    assert state(entry) == (MailState.SUPPRESSED, Reason.HIDDEN)


def test_held_mail_waits(news, sink, miner, settings):
    settings.MAIL_HELD = True
    news.tell("reply", miner)
    assert (actions.pump(), sink.mails) == (0, [])


def test_staging_site_mails_its_own_domains_only(news, sink, miner, settings):
    settings.MAIL_ONLY_TO = ["red.example"]
    entry = news.tell("reply", miner)
    miner.user.email = "rosa@red.example"
    miner.user.save()
    own = news.tell("reply", miner)
    OutgoingMail.objects.filter(notification__entry=entry).update(message=b"From: a@b.example\r\nTo: x@example.org\r\n\r\n")
    actions.pump()
    assert state(entry) == (MailState.SUPPRESSED, Reason.STAGING)
    assert state(own) == (MailState.SENT, "")


def test_pump_stops_in_time_and_gives_the_rest_back(news, sink, miner, scholar):
    news.tell("reply", miner, scholar)
    mails = actions.delivering.claim()
    with actions.delivering.Relay() as relay:
        assert actions.delivering._deliver_all(relay, mails, end=0) == 0
    assert set(OutgoingMail.objects.values_list("state", "lease_until")) == {(MailState.QUEUED, None)}


def test_claim_that_was_taken_over_sends_nothing(news, sink, miner):
    news.tell("reply", miner)
    stale = actions.delivering.claim()
    OutgoingMail.objects.update(lease_until=Now() - timedelta(seconds=1))
    assert actions.pump() == 1
    with actions.delivering.Relay() as relay:
        assert actions.delivering._deliver_all(relay, stale, end=float("inf")) == 0
    assert len(sink.mails) == 1
    assert OutgoingMail.objects.get().state == MailState.SENT


def test_brake_holds_what_is_too_much_but_never_a_code(news, sink, miner, scholar, neighbour, settings, caplog):
    settings.MAIL_BRAKE = (2, 10)
    news.tell("reply", miner, scholar, neighbour)
    actions.pump()
    actions.queue_message(recipient=None, message=EmailMessage("Code", "1", to=["x@example.org"]), kind="code")
    assert actions.pump() == 1
    assert len(sink.mails) == 3
    held = OutgoingMail.objects.get(state=MailState.HELD)
    assert (held.note, "The brake holds 1 mails" in caplog.text) == (Reason.BRAKE, True)


def test_released_mail_passes_the_brake(news, sink, miner, scholar, secretary, settings):
    settings.MAIL_BRAKE = (1, 10)
    news.tell("reply", miner, scholar)
    actions.pump()
    actions.release_mail(mail=OutgoingMail.objects.get(state=MailState.HELD), actor=secretary)
    assert actions.pump() == 1
    assert len(sink.mails) == 2


def test_batch_asks_the_database_as_often_for_ten_as_for_two(news, sink, django_assert_max_num_queries, miner, scholar):
    for number in range(5):
        news.tell("reply", miner, scholar, title=f"n{number}")
    assert Notification.objects.count() == 10
    with django_assert_max_num_queries(45):  # two updates a mail, the rest once a batch
        assert actions.pump() == 10
