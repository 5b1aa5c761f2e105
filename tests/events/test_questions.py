"""What is asked: added, changed, put in order and removed, without twisting what was answered."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied

from events.actions import questions as acts
from events.models import Answer, Evaluation, EvaluationAnswer, Question
from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError, StaleState
from tests.factories.events import stored
from tests.factories.registering import accounts, enrol, open_event

LABEL = {"es": "¿Qué camino?", "en": "Which way?"}
OPTIONS = {"es": "Río\nCarretera", "en": "River\nRoad"}


@pytest.fixture
def event(db):
    return open_event(on_site=20)


def add(event, actor, kind="one", **more):
    known = {"asked_at": "registration", "kind": kind, "label": LABEL, "options": OPTIONS, "required": False}
    return acts.add_question(event=event, actor=actor, **known | more)


def change(question, actor, **more):
    known = {"kind": question.kind, "label": LABEL, "options": OPTIONS, "required": question.required}
    return acts.change_question(question=question, actor=actor, **known | more)


def answered(event, question, many=1):
    """So many people answer with the first option."""
    for user in accounts(many):
        Answer.objects.create(registration=enrol(event, user), question=question, chosen=[0])


def order(event):
    return list(Question.objects.filter(event=event).values_list("label_es", flat=True))


def test_question_is_kept_in_its_languages(event, secretary):
    question = add(event, secretary)
    assert (question.label_es, question.label_en, question.label_pt or "") == ("¿Qué camino?", "Which way?", "")
    assert question.options_en == "River\nRoad"


def test_question_is_audited(event, secretary):
    question = add(event, secretary)
    assert AuditEntry.objects.get(verb="events.question_added").data == {"question": question.pk}


def test_same_question_sent_twice_is_one(event, secretary):
    assert add(event, secretary) == add(event, secretary)
    assert Question.objects.count() == 1


def test_same_question_may_be_asked_again_afterwards(event, secretary):
    add(event, secretary)
    add(event, secretary, asked_at="evaluation")
    assert Question.objects.count() == 2


def test_new_question_stands_last(event, secretary):
    for name in ("uno", "dos", "tres"):
        add(event, secretary, label={"es": name})
    assert order(event) == ["uno", "dos", "tres"]


def test_options_of_a_kind_without_any_are_left_out(event, secretary):
    assert add(event, secretary, kind="line").options_es == ""


@pytest.mark.parametrize("label", [{}, {"es": " ", "en": ""}])
def test_question_without_words_is_refused(event, secretary, label):
    with pytest.raises(DomainError):
        add(event, secretary, label=label)


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"es": "Una"},
        {"es": "Una\nDos", "en": "One"},
        {"es": "Una\nDos", "en": "One\nTwo\nThree"},
        {"es": "Una\nuna"},
        {"es": "Una\n" + "x" * 121},
        {"es": "\n".join(map(str, range(31)))},
    ],
)
@pytest.mark.parametrize("kind", ["one", "several"])
def test_options_that_do_not_fit_are_refused(event, secretary, kind, options):
    with pytest.raises(DomainError):
        add(event, secretary, kind=kind, options=options)


def test_empty_lines_are_no_options(event, secretary):
    assert add(event, secretary, options={"es": "\nRío\n\n Carretera \n"}).options_es == "Río\nCarretera"


def test_label_is_one_line_of_bounded_length(event, secretary):
    assert len(add(event, secretary, label={"es": "a\nb" + "c" * 300}).label_es) == 240


def test_thirty_questions_are_enough(event, secretary):
    for number in range(30):
        Question.objects.create(event=event, label=f"P{number}", position=number)
    with pytest.raises(DomainError):
        add(event, secretary)


def test_member_asks_nothing(event, miner):
    with pytest.raises(PermissionDenied):
        add(event, miner.user)


def test_chair_asks_at_events_of_the_own_group(chair, group):
    assert add(stored("uno", groups=[group]), chair)


def test_question_without_answers_changes_freely(event, secretary):
    question = change(add(event, secretary), secretary, kind="line", options={}, required=True)
    assert (question.kind, question.options_es, question.required) == ("line", "", True)


def test_change_is_audited(event, secretary):
    change(add(event, secretary), secretary)
    assert AuditEntry.objects.filter(verb="events.question_changed").count() == 1


def test_member_changes_nothing(event, secretary, miner):
    question = add(event, secretary)
    for act in (
        lambda: change(question, miner.user),
        lambda: acts.remove_question(question=question, actor=miner.user, answers=0),
        lambda: acts.shift_question(question=question, actor=miner.user, up=True),
    ):
        with pytest.raises(PermissionDenied):
            act()


@pytest.mark.parametrize(
    "options",
    [
        {"es": "Carretera\nRío", "en": "Road\nRiver"},  # reordered
        {"es": "Río", "en": "River"},  # removed
        {"es": "Carretera\nTren", "en": "Road\nTrain"},  # the first removed, another added
        {"es": "Río\nCarretera"},  # a language removed
        {"es": "Río\nCarretera", "en": "Road\nRiver"},  # reordered in one language
    ],
)
def test_answered_options_are_neither_removed_nor_reordered(event, secretary, options):
    question = add(event, secretary)
    answered(event, question)
    with pytest.raises(DomainError):
        change(question, secretary, options=options)
    question.refresh_from_db()
    assert question.options_es == "Río\nCarretera"


@pytest.mark.parametrize(
    "options",
    [
        OPTIONS,
        {"es": "El río\nCarretera", "en": "The river\nRoad"},  # corrected
        {"es": "Río\nCarretera\nTren", "en": "River\nRoad\nTrain"},  # added behind
        {**OPTIONS, "pt": "Rio\nEstrada"},  # translated
    ],
)
def test_answered_options_are_corrected_in_their_place(event, secretary, options):
    question = add(event, secretary)
    answered(event, question)
    assert change(question, secretary, options=options).options_es == options["es"]


def test_answered_question_keeps_its_kind(event, secretary):
    question = add(event, secretary)
    answered(event, question)
    with pytest.raises(DomainError):
        change(question, secretary, kind="several")


def test_answered_question_may_be_worded_better(event, secretary):
    question = add(event, secretary)
    answered(event, question)
    assert change(question, secretary, label={"es": "¿Por qué camino llega?"}, required=True).required


def test_answers_of_an_evaluation_count_as_well(event, secretary):
    question = add(event, secretary, asked_at="evaluation", kind="scale")
    evaluation = Evaluation.objects.create(id=uuid.uuid4(), event=event)
    EvaluationAnswer.objects.create(evaluation=evaluation, question=question, score=4)
    assert acts.count_answers(question) == 1


def test_removing_takes_the_answers_along(event, secretary):
    question = add(event, secretary)
    answered(event, question, 2)
    acts.remove_question(question=question, actor=secretary, answers=2)
    assert not Question.objects.exists()
    assert not Answer.objects.exists()
    assert AuditEntry.objects.get(verb="events.question_removed").data == {"question": question.pk, "answers": 2}


def test_removing_is_refused_when_more_have_answered(event, secretary):
    question = add(event, secretary)
    answered(event, question)
    with pytest.raises(StaleState):
        acts.remove_question(question=question, actor=secretary, answers=0)
    assert Answer.objects.count() == 1


def test_removing_twice_is_refused(event, secretary):
    question = add(event, secretary)
    acts.remove_question(question=question, actor=secretary, answers=0)
    with pytest.raises(StaleState):
        acts.remove_question(question=question, actor=secretary, answers=0)


@pytest.mark.parametrize(("name", "up", "expected"), [("dos", True, "dos uno tres"), ("dos", False, "uno tres dos")])
def test_question_changes_places_with_its_neighbour(event, secretary, name, up, expected):
    made = {one: add(event, secretary, label={"es": one}) for one in ("uno", "dos", "tres")}
    acts.shift_question(question=made[name], actor=secretary, up=up)
    assert order(event) == expected.split()


@pytest.mark.parametrize(("name", "up"), [("uno", True), ("dos", False)])
def test_question_at_the_end_stays(event, secretary, name, up):
    made = {one: add(event, secretary, label={"es": one}) for one in ("uno", "dos")}
    acts.shift_question(question=made[name], actor=secretary, up=up)
    assert order(event) == ["uno", "dos"]


def test_order_of_the_evaluation_is_its_own(event, secretary):
    add(event, secretary, label={"es": "uno"})
    after = [add(event, secretary, label={"es": one}, asked_at="evaluation") for one in ("dos", "tres")]
    acts.shift_question(question=after[1], actor=secretary, up=True)
    rows = Question.objects.filter(event=event, asked_at="evaluation")
    assert [row.label_es for row in rows] == ["tres", "dos"]


def test_questions_of_equal_position_can_be_put_in_order(event, secretary):
    rows = [Question.objects.create(event=event, label=name, position=0) for name in ("uno", "dos")]
    acts.shift_question(question=rows[1], actor=secretary, up=True)
    assert order(event) == ["dos", "uno"]
