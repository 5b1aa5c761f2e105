"""Digests: everything that waited, once, in one mail."""

from datetime import UTC, datetime, timedelta

import pytest

from red_mpe.notifications import actions
from red_mpe.notifications.enums import Category, MailState, Reason
from red_mpe.notifications.models import Digest, Notification, OutgoingMail
from tests.support.queries import count_queries

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)  # Monday, seven in Lima


@pytest.fixture(autouse=True)
def _sunday(news):
    """Everything is told on the day before, at five in the afternoon of Lima."""
    news.clock = MORNING - timedelta(hours=14)


def text(sent):
    return sent.get_body(("plain",)).get_content()


def test_digest_waits_for_the_morning_and_comes_once(news, sink, miner):
    news.tell("news", miner)
    assert actions.make_digests(now=MORNING - timedelta(minutes=1)) == 0
    assert actions.make_digests(now=MORNING) == 1
    assert actions.make_digests(now=MORNING + timedelta(minutes=5)) == 0
    assert actions.pump() == 1
    assert [str(digest) for digest in Digest.objects.all()] == ["daily 2026-11-23"]


def test_line_that_comes_after_the_digest_waits_for_the_next(news, sink, miner):
    news.tell("news", miner, title="primera")
    actions.make_digests(now=MORNING)
    news.clock = MORNING - timedelta(seconds=1)  # seen too late: it was being written while the digest was made
    news.tell("news", miner, title="segunda")
    assert actions.make_digests(now=MORNING + timedelta(hours=1)) == 0
    assert actions.make_digests(now=MORNING + timedelta(days=1)) == 1
    actions.pump()
    assert [("primera" in text(sent), "segunda" in text(sent)) for sent in sink.mails] == [(True, False), (False, True)]


def test_news_of_the_day_waits_for_the_next_morning(news, miner):
    news.clock = MORNING + timedelta(hours=3)
    news.tell("news", miner)
    assert actions.make_digests(now=MORNING + timedelta(hours=4)) == 0
    assert actions.make_digests(now=MORNING + timedelta(days=1)) == 1


def test_late_digest_takes_along_what_came_meanwhile(news, miner):
    news.tell("news", miner)
    news.clock = MORNING + timedelta(hours=1)
    news.tell("news", miner)
    assert actions.make_digests(now=MORNING + timedelta(hours=2)) == 1
    assert Digest.objects.get().items.count() == 2


def test_after_an_interruption_one_digest_holds_everything(news, sink, miner):
    for number in range(3):
        news.clock = MORNING + timedelta(days=number, hours=1)
        news.tell("news", miner, title=f"día {number}")
    assert actions.make_digests(now=MORNING + timedelta(days=3, hours=21)) == 0
    assert actions.make_digests(now=MORNING + timedelta(days=4)) == 1
    actions.pump()
    assert all(f"día {number}" in text(sink.mails[0]) for number in range(3))


def test_weekly_digest_comes_on_monday(news, sink, miner):
    actions.set_preferences(person=miner.user, frequencies={Category.CLAUSES: "weekly"})
    news.tell("news", miner)
    assert actions.make_digests(now=MORNING - timedelta(hours=1)) == 0
    assert actions.make_digests(now=MORNING) == 1
    actions.pump()
    assert sink.mails[0]["List-Unsubscribe"].endswith("/weekly/>")


def test_everybody_has_their_own_morning(news, miner, scholar):
    scholar.user.time_zone = "Europe/Madrid"
    scholar.user.save()
    news.tell("news", miner, scholar)
    assert actions.make_digests(now=MORNING - timedelta(hours=6)) == 1
    assert actions.make_digests(now=MORNING) == 1
    assert Notification.objects.filter(digest=None).count() == 0


def test_unknown_time_zone_counts_as_utc(news, miner):
    miner.user.time_zone = "Mars/Olympus"
    miner.user.save()
    news.tell("news", miner)
    assert actions.make_digests(now=MORNING.replace(hour=7)) == 1


def test_digest_is_grouped_with_the_newest_and_most_binding_first(news, sink, miner):
    actions.set_preferences(person=miner.user, frequencies={Category.ROUNDS: "daily"})
    told = [("news", "Uno", "1"), ("news", "Uno", "2"), ("news", "Dos", "1"), ("news", "Uno", "1"), ("appeal", "Tres", "")]
    for number, (key, group, section) in enumerate(told):
        news.tell(key, miner, title=f"t{number}", group=group, section=section)
    actions.make_digests(now=MORNING)
    actions.pump()
    words = text(sink.mails[0])
    order = sorted(["Tres", "t4", "Uno", "t3", "t0", "t1", "Dos", "t2"], key=words.index)
    assert order == ["Tres", "t4", "Uno", "t3", "t0", "t1", "Dos", "t2"]
    assert words.count("Uno") == 1


