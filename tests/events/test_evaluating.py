"""Evaluations: who may, once; that nobody can tell who said what; what is shown, and what never."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import models

from events.actions import change_event, reschedule_event
from events.actions import evaluating as acts
from events.models import Evaluation, EvaluationAnswer, EvaluationMark, EvaluationPeriod, Question
from events.querysets.evaluations import evaluation_results, folded
from events.rules import EVALUATED
from red_mpe.core.models import AuditEntry, Chamber
from red_mpe.core.states import DomainError
from tests.factories.after import asked, scored, was_there
from tests.factories.day import registered
from tests.factories.events import held
from tests.factories.standards import fresh


@pytest.fixture
def event(db):
    return held("taller")


@pytest.fixture
def questions(event, secretary):
    return asked(event, secretary)


@pytest.fixture
def guest(event, questions, miner):
    registered(event, "Rosa", user=miner.user)
    return miner.user


def answers_of(questions, *scores, words=""):
    return {question.pk: value for question, value in zip(questions, [*scores, words], strict=False)}


def say(event, actor, questions, *scores):
    acts.evaluate(event=event, actor=actor, answers=answers_of(questions, *scores))


def test_usual_questions_are_written_in_three_languages(questions):
    assert len(questions) == 5
    assert questions[0].label_es.startswith("¿Qué tan útil")
    assert questions[0].label_en.startswith("How useful")
    assert questions[0].label_pt.startswith("Quanto foi")


def test_questions_of_the_registration_are_not_in_the_way(event, secretary):
    Question.objects.create(event=event, kind="line", label_es="¿De dónde?", position=7)
    assert [question.position for question in asked(event, secretary)] == [8, 9, 10, 11, 12]


def test_usual_questions_are_written_once(event, questions, secretary):
    with pytest.raises(DomainError):
        acts.suggest_questions(event=event, actor=secretary)


def test_who_does_not_run_the_event_asks_nothing(event, miner):
    with pytest.raises(PermissionDenied):
        acts.suggest_questions(event=event, actor=miner.user)


def test_who_was_registered_evaluates(event, questions, guest):
    say(event, guest, questions, 5, 4, 3)
    assert sorted(EvaluationAnswer.objects.values_list("score", flat=True)) == [3, 4, 5]


@pytest.mark.parametrize("state", ["pending", "waiting", "lapsed", "cancelled", "declined"])
def test_who_had_no_place_does_not_evaluate(state, event, questions, neighbour):
    registered(event, "João", user=neighbour.user, state=state)
    with pytest.raises(PermissionDenied):
        say(event, neighbour.user, questions, 5)


def test_who_was_seen_evaluates_without_a_registration(event, questions, neighbour):
    event.attendances.create(person=neighbour, mode="on-line", seen="minutes", at=event.starts_at, once="0" * 32)
    say(event, neighbour.user, questions, 5)
    assert Evaluation.objects.count() == 1


def test_who_was_seen_at_the_door_evaluates(event, questions, secretary, neighbour):
    was_there(event, secretary, "João", user=neighbour.user)
    event.registrations.update(state="cancelled")
    assert neighbour.user.has_perm("events.evaluate", event)


def test_nobody_evaluates_before_the_end(questions, guest, event, clock):
    clock.move_to(event.ends_at - timedelta(minutes=1))
    assert not guest.has_perm("events.evaluate", event)


def test_after_thirty_days_nobody_evaluates(event, questions, guest, clock):
    clock.move_to(event.ends_at + EVALUATED - timedelta(minutes=1))
    assert guest.has_perm("events.evaluate", event)
    clock.shift(timedelta(minutes=1))
    assert not guest.has_perm("events.evaluate", event)


@pytest.mark.parametrize("state", ["draft", "postponed", "cancelled"])
def test_what_did_not_take_place_is_not_evaluated(state, event, guest):
    event.state = state
    assert not guest.has_perm("events.evaluate", event)


def test_nothing_is_evaluated_by_a_visitor(event):
    assert not AnonymousUser().has_perm("events.evaluate", event)


def test_nothing_at_all_is_not_evaluated(guest):
    assert not guest.has_perm("events.evaluate", None)


def test_once_is_once(event, questions, guest):
    say(event, guest, questions, 5)
    with pytest.raises(DomainError, match="ya se evaluó"):
        say(event, guest, questions, 1)
    assert Evaluation.objects.count() == 1


@pytest.mark.parametrize("answers", [{}, {0: 5}])
def test_without_any_answer_nothing_is_kept(answers, event, questions, guest):
    with pytest.raises(DomainError, match="al menos"):
        acts.evaluate(event=event, actor=guest, answers=answers)
    assert not EvaluationMark.objects.exists()


def test_evaluation_that_was_closed_meanwhile_takes_nothing(event, questions, guest):
    assert event.evaluation_period if hasattr(event, "evaluation_period") else True  # read while it was open
    EvaluationPeriod.objects.create(event_id=event.pk, closed_at="2026-03-09T00:00Z")
    with pytest.raises(DomainError, match="cerrada"):
        say(event, guest, questions, 5)


@pytest.mark.parametrize("moved", [{"starts_at": timedelta(days=-40), "ends_at": timedelta(days=-40)}, {"ends_at": timedelta(hours=1)}])
def test_event_that_was_evaluated_is_not_moved(moved, event, questions, guest, secretary):
    say(event, guest, questions, 5)
    with pytest.raises(DomainError, match="Ya tiene evaluaciones"):
        change_event(actor=secretary, event=event, **{name: getattr(event, name) + by for name, by in moved.items()})
    event.refresh_from_db()
    assert not acts.is_open(event)


def test_time_zone_of_an_evaluated_event_stays(event, questions, guest, secretary):
    say(event, guest, questions, 5)
    with pytest.raises(DomainError, match="huso horario"):
        change_event(actor=secretary, event=event, time_zone="America/Bogota")


def test_words_of_an_evaluated_event_are_corrected(event, questions, guest, secretary):
    say(event, guest, questions, 5)
    assert change_event(actor=secretary, event=event, title_es="Taller del río").title_es == "Taller del río"


def test_event_that_nobody_evaluated_is_moved(event, questions, secretary):
    later = event.ends_at + timedelta(hours=1)
    assert change_event(actor=secretary, event=event, ends_at=later).ends_at == later


def test_evaluated_event_gets_no_new_dates_after_a_delay(event, questions, guest, secretary):
    say(event, guest, questions, 5)
    with pytest.raises(DomainError, match="Ya tiene evaluaciones"):
        reschedule_event(actor=secretary, event=event, starts_at=event.starts_at, ends_at=event.ends_at, time_zone=event.time_zone)


def test_no_key_of_an_evaluation_tells_the_order():
    for model in (Evaluation, EvaluationAnswer):
        assert isinstance(model._meta.pk, models.UUIDField)


def test_no_clock_and_no_person_stands_on_an_evaluation():
    columns = [field for model in (Evaluation, EvaluationAnswer) for field in model._meta.get_fields() if field.concrete]
    assert not [field.name for field in columns if isinstance(field, models.DateField | models.DateTimeField)]
    assert {field.name for field in columns if field.is_relation} == {"event", "chamber", "evaluation", "question"}


def test_mark_tells_nothing_but_that_somebody_answered():
    assert {field.name for field in EvaluationMark._meta.get_fields()} == {"id", "event", "user"}


def test_keys_are_drawn_anew_each_time(event, questions, guest, neighbour):
    registered(event, "João", user=neighbour.user)
    for user in (guest, neighbour.user):
        say(event, user, questions, 5)
    assert {key.version for key in Evaluation.objects.values_list("pk", flat=True)} == {4}


def test_audit_does_not_tell_the_hour_of_an_answer(event, questions, guest):
    before = AuditEntry.objects.count()
    say(event, guest, questions, 5)
    assert AuditEntry.objects.count() == before


def test_chamber_is_that_of_the_profile(event, questions, guest, miner):
    say(event, guest, questions, 5)
    assert Evaluation.objects.get().chamber == miner.category.chamber


def test_chamber_of_who_is_no_member_is_that_of_the_registration(event, questions, visitor):
    chamber = Chamber.objects.order_by("position").last()
    registered(event, "Luz", user=visitor, chamber=chamber)
    say(event, fresh(visitor), questions, 5)
    assert Evaluation.objects.get().chamber == chamber


@pytest.mark.parametrize(
    ("counts", "fold"),
    [
        ({}, set()),
        ({1: 5, 2: 9}, set()),
        ({1: 4}, {1}),
        ({1: 4, 2: 9}, {1, 2}),
        ({1: 4, 2: 9, 3: 6}, {1, 3}),
        ({1: 1, 2: 1, 3: 9, 4: 7}, {1, 2, 4}),
        ({1: 3, 2: 3, 3: 9}, {1, 2}),
        ({None: 8, 1: 9, 2: 7}, {None, 2}),
    ],
)
def test_small_chambers_are_folded_until_nobody_can_be_worked_out(counts, fold):
    assert folded(counts) == fold


def test_fewer_than_five_answers_are_nothing(event, questions):
    scored(event, questions[0], c0=[5, 5, 5, 5])
    result = evaluation_results(event)[0]
    assert (result.people, result.mean, result.bars, result.sides) == (0, None, [], [])


def test_mean_and_distribution_of_a_question(event, questions):
    scored(event, questions[0], c0=[5, 5, 4, 3, 1])
    result = evaluation_results(event)[0]
    assert (result.people, result.mean) == (5, 3.6)
    assert [bar.value for bar in result.bars] == [1, 0, 1, 1, 2]
    assert result.bars[4].words == "2 · 40 %"


def test_chambers_stand_apart_where_each_has_five(event, questions):
    scored(event, questions[0], c0=[5] * 5, c1=[1] * 6)
    assert [(side.people, side.mean) for side in evaluation_results(event)[0].sides] == [(5, 5.0), (6, 1.0)]


def test_small_chambers_stand_together(event, questions):
    scored(event, questions[0], c0=[5] * 9, c1=[1, 1], c2=[3, 3, 3], none=[2])
    sides = evaluation_results(event)[0].sides
    assert [(bool(side.code), side.people) for side in sides] == [(True, 9), (False, 6)]


def test_one_small_chamber_hides_with_another(event, questions):
    scored(event, questions[0], c0=[5] * 9, c1=[1])
    assert evaluation_results(event)[0].sides == []


def test_chambers_are_folded_for_each_question_apart(event, questions):
    scored(event, questions[0], c0=[5] * 5, c1=[1] * 5)
    scored(event, questions[1], c0=[5] * 5, c1=[1] * 4)
    assert [len(result.sides) for result in evaluation_results(event)[:2]] == [2, 0]
