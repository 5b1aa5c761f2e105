"""Needs and answers: what is kept, what is refused."""

import pytest

from events.actions.answering import keep_answers, options_of, places_of
from events.models import Answer, Question
from red_mpe.core.states import DomainError
from tests.factories.registering import ask, enrol, open_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(visitor):
    return enrol(open_event(), visitor)


def keep(made, question, value, **more):
    keep_answers(made, {question.pk: value}, event=made.event, **more)
    return list(Answer.objects.values_list("text", "chosen"))


def test_line_loses_its_breaks(made):
    assert keep(made, ask(made.event), "Oro\ny plata ") == [("Oro y plata", [])]


def test_text_keeps_its_breaks(made):
    assert keep(made, ask(made.event, "text"), "Oro\ny plata ") == [("Oro\ny plata", [])]


def test_nothing_said_is_no_row(made):
    assert [keep(made, ask(made.event), value) for value in (None, "", [], "  ")] == [[]] * 4


@pytest.mark.parametrize(("kind", "value"), [("line", "x" * 301), ("text", "x" * 3001)])
def test_too_long_an_answer_is_refused(made, kind, value):
    with pytest.raises(DomainError, match="demasiado larga"):
        keep(made, ask(made.event, kind), value)


@pytest.mark.parametrize(
    ("kind", "value"), [("one", 2), ("one", -1), ("one", "x"), ("one", [0, 1]), ("several", [0, 2]), ("yes", 2), ("scale", 0), ("scale", 6)]
)
def test_what_is_none_of_the_choices_is_refused(made, kind, value):
    with pytest.raises(DomainError, match="no está entre las opciones"):
        keep(made, ask(made.event, kind, options="Oro\nPlata"), value)


@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [("one", "1", [1]), ("several", ("1", 0, 1), [0, 1]), ("yes", True, [1]), ("yes", False, [0]), ("scale", 5, [5])],
)
def test_choices_are_kept_as_places(made, kind, value, kept):
    assert keep(made, ask(made.event, kind, options="Oro\nPlata"), value) == [("", kept)]


def test_options_are_read_in_the_readers_language(made):
    question = ask(made.event, "one", options_es="Oro\n\n Plata ", options_en="Gold\nSilver")
    assert options_of(question) == ["Oro", "Plata"]
    assert list(places_of(question)) == [0, 1]


def test_missing_answer_is_named(made):
    ask(made.event, required=True, label="¿De dónde viene?")
    with pytest.raises(DomainError, match="¿De dónde viene\\?"):
        keep_answers(made, {}, event=made.event)


def test_missing_answer_is_refused_with_the_registration(visitor):
    event = open_event("otro")
    ask(event, required=True)
    with pytest.raises(DomainError):
        enrol(event, visitor)
    assert event.registrations.count() == 0


def test_missing_answer_of_the_organisers_is_no_matter(made):
    keep_answers(made, {}, event=made.event, strict=not ask(made.event, required=True))
    assert not Answer.objects.exists()


def test_second_answer_replaces_the_first(made):
    question = ask(made.event)
    keep(made, question, "Oro")
    assert keep(made, question, "Plata") == [("Plata", [])]


def test_answer_taken_back_is_gone(made):
    question = ask(made.event)
    keep(made, question, "Oro")
    assert keep(made, question, "") == []


def test_questions_of_the_evaluation_are_not_asked(made):
    question = ask(made.event, asked_at="evaluation", required=True)
    assert keep(made, question, "Oro") == []


def test_questions_of_another_event_are_not_answered(made):
    assert keep(made, ask(open_event("otro")), "Oro") == []
    assert Question.objects.count() == 1
