"""Rows of reports, and figures in words."""

import pytest
from django.utils import translation

from standards.enums import Disposition
from standards.exports import figures
from standards.models import Answer, AnswerObjection, ClauseText, Comment, Synopsis
from standards.querysets.balance import Said
from standards.querysets.balance import figures as counted
from standards.querysets.reports import commented, in_order, paragraphs, positions, report
from tests.conftest import make_person
from tests.factories.standards import answer
from tests.standards.reports.conftest import reread
from tests.support.frameworks import make_answer, make_comment


def rows(**more):
    return report(in_order(Comment.objects.all()), **more)


def by_code(comment):
    return next(row for row in rows() if row.comment.code == comment.code)


def test_rows_follow_the_text_with_threads_together(answered, spoken, consultation, scholar, producers):
    type(consultation).objects.update(state="open")
    type(consultation.framework).objects.update(stage="consultation")
    reply = answer(scholar, spoken[0])
    late = make_comment(reread(), producers, clause_text=spoken[0].clause_text)
    assert [row.comment.code for row in rows()] == [spoken[1].code, spoken[0].code, reply.code, late.code]
    assert by_code(reply).above == spoken[0].code


def test_a_change_shows_the_words_of_the_round_and_of_the_later_version(answered, spoken):
    [change] = by_code(spoken[0]).outcome.changes
    assert (change.before, change.after) == ("La operación elimina el mercurio del río.", "La operación cuida el río.")
    assert (change.label, change.number) == ("4.1", "0.3")


def test_a_retired_clause_shows_what_went(answered, spoken, following):
    following.texts.all().delete()
    [change] = by_code(spoken[0]).outcome.changes
    assert (change.label, change.number, change.after) == ("2.3.1", "", "")


def test_a_clause_that_is_nowhere_is_no_change(answered, spoken, following):
    following.texts.all().delete()
    other = make_person("otra")
    make_comment(reread(), other.category)
    Answer.objects.get(pk=answered[0].pk).changes.update(clause=type(spoken[0].clause).objects.create(framework=following.framework))
    assert by_code(spoken[0]).outcome.changes == []
    assert all(part.changes == [] for part in paragraphs(Synopsis(consultation=reread())))


def test_two_comments_that_changed_one_clause_show_the_same(answered, spoken, following, producers):
    other = make_comment(reread(), producers, clause_text=spoken[0].clause_text)
    make_answer(other, disposition="PA").changes.create(clause=spoken[0].clause, version=following)
    assert by_code(other).outcome.changes == by_code(spoken[0]).outcome.changes


def test_changes_in_a_version_that_is_not_public_are_not_told(answered, spoken, following):
    type(following).objects.filter(pk=following.pk).update(public=False)
    assert by_code(spoken[0]).outcome.changes == []


def test_a_duplicate_inherits_the_changes_of_the_other(answered, spoken, producers):
    copy = make_comment(reread(), producers, clause_text=spoken[0].clause_text)
    make_answer(copy, disposition="DU", duplicate_of=spoken[0])
    outcome = by_code(copy).outcome
    assert outcome.other == spoken[0].code
    assert [change.label for change in outcome.changes] == ["4.1"]


def test_a_duplicate_of_what_waits_inherits_nothing(answered, spoken, producers):
    copy = make_comment(reread(), producers, clause_text=spoken[0].clause_text)
    make_answer(copy, disposition="DU", duplicate_of=spoken[0])
    Answer.objects.filter(comment=spoken[0]).update(state="validated")
    assert by_code(copy).outcome.changes == []


def test_a_report_can_leave_the_changes_out(answered):
    assert all(row.outcome.changes == [] for row in rows(changes=False))


@pytest.mark.parametrize(("state", "again"), [("objected", ""), ("answered", "Accepted"), ("closed", "Accepted")])
def test_the_second_answer_is_told_once_it_is_given(answered, spoken, state, again):
    told = {"disposition": "AC", "answered_at": "2026-04-01T00:00Z", "reason_en": "Now yes."} if again else {}
    AnswerObjection.objects.create(answer=answered[1], body="No.", language="es", **told)
    Answer.objects.filter(pk=answered[1].pk).update(state=state)
    with translation.override("en"):
        assert by_code(spoken[1]).outcome.again == again


def test_out_of_scope_cites_the_terms_of_reference(answered, spoken):
    Answer.objects.filter(pk=answered[1].pk).update(disposition="FA", terms_section="scope")
    with translation.override("en"):
        assert by_code(spoken[1]).outcome.section == "Scope"


def test_clauses_count_only_public_answers(answered, clause):
    Answer.objects.filter(pk=answered[0].pk).update(state="validated")
    assert commented(reread()) == {clause.clause_id: {"": 1}, None: {"NO": 1}}


def test_positions_count_kinds_and_stances(answered, spoken, clause):
    Comment.objects.filter(pk=spoken[0].pk).update(stance="disagree")
    kinds, stances = positions(reread())[clause.clause_id]
    assert (kinds, stances) == ({"te": 1}, {"disagree": 1})


def test_a_paragraph_has_its_numbers_beside_it(published, clause):
    part = paragraphs(published)[1]
    assert (part.clause, part.comments, [code for _kind, _words, code in part.outcomes]) == (clause.clause_id, 1, [1])
    assert (part.anchor, paragraphs(published)[0].anchor) == ("p-2-3-1", "p-general")


def test_a_clause_nobody_commented_has_a_paragraph_once_it_is_written(published, version):
    assert ClauseText.objects.filter(version=version).count() == 1
    assert len(paragraphs(published)) == 2


def told(rows):
    with translation.override("en"):
        return figures.tell(counted(rows, chambers=["PRO", "COM"], targets={"PRO": 9}, smallest=5))


def crowd(code, count, **more):
    return [Said(hash((code, n)), code, **more) for n in range(count)]


def test_figures_name_chambers_and_the_others(db):
    numbers = told([*crowd("PRO", 8), *crowd("COM", 6, country="BO"), Said(1, "PRO", country="VU"), *crowd("PRO", 5, country="CO")])
    assert [row.label for row in numbers.tables[0].rows] == ["Producers", "Communities and peoples"]
    assert numbers.tables[1].rows[-1].label == "others, together"


def test_figures_say_what_was_hidden(db):
    numbers = told(crowd("PRO", 8) + crowd("COM", 2))
    assert numbers.tables[0].hides
    assert numbers.influence[1].percent is None


@pytest.mark.parametrize(("com", "words"), [(1, "7 times as often"), (0, "never taken up"), (6, "")])
def test_an_uneven_hand_is_said_in_words(db, com, words):
    up = crowd("PRO", 7, disposition=Disposition.ACCEPTED) + crowd("COM", com, disposition=Disposition.ACCEPTED)
    down = [Said(900 + n, "COM", disposition=Disposition.NOTED) for n in range(7 - com)]
    assert words in told(up + down).uneven


@pytest.mark.parametrize(("written", "words"), [("", ""), ("4/1", "4"), ("5/2", "2.5")])
def test_fractions_are_written_as_readers_do(written, words):
    with translation.override("en"):
        assert figures.decimal(written) == words
