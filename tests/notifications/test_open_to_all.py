"""What nobody is refused is asked once for all readers of a batch; everything else is asked for each of them."""

from dataclasses import replace

import pytest

from red_mpe.core.models import AuditEntry
from red_mpe.notifications import actions, registry
from red_mpe.notifications.enums import MailState
from red_mpe.notifications.mailing.words import open_to_all
from red_mpe.notifications.models import OutgoingMail


@pytest.fixture
def asked(news, monkeypatch):
    """The readers of replies who are asked for; what is not hidden is open to all."""
    readers = []

    def may_see(entry, person):
        readers.append(person.pk)
        return news.may_see(entry, person)

    def all_may_see(entries):
        return [entry.pk for entry in entries if news.may_see(entry, None) and not entry.data.get("closed")]

    kind = replace(registry.get("tests.reply"), may_see=may_see, all_may_see=all_may_see)
    monkeypatch.setitem(registry._types, "tests.reply", kind)
    return readers


def sent():
    return dict(OutgoingMail.objects.order_by().values_list("recipient", "state"))


def test_no_reader_is_asked_for_what_is_open_to_all(news, sink, asked, miner, scholar):
    news.tell("reply", miner, scholar)
    asked.clear()
    assert actions.pump() == 2
    assert asked == []


def test_each_reader_is_asked_for_what_is_not(news, sink, asked, miner, scholar):
    news.tell("reply", miner, scholar, closed=True)
    asked.clear()
    assert actions.pump() == 2
    assert sorted(asked) == sorted([miner.user_id, scholar.user_id])


def test_what_was_hidden_since_is_open_to_nobody(news, sink, asked, miner, scholar):
    news.hidden.add(news.tell("reply", miner, scholar).pk)
    assert actions.pump() == 0
    assert set(sent().values()) == {MailState.SUPPRESSED}


def test_what_is_hidden_between_two_rounds_is_asked_again(news, sink, asked, miner, scholar, settings):
    settings.MAIL_HELD = True
    first, second = news.tell("reply", miner), news.tell("reply", scholar)
    settings.MAIL_HELD = False
    assert open_to_all([first, second]) == {first.pk, second.pk}
    news.hidden.add(second.pk)
    assert actions.pump() == 1
    assert sent() == {miner.user_id: MailState.SENT, scholar.user_id: MailState.SUPPRESSED}


def test_one_that_cannot_be_judged_for_all_is_asked_for_each(news, sink, asked, miner, caplog):
    entries = [news.tell("reply", miner), news.tell("reply", miner)]
    news.unjudged.add(entries[0].pk)
    assert open_to_all(entries) == {entries[1].pk}
    assert "cannot tell" in caplog.text


def test_types_are_open_to_nobody_unless_they_say_so(news, miner):
    assert open_to_all([news.tell("news", miner)]) == set()


def test_what_is_gone_is_open_to_nobody(news, asked, miner):
    entry = news.tell("reply", miner)
    gone = AuditEntry(pk=entry.pk, verb=entry.verb, target_type=entry.target_type, target_id=0, data=entry.data)
    assert (open_to_all([entry]), open_to_all([gone])) == ({entry.pk}, set())


def test_muting_still_wins_over_what_is_open_to_all(news, sink, asked, miner):
    news.tell("reply", miner, topics=["tests:water"])
    actions.mute(person=miner.user, topic="tests:water")
    assert actions.pump() == 0
