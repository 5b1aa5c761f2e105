"""Assigning, writing, noting, linking: what is asked of each answer, and what is refused."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError, StaleState
from standards.actions import answers as acts
from standards.actions.answers import Links, OverwrittenError
from standards.actions.comments import withdraw_comment
from standards.actions.moderation import hide_comment
from standards.enums import AnswerState
from standards.models import Answer, AnswerChange, Clause, Framework
from tests.conftest import make_organisation
from tests.factories.answers import LONG, answered, publish, seat, validate, words, write
from tests.factories.standards import answer as reply
from tests.factories.standards import fresh, say
from tests.support.frameworks import make_clause, make_framework, make_round, make_version


@pytest.fixture
def comment(miner, consultation, clause):
    return say(miner, consultation, clause)


@pytest.fixture
def later(version, clause):
    """The next version, in which the clause has other words."""
    version = make_version(version.framework, "0.3")
    text = make_clause(version, "2.3.1", text_es="La operación elimina todo el mercurio.")
    type(text).objects.filter(pk=text.pk).update(clause=clause.clause)
    return version


def assign(actor, comment, assignee):
    return acts.assign_answer(actor=fresh(actor.user), comment=comment, assignee=fresh(assignee.user))


def test_an_answer_exists_from_the_first_act(committee, comment):
    assert not Answer.objects.exists()
    answer = assign(committee.chair, comment, committee.writer)
    assert (answer.state, answer.assignee) == (AnswerState.ASSIGNED, committee.writer.user)
    assert AuditEntry.objects.filter(verb="standards.answer_assigned", target_id=answer.pk, actor=committee.chair.user).exists()


def test_who_takes_an_answer_on_is_not_told_of_it(committee, comment):
    assign(committee.writer, comment, committee.writer)
    assert not AuditEntry.objects.filter(verb="standards.answer_assigned").exists()
    assert AuditEntry.objects.filter(verb="standards.answer_taken").count() == 1


def test_a_draft_that_is_assigned_anew_keeps_its_words(committee, comment):
    write(committee.writer, comment)
    answer = assign(committee.chair, comment, committee.second)
    assert (answer.state, answer.disposition, answer.assignee) == (AnswerState.DRAFTED, "NO", committee.second.user)


@pytest.mark.parametrize("who", ["observer", "stranger"])
def test_only_who_writes_is_given_an_answer(committee, comment, neighbour, who):
    with pytest.raises(DomainError):
        assign(committee.chair, comment, neighbour if who == "stranger" else committee.observer)


@pytest.mark.parametrize("who", ["observer", "stranger"])
def test_only_who_writes_in_the_committee_writes_answers(committee, comment, neighbour, who):
    with pytest.raises(PermissionDenied):
        write(neighbour if who == "stranger" else committee.observer, comment)


def test_a_draft_says_who_wrote_it_and_counts_its_savings(committee, comment):
    write(committee.writer, comment)
    answer = write(committee.second, comment, words("AC"))
    assert (answer.state, answer.disposition, answer.revision, answer.written_by) == ("drafted", "AC", 2, committee.second.user)


def test_a_second_writer_does_not_overwrite_silently(committee, comment):
    write(committee.writer, comment)
    with pytest.raises(OverwrittenError) as refusal:
        write(committee.second, comment, words("NA", LONG), revision=0)
    assert refusal.value.present.reason_es == words().reasons["es"]
    assert Answer.objects.get().written_by == committee.writer.user


def test_a_validated_answer_is_not_written_anew(committee, comment):
    validate(committee.second, write(committee.writer, comment))
    with pytest.raises(StaleState):
        write(committee.writer, comment)


def test_what_a_reason_says_is_cleaned(committee, comment):
    answer = write(committee.writer, comment, words(reason="  Sí.\r\nClaro.\x07 "))
    assert answer.reason_es == "Sí.\nClaro."


@pytest.mark.parametrize("disposition", ["AC", "AM", "PA", "NA", "NO", "DI"])
def test_an_answer_gives_its_reason(committee, comment, disposition):
    with pytest.raises(DomainError):
        write(committee.writer, comment, words(disposition, ""))


def test_a_reason_only_in_a_third_language_is_refused(committee, comment):
    with pytest.raises(DomainError):
        write(committee.writer, comment, acts.AnswerWords("NO", {"pt": "Registrado."}))


def test_a_reason_in_the_language_of_the_comment_is_enough(committee, miner, consultation, clause):
    comment = say(miner, consultation, clause, language="en")
    assert write(committee.writer, comment, acts.AnswerWords("NO", {"en": "Noted."})).reason_en == "Noted."


@pytest.mark.parametrize(("length", "fits"), [(79, False), (80, True)])
def test_who_is_not_accepted_gets_a_full_reason(committee, comment, length, fits):
    said = words("NA", "x" * length)
    if fits:
        assert write(committee.writer, comment, said).disposition == "NA"
        return
    with translation.override("en"), pytest.raises(DomainError, match="79 characters and needs 80"):
        write(committee.writer, comment, said)


@pytest.mark.parametrize("disposition", ["", "RE", "XX"])
def test_nobody_answers_with_what_comes_by_itself_or_does_not_exist(committee, comment, disposition):
    with pytest.raises(DomainError):
        write(committee.writer, comment, words(disposition))


def test_out_of_scope_cites_the_terms_of_reference(committee, comment):
    with pytest.raises(DomainError):
        write(committee.writer, comment, words("FA"))
    assert write(committee.writer, comment, words("FA", "", terms_section="scope")).terms_section == "scope"


def test_what_belongs_to_another_disposition_is_left_out(committee, comment, neighbour, consultation):
    other = say(neighbour, consultation)
    answer = write(committee.writer, comment, words("NO", duplicate_of=other, terms_section="scope"))
    assert (answer.duplicate_of, answer.terms_section) == (None, "")


def test_a_duplicate_names_the_other_comment(committee, comment, neighbour, consultation):
    with pytest.raises(DomainError):
        write(committee.writer, comment, words("DU"))
    other = say(neighbour, consultation)
    assert write(committee.writer, comment, words("DU", "", duplicate_of=other)).duplicate_of == other


def test_a_comment_is_not_resolved_in_itself(committee, comment):
    with pytest.raises(DomainError):
        write(committee.writer, comment, words("DU", duplicate_of=comment))


def test_a_comment_is_not_resolved_in_one_of_another_framework(committee, comment, producers):
    other = make_round(make_version(make_framework("otro")))
    from tests.support.frameworks import make_comment

    with pytest.raises(DomainError):
        write(committee.writer, comment, words("DU", duplicate_of=make_comment(other, producers)))


@pytest.mark.parametrize("way", ["onwards", "backwards"])
def test_duplicates_make_no_chains(committee, comment, neighbour, consultation, way):
    other, third = say(neighbour, consultation), say(neighbour, consultation)
    write(committee.writer, other, words("DU", duplicate_of=third))
    pair = (comment, other) if way == "onwards" else (third, comment)
    with pytest.raises(DomainError):
        write(committee.writer, pair[0], words("DU", duplicate_of=pair[1]))


def test_a_comment_is_not_resolved_in_a_withdrawn_one(committee, comment, neighbour, consultation):
    other = say(neighbour, consultation)
    withdraw_comment(actor=neighbour.user, comment=other)
    with pytest.raises(DomainError):
        write(committee.writer, comment, words("DU", duplicate_of=other))


def test_a_reply_is_not_answered(committee, comment, neighbour):
    with pytest.raises(DomainError, match=r"C-MPE-R1-\d{5} "):
        write(committee.writer, reply(neighbour, comment))


@pytest.mark.parametrize("how", ["withdrawn", "hidden"])
def test_what_does_not_stand_is_not_answered(committee, comment, miner, secretary, how):
    if how == "withdrawn":
        withdraw_comment(actor=miner.user, comment=comment)
    else:
        hide_comment(actor=secretary, comment=comment, reason="Nombra a alguien.")
    with translation.override("en"), pytest.raises(DomainError, match=how):
        write(committee.writer, comment)


def test_an_accepted_comment_is_linked_to_what_it_changed(committee, comment, later, clause):
    answer = write(committee.writer, comment, words("AC", links=Links(later, (clause.clause,))))
    assert list(answer.changes.values_list("clause", "version")) == [(clause.clause_id, later.pk)]


def test_a_draft_saved_without_links_keeps_them_and_another_disposition_drops_them(committee, comment, later, clause):
    write(committee.writer, comment, words("AC", links=Links(later, (clause.clause,))))
    write(committee.writer, comment, words("AM"))
    assert AnswerChange.objects.count() == 1
    write(committee.writer, comment, words("NO"))
    assert AnswerChange.objects.count() == 0


def test_a_change_is_linked_after_publication_too_and_taken_back(committee, comment, later, clause):
    answer = answered(committee, comment, words("AC"))
    link = lambda *clauses: acts.link_change(actor=fresh(committee.second.user), answer=answer, links=Links(later, clauses))  # noqa: E731
    link(clause.clause)
    assert answer.changes.count() == 1
    link()
    assert answer.changes.count() == 0
    assert AuditEntry.objects.filter(verb="standards.answer_linked").count() == 2


@pytest.mark.parametrize("stage", ["validated", "published"])
def test_who_wrote_an_answer_does_not_link_it_once_it_is_validated(committee, comment, later, clause, stage):
    answer = validate(committee.second, write(committee.writer, comment, words("AC", links=Links(later, (clause.clause,)))))
    if stage == "published":
        publish(committee.chair, answer)
    with translation.override("en"), pytest.raises(DomainError, match="another person links it"):
        acts.link_change(actor=fresh(committee.writer.user), answer=answer, links=Links(later, ()))
    assert AnswerChange.objects.count() == 1


def test_who_links_a_validated_answer_validates_it_anew(committee, comment, later, clause):
    answer = validate(committee.second, write(committee.writer, comment, words("AC")))
    acts.link_change(actor=fresh(committee.chair.user), answer=answer, links=Links(later, (clause.clause,)))
    answer.refresh_from_db()
    assert (answer.state, answer.validated_by) == (AnswerState.VALIDATED, committee.chair.user)


def test_who_linked_a_published_answer_has_not_validated_its_words(committee, comment, later, clause):
    answer = answered(committee, comment, words("AC"))
    acts.link_change(actor=fresh(committee.chair.user), answer=answer, links=Links(later, (clause.clause,)))
    answer.refresh_from_db()
    assert answer.validated_by == committee.second.user


def test_a_link_to_a_draft_is_read_again_before_it_is_validated(committee, comment, later, clause):
    answer = write(committee.writer, comment, words("AC"))
    acts.link_change(actor=fresh(committee.writer.user), answer=answer, links=Links(later, (clause.clause,)))
    with pytest.raises(OverwrittenError):
        acts.validate_answer(actor=fresh(committee.second.user), answer=answer, revision=answer.revision)


def test_who_speaks_for_an_organisation_links_no_hidden_voice(committee, miner, consultation, later, clause, framework):
    answer = answered(committee, say(miner, consultation, clause, shown_as="protected"), words("AC"))
    houses = seat(framework, "de-casa", organisation=make_organisation("casa"))
    with pytest.raises(DomainError):
        acts.link_change(actor=fresh(houses.user), answer=answer, links=Links(later, (clause.clause,)))


def test_what_is_not_accepted_is_linked_to_nothing(committee, comment, later, clause):
    answer = write(committee.writer, comment)
    with pytest.raises(DomainError):
        acts.link_change(actor=fresh(committee.writer.user), answer=answer, links=Links(later, (clause.clause,)))


@pytest.mark.parametrize("what", ["version", "clause", "earlier"])
def test_links_lead_to_a_later_version_of_the_same_framework(committee, comment, later, clause, version, what):
    other = make_framework("otro")
    links = {
        "version": Links(make_version(other), (clause.clause,)),
        "clause": Links(later, (Clause.objects.create(framework=other),)),
        "earlier": Links(version, (clause.clause,)),
    }
    with pytest.raises(DomainError):
        write(committee.writer, comment, words("AC", links=links[what]))
    assert not AnswerChange.objects.exists()


def test_a_note_is_kept_with_its_author(committee, comment):
    note = acts.add_note(actor=fresh(committee.writer.user), comment=comment, body=" Ver el acta. ")
    assert (note.body, note.author, note.answer.state) == ("Ver el acta.", committee.writer.user, AnswerState.NEW)


def test_an_empty_note_is_refused(committee, comment):
    with pytest.raises(DomainError):
        acts.add_note(actor=fresh(committee.writer.user), comment=comment, body="  ")


def test_the_secretariat_writes_answers_without_a_committee(comment, secretary):
    assert Framework.objects.get().committee is None
    answer = acts.write_answer(actor=fresh(secretary), comment=comment, words=words(), revision=0)
    assert answer.written_by == secretary
