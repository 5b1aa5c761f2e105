"""Near-duplicates and groups: answered together, none deleted, none lost."""

import pytest

from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError, StaleState
from standards.actions import answers as acts
from standards.actions.answers import OverwrittenError
from standards.actions.comments import withdraw_comment
from standards.enums import AnswerState, ShownAs
from standards.models import Answer, AnswerGroup
from standards.querysets.queue import much_alike
from tests.factories.answers import answered, publish, seat, validate, words, write
from tests.factories.standards import fresh, say
from tests.support.frameworks import make_comment, make_round, make_version

LETTER = "Pedimos que el plazo para eliminar el mercurio sea de treinta y seis meses y no de doce."


@pytest.fixture
def letters(miner, neighbour, scholar, consultation, clause):
    """Three who send nearly the same letter, one of them protected."""
    first = say(miner, consultation, clause, body=LETTER)
    return [
        first,
        say(neighbour, consultation, clause, body=f"{LETTER} Gracias."),
        say(scholar, consultation, clause, body=LETTER, shown_as=ShownAs.PROTECTED),
    ]


def fold(committee, lead, *comments):
    return acts.fold_comments(actor=fresh(committee.writer.user), lead=lead, comments=comments)


def states(*comments):
    return [Answer.objects.get(comment=comment).state for comment in comments]


def test_near_duplicates_are_found_on_the_same_clause(letters, miner, consultation, clause):
    say(miner, consultation, clause, body="Algo muy distinto sobre el agua potable y las escuelas.")
    say(miner, consultation, body=LETTER)
    assert set(much_alike(letters[0])) == set(letters[1:])


def test_what_is_folded_or_answered_is_offered_no_more(committee, letters):
    fold(committee, letters[0], letters[1])
    write(committee.writer, letters[2])
    assert list(much_alike(letters[0])) == []


def test_folding_keeps_code_and_author_and_says_where_it_is_resolved(committee, letters):
    outcome = fold(committee, letters[0], *letters[1:])
    assert outcome.done == [letters[1].code, letters[2].code]
    folded = Answer.objects.get(comment=letters[1])
    assert (folded.folded, folded.duplicate_of, folded.disposition, folded.state) == (True, letters[0], "DU", "drafted")
    assert folded.comment.body == letters[1].body


def test_the_folded_are_validated_and_published_with_their_lead(committee, letters):
    fold(committee, letters[0], *letters[1:])
    lead = write(committee.second, letters[0])
    validate(committee.writer, lead)
    publish(committee.chair, lead)
    assert states(*letters) == ["published"] * 3
    assert AuditEntry.objects.filter(verb="standards.answer_published").count() == 3


def test_the_folded_go_back_with_their_lead(committee, letters):
    fold(committee, letters[0], letters[1])
    lead = validate(committee.second, write(committee.writer, letters[0]))
    acts.return_answer(actor=fresh(committee.chair.user), answer=lead, note="Falta.")
    assert states(*letters[:2]) == ["assigned", "assigned"]
    assert states(letters[0]) == [AnswerState.ASSIGNED]


def test_who_may_not_validate_one_of_the_folded_may_not_validate_the_lead(committee, letters, framework, cooperative):
    fold(committee, letters[0], letters[2])
    write(committee.writer, letters[0])
    somebody = seat(framework, "con-casa", organisation=cooperative)
    with pytest.raises(DomainError):
        validate(somebody, Answer.objects.get(comment=letters[0]))
    assert states(letters[0], letters[2]) == ["drafted", "drafted"]


def test_a_folded_one_is_not_validated_before_its_lead(committee, letters):
    fold(committee, letters[0], letters[1])
    with pytest.raises(DomainError):
        validate(committee.second, Answer.objects.get(comment=letters[1]))


def test_one_folded_into_a_published_lead_is_validated_by_itself(committee, letters):
    answered(committee, letters[0])
    fold(committee, letters[0], letters[1])
    assert validate(committee.second, Answer.objects.get(comment=letters[1])).state == AnswerState.VALIDATED


@pytest.mark.parametrize("what", ["itself", "general", "round", "validated", "chain", "led", "worded"])
def test_what_does_not_fit_is_not_folded_and_says_why(committee, letters, miner, version, producers, what):
    lead, comment = letters[:2]
    if what == "itself":
        comment = lead
    elif what == "general":
        comment = say(miner, lead.consultation)
    elif what == "round":
        comment = make_comment(make_round(make_version(version.framework, "0.3"), number=2, state="closed"), producers)
    elif what == "validated":
        validate(committee.second, write(committee.writer, lead))
    elif what == "chain":
        fold(committee, letters[2], lead)
    elif what == "led":
        fold(committee, comment, letters[2])
    else:
        write(committee.writer, comment)
    outcome = fold(committee, lead, comment)
    assert (outcome.done, list(outcome.refused)) == ([], [comment.code])


def test_unfolded_it_waits_for_an_answer_of_its_own(committee, letters):
    fold(committee, letters[0], letters[1])
    answer = acts.unfold_comment(actor=fresh(committee.writer.user), comment=letters[1])
    assert (answer.state, answer.disposition, answer.duplicate_of, answer.folded) == ("new", "", None, False)


def test_what_is_not_folded_is_not_unfolded(committee, letters):
    write(committee.writer, letters[1])
    with pytest.raises(DomainError):
        acts.unfold_comment(actor=fresh(committee.writer.user), comment=letters[1])


def test_what_is_published_is_not_unfolded(committee, letters):
    fold(committee, letters[0], letters[1])
    answered(committee, letters[0])
    with pytest.raises(StaleState):
        acts.unfold_comment(actor=fresh(committee.writer.user), comment=letters[1])


