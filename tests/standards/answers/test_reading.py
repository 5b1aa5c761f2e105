"""What readers find under a comment, and what is kept from them."""

import pytest
from django.utils import translation

from standards.actions import answers as acts
from standards.actions.answers import AnswerWords, Links
from standards.actions.moderation import hide_comment
from standards.models import Answer, Comment
from standards.querysets.answers import public_answers
from standards.querysets.comments import signers
from tests.factories.answers import answered, validate, words, write
from tests.factories.standards import fresh, say
from tests.support.frameworks import make_answer, make_clause, make_comment, make_version
from tests.support.queries import flat


@pytest.fixture
def comment(miner, consultation, clause):
    return say(miner, consultation, clause)


def row_of(comment, language="es"):
    with translation.override(language):
        (row,) = Comment.objects.filter(pk=comment.pk).threads(None)
        return row.answer


def link(committee, answer, version, *clauses):
    acts.link_change(actor=fresh(committee.second.user), answer=answer, links=Links(version, clauses))


@pytest.fixture
def later(version, clause):
    version = make_version(version.framework, "0.3")
    text = make_clause(version, "4.1", text_es="La operación elimina todo el mercurio.")
    type(text).objects.filter(pk=text.pk).update(clause=clause.clause)
    return version


@pytest.mark.parametrize("stage", ["drafted", "validated"])
def test_before_it_is_published_nobody_reads_an_answer(committee, comment, stage):
    answer = write(committee.writer, comment)
    if stage == "validated":
        validate(committee.second, answer)
    assert row_of(comment) is None
    assert public_answers([comment.pk]) == {}


def test_a_published_answer_stands_under_its_comment(committee, comment):
    answered(committee, comment, words("AM", "Con otra palabra."))
    row = row_of(comment)
    assert (row.code, row.label, row.kind, row.reason.text, row.day) == (
        "AM",
        "Aceptado con modificación",
        "ok",
        "Con otra palabra.",
        "9 mar 2026",
    )


@pytest.mark.parametrize(("language", "text", "foreign"), [("es", "Sí.", ""), ("en", "Yes.", ""), ("pt-br", "Sí.", "Español")])
def test_a_reason_falls_back_to_the_authentic_language_and_is_marked(committee, comment, language, text, foreign):
    answered(committee, comment, AnswerWords("NO", {"es": "Sí.", "en": "Yes."}))
    row = row_of(comment, language)
    assert (row.reason.text, row.reason.foreign) == (text, foreign)


def test_a_reason_in_another_language_only_is_shown_in_that_one(committee, miner, consultation):
    comment = say(miner, consultation, language="pt-br")
    answered(committee, comment, AnswerWords("NO", {"pt": "Registrado."}))
    assert (row_of(comment, "en").reason.text, row_of(comment, "en").reason.lang) == ("Registrado.", "pt-br")


def test_under_a_hidden_comment_stands_no_answer(committee, comment, secretary):
    answered(committee, comment)
    hide_comment(actor=secretary, comment=comment, reason="Nombra a alguien.")
    assert row_of(comment) is None


def test_a_duplicate_leads_to_the_other_comment(committee, comment, neighbour, consultation):
    other = say(neighbour, consultation)
    answered(committee, comment, words("DU", "", duplicate_of=other))
    row = row_of(comment)
    assert (row.other, row.other_url) == (other.code, other.get_absolute_url())


def test_the_section_that_leaves_it_out_is_named(committee, comment):
    answered(committee, comment, words("FA", "", terms_section="scope"))
    assert row_of(comment).section == "Alcance"


def test_the_changed_clause_is_linked_with_its_new_number(committee, comment, later, clause):
    link(committee, answered(committee, comment, words("AC")), later, clause.clause)
    (change,) = row_of(comment).changes
    assert (change.label, change.number, change.retired) == ("4.1", "0.3", False)
    assert change.url.endswith("/marco/0.3/4.1/")


def test_the_words_before_and_after_stand_beside_the_answer(committee, comment, later, clause):
    link(committee, answered(committee, comment, words("AC")), later, clause.clause)
    with translation.override("es"):
        (change,) = public_answers([comment.pk])[comment.pk].changes
    assert change.redline == "La operación elimina <ins>todo </ins>el mercurio<del> del río</del>."
    assert change.lang == "es"


def test_words_that_one_side_lacks_in_the_readers_language_are_compared_in_the_authentic_one(committee, comment, later, clause):
    link(committee, answered(committee, comment, words("AC")), later, clause.clause)
    with translation.override("en"):
        (change,) = public_answers([comment.pk])[comment.pk].changes
    assert change.lang == "es"


def test_a_clause_taken_out_is_all_gone(committee, comment, version, clause):
    later = make_version(version.framework, "0.3")
    link(committee, answered(committee, comment, words("AC")), later, clause.clause)
    with translation.override("es"):
        (change,) = public_answers([comment.pk])[comment.pk].changes
    assert (change.label, change.retired) == ("2.3.1", True)
    assert change.redline.startswith("<del>")


def test_a_change_in_a_version_that_is_not_public_is_kept_from_readers(committee, comment, later, clause):
    link(committee, answered(committee, comment, words("AC")), later, clause.clause)
    type(later).objects.filter(pk=later.pk).update(public=False)
    assert row_of(comment).changes == []
    assert public_answers([comment.pk], fresh(committee.writer.user))[comment.pk].changes != []


def test_objection_and_second_answer_stand_under_the_first(committee, comment, miner):
    answer = answered(committee, comment)
    acts.object_to_answer(actor=fresh(miner.user), answer=answer, body="Falta el plazo.", language="es")
    assert (row_of(comment).objection.body, row_of(comment).objection.label) == ("Falta el plazo.", "")
    acts.answer_again(actor=fresh(committee.chair.user), answer=Answer.objects.get(), words=words("AC", "Cierto."))
    second = row_of(comment).objection
    assert (second.label, second.kind, second.reason.text) == ("Aceptado", "ok", "Cierto.")


def test_answers_cost_one_query_however_many(committee, comment, consultation, producers, later, clause):
    def grow():
        for _ in range(3):
            answer = make_answer(make_comment(consultation, producers, clause_text=clause), disposition="AC")
            answer.changes.create(clause=clause.clause, version=later)

    grow()
    flat(lambda: Comment.objects.all().threads(None), grow, ceiling=3)
    flat(lambda: public_answers(Comment.objects.values_list("pk", flat=True)), grow, ceiling=3)


def test_signers_are_shown_as_in_their_own_comments(committee, comment, neighbour, scholar, consultation, clause):
    others = [say(neighbour, consultation, clause), say(scholar, consultation, clause, shown_as="protected")]
    acts.fold_comments(actor=fresh(committee.writer.user), lead=comment, comments=others)
    assert signers(comment) == []
    answered(committee, comment)
    with translation.override("en"):
        found = signers(comment)
    assert [people for *_chamber, people in found] == [
        [(others[0].code, "Communities in areas of influence, Brazil")],
        [(others[1].code, "Protected voice")],
    ]


def test_answers_are_visible_once_published_and_to_the_committee_before(committee, comment, neighbour):
    write(committee.writer, comment)
    assert not Answer.objects.visible_to(fresh(neighbour.user)).exists()
    assert Answer.objects.visible_to(fresh(committee.observer.user)).exists()
