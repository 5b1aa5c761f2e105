"""The second person: who may validate, and what a refusal may tell."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from members.enums import Audience
from members.models import Affiliation, GroupMembership, Organisation
from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError, StaleState
from standards.actions import answers as acts
from standards.actions.answers import OverwrittenError
from standards.actions.comments import withdraw_comment
from standards.actions.moderation import hide_comment
from standards.enums import AnswerState, ShownAs
from standards.models import Answer, AnswerNote
from tests.conftest import make_organisation, make_person
from tests.factories.answers import answered, publish, seat, validate, words, write
from tests.factories.standards import fresh, say


@pytest.fixture
def written(committee, miner, consultation, clause):
    """Answers to comments of Rosa, by how they are shown."""

    def make(shown_as=ShownAs.ORGANISATION, author=miner, **fields):
        return write(committee.writer, say(author, consultation, clause, shown_as=shown_as, **fields))

    return make


@pytest.fixture
def colleague(framework, cooperative):
    """In the committee, and of Rosa's cooperative."""
    person = seat(framework, "colega")
    Affiliation.objects.create(person=person, organisation=cooperative, starts_on=date(2020, 1, 1))
    return person


@pytest.fixture
def outsider(framework):
    """In the committee for an organisation that has nothing to do with Rosa's."""
    return seat(framework, "ajena", organisation=make_organisation("otra-casa"))


def refusal(person, answer):
    with translation.override("en"), pytest.raises(DomainError) as refused:
        validate(person, answer)
    assert Answer.objects.get(pk=answer.pk).state == AnswerState.DRAFTED
    with translation.override("en"):
        return str(refused.value)


def test_a_second_person_validates(committee, written):
    answer = validate(committee.second, written())
    assert (answer.state, answer.validated_by) == (AnswerState.VALIDATED, committee.second.user)
    assert AuditEntry.objects.get(verb="standards.answer_validated").actor == committee.second.user


def test_who_wrote_it_does_not_validate_it(committee, written):
    assert "two persons" in refusal(committee.writer, written())


@pytest.mark.parametrize("who", ["observer", "author"])
def test_only_who_writes_in_the_committee_validates(committee, written, miner, who):
    with pytest.raises(PermissionDenied):
        validate(miner if who == "author" else committee.observer, written())


def test_somebody_of_the_same_organisation_does_not_validate(written, colleague):
    assert "your own organisation" in refusal(colleague, written())


def test_somebody_who_sits_for_the_same_organisation_does_not_validate(framework, written, cooperative):
    assert "your own organisation" in refusal(seat(framework, "asiento", organisation=cooperative), written())


def test_an_affiliation_that_has_ended_does_not_count(written, colleague):
    Affiliation.objects.filter(person=colleague).update(ends_on=date(2021, 1, 1))
    assert validate(colleague, written()).state == AnswerState.VALIDATED


def test_somebody_of_another_organisation_validates_what_is_openly_shown(written, outsider):
    assert validate(outsider, written()).state == AnswerState.VALIDATED


@pytest.mark.parametrize("shown_as", [ShownAs.PSEUDONYM, ShownAs.PROTECTED])
def test_the_refusal_of_a_hidden_voice_is_the_same_for_every_organisation(written, colleague, outsider, shown_as):
    answer = written(shown_as)
    assert refusal(colleague, answer) == refusal(outsider, answer)


@pytest.mark.parametrize("shown_as", [ShownAs.PSEUDONYM, ShownAs.PROTECTED])
def test_a_hidden_voice_is_validated_by_who_speaks_for_nobody(committee, written, shown_as):
    assert validate(committee.second, written(shown_as)).state == AnswerState.VALIDATED


def test_an_organisation_that_hides_is_not_told_by_a_refusal(written, colleague, outsider):
    Organisation.objects.filter(slug="cooperativa-oro-claro").update(audience=Audience.NOBODY)
    answer = written()
    assert refusal(colleague, answer) == refusal(outsider, answer)


def test_the_author_who_speaks_for_nobody_meets_the_same_refusal(framework, written, outsider):
    author = seat(framework, "autora")
    answer = written(ShownAs.PROTECTED, author=author)
    assert refusal(author, answer) == refusal(outsider, answer)


def test_the_author_of_an_open_comment_does_not_validate_its_answer(framework, written, cooperative):
    author = seat(framework, "autora")
    voice = Affiliation.objects.create(person=author, organisation=cooperative, speaks=True, starts_on=date(2020, 1, 1))
    assert "is yours" in refusal(author, written(author=author, voice=voice))


