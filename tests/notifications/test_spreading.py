"""Fan-out: each of those concerned is told exactly once."""

import pytest

from red_mpe.notifications import actions
from red_mpe.notifications.enums import Category, Frequency
from red_mpe.notifications.models import Announcement, MailBox, Notification, OutgoingMail

pytestmark = pytest.mark.django_db


def test_spread_writes_line_and_instant_mail(news, miner, lines):
    entry = news.tell("reply", miner)
    assert lines(entry) == (1, 1)
    mail = OutgoingMail.objects.get()
    assert (mail.recipient, mail.kind, mail.message) == (miner.user, "tests.reply", None)
    assert len(MailBox.objects.get(person=miner.user).token) == 43
    assert Announcement.objects.get(entry=entry).spread_at is not None


def test_spread_leaves_daily_lines_to_the_digest(news, miner, lines):
    entry = news.tell("news", miner)
    assert lines(entry) == (1, 0)
    assert Notification.objects.get().frequency == Frequency.DAILY


def test_spread_twice_tells_once(news, miner, scholar, lines):
    entry = news.tell("reply", miner, scholar)
    assert actions.spread(entry_id=entry.pk) == 0
    Announcement.objects.update(spread_at=None)
    assert actions.spread(entry_id=entry.pk) == 2
    assert lines(entry) == (2, 2)


def test_spread_completes_what_a_killed_run_left(news, miner, scholar, lines):
    entry = news.tell("reply", miner, scholar)
    Notification.objects.filter(recipient=scholar.user).delete()
    Announcement.objects.update(spread_at=None)
    actions.spread(entry_id=entry.pk)
    assert lines(entry) == (2, 2)


def test_spread_never_tells_the_author(news, miner, scholar):
    news.tell("reply", miner, scholar, actor=miner.user)
    assert [line.recipient for line in Notification.objects.all()] == [scholar.user]


def test_spread_leaves_out_closed_accounts_and_those_who_may_not_see(news, miner, scholar, lines):
    scholar.user.is_active = False
    scholar.user.save()
    assert lines(news.tell("reply", scholar)) == (0, 0)
    entry = news.tell("reply", miner, spread=False)
    news.hidden.add(entry.pk)
    actions.spread(entry_id=entry.pk)
    assert lines(entry) == (0, 0)


@pytest.mark.parametrize(("chosen", "mails"), [("none", 0), ("daily", 0), ("weekly", 0), ("instant", 1)])
def test_spread_follows_the_preference(news, miner, lines, chosen, mails):
    actions.set_preferences(person=miner.user, frequencies={Category.REPLIES: chosen})
    assert lines(news.tell("reply", miner)) == (1, mails)


def test_spread_skips_who_muted_a_topic_unless_it_always_matters(news, miner, scholar, lines):
    actions.mute(person=miner.user, topic="tests:water")
    assert lines(news.tell("reply", miner, scholar, topics=["tests:water"])) == (1, 1)
    assert lines(news.tell("decision", miner, topics=["tests:water"])) == (1, 1)


def test_decision_is_mailed_whatever_one_chose(news, miner, lines):
    actions.stop_mail(person=miner.user)
    assert lines(news.tell("decision", miner)) == (1, 1)


def test_spread_of_an_unknown_type_does_nothing(news, miner, monkeypatch):
    entry = news.tell("reply", miner, spread=False)
    monkeypatch.delitem(actions.spreading.registry._types, "tests.reply")
    assert actions.spread(entry_id=entry.pk) == 0


def test_spread_waits_for_its_target_to_exist(news, miner, cooperative, lines):
    entry = news.tell("reply", miner, spread=False)
    cooperative.affiliations.all().delete()
    cooperative.delete()
    actions.spread(entry_id=entry.pk)
    assert lines(entry) == (0, 0)


def test_sweeper_spreads_what_the_broker_lost_and_goes_past_what_fails(news, miner, lines, caplog):
    broken = news.tell("reply", miner, spread=False)
    lost = news.tell("reply", miner, spread=False)
    Announcement.objects.filter(entry=broken).update(topics=7)
    assert actions.spread_waiting(seconds=0) == 2
    assert lines(lost) == (1, 1)
    assert "cannot be spread" in caplog.text
    assert actions.spread_waiting() == 0
