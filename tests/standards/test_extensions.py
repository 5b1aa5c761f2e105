"""A round that too few have spoken in extends itself: forward only, in public, once whoever asks at the same time."""

from datetime import UTC, datetime, timedelta

import pytest

from red_mpe.core.models import AuditEntry, Chamber
from red_mpe.core.states import DomainError
from standards.actions.extensions import missed_minimums
from standards.actions.rounds import close_round, turn_rounds
from standards.enums import CommentState, RoundState, Stage
from standards.models import Consultation, Framework, ParticipationTarget, ProcessRules, RoundExtension, StageEvent
from tests.factories.standards import day
from tests.support.frameworks import make_comment, make_round

LAST = "2026-04-20"


@pytest.fixture
def unheard(consultation):
    """An open round until 20 April, of which one producer at least was to be heard."""
    ParticipationTarget.objects.create(consultation=consultation, chamber=Chamber.objects.get(code="PRO"), people=9, minimum=1)
    closes_at = datetime(2026, 4, 21, 7, tzinfo=UTC)
    Consultation.objects.update(closes_on=day(LAST), closes_at=closes_at, opens_on=day("2026-02-20"))
    return fresh(consultation)


def fresh(consultation):
    return Consultation.objects.select_related("framework__rules", "version").get(pk=consultation.pk)


def at_closing(clock, consultation, **late):
    clock.move_to(consultation.closes_at + timedelta(**late))
    turn_rounds()
    return fresh(consultation)


def test_a_round_that_missed_a_minimum_stays_open(unheard, clock):
    found = at_closing(clock, unheard)
    assert (found.state, found.closes_on, found.extensions) == (RoundState.OPEN, day("2026-05-20"), 1)
    assert found.closes_at == datetime(2026, 5, 21, 7, tzinfo=UTC)
    assert Framework.objects.get().stage == Stage.CONSULTATION


def test_an_extension_says_which_chamber_and_never_how_many_spoke(unheard, clock):
    at_closing(clock, unheard)
    row = RoundExtension.objects.get()
    assert (row.number, row.old_closes_on, row.new_closes_on, row.missed) == (1, day(LAST), day("2026-05-20"), {"PRO": 1})


def test_an_extension_is_announced(unheard, clock):
    at_closing(clock, unheard)
    entry = AuditEntry.objects.get(verb="standards.round_extended")
    assert (entry.target, entry.data, entry.actor) == (unheard, {"number": 1}, None)


def test_reminders_begin_anew(unheard, clock):
    Consultation.objects.update(reminded_week_at=unheard.closes_at, reminded_day_at=unheard.closes_at)
    found = at_closing(clock, unheard)
    assert (found.reminded_week_at, found.reminded_day_at) == (None, None)
    clock.move_to(found.closes_at - timedelta(days=6))
    turn_rounds()
    assert AuditEntry.objects.get(verb="standards.round_closing").data["days"] == 6


def test_a_round_is_extended_twice_and_then_closes(unheard, clock):
    for _ in range(2):
        at_closing(clock, fresh(unheard))
    found = at_closing(clock, fresh(unheard))
    assert (found.state, found.extensions, found.closes_on) == (RoundState.CLOSED, 2, day("2026-06-19"))


def test_who_is_heard_closes_the_round(unheard, clock, producers):
    make_comment(unheard, producers)
    assert at_closing(clock, unheard).state == RoundState.CLOSED
    assert not RoundExtension.objects.exists()


@pytest.mark.parametrize("spoken", [{"late": True}, {"state": CommentState.WITHDRAWN}, {"state": CommentState.HIDDEN}])
def test_late_withdrawn_and_hidden_words_hear_nobody(unheard, producers, spoken):
    make_comment(unheard, producers, hidden_reason="x", **spoken)
    assert missed_minimums(unheard) == {"PRO": 1}


def test_one_person_who_speaks_twice_is_one(unheard, producers):
    ParticipationTarget.objects.update(minimum=2)
    first = make_comment(unheard, producers)
    make_comment(unheard, producers, persona=first.persona)
    assert missed_minimums(unheard) == {"PRO": 2}


def test_what_came_before_the_late_beat_was_on_time(unheard, clock, producers):
    comment = make_comment(unheard, producers, late=True)
    at_closing(clock, unheard, hours=5)
    comment.refresh_from_db()
    assert not comment.late


def test_a_beat_that_is_hours_late_extends_from_the_announced_day(unheard, clock):
    assert at_closing(clock, unheard, hours=9).closes_on == day("2026-05-20")


def test_a_beat_that_is_months_late_extends_from_today(unheard, clock):
    found = at_closing(clock, unheard, days=70)
    assert found.closes_on == day("2026-07-30")
    assert found.state == RoundState.OPEN


def test_a_clock_that_jumps_back_changes_nothing(unheard, clock):
    found = at_closing(clock, unheard)
    clock.move_to(found.closes_at - timedelta(days=60))
    turn_rounds()
    assert fresh(unheard).closes_on == found.closes_on
    assert RoundExtension.objects.count() == 1


def test_turning_twice_extends_once(unheard, clock):
    at_closing(clock, unheard)
    turn_rounds()
    assert RoundExtension.objects.count() == 1


def test_a_second_clock_finds_the_round_extended(unheard, clock):
    stale = fresh(unheard)
    at_closing(clock, unheard)
    with pytest.raises(DomainError):
        close_round(consultation=stale)
    assert RoundExtension.objects.count() == 1


@pytest.mark.parametrize("rules", [{"extensions": 0}, {"extension_days": 0}])
def test_rules_may_allow_no_extension(unheard, clock, rules):
    ProcessRules.objects.update(**rules)
    assert at_closing(clock, unheard).state == RoundState.CLOSED


def test_an_extension_across_the_end_of_summer_ends_at_midnight(unheard, clock):
    Consultation.objects.update(closes_on=day("2026-10-20"), closes_at=datetime(2026, 10, 21, 7, tzinfo=UTC))
    assert at_closing(clock, fresh(unheard)).closes_at == datetime(2026, 11, 20, 8, tzinfo=UTC)


def test_closing_leaves_an_event_of_the_clock(unheard, clock, producers, miner, neighbour):
    make_comment(unheard, producers)
    at_closing(clock, unheard)
    event = StageEvent.objects.get()
    assert (event.source, event.target, event.actor) == (Stage.CONSULTATION, Stage.RESPONSE, None)
    assert (event.mail, event.readers, event.consultation) == ("standards.round_closed", 2, unheard)


def test_the_rounds_of_a_suspended_framework_wait(unheard, clock):
    Framework.objects.update(stage=Stage.SUSPENDED, paused_stage=Stage.CONSULTATION)
    assert at_closing(clock, unheard).state == RoundState.OPEN
    assert not RoundExtension.objects.exists()


def test_a_suspended_framework_reminds_nobody(unheard, clock):
    Framework.objects.update(stage=Stage.SUSPENDED, paused_stage=Stage.CONSULTATION)
    clock.move_to(unheard.closes_at - timedelta(days=6))
    turn_rounds()
    assert not AuditEntry.objects.filter(verb="standards.round_closing").exists()


def test_closing_by_hand_extends_too(unheard, clock, secretary):
    clock.move_to(unheard.closes_at)
    assert close_round(consultation=unheard, actor=secretary).state == RoundState.OPEN


def test_a_round_without_minimums_just_closes(version, clock, clause):
    found = at_closing(clock, make_round(version))
    assert found.state == RoundState.CLOSED
