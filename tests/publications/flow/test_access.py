"""Files on request: asked, granted until a day, refused, taken back."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from publications.actions import access as acts
from publications.enums import Access, RequestState
from publications.models import AccessRequest, File
from red_mpe.core.locale import network_day
from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError, StaleState
from tests.factories.publications import make_record


@pytest.fixture
def record(db, time_machine):
    time_machine.move_to(datetime(2027, 3, 1, 15, tzinfo=UTC), tick=False)
    return make_record("Con permiso", access=Access.REQUEST)


@pytest.fixture
def asked(record, miner):
    return acts.ask_access(record=record, actor=miner.user, reason="Para mi tesis.")


def in_days(days):
    return network_day() + timedelta(days=days)


def may_have(person, record):
    file, _ = File.objects.get_or_create(record=record, number=1, name="a.pdf", media_type="x", size=1, sha256="0" * 64)
    return person.user.has_perm("publications.download_file", file)


def test_a_member_asks_and_says_what_for(asked, miner):
    assert (asked.user, asked.reason, asked.state) == (miner.user, "Para mi tesis.", RequestState.ASKED)
    assert AuditEntry.objects.get(verb="publications.access_asked").data == {}


def test_asking_twice_is_asking_once(asked, record, miner):
    again = acts.ask_access(record=record, actor=miner.user, reason="Otra vez.")
    assert (again, again.reason) == (asked, "Para mi tesis.")


def test_asking_needs_words(record, miner):
    with pytest.raises(DomainError, match="what you need"):
        acts.ask_access(record=record, actor=miner.user, reason=" ")


def test_an_account_asks_for_nothing(record, visitor):
    with pytest.raises(PermissionDenied):
        acts.ask_access(record=record, actor=visitor, reason="x")


@pytest.mark.parametrize("fields", [{"access": Access.PUBLIC}, {"access": Access.REQUEST, "state": "draft"}])
def test_there_is_nothing_to_ask_where_nothing_is_on_request(fields, miner):
    with pytest.raises(PermissionDenied):
        acts.ask_access(record=make_record(**fields), actor=miner.user, reason="x")


def test_a_grant_opens_the_files_and_is_written_down(asked, record, miner, editor):
    acts.grant_access(request=asked, actor=editor, until=in_days(30), answer="Con gusto.")
    assert may_have(miner, record)
    entry = AuditEntry.objects.get(verb="publications.access_answered")
    assert entry.data == {"step": "grant", "until": in_days(30).isoformat()}
    assert (asked.decided_by, asked.answer) == (editor, "Con gusto.")


def test_a_grant_ends_with_its_last_day_and_needs_no_task(asked, record, miner, editor, time_machine):
    acts.grant_access(request=asked, actor=editor, until=in_days(30))
    time_machine.shift(timedelta(days=30))
    assert may_have(miner, record)
    time_machine.shift(timedelta(days=1))
    assert not may_have(miner, record)


@pytest.mark.parametrize("days", [-1, 366])
def test_a_grant_lasts_a_day_at_least_and_a_year_at_most(asked, editor, days):
    with pytest.raises(DomainError, match="a year at most"):
        acts.grant_access(request=asked, actor=editor, until=in_days(days))


@pytest.mark.parametrize("days", [0, 365])
def test_the_ends_of_the_year_are_granted(asked, editor, days):
    assert acts.grant_access(request=asked, actor=editor, until=in_days(days)).until == in_days(days)


def test_who_has_access_asks_no_more(asked, record, miner, editor):
    acts.grant_access(request=asked, actor=editor, until=in_days(30))
    with pytest.raises(DomainError, match="already"):
        acts.ask_access(record=record, actor=miner.user, reason="x")


def test_who_had_access_asks_again(asked, record, miner, editor, time_machine):
    acts.grant_access(request=asked, actor=editor, until=in_days(1))
    time_machine.shift(timedelta(days=2))
    assert acts.ask_access(record=record, actor=miner.user, reason="Otra vez.").pk != asked.pk


def test_no_has_words(asked, record, miner, editor):
    acts.refuse_access(request=asked, actor=editor, answer="La autora no quiere.")
    assert (asked.state, asked.answer) == (RequestState.REFUSED, "La autora no quiere.")
    assert not may_have(miner, record)


def test_who_was_refused_may_be_granted_after_all(asked, record, miner, editor):
    acts.refuse_access(request=asked, actor=editor, answer="Falta la carta.")
    acts.grant_access(request=asked, actor=editor, until=in_days(1))
    assert may_have(miner, record)


def test_a_grant_is_taken_back_with_words(asked, record, miner, editor):
    acts.grant_access(request=asked, actor=editor, until=in_days(30))
    acts.end_access(request=asked, actor=editor, answer="Se publicó en otro sitio.")
    assert asked.state == RequestState.ENDED
    assert not may_have(miner, record)


@pytest.mark.parametrize("act", [acts.refuse_access, acts.end_access])
def test_an_answer_that_takes_away_needs_words(asked, editor, act):
    with pytest.raises(DomainError, match="Write why"):
        act(request=asked, actor=editor, answer=" ")


ACTS = [
    (acts.grant_access, {"until": None}, {"asked", "refused"}),
    (acts.refuse_access, {"answer": "No."}, {"asked"}),
    (acts.end_access, {"answer": "No."}, {"granted"}),
]


@pytest.mark.parametrize("state", RequestState.values)
@pytest.mark.parametrize(("act", "words", "sources"), ACTS, ids=[row[0].__name__ for row in ACTS])
def test_every_answer_starts_where_the_table_says(act, words, sources, state, record, miner, editor):
    request = AccessRequest.objects.create(record=record, user=miner.user, reason="x", state=state, until=in_days(1))
    words = {name: given or in_days(3) for name, given in words.items()}
    if state in sources:
        assert act(request=request, actor=editor, **words).state != state
    else:
        with pytest.raises(StaleState):
            act(request=request, actor=editor, **words)


def test_nobody_but_an_editor_answers(asked, readers):
    for name in ("account", "member", "officer"):
        with pytest.raises(PermissionDenied):
            acts.grant_access(request=asked, actor=readers[name], until=in_days(1))
