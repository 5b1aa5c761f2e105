"""Two processes doing the same at the same moment, on connections of their own."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from red_mpe.notifications import actions
from red_mpe.notifications.models import Announcement, Digest, Notification, OutgoingMail
from tests.notifications.test_digesting import MORNING

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def together(*works):
    """Run every work in a thread and with a connection of its own, all beginning at once."""
    barrier = Barrier(len(works))

    def run(work):
        barrier.wait()
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def test_announcement_spread_by_two_workers_is_told_once(news, miner, scholar, neighbour, lines, settings):
    settings.MAIL_HELD = True
    for _ in range(5):
        entry = news.tell("reply", miner, scholar, neighbour, spread=False)
        Announcement.objects.filter(entry=entry).update(spread_at=None)
        together(*[lambda: actions.spread(entry_id=entry.pk)] * 3)  # noqa: B023
        assert lines(entry) == (3, 3)


def test_digest_made_by_two_schedulers_is_one(news, miner, scholar, settings):
    settings.MAIL_HELD = True
    news.clock = MORNING - timedelta(hours=14)
    for day in range(5):
        news.tell("news", miner, scholar)
        together(*[lambda: actions.make_digests(now=MORNING + timedelta(days=day))] * 3)  # noqa: B023
        assert Digest.objects.count() == OutgoingMail.objects.count() == 2 * (day + 1)
    assert Notification.objects.filter(digest=None).count() == 0


def test_queue_emptied_by_three_pumps_sends_each_mail_once(news, sink, settings, miner, scholar, neighbour):
    settings.MAIL_HELD = True
    for _ in range(20):
        news.tell("reply", miner, scholar, neighbour)
    settings.MAIL_HELD = False
    assert sum(together(*[actions.pump] * 3)) == 60
    assert len({mail["Message-ID"] for mail in sink.mails}) == len(sink.mails) == 60
