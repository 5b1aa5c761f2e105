"""What mail takes for open to all is seen by each reader who would be asked: nobody sees less than a passer-by."""

import pytest

from red_mpe.core.models import AuditEntry
from red_mpe.notifications import registry
from standards.actions.comments import withdraw_comment
from standards.models import Consultation, Framework, Version
from tests.factories.standards import say

READERS = ("visitor", "miner", "neighbour", "secretary", "officer")


def entries_of(comment):
    """An announcement of the comment and one of its round, as a batch of mail has them."""
    reply = AuditEntry.objects.create(verb="standards.reply_sent", target=comment)
    return [reply, AuditEntry.objects.create(verb="standards.round_opened", target=comment.consultation)]


def opened(entries):
    return {entry.verb for entry in entries if registry.get(entry.verb).open_to_all([entry])}


@pytest.fixture
def entries(miner, consultation, clause):
    return entries_of(say(miner, consultation, clause))


def test_public_words_are_open_to_all(entries):
    assert opened(entries) == {"standards.reply_sent", "standards.round_opened"}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("public", [True, False])
def test_no_reader_sees_less_than_what_is_open_to_all(request, entries, reader, public):
    Framework.objects.update(public=public)
    person = getattr(request.getfixturevalue(reader), "user", request.getfixturevalue(reader))
    for entry in entries:
        kind = registry.get(entry.verb)
        assert kind.open_to_all([entry]) <= kind.visible([entry], person)


@pytest.mark.parametrize("model", [Framework, Version])
def test_what_left_public_view_is_open_to_nobody(entries, model):
    model.objects.update(public=False)
    assert opened(entries) == set()


def test_a_planned_round_is_open_to_nobody(entries):
    Consultation.objects.update(state="planned")
    assert opened(entries) == set()


def test_a_comment_taken_back_is_open_to_nobody(entries, miner):
    withdraw_comment(actor=miner.user, comment=entries[0].target)
    assert opened(entries) == {"standards.round_opened"}
