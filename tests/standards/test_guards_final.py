"""What must hold before the final draft, every guard seen refusing in three languages."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from red_mpe.core.states import DomainError, findings, unmet
from standards.actions.stages import finish_draft
from standards.enums import AnswerState, ChangeKind, CommentState, RoundState
from standards.models import AnswerObjection, ClauseText, Comment, Consultation, Framework, Synopsis, Version, VersionChange
from standards.states import FINISH_DRAFT
from standards.states.guards import answers, changes, licences, rounds
from tests.factories.process import again, answered, follow_up, hold_round, link, log_change, small_framework
from tests.support.frameworks import make_answer, make_comment, make_framework, make_round, make_version


@pytest.fixture
def closed(clock, db):
    """Two rounds on one version, closed, with nothing said."""
    framework = small_framework(stage="response")
    hold_round(framework, number=1, days_ago=90)
    hold_round(framework, number=2, days_ago=50)
    return again(framework)


@pytest.fixture
def last(closed):
    return closed.rounds.get(number=2)


def said(framework, guard, language="en"):
    with translation.override(language):
        return [str(words) for words in guard(again(framework))]


def open_another(closed, producers):
    make_round(closed.versions.first(), state=RoundState.ANNOUNCED, number=3)


def take_a_round(closed, producers):
    Consultation.objects.filter(number=1).update(state=RoundState.PLANNED)


def leave_open(closed, producers):
    make_comment(closed.rounds.get(number=1), producers)


def hide_synopsis(closed, producers):
    Synopsis.objects.filter(consultation__number=2).update(published_at=None)


def accept_untraced(closed, producers):
    answered(closed.rounds.get(number=2), producers, disposition="AC")


def take_words(closed, producers):
    ClauseText.objects.filter(label="1.1").update(text_es="")


def copy_a_source(closed, producers):
    ClauseText.objects.filter(label="1.1").update(forbids_adaptation=True)


def change_unlogged(closed, producers):
    follow_up(closed.versions.get(), text_es="Otra cosa.")


def change_unconsulted(closed, producers):
    version = follow_up(closed.versions.get(), text_es="Otra cosa.")
    log_change(version, version.texts.get(label="1.1").clause, new_label="1.1")


SPOILED = [
    (answers.rounds_were_held, take_a_round),
    (answers.no_round_is_live, open_another),
    (answers.comments_are_answered, leave_open),
    (answers.synopses_are_public, hide_synopsis),
    (answers.acceptances_are_traced, accept_untraced),
    (rounds.final_text_is_complete, take_words),
    (licences.final_sources_may_be_adapted, copy_a_source),
    (changes.final_log_is_built, change_unlogged),
    (changes.changes_were_consulted, change_unconsulted),
]


def test_a_framework_that_has_everything_may_finish(closed):
    assert unmet(closed, FINISH_DRAFT) == []


@pytest.mark.parametrize(("guard", "spoil"), SPOILED, ids=lambda part: getattr(part, "name", ""))
def test_each_guard_refuses_in_three_languages(closed, producers, guard, spoil):
    assert said(closed, guard) == []
    spoil(closed, producers)
    words = {language: said(closed, guard, language) for language in ("es", "en", "pt-br")}
    assert all(words.values())
    assert len({str(one) for one in words.values()}) == 3


def test_every_guard_of_finishing_is_seen_refusing():
    assert {guard for guard, _spoil in SPOILED} == set(FINISH_DRAFT.guards)


def test_a_revision_needs_fewer_rounds(closed, producers):
    take_a_round(closed, producers)
    Framework.objects.filter(pk=closed.pk).update(revision_of=make_framework("viejo"))
    assert said(closed, answers.rounds_were_held) == []


@pytest.mark.parametrize("state", [AnswerState.ASSIGNED, AnswerState.DRAFTED, AnswerState.VALIDATED, AnswerState.OBJECTED])
def test_an_answer_that_is_not_settled_is_none(last, closed, producers, state):
    make_answer(make_comment(last, producers), state=state, published_at=timezone.now(), disposition="NO")
    assert said(closed, answers.comments_are_answered) == ["Round 2: 1 comment without a public answer."]


@pytest.mark.parametrize("state", [AnswerState.PUBLISHED, AnswerState.ANSWERED, AnswerState.CLOSED])
def test_a_settled_answer_is_enough(last, closed, producers, state):
    make_answer(make_comment(last, producers), state=state)
    assert said(closed, answers.comments_are_answered) == []


def test_late_comments_are_waited_for(last, closed, producers):
    make_comment(last, producers, late=True)
    assert said(closed, answers.comments_are_answered)


@pytest.mark.parametrize("state", [CommentState.WITHDRAWN, CommentState.HIDDEN])
def test_withdrawn_and_hidden_comments_are_not_waited_for(last, closed, producers, state):
    make_comment(last, producers, state=state, hidden_reason="x")
    assert said(closed, answers.comments_are_answered) == []


def test_replies_are_conversation(last, closed, producers):
    parent = answered(last, producers).comment
    make_comment(last, producers, parent=parent, root=parent, depth=1, kind="")
    assert said(closed, answers.comments_are_answered) == []


def test_comments_of_other_frameworks_do_not_matter(closed, producers):
    make_comment(make_round(make_version(make_framework("otro")), state=RoundState.CLOSED), producers)
    assert said(closed, answers.comments_are_answered) == []


def test_open_comments_are_counted_by_round(closed, producers):
    for number in (1, 2, 2):
        make_comment(closed.rounds.get(number=number), producers)
    assert [words[:20] for words in said(closed, answers.comments_are_answered)] == ["Round 1: 1 comment w", "Round 2: 2 comments "]


def test_a_late_synopsis_is_told_and_holds_nothing_up(closed):
    Synopsis.objects.filter(consultation__number=1).update(published_at=closed.rounds.get(number=1).closes_at + timedelta(days=46))
    found = next(one for one in findings(again(closed), FINISH_DRAFT) if one.guard is answers.synopses_are_public)
    assert found.holds
    assert len(found.remarks) == 1


def test_a_synopsis_of_many_comments_has_more_days(closed):
    rules = closed.rules
    assert [answers.synopsis_days(rules, count) for count in (0, 1000, 1001)] == [45, 45, 60]


def test_a_traced_acceptance_is_enough(last, closed, producers):
    text = closed.versions.get().texts.get(label="1.1")
    link(answered(last, producers, disposition="AM"), text.clause, text.version)
    assert said(closed, answers.acceptances_are_traced) == []


def test_the_second_answer_is_the_one_that_holds(last, closed, producers):
    answer = answered(last, producers, disposition="NA", state=AnswerState.ANSWERED)
    facts = {"body": "No.", "language": "es", "reason": "Sí.", "answered_at": timezone.now()}
    AnswerObjection.objects.create(answer=answer, disposition="AC", **facts)
    assert answer.comment.code in said(closed, answers.acceptances_are_traced)[0]


def test_an_acceptance_taken_back_needs_no_trace(last, closed, producers):
    answer = answered(last, producers, disposition="AC", state=AnswerState.ANSWERED)
    AnswerObjection.objects.create(answer=answer, body="No.", language="es", disposition="NO", answered_at=timezone.now())
    assert said(closed, answers.acceptances_are_traced) == []


def test_an_objection_without_second_answer_changes_nothing(last, closed, producers):
    answer = answered(last, producers, disposition="PA", state=AnswerState.OBJECTED)
    AnswerObjection.objects.create(answer=answer, body="No.", language="es")
    assert said(closed, answers.acceptances_are_traced)


def test_without_clauses_there_is_no_final_text(closed):
    make_version(closed, "0.9")
    assert said(closed, rounds.final_text_is_complete) == ["The version has no clauses yet."]


def test_a_hidden_version_is_no_final_text(closed):
    Version.objects.update(public=False)
    assert "not public" in said(closed, rounds.final_text_is_complete)[0]


def test_a_framework_without_versions_names_it(clock, db):
    framework = make_framework("vacio")
    assert said(framework, rounds.final_text_is_complete)
    assert said(framework, changes.final_log_is_built) == said(framework, changes.changes_were_consulted) == []


def test_an_editorial_change_needs_nobody(closed):
    version = follow_up(closed.versions.get(), text_es="Otra cosa.")
    log_change(version, version.texts.get(label="1.1").clause, ChangeKind.EDITORIAL)
    assert said(closed, changes.changes_were_consulted) == said(closed, changes.final_log_is_built) == []


def test_a_change_that_a_comment_proposed_was_consulted(last, closed, producers):
    change_unconsulted(closed, producers)
    version = closed.versions.order_by("-pk").first()
    link(answered(last, producers, disposition="AC"), version.texts.get(label="1.1").clause, version)
    assert said(closed, changes.changes_were_consulted) == []


def test_an_answer_that_is_not_public_does_not_count(last, closed, producers):
    change_unconsulted(closed, producers)
    version = closed.versions.order_by("-pk").first()
    answer = answered(last, producers, disposition="AC", state=AnswerState.VALIDATED)
    link(answer, version.texts.get(label="1.1").clause, version)
    assert "1.1" in said(closed, changes.changes_were_consulted)[0]


def test_a_link_to_an_older_version_does_not_count(last, closed, producers):
    first = closed.versions.get()
    change_unconsulted(closed, producers)
    link(answered(last, producers, disposition="AC"), first.texts.get(label="1.1").clause, first)
    assert said(closed, changes.changes_were_consulted)


def test_a_retired_clause_is_named_by_its_old_label(closed):
    version = follow_up(closed.versions.get())
    clause = version.texts.get(label="1.2").clause
    version.texts.filter(label="1.2").delete()
    log_change(version, clause, ChangeKind.RETIRED, old_label="1.2")
    assert "1.2" in said(closed, changes.changes_were_consulted)[0]


def test_changes_of_a_version_in_between_count_too(closed):
    middle = follow_up(closed.versions.get(), "0.3", text_es="Otra cosa.")
    log_change(middle, middle.texts.get(label="1.1").clause, new_label="1.1")
    follow_up(middle, "0.4")
    assert "1.1" in said(closed, changes.changes_were_consulted)[0]


def test_a_clause_of_the_log_is_named_once(closed):
    middle = follow_up(closed.versions.get(), "0.3", text_es="Otra cosa.")
    final = follow_up(middle, "0.4", text_es="Y otra.")
    for version in (middle, final):
        log_change(version, version.texts.get(label="1.1").clause, new_label="1.1")
    assert said(closed, changes.changes_were_consulted)[0].count("1.1") == 1


def test_without_a_closed_round_there_is_nothing_to_compare(closed):
    Consultation.objects.update(state=RoundState.PLANNED)
    assert changes.last_consulted(closed) is None
    assert said(closed, changes.changes_were_consulted) == []


def test_a_chain_of_versions_ends_where_it_should(closed):
    first = closed.versions.get()
    middle = follow_up(first, "0.3")
    last = follow_up(middle, "0.4")
    assert changes.chain(last, first.pk) == [last.pk, middle.pk]
    assert changes.chain(last, None) == [last.pk, middle.pk, first.pk]


def test_versions_that_follow_each_other_in_a_circle_end(closed):
    first = closed.versions.get()
    second = follow_up(first, "0.3")
    Version.objects.filter(pk=first.pk).update(previous=second)
    assert changes.chain(second, None) == [second.pk, first.pk]


def test_the_share_of_changed_requirements_is_exact(closed):
    first = closed.versions.get()
    version = follow_up(first, text_es="Otra cosa.")
    log_change(version, version.texts.get(label="1.1").clause)
    log_change(version, version.texts.get(label="1").clause)
    assert changes.changed_share(version, first.pk) == (1, 2)


def test_a_renumbered_clause_has_to_be_in_the_log(closed):
    version = follow_up(closed.versions.get(), label="4.1")
    assert changes.unlogged(version) == ["4.1"]


def test_many_labels_are_cut_with_an_ellipsis():
    assert changes.named([str(number) for number in range(13)]).endswith("10, 11 …")
    assert changes.named(["1"]) == "1"


def test_the_log_may_have_been_corrected_by_people(closed):
    change_unconsulted(closed, None)
    VersionChange.objects.update(kind=ChangeKind.EDITORIAL)
    assert said(closed, changes.changes_were_consulted) == []
    assert Comment.objects.count() == 0


def test_words_rewritten_after_the_log_was_read_are_not_smuggled_into_the_final_draft(closed, secretary):
    before = closed.versions.get()
    version = follow_up(before, text_es="Otra cosa muy distinta.")
    log_change(version, version.texts.get(label="1.1").clause, ChangeKind.EDITORIAL)
    assert said(closed, changes.changes_were_consulted) == []
    with translation.override("en"), pytest.raises(DomainError, match=r"without a comment that proposed it: 1\.1"):
        finish_draft(actor=secretary, framework=again(closed))
    assert said(closed, changes.changes_were_consulted) != []
