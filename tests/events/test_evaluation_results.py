"""What evaluations show, to whom, and what never."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from events.actions import evaluating as acts
from events.enums import QuestionKind
from events.models import Evaluation, EvaluationAnswer, Question
from events.querysets.evaluations import evaluation_results, places_of
from events.rules import EVALUATED
from events.tasks import ask_who_was_there
from members.models import Person
from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError
from red_mpe.notifications.actions.spreading import spread_waiting
from red_mpe.notifications.models import Notification
from tests.factories.after import asked, scored, wrote
from tests.factories.day import registered
from tests.factories.events import held, stored
from tests.support.pages import text_of, url
from tests.support.queries import flat


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


def test_words_are_for_who_runs_the_event_only(event, questions):
    wrote(event, questions[4], *"ABCDE")
    assert evaluation_results(event)[4].words == []
    assert sorted(evaluation_results(event, words=True)[4].words) == list("ABCDE")


def test_words_of_one_person_stand_in_other_places_of_each_question(event):
    first, second = (Question.objects.create(event=event, asked_at="evaluation", kind="text", label_es=name) for name in "AB")
    for number in range(40):
        evaluation = Evaluation.objects.create(pk=f"{number:032x}", event=event)
        for question in (first, second):
            EvaluationAnswer.objects.create(evaluation=evaluation, question=question, text=str(number))
    one, other = (result.words for result in evaluation_results(event, words=True))
    assert one != other
    assert one != sorted(one, key=int)


def choose(event, kind, *texts, options="Rojo\nVerde"):
    question = Question.objects.create(event=event, asked_at="evaluation", kind=kind, label_es="¿?", options_es=options)
    wrote(event, question, *texts)
    return [(bar.label, bar.value) for bar in evaluation_results(event)[0].bars]


def test_yes_and_no_are_counted(event):
    assert choose(event, QuestionKind.YES, *"11100") == [("No", 2), ("Sí", 3)]


@pytest.mark.parametrize("kind", [QuestionKind.ONE, QuestionKind.SEVERAL])
def test_options_are_counted(kind, event):
    assert choose(event, kind, "0", "0", "1", "1", "0,1") == [("Rojo", 3), ("Verde", 3)]


def test_places_are_read_from_what_was_stored():
    assert places_of("0,2,x") == [0, 2]


def test_results_ask_as_often_for_many(event, questions):
    scored(event, questions[0], c0=[5] * 5)
    flat(lambda: evaluation_results(event), lambda: scored(event, questions[1], c0=[5] * 5, c1=[3] * 9), ceiling=3)


def test_results_open_when_the_time_is_over(event, questions, clock):
    scored(event, questions[0], c0=[5] * 5)
    assert not acts.is_open(event)
    clock.move_to(event.ends_at + EVALUATED)
    assert acts.is_open(event)


def test_results_of_four_never_open(event, questions, clock):
    scored(event, questions[0], c0=[5] * 4)
    clock.move_to(event.ends_at + EVALUATED)
    assert not acts.is_open(event)


def test_closing_opens_the_results_and_ends_the_answers(event, questions, guest, secretary):
    scored(event, questions[0], c0=[5] * 5)
    acts.close_evaluation(event=event, actor=secretary)
    assert acts.is_open(event)
    assert not guest.has_perm("events.evaluate", event)


def test_closing_is_refused_while_few_have_answered(event, questions, secretary):
    scored(event, questions[0], c0=[5] * 4)
    with pytest.raises(DomainError, match="menos de cinco"):
        acts.close_evaluation(event=event, actor=secretary)


def test_closed_once(event, questions, secretary):
    scored(event, questions[0], c0=[5] * 5)
    acts.close_evaluation(event=event, actor=secretary)
    with pytest.raises(DomainError, match="cerrada"):
        acts.close_evaluation(event=event, actor=secretary)


def test_who_does_not_run_the_event_closes_nothing(event, guest):
    with pytest.raises(PermissionDenied):
        acts.close_evaluation(event=event, actor=guest)


@pytest.mark.parametrize(("hours", "many"), [(23, 0), (25, 1), (9 * 24, 1), (11 * 24, 0)])
def test_wish_goes_out_a_day_after_the_end(hours, many, event, questions, clock):
    clock.move_to(event.ends_at + timedelta(hours=hours))
    assert acts.ask_for_evaluations() == many


def test_wish_goes_out_once(event, questions):
    ask_who_was_there()
    ask_who_was_there()
    assert AuditEntry.objects.filter(verb="events.evaluation_wanted").count() == 1


def test_without_questions_nobody_is_asked(event):
    assert acts.ask_for_evaluations() == 0


def test_closed_evaluation_is_not_wished_for(event, questions, secretary):
    scored(event, questions[0], c0=[5] * 5)
    acts.close_evaluation(event=event, actor=secretary)
    assert acts.ask_for_evaluations() == 0


def test_wish_reaches_who_was_there(event, questions, guest, neighbour, scholar):
    event.attendances.create(person=neighbour, mode="on-line", seen="minutes", at=event.starts_at, once="0" * 32)
    registered(event, "Ana")
    acts.ask_for_evaluations()
    spread_waiting(seconds=0)
    assert set(Notification.objects.values_list("recipient", flat=True)) == {guest.pk, neighbour.user.pk}


def fill(questions, *scores, words="Más tiempo."):
    return {f"q{question.pk}": value for question, value in zip(questions, [*scores, *[""] * (4 - len(scores)), words], strict=True)}


def test_form_is_answered_on_the_page(as_user, event, questions, guest):
    address = url("events:evaluation", event.slug)
    asking = as_user(guest)
    assert "¿Qué tan útil" in text_of(asking.get(address))
    assert asking.post(address, fill(questions, 5, 4, 3)).status_code == 303
    assert "Gracias" in text_of(asking.get(address))


def test_words_stay_where_something_is_missing(as_user, event, questions, guest):
    response = as_user(guest).post(url("events:evaluation", event.slug), fill(questions, 5))
    assert response.status_code == 422
    assert "Más tiempo." in response.content.decode()


def test_second_answer_is_told_and_kept_in_the_form(as_user, event, questions, guest):
    address = url("events:evaluation", event.slug)
    asking = as_user(guest)
    asking.post(address, fill(questions, 5, 4, 3))
    response = asking.post(address, fill(questions, 1, 1, 1, words="Otra cosa."))
    assert response.status_code == 409
    assert "Otra cosa." in response.content.decode()


@pytest.mark.parametrize("score", ["0", "6", "x"])
def test_score_that_is_none_is_refused(score, as_user, event, questions, guest):
    assert as_user(guest).post(url("events:evaluation", event.slug), fill(questions, score, 4, 3)).status_code == 422


def test_every_kind_of_question_can_be_asked(as_user, event, miner):
    registered(event, "Rosa", user=miner.user)
    rows = {
        kind: Question.objects.create(event=event, asked_at="evaluation", kind=kind, label_es=kind, options_es="A\nB")
        for kind in QuestionKind
    }
    sent = {"line": "Una línea", "text": "Frases", "one": "1", "several": ["0", "1"], "yes": "0", "scale": "4"}
    asking = as_user(miner)
    assert (
        asking.post(url("events:evaluation", event.slug), {f"q{rows[kind].pk}": value for kind, value in sent.items()}).status_code == 303
    )
    kept = {row.question.kind: row.text or row.score for row in EvaluationAnswer.objects.select_related("question")}
    assert kept == {**sent, "several": "0,1", "scale": 4}


def test_page_without_questions_says_so(as_user, event, miner):
    registered(event, "Rosa", user=miner.user)
    assert "nada que responder" in text_of(as_user(miner).get(url("events:evaluation", event.slug)))


def test_who_was_there_evaluates_an_event_they_do_not_see(as_user, group, miner, secretary):
    event = held("interna", groups=[group], audience="group")
    asked(event, secretary)
    registered(event, "Rosa", user=miner.user)
    assert as_user(miner).get(url("events:evaluation", event.slug)).status_code == 200


def test_stranger_finds_no_evaluation_of_a_hidden_event(as_user, group, neighbour):
    held("interna", groups=[group], audience="group")
    assert as_user(neighbour).get(url("events:evaluation", "interna")).status_code == 404


def results(client, event):
    return client.get(url("events:evaluation_results", event.slug))


@pytest.fixture
def closed(event, questions, secretary):
    scored(event, questions[0], c0=[5] * 5, c1=[4] * 5)
    wrote(event, questions[4], *[f"Zqwords{number}" for number in range(5)])
    acts.close_evaluation(event=event, actor=secretary)
    return event


def test_results_are_read_by_who_sees_the_event(client, closed):
    words = text_of(results(client, closed))
    assert "4,5" in words
    assert "15 personas" in words


@pytest.mark.parametrize(("who", "reads"), [("secretary", True), ("neighbour", False)])
def test_words_are_on_the_page_of_who_runs_it_only(who, reads, as_user, closed, request):
    page = results(as_user(request.getfixturevalue(who)), closed).content.decode()
    assert ("Zqwords" in page) is reads


def test_results_are_not_shown_while_answers_come(client, event, questions):
    scored(event, questions[0], c0=[5] * 6)
    words = text_of(results(client, event))
    assert "Todavía no hay resultados" in words
    assert "5,0" not in words


def test_even_who_runs_it_waits_for_the_results(as_user, event, questions, secretary):
    scored(event, questions[0], c0=[5] * 6)
    words = text_of(results(as_user(secretary), event))
    assert "Han respondido 6 personas" in words
    assert "5,0" not in words


def test_questions_are_prepared_and_the_evaluation_closed_on_the_page(as_user, event, secretary):
    asking = as_user(secretary)
    assert "tres idiomas" in text_of(asking.post(url("events:evaluation_suggest", event.slug), follow=True))
    assert "ya tiene" in text_of(asking.post(url("events:evaluation_suggest", event.slug), follow=True))
    assert "menos de cinco" in text_of(asking.post(url("events:evaluation_close", event.slug), follow=True))
    scored(event, event.questions.first(), c0=[5] * 5)
    assert "ya se pueden leer" in text_of(asking.post(url("events:evaluation_close", event.slug), follow=True))


def test_page_of_the_event_leads_who_was_there_to_the_questions(as_user, event, questions, guest, neighbour):
    address = f'"{url("events:evaluation", event.slug)}"'
    assert address in as_user(guest).get(event.get_absolute_url()).content.decode()
    assert address not in as_user(neighbour).get(event.get_absolute_url()).content.decode()
    say(event, guest, questions, 5)
    assert address not in as_user(guest).get(event.get_absolute_url()).content.decode()


def test_page_of_the_event_leads_to_results_once_there_are(client, event, questions, secretary):
    address = url("events:evaluation_results", event.slug)
    scored(event, questions[0], c0=[5] * 5)
    assert address not in client.get(event.get_absolute_url()).content.decode()
    acts.close_evaluation(event=event, actor=secretary)
    assert address in client.get(event.get_absolute_url()).content.decode()


def test_profile_that_is_gone_leaves_the_answer(event, questions, guest, miner):
    say(event, guest, questions, 5)
    Person.objects.filter(pk=miner.pk).delete()
    guest.delete()
    assert Evaluation.objects.count() == 1


def test_event_that_is_to_come_has_no_evaluation(as_user, miner):
    assert as_user(miner).get(url("events:evaluation", stored("uno").slug)).status_code == 403
