"""The inbox: one's own lines, read or not."""

from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from red_mpe.notifications.models import Notification
from tests.support.queries import flat

pytestmark = pytest.mark.django_db


@pytest.fixture
def rosa(client, miner):
    client.force_login(miner.user)
    return client


def inbox(**query):
    with translation.override("es"):
        return reverse("notifications:inbox", query=query or None)


def test_inbox_shows_ones_own_lines_newest_first(news, rosa, miner, scholar):
    for title, person in (("vieja", miner), ("nueva", miner), ("ajena", scholar)):
        news.tell("news", person, title=title)
    page = rosa.get(inbox()).content.decode()
    assert page.index("nueva") < page.index("vieja")
    assert "ajena" not in page


def test_inbox_keeps_one_category(news, rosa, miner):
    news.tell("news", miner, title="comentario")
    news.tell("reply", miner, title="respuesta")
    page = rosa.get(inbox(category="replies")).content.decode()
    assert ("respuesta" in page, "comentario" in page) == (True, False)
    assert "comentario" in rosa.get(inbox(category="nonsense")).content.decode()


def test_inbox_says_when_something_is_gone(news, rosa, miner):
    entry = news.tell("news", miner, title="oculta")
    news.hidden.add(entry.pk)
    page = rosa.get(inbox())
    assert "oculta" not in page.content.decode()
    assert page.context["rows"][0][1] is None


def test_inbox_escapes_what_people_wrote(news, rosa, miner):
    news.tell("news", miner, title="<script>x</script>", group="<i>g</i>")
    page = rosa.get(inbox()).content.decode()
    assert "&lt;script&gt;x" in page
    assert "<i>g</i>" not in page


def test_inbox_tells_the_day_only_because_the_hour_would_tell_who_wrote(news, rosa, miner):
    news.clock = datetime(2026, 3, 2, 16, 47, tzinfo=UTC)
    news.tell("news", miner)
    page = rosa.get(inbox()).content.decode()
    assert "2 de marzo de 2026" in page
    assert 'datetime="2026-03-02"' in page
    assert "T11:47" not in page


def test_empty_inbox_says_how_to_begin(rosa):
    assert reverse("standards:framework_list") in rosa.get(inbox()).content.decode()


def test_inbox_asks_as_often_for_many_as_for_one(news, rosa, miner):
    news.tell("news", miner)
    flat(lambda: rosa.get(inbox()), lambda: [news.tell("news", miner) for _ in range(3)], ceiling=16)


def test_one_line_is_marked_read(news, rosa, miner):
    news.tell("news", miner)
    news.tell("news", miner)
    line = Notification.objects.first()
    answer = rosa.post(reverse("notifications:mark_read"), {"line": line.pk, "next": "/en/"})
    assert (answer.status_code, answer["Location"]) == (303, "/en/")
    assert [told.pk for told in Notification.objects.exclude(read_at=None)] == [line.pk]


def test_all_ones_own_lines_are_marked_read_and_nobody_elses(news, rosa, miner, scholar):
    news.tell("news", miner, scholar)
    answer = rosa.post(reverse("notifications:mark_read"), {"next": "https://evil.example/"})
    assert answer["Location"].startswith("/")
    assert [told.recipient for told in Notification.objects.unread()] == [scholar.user]


@pytest.mark.parametrize("line", ["x", "9" * 30])
def test_nonsense_is_no_line(news, rosa, miner, line):
    news.tell("news", miner)
    assert rosa.post(reverse("notifications:mark_read"), {"line": line}).status_code == 404
    assert Notification.objects.unread().count() == 1


def test_line_of_somebody_else_cannot_be_marked(news, rosa, miner, scholar):
    news.tell("news", scholar)
    rosa.post(reverse("notifications:mark_read"), {"line": Notification.objects.get().pk})
    assert Notification.objects.unread().count() == 1


def test_reading_the_inbox_changes_nothing(news, rosa, miner):
    news.tell("news", miner)
    rosa.get(inbox())
    assert Notification.objects.unread().count() == 1
    assert rosa.get(reverse("notifications:mark_read")).status_code == 405


def test_unread_count_is_cheap_and_own(news, miner, scholar, client, django_assert_num_queries):
    news.tell("news", miner, scholar)
    with django_assert_num_queries(1):
        assert Notification.objects.unread_count(miner.user) == 1


def test_inbox_needs_an_account(client, db):
    answer = client.get(inbox())
    assert answer.status_code == 302
    assert reverse("account_login") in answer["Location"]


def test_inbox_in_a_transaction_that_is_not_ours(news, miner):
    with pytest.raises(transaction.TransactionManagementError):
        _outside(news, miner)


def _outside(news, miner):
    from django.db import connection

    from red_mpe.notifications import actions

    was, connection.in_atomic_block = connection.in_atomic_block, False
    try:
        actions.announce("tests.news", actor=None, target=news.target)
    finally:
        connection.in_atomic_block = was
