"""The author objects once, in time; another person answers again; then it closes."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from members.models import Affiliation
from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError, StaleState
from red_mpe.notifications.models import Notification
from standards.actions import answers as acts
from standards.actions.moderation import hide_comment
from standards.enums import AnswerState, ShownAs
from standards.models import Answer, AnswerObjection
from standards.tasks import close_answers
from tests.factories.answers import LONG, answered, seat, words, write
from tests.factories.standards import fresh, say, tell
from tests.standards.conftest import NOW


@pytest.fixture
def published(committee, miner, consultation, clause):
    """The published answer to a protected comment of Rosa."""
    return answered(committee, say(miner, consultation, clause, shown_as=ShownAs.PROTECTED))


def object_to(person, answer, body="Falta el plazo."):
    return acts.object_to_answer(actor=fresh(person.user), answer=answer, body=body, language="es")


def again(person, answer, said=None):
    said = said or words("AC", "Tiene razón.")
    return acts.answer_again(actor=fresh(person.user), answer=Answer.objects.get(pk=answer.pk), words=said)


def state_of(answer):
    return Answer.objects.get(pk=answer.pk).state


def test_the_last_day_is_counted_by_the_clock_of_the_rules(published):
    assert acts.last_day_to_object(published) == date(2026, 3, 24)  # published on the 9th in Tijuana


def test_what_is_not_published_has_no_last_day(committee, miner, consultation):
    answer = write(committee.writer, say(miner, consultation))
    assert acts.last_day_to_object(answer) is None
    assert not acts.may_object(answer)


def test_its_author_objects_and_leaves_no_trace(published, miner):
    objection = object_to(miner, published)
    assert (state_of(published), objection.body, objection.language) == (AnswerState.OBJECTED, "Falta el plazo.", "es")
    assert AuditEntry.objects.get(verb="standards.answer_objected").actor is None


def test_nobody_else_objects(published, neighbour, secretary):
    for user in (neighbour.user, secretary):
        with pytest.raises(PermissionDenied):
            acts.object_to_answer(actor=fresh(user), answer=published, body="x", language="es")


def test_one_objects_once(published, miner):
    object_to(miner, published)
    with pytest.raises(StaleState):
        object_to(miner, published)
    assert AnswerObjection.objects.count() == 1


def test_an_objection_says_something(published, miner):
    with pytest.raises(DomainError):
        object_to(miner, published, " ")


@pytest.mark.parametrize(
    ("instant", "in_time"), [(datetime(2026, 3, 25, 6, 59, tzinfo=UTC), True), (datetime(2026, 3, 25, 7, tzinfo=UTC), False)]
)
def test_the_last_day_lasts_until_midnight_in_the_west(published, miner, clock, instant, in_time):
    clock.move_to(instant)
    assert acts.may_object(Answer.objects.for_work().get()) is in_time
    if in_time:
        object_to(miner, published)
        return
    with pytest.raises(DomainError):
        object_to(miner, published)


def test_before_it_is_published_there_is_nothing_to_object_to(committee, miner, consultation):
    with pytest.raises(StaleState):
        object_to(miner, write(committee.writer, say(miner, consultation)))


def test_who_hid_the_comment_ends_its_objections(published, miner, secretary):
    hide_comment(actor=secretary, comment=published.comment, reason="Nombra a alguien.")
    with pytest.raises(DomainError):
        object_to(miner, published)


def test_another_person_answers_again(published, miner, committee):
    object_to(miner, published)
    objection = again(committee.chair, published)
    assert (objection.disposition, objection.reason_es, objection.answered_by) == ("AC", "Tiene razón.", committee.chair.user)
    assert state_of(published) == AnswerState.ANSWERED


@pytest.mark.parametrize("who", ["writer", "second"])
def test_who_gave_the_first_answer_does_not_give_the_second(published, miner, committee, who):
    object_to(miner, published)
    with pytest.raises(DomainError):
        again(getattr(committee, who), published)
    assert state_of(published) == AnswerState.OBJECTED


def test_who_speaks_for_an_organisation_does_not_answer_a_hidden_voice_again(published, miner, framework, cooperative):
    object_to(miner, published)
    person = seat(framework, "con-casa")
    Affiliation.objects.create(person=person, organisation=cooperative, starts_on=date(2020, 1, 1))
    with pytest.raises(DomainError):
        again(person, published)


@pytest.mark.parametrize("said", [words("DU"), words("FA", "", terms_section="scope"), words("NA", "Corto."), words("NO", "")])
def test_a_second_answer_stands_by_itself_with_a_reason(published, miner, committee, said):
    object_to(miner, published)
    with pytest.raises(DomainError):
        again(committee.chair, published, said)


def test_without_an_objection_there_is_no_second_answer(published, committee):
    with pytest.raises(StaleState):
        again(committee.chair, published)


def test_an_answer_given_again_is_not_given_a_third_time(published, miner, committee, framework):
    object_to(miner, published)
    again(committee.chair, published)
    with pytest.raises(StaleState):
        again(seat(framework, "otra"), published)


def test_the_second_answer_decides_whether_it_is_linked(published, miner, committee, version, clause):
    from standards.actions.answers import Links
    from tests.support.frameworks import make_version

    links = Links(make_version(version.framework, "0.3"), (clause.clause,))
    link = lambda who: acts.link_change(actor=fresh(who.user), answer=Answer.objects.get(), links=links)  # noqa: E731
    with pytest.raises(DomainError):
        link(committee.writer)
    object_to(miner, published)
    again(committee.chair, published)
    with pytest.raises(DomainError):
        link(committee.chair)
    link(committee.writer)
    assert Answer.objects.get().changes.count() == 1


def test_it_closes_when_the_days_are_over(published, clock):
    clock.move_to(NOW + timedelta(days=14))
    close_answers()
    assert state_of(published) == AnswerState.PUBLISHED
    clock.move_to(NOW + timedelta(days=16))
    close_answers()
    close_answers()
    assert state_of(published) == AnswerState.CLOSED
    assert AuditEntry.objects.filter(verb="standards.answer_closed", actor=None).count() == 1


def test_the_day_on_which_it_could_close_is_asked_by_the_clock_of_the_rules(published, clock):
    clock.move_to(NOW + timedelta(days=15, minutes=5))  # fifteen times 24 hours are over, the day in Tijuana is not
    assert acts.close_answers() == 0


def test_it_closes_at_once_when_answered_again(published, miner, committee):
    object_to(miner, published)
    assert acts.close_answers() == 0
    again(committee.chair, published, words("NA", LONG))
    assert acts.close_answers() == 1
    assert state_of(published) == AnswerState.CLOSED


def test_another_clock_may_be_faster(published, clock, monkeypatch):
    clock.move_to(NOW + timedelta(days=20))
    from standards.actions.answers import objecting

    waiting = objecting._to_close()
    acts.close_answers()
    monkeypatch.setattr(objecting, "_to_close", lambda: waiting)
    assert acts.close_answers() == 0


def told(verb):
    rows = Notification.objects.filter(entry__verb=f"standards.{verb}").values_list("recipient__email", flat=True)
    return sorted(address.split("@")[0] for address in rows)


def test_its_author_alone_is_told_of_both_answers(published, miner, committee):
    object_to(miner, published)
    again(committee.chair, published)
    tell()
    assert told("answer_published") == told("answer_again") == ["rosa-quispe"]


def test_who_steers_is_told_of_an_objection(published, miner, committee, secretary):
    object_to(miner, published)
    tell()
    assert told("answer_objected") == ["comite-chair", "secretaria"]


def test_an_assignment_is_told_to_whom_it_was_given(committee, miner, consultation):
    comment = say(miner, consultation)
    acts.assign_answer(actor=fresh(committee.chair.user), comment=comment, assignee=fresh(committee.writer.user))
    tell()
    assert told("answer_assigned") == ["comite-writer"]


def test_an_assignment_without_assignee_is_told_to_nobody(db):
    from standards.notifications.answers import assignee

    assert assignee(AuditEntry(data={"assignee": None})) == []