def test_a_comment_of_a_public_group_is_validated_by_any_other_person(committee, framework, written, outsider):
    author = seat(framework, "portavoz")
    answer = written(author=author, voice=GroupMembership.objects.get(person=author))
    assert validate(outsider, answer).state == AnswerState.VALIDATED


def test_the_secretariats_own_account_validates_hidden_voices(written, secretary):
    answer = acts.validate_answer(actor=fresh(secretary), answer=written(ShownAs.PROTECTED))
    assert answer.validated_by == secretary


def test_words_that_changed_since_they_were_read_are_not_validated(committee, written):
    answer = written()
    seen = answer.revision
    write(committee.writer, answer.comment, words("NO", "Otra cosa."))
    with pytest.raises(OverwrittenError):
        acts.validate_answer(actor=fresh(committee.second.user), answer=answer, revision=seen)


def test_validating_twice_is_once(committee, written):
    answer = written()
    validate(committee.second, answer)
    with pytest.raises(StaleState):
        validate(committee.chair, answer)


def test_an_answer_goes_back_with_a_note(committee, written):
    answer = validate(committee.second, written())
    back = acts.return_answer(actor=fresh(committee.chair.user), answer=answer, note="Falta el plazo.")
    assert (back.state, back.assignee, back.validated_by, back.disposition) == ("assigned", committee.writer.user, None, "NO")
    assert AnswerNote.objects.get().body == "Falta el plazo."
    assert AuditEntry.objects.get(verb="standards.answer_assigned").data == {"assignee": committee.writer.user.pk, "returned": True}


def test_an_answer_does_not_go_back_without_a_note(committee, written):
    with pytest.raises(DomainError):
        acts.return_answer(actor=fresh(committee.chair.user), answer=written(), note=" ")


def test_what_nobody_has_touched_does_not_go_back(committee, miner, consultation):
    untouched = Answer(comment=say(miner, consultation))
    with pytest.raises(StaleState):
        acts.return_answer(actor=fresh(committee.chair.user), answer=untouched, note="Falta.")


def test_who_steers_publishes_and_the_entry_names_them(committee, written, clock):
    answer = publish(committee.chair, validate(committee.second, written()))
    assert answer.state == AnswerState.PUBLISHED
    assert answer.published_at is not None
    assert AuditEntry.objects.get(verb="standards.answer_published").actor == committee.chair.user


def test_who_only_writes_does_not_publish(committee, written):
    with pytest.raises(PermissionDenied):
        publish(committee.second, validate(committee.second, written()))


def test_what_nobody_validated_is_not_published(committee, written):
    with pytest.raises(StaleState):
        publish(committee.chair, written())


def test_publishing_twice_is_once(committee, written):
    answer = validate(committee.second, written())
    publish(committee.chair, answer)
    with pytest.raises(StaleState):
        publish(committee.chair, answer)
    assert AuditEntry.objects.filter(verb="standards.answer_published").count() == 1


def test_what_is_hidden_in_the_meantime_is_not_published(committee, written, secretary):
    answer = validate(committee.second, written())
    hide_comment(actor=secretary, comment=answer.comment, reason="Nombra a alguien.")
    with pytest.raises(DomainError):
        publish(committee.chair, answer)


@pytest.mark.parametrize("stage", ["nothing", "drafted", "validated"])
def test_a_withdrawn_comment_closes_its_answer_by_itself(committee, miner, consultation, stage):
    comment = say(miner, consultation)
    answer = write(committee.writer, comment) if stage != "nothing" else None
    if stage == "validated":
        validate(committee.second, answer)
    withdraw_comment(actor=miner.user, comment=comment)
    closed = Answer.objects.get(comment=comment)
    assert (closed.state, closed.disposition, closed.reason_es, closed.written_by) == ("closed", "RE", "", None)
    assert AuditEntry.objects.get(verb="standards.answer_withdrawn").actor is None


def test_an_answered_comment_is_not_withdrawn(committee, miner, consultation):
    comment = say(miner, consultation)
    answered(committee, comment)
    with pytest.raises(PermissionDenied):
        withdraw_comment(actor=miner.user, comment=comment)
    assert Answer.objects.get().disposition == "NO"


def test_withdrawing_a_reply_makes_no_answer(committee, miner, neighbour, consultation):
    from tests.factories.standards import answer as reply

    withdraw_comment(actor=neighbour.user, comment=reply(neighbour, say(miner, consultation)))
    assert not Answer.objects.exists()


def test_an_account_without_a_person_belongs_to_no_house(secretary, db):
    from standards.actions.answers.publishing import houses_of

    assert houses_of(secretary) == set()
    assert houses_of(make_person("sola").user) == set()
