"""What waits for the secretariat in the process."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from standards.actions.stages import suspend_framework
from standards.desk.process import extended, moves
from standards.desk.reports import synopses
from standards.enums import RoundState, Stage
from standards.models import Framework, RoundExtension, Synopsis
from standards.querysets.process import entered, waits
from tests.factories.process import again, answered, hold_round, small_framework
from tests.support.frameworks import make_answer, make_clause, make_comment, make_framework
from tests.support.queries import flat


@pytest.fixture
def waiting(clock, db):
    framework = small_framework(stage="response")
    hold_round(framework, number=1, days_ago=50, synopsis=False)
    return again(framework)


@pytest.mark.parametrize("panel", [moves, extended, synopses])
def test_panels_are_for_the_secretariat(panel, officer, miner):
    assert panel(officer) is None
    assert panel(miner.user) is None


def test_a_blocked_move_names_what_is_missing_first(waiting, secretary):
    with translation.override("en"):
        pile = moves(secretary)
        assert (pile.count, pile.first[0].note) == (1, "1 of 2 rounds were held.")


def test_a_ready_move_says_so(waiting, secretary):
    hold_round(waiting, number=2, days_ago=20)
    hold(waiting)
    with translation.override("en"):
        assert str(moves(secretary).first[0].note) == "ready for the next stage"


def hold(framework):
    Synopsis.objects.create(consultation=framework.rounds.get(number=1), published_at=timezone.now())


def test_frameworks_in_consultation_wait_for_the_clock(waiting, secretary):
    Framework.objects.update(stage=Stage.CONSULTATION)
    assert moves(secretary).count == 0


def test_extended_rounds_are_listed_while_open(consultation, secretary):
    last = consultation.closes_on
    RoundExtension.objects.create(consultation=consultation, number=1, old_closes_on=last - timedelta(days=30), new_closes_on=last)
    assert [thing.at for thing in extended(secretary).first] == [last]
    type(consultation).objects.update(state=RoundState.CLOSED)
    assert extended(secretary).count == 0


def test_a_closed_round_owes_a_synopsis(waiting, secretary):
    assert synopses(secretary).count == 1


def test_a_published_synopsis_is_not_overdue(waiting, secretary):
    hold(waiting)
    assert synopses(secretary).count == 0


def test_an_abandoned_framework_owes_no_synopsis(waiting, secretary):
    Framework.objects.update(stage=Stage.ABANDONED)
    assert synopses(secretary).count == 0


def test_synopses_that_are_due_are_flat(waiting, secretary):
    def grow():
        for number in (2, 3, 4):
            hold_round(waiting, number=number, days_ago=50 + number, synopsis=False)

    flat(lambda: synopses(secretary), grow, ceiling=3)


def test_waits_count_comments_by_their_answer(waiting, producers):
    consultation = waiting.rounds.get()
    make_comment(consultation, producers)
    for state in ("new", "assigned", "drafted", "validated", "objected", "published"):
        said = "" if state in ("new", "assigned") else "NO"
        make_answer(make_comment(consultation, producers), state=state, published_at=timezone.now(), disposition=said)
    found = waits(waiting)
    assert (found.new, found.assigned, found.drafted, found.validated, found.objected) == (2, 1, 1, 1, 1)


def test_waits_leave_out_withdrawn_hidden_and_replies(waiting, producers):
    consultation = waiting.rounds.get()
    parent = answered(consultation, producers).comment
    make_comment(consultation, producers, parent=parent, root=parent, depth=1, kind="")
    for state in ("withdrawn", "hidden"):
        make_comment(consultation, producers, state=state, hidden_reason="x")
    assert waits(waiting).new == 0


def test_waits_count_each_unfinished_clause_once(waiting):
    make_clause(waiting.versions.get(), "7")
    assert waits(waiting).incomplete == 1


def test_waits_count_stale_languages(waiting):
    text = waiting.versions.get().texts.first()
    text.languages.create(language="pt", state="stale")
    assert waits(waiting).stale == 1


def test_nothing_waits_in_a_framework_without_versions(clock, db):
    found = waits(make_framework("vacio"))
    assert set(vars(found).values()) == {0}


def test_stages_remember_when_they_were_entered(consultation, secretary):
    suspend_framework(actor=secretary, framework=consultation.framework, reason="Pausa.")
    assert entered(list(consultation.framework.events.all())) == {Stage.SUSPENDED: timezone.now()}
