"""Two people on one record at the same instant, on real connections: one wins, the other is told."""

import uuid

import pytest
from django.contrib.auth.models import Group as Role

from members.models import User
from publications.actions import access, deciding, proposing
from publications.actions.editing import OverwrittenError, save_record
from publications.enums import RecordState
from publications.models import AccessRequest, Record
from red_mpe.core.models import AuditEntry
from red_mpe.core.states import StaleState
from tests.conftest import make_user
from tests.factories.library_flow import accepted, make_draft, proposed
from tests.factories.publications import make_record
from tests.support.together import together

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture(autouse=True)
def _held(settings):
    settings.MAIL_HELD = True


@pytest.fixture
def editors(db):
    """Two who keep the library."""
    users = [make_user(f"editora-{number}@example.org", is_staff=True) for number in range(2)]
    for user in users:
        user.groups.add(Role.objects.get(name="editors"))
    return users


def fresh(*users):
    return [User.objects.get(pk=user.pk) for user in users]


def copies(record, number=2):
    return [Record.objects.get(pk=record.pk) for _ in range(number)]


def outcome(results, kind=StaleState):
    """How many went through, and how many were refused with one kind of words."""
    return sum(not isinstance(one, Exception) for one in results), sum(isinstance(one, kind) for one in results)


def pairs(users, record):
    return list(zip(fresh(*users), copies(record), strict=True))


def steps(step):
    return AuditEntry.objects.filter(verb="publications.record_moved", data__step=step).count()


def test_two_who_publish_at_once_are_one(miner, editors):
    record = accepted(miner, editors[0])
    results = together(*(lambda u=u, r=r: deciding.publish_record(record=r, actor=u) for u, r in pairs(editors, record)))
    assert outcome(results) == (1, 1)
    assert steps("publish") == 1


def test_two_single_clicks_at_once_are_one(miner, editors):
    record = proposed(miner)
    results = together(*(lambda u=u, r=r: deciding.accept_and_publish_record(record=r, actor=u) for u, r in pairs(editors, record)))
    assert outcome(results) == (1, 1)
    assert (steps("accept"), steps("publish")) == (1, 1)


def test_accepted_and_declined_at_once_is_one_of_them(miner, editors):
    record = proposed(miner)
    (one, mine), (other, theirs) = pairs(editors, record)
    results = together(
        lambda: deciding.return_record(record=mine, actor=one, question="¿?"),
        lambda: deciding.accept_record(record=theirs, actor=other),
    )
    assert outcome(results) == (1, 1)


def test_taken_back_while_it_is_accepted_is_one_of_them(miner, editors):
    record = proposed(miner)
    author, mine, theirs = fresh(miner.user)[0], *copies(record)
    results = together(
        lambda: proposing.take_back_record(record=mine, actor=author),
        lambda: deciding.accept_record(record=theirs, actor=editors[0]),
    )
    assert outcome(results) == (1, 1)
    assert Record.objects.get().state in (RecordState.DRAFT, RecordState.ACCEPTED)


def test_a_draft_sent_twice_at_once_is_sent_once(miner):
    record = make_draft(miner)
    results = together(*(lambda u=u, r=r: proposing.propose_record(record=r, actor=u) for u, r in pairs([miner.user] * 2, record)))
    assert outcome(results) == (1, 1)
    assert AuditEntry.objects.filter(verb="publications.record_proposed").count() == 1


def test_a_form_sent_twice_at_once_begins_one_record(miner):
    once, users = uuid.uuid4(), fresh(miner.user, miner.user)
    results = together(*(lambda u=u: proposing.start_record(actor=u, once=once, kind="report") for u in users))
    assert results[0] == results[1]
    assert Record.objects.count() == 1


def test_two_who_save_at_once_do_not_overwrite_each_other(miner, editors):
    record = make_draft(miner)
    users = zip(fresh(miner.user, editors[0]), copies(record), ("De Rosa", "De la editora"), strict=True)
    results = together(*(lambda u=u, r=r, t=t: save_record(record=r, actor=u, seen=0, title_es=t) for u, r, t in users))
    assert outcome(results, OverwrittenError) == (1, 1)
    assert Record.objects.get().revision == 1


def test_without_the_lock_the_second_would_overwrite(miner):
    """The negative control: both read before either saves."""
    from threading import Barrier

    record, barrier = make_draft(miner), Barrier(2)

    def careless(title):
        seen = Record.objects.get(pk=record.pk).revision
        barrier.wait()
        return Record.objects.update(title_es=title, revision=seen + 1)

    assert together(lambda: careless("a"), lambda: careless("b")) == [1, 1]
    assert Record.objects.get().revision == 1


def test_two_clocks_open_an_embargo_once(db):
    make_record(state=RecordState.EMBARGOED, embargo_until=deciding.network_day(), licence="all-rights-reserved")
    assert sorted(together(deciding.release_due_embargoes, deciding.release_due_embargoes)) == [0, 1]
    assert steps("publish") == 1


def test_two_requests_at_once_are_one(miner):
    record, users = make_record(access="request"), fresh(miner.user, miner.user)
    results = together(*(lambda u=u: access.ask_access(record=record, actor=u, reason="x") for u in users))
    assert results[0] == results[1]
    assert AuditEntry.objects.filter(verb="publications.access_asked").count() == 1


def test_granted_and_refused_at_once_is_one_of_them(miner, editors):
    asked = access.ask_access(record=make_record(access="request"), actor=miner.user, reason="x")
    one, other = (AccessRequest.objects.get(pk=asked.pk) for _ in range(2))
    results = together(
        lambda: access.grant_access(request=one, actor=editors[0], until=deciding.network_day()),
        lambda: access.refuse_access(request=other, actor=editors[1], answer="No."),
    )
    granted = AccessRequest.objects.get().state
    assert outcome(results) in ((1, 1), (2, 0))  # a refusal may still be turned into a grant, never the other way round
    assert granted == "granted" if outcome(results) == (2, 0) else granted in ("granted", "refused")