def test_digest_headers_and_discreet_subject(news, sink, neighbour):
    news.tell("news", neighbour, title="nombre de alguien")
    actions.make_digests(now=MORNING)
    actions.pump()
    sent = sink.mails[0]
    assert (sent["Precedence"], sent["Auto-Submitted"]) == ("bulk", "auto-generated")
    assert sent["List-Unsubscribe"].endswith("/daily/>")
    assert "nombre" not in sent["Subject"]
    assert "[pt-br " in text(sent)
    assert "http://localhost:8000/es/#" in text(sent)


def test_digest_drops_what_may_no_longer_be_seen(news, sink, miner):
    gone, left = news.tell("news", miner, title="oculta"), news.tell("news", miner, title="visible")
    actions.make_digests(now=MORNING)
    news.hidden.add(gone.pk)
    actions.pump()
    assert ("oculta" in text(sink.mails[0]), "visible" in text(sink.mails[0])) == (False, True)
    assert left.pk > gone.pk


@pytest.mark.parametrize("why", ["hidden", "unwanted", "muted"])
def test_digest_with_nothing_left_is_not_sent(news, sink, miner, why):
    entry = news.tell("news", miner, topics=["tests:water"])
    actions.make_digests(now=MORNING)
    if why == "hidden":
        news.hidden.add(entry.pk)
    elif why == "muted":
        actions.mute(person=miner.user, topic="tests:water")
    else:
        actions.stop_mail(person=miner.user, what="daily")
    actions.pump()
    mail = OutgoingMail.objects.get()
    assert (mail.state, mail.note, sink.mails) == (MailState.SUPPRESSED, Reason.EMPTY, [])


@pytest.mark.parametrize("wrong", [{"indescribable": True}, {"speechless": True}, {"shape": "spoiled"}])
def test_digest_goes_without_the_line_that_cannot_be_written(news, sink, miner, wrong):
    news.tell("news", miner, title="mala", **wrong)
    news.tell("news", miner, title="buena")
    actions.make_digests(now=MORNING)
    actions.pump()
    assert ("buena" in text(sink.mails[0]), "mala" in text(sink.mails[0])) == (True, False)


def test_digest_without_a_single_line_is_not_sent(news, sink, miner):
    news.tell("news", miner, speechless=True)
    actions.make_digests(now=MORNING)
    assert actions.pump() == 0
    assert OutgoingMail.objects.get().note == Reason.UNWRITABLE


def test_what_was_mailed_at_once_is_not_repeated(news, sink, miner):
    news.tell("reply", miner, title="respuesta")
    news.tell("news", miner)
    actions.make_digests(now=MORNING)
    actions.pump()
    assert [sum("respuesta" in text(sent) for sent in sink.mails), len(sink.mails)] == [1, 2]


def test_closed_account_gets_no_digest(news, miner):
    news.tell("news", miner)
    miner.user.is_active = False
    miner.user.save()
    assert actions.make_digests(now=MORNING) == 0


def test_digests_use_the_clock_of_the_database(news, miner):
    news.tell("news", miner)
    assert actions.make_digests() in (0, 1)


def test_more_people_than_a_batch_all_get_theirs(news, miner, scholar, neighbour, monkeypatch):
    monkeypatch.setattr(actions.digesting, "BATCH", 2)
    news.tell("news", miner, scholar, neighbour)
    assert actions.make_digests(now=MORNING) == 3


def test_one_item_is_described_once_for_all_who_read_the_same_language(news, sink, miner, visitor, neighbour):
    news.tell("news", miner, visitor, neighbour)
    actions.make_digests(now=MORNING)
    news.described.clear()
    actions.pump()
    assert len(news.described) == 2


def test_digest_asks_the_database_as_often_for_four_lines_as_for_one(news, sink, miner):
    def digest(day, count):
        news.clock = MORNING - timedelta(hours=14)
        for number in range(count):
            news.tell("news", miner, title=f"n{number}", section=str(number))

        def run():
            Digest.objects.all().delete()
            Notification.objects.update(digest=None)
            actions.make_digests(now=MORNING + timedelta(days=day))
            return actions.pump()

        return len(count_queries(run))

    one, four = digest(0, 1), digest(1, 3)
    assert one == four <= 50
