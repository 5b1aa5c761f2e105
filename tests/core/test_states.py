"""States move by the table, once."""

import pytest

from red_mpe.core import states
from red_mpe.core.states import DomainError, GuardsUnmet, Move, StaleState
from standards.enums import RoundState
from standards.models import Consultation
from tests.support.frameworks import make_framework, make_round, make_version

MOVE = Move(frozenset({RoundState.PLANNED}), RoundState.ANNOUNCED, "standards.change_consultation")


@pytest.fixture
def planned(db):
    return make_round(make_version(make_framework()), state=RoundState.PLANNED)


def test_apply_moves_and_writes_along(planned):
    states.apply(planned, MOVE, question_es="¿Qué falta?")
    assert Consultation.objects.values_list("state", "question_es").get() == ("announced", "¿Qué falta?")
    assert (planned.state, planned.question_es) == ("announced", "¿Qué falta?")


def test_apply_to_what_was_moved_by_another_is_stale(planned):
    Consultation.objects.update(state=RoundState.CLOSED)
    with pytest.raises(StaleState):
        states.apply(planned, MOVE)
    assert Consultation.objects.get().state == RoundState.CLOSED


def test_apply_names_every_guard_that_does_not_hold(planned):
    move = Move(MOVE.sources, MOVE.target, MOVE.permission, guards=(lambda thing: ["uno"], lambda thing: [], lambda thing: ["dos", "tres"]))
    with pytest.raises(GuardsUnmet) as refusal:
        states.apply(planned, move)
    assert refusal.value.unmet == ["uno", "dos", "tres"] == states.unmet(planned, move)
    assert "uno · dos · tres" in str(refusal.value)
    assert Consultation.objects.get().state == RoundState.PLANNED


def test_can_start_looks_at_the_state_only(planned):
    assert states.can_start(planned, MOVE)
    assert not states.can_start(planned, MOVE, state_field="number")


def test_a_refusal_is_said_in_the_language_of_who_asks():
    from django.utils import translation

    with translation.override("es"):
        spanish = str(StaleState())
    with translation.override("en"):
        assert str(StaleState()).startswith("Someone was faster")
    assert isinstance(StaleState(), DomainError)
    assert spanish


def one_is_missing(thing):
    """One is there."""
    yield "uno"


def test_findings_name_guards_missing_and_remarks(planned):
    named = states.guard("Dos", "Hacerlo.", "aquí", lambda thing: ["ojo"])(lambda thing: [])
    plain, rich = states.findings(planned, Move(MOVE.sources, MOVE.target, MOVE.permission, guards=(one_is_missing, named)))
    assert (plain.guard.label, plain.guard.name, plain.missing, plain.holds) == ("One is there.", "one_is_missing", ["uno"], False)
    assert (rich.guard.label, rich.guard.advice, rich.guard.place, rich.remarks, rich.holds) == ("Dos", "Hacerlo.", "aquí", ["ojo"], True)