def test_a_withdrawn_lead_releases_the_folded(committee, letters, miner):
    fold(committee, letters[0], letters[1])
    validate(committee.second, write(committee.writer, letters[0]))
    withdraw_comment(actor=miner.user, comment=letters[0])
    released = Answer.objects.get(comment=letters[1])
    assert (released.state, released.folded, released.duplicate_of, released.validated_by) == ("new", False, None, None)


def test_a_withdrawn_folded_one_leaves_its_lead_alone(committee, letters, neighbour):
    fold(committee, letters[0], letters[1])
    withdraw_comment(actor=neighbour.user, comment=letters[1])
    answered(committee, letters[0])
    assert Answer.objects.get(comment=letters[1]).disposition == "RE"


def test_written_by_itself_a_folded_one_is_folded_no_more(committee, letters):
    fold(committee, letters[0], letters[1])
    assert write(committee.writer, letters[1], words("AC")).folded is False


# --- groups


def group_of(committee, *comments, title="Plazos"):
    consultation = comments[0].consultation
    return acts.group_comments(actor=fresh(committee.writer.user), consultation=consultation, comments=comments, title=title)[0]


def answer_all(committee, group, said=None, mark=None):
    mark = mark or acts.group_mark(group)
    return acts.answer_group(actor=fresh(committee.writer.user), group=group, words=said or words("AM"), mark=mark)


def test_a_group_is_answered_once_and_each_keeps_its_own_answer(committee, letters):
    outcome = answer_all(committee, group_of(committee, *letters))
    assert outcome.done == [letter.code for letter in letters]
    assert set(Answer.objects.values_list("disposition", "state")) == {("AM", "drafted")}
    assert Answer.objects.count() == 3


def test_a_group_needs_a_title(committee, letters):
    with pytest.raises(DomainError):
        group_of(committee, *letters, title=" ")
    assert not AnswerGroup.objects.exists()


def test_a_comment_is_put_into_a_group_that_exists(committee, letters):
    group = group_of(committee, letters[0])
    actor = fresh(committee.writer.user)
    acts.group_comments(actor=actor, consultation=group.consultation, comments=[letters[1]], group=group)
    assert group.answers.count() == 2


def test_a_group_holds_comments_of_one_round(committee, letters, version, producers):
    later = make_comment(make_round(make_version(version.framework, "0.3"), number=2, state="closed"), producers)
    actor, group = fresh(committee.writer.user), group_of(committee, letters[0])
    outcome = acts.group_comments(actor=actor, consultation=group.consultation, comments=[later], group=group)[1]
    assert list(outcome.refused) == [later.code]


def test_a_group_that_changed_since_it_was_read_is_not_answered(committee, letters):
    group = group_of(committee, *letters)
    mark = acts.group_mark(group)
    write(committee.second, letters[0])
    with pytest.raises(OverwrittenError):
        answer_all(committee, group, mark=mark)
    assert Answer.objects.filter(state="drafted").count() == 1


def test_validated_and_withdrawn_ones_keep_what_they_have(committee, letters, neighbour):
    group = group_of(committee, *letters)
    validate(committee.second, write(committee.writer, letters[0]))
    withdraw_comment(actor=neighbour.user, comment=letters[1])
    outcome = answer_all(committee, group)
    assert (outcome.done, list(outcome.refused)) == ([letters[2].code], [letters[0].code])


def test_a_comment_leaves_its_group_with_its_answer(committee, letters):
    group = group_of(committee, *letters)
    answer_all(committee, group)
    acts.ungroup_comment(actor=fresh(committee.writer.user), comment=letters[0])
    assert group.answers.count() == 2
    assert Answer.objects.get(comment=letters[0]).disposition == "AM"


def test_leaving_no_group_leaves_no_trace(committee, letters):
    acts.ungroup_comment(actor=fresh(committee.writer.user), comment=letters[0])
    assert not AuditEntry.objects.filter(verb="standards.comment_ungrouped").exists()


def test_a_dissolved_group_leaves_its_answers(committee, letters):
    group = group_of(committee, *letters)
    acts.dissolve_group(actor=fresh(committee.writer.user), group=group)
    assert not AnswerGroup.objects.exists()
    assert Answer.objects.filter(group=None).count() == 3


# --- templates


def keep(committee, framework, **fields):
    return acts.save_template(actor=fresh(committee.writer.user), framework=framework, **fields)


def test_a_template_is_kept_and_changed(committee, framework):
    template = keep(committee, framework, titles={"es": "Plazos"}, reasons={"es": "Se amplía el plazo."}, disposition="AM")
    keep(committee, framework, titles={"en": "Terms"}, reasons={"en": "Longer."}, template=template)
    template.refresh_from_db()
    assert (template.title_en, template.reason_en, template.title_es, template.disposition) == ("Terms", "Longer.", "", "")


@pytest.mark.parametrize("fields", [{"titles": {}, "reasons": {"es": "x"}}, {"titles": {"es": "x"}, "reasons": {"es": " "}}])
def test_a_template_needs_a_title_and_a_reason(committee, framework, fields):
    with pytest.raises(DomainError):
        keep(committee, framework, **fields)


def test_a_template_is_taken_away(committee, framework):
    template = keep(committee, framework, titles={"es": "Plazos"}, reasons={"es": "Sí."})
    acts.delete_template(actor=fresh(committee.writer.user), template=template)
    assert AuditEntry.objects.filter(verb="standards.template_deleted").exists()
