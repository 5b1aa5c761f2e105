"""Carrying open comments forward: which are open, what is proposed, what people decide."""

import pytest
from django.core.exceptions import PermissionDenied

from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError
from standards.actions.carrying import carry_comments, carry_proposals
from standards.actions.texts import freeze_version
from standards.desk.versions import to_carry
from standards.models import AnswerChange, AnswerObjection, CarryForward, ClauseLineage, ClauseText, Comment
from standards.querysets.carrying import Outlook, carried_to, open_comments, proposals, undecided
from tests.support.frameworks import make_answer, make_clause, make_comment, make_round, make_version
from tests.support.pages import text_of, url
from tests.support.queries import count_queries, flat
from tests.support.versions import follow


@pytest.fixture
def old(framework):
    version = make_version(framework, "0.1")
    for label in ("1.1", "1.2", "1.3"):
        make_clause(version, label, text_es=f"Agua {label}.")
    return version


@pytest.fixture
def round_one(old):
    return make_round(old, state="closed")


@pytest.fixture
def new(old, round_one):
    return follow(old, "0.2")


@pytest.fixture
def say(old, round_one, producers):
    """Let somebody comment on a clause of the old version, or in general."""

    def speak(label=None, **fields):
        return make_comment(round_one, producers, clause_text=label and old.texts.get(label=label), **fields)

    return speak


def codes(rows):
    return [row.code for row in rows]


def verdicts(version):
    return [(one.verdict.value, one.clause) for one in proposals(version, open_comments(version))]


def clause(version, label):
    return version.texts.get(label=label).clause_id


def test_comments_without_a_published_answer_are_open(new, say):
    comments = [say("1.1"), say("1.1"), say()]
    make_answer(comments[1], state="drafted")
    assert codes(open_comments(new)) == codes(comments)


@pytest.mark.parametrize("state", ["published", "answered", "closed"])
def test_answered_comments_are_not_open(new, say, state):
    make_answer(say("1.1"), state=state)
    assert not open_comments(new).exists()


def test_a_deferred_comment_is_open(new, say):
    make_answer(say("1.1"), disposition="DI")
    assert open_comments(new).count() == 1


def test_a_comment_whose_author_objects_is_open(new, say):
    make_answer(say("1.1"), state="objected")
    assert open_comments(new).count() == 1


@pytest.mark.parametrize(("first", "second", "found"), [("NA", "DI", 1), ("DI", "AC", 0), ("DI", "", 1)])
def test_the_last_word_counts(new, say, first, second, found, clock):
    answer = make_answer(say("1.1"), disposition=first, state="answered")
    at = answer.published_at if second else None
    AnswerObjection.objects.create(answer=answer, body="No.", language="es", disposition=second, answered_at=at)
    assert open_comments(new).count() == found


@pytest.mark.parametrize("state", ["withdrawn", "hidden"])
def test_withdrawn_and_hidden_comments_are_not_carried(new, say, state):
    say("1.1", state=state, hidden_reason="x")
    assert not open_comments(new).exists()


def test_replies_are_not_carried(new, say):
    first = say("1.1")
    say("1.1", parent=first, root=first, depth=1, kind="")
    assert codes(open_comments(new)) == [first.code]


def test_comments_on_the_version_itself_are_not_carried_into_it(new, say, producers):
    say("1.1")
    later = make_comment(make_round(new, state="closed", number=2), producers, clause_text=new.texts.first())
    assert later.code not in codes(open_comments(new))
    freeze_version(version=new, actor=None)
    assert later.code in codes(open_comments(follow(new, "0.3")))


def test_an_unchanged_clause_is_proposed_as_open(new, say):
    say("1.1")
    assert verdicts(new) == [("open", clause(new, "1.1"))]


def test_a_general_comment_is_open_and_has_no_place(new, say):
    say()
    assert verdicts(new) == [("open", None)]


def test_a_linked_change_is_proposed_as_answered(new, say):
    answer = make_answer(say("1.1"), state="drafted", disposition="AC")
    AnswerChange.objects.create(answer=answer, clause_id=clause(new, "1.2"), version=new)
    assert verdicts(new) == [("answered", clause(new, "1.2"))]


def test_an_answer_that_changed_a_clause_away_has_no_place(new, say):
    answer = make_answer(say("1.1"), state="drafted", disposition="AC")
    AnswerChange.objects.create(answer=answer, clause_id=clause(new, "1.1"), version=new)
    new.texts.get(label="1.1").delete()
    assert verdicts(new) == [("answered", None)]


def test_a_renumbered_clause_is_proposed_as_moved(new, say):
    say("1.1")
    ClauseText.objects.filter(version=new, label="1.1").update(label="4.1")
    assert verdicts(new) == [("moved", clause(new, "4.1"))]


def test_a_clause_that_has_gone_is_proposed_as_retired(new, say):
    say("1.1")
    new.texts.get(label="1.1").delete()
    assert verdicts(new) == [("retired", None)]


def test_a_merged_clause_is_proposed_where_it_went(new, old, say):
    say("1.1")
    gone, via, heir = (clause(old, label) for label in ("1.1", "1.2", "1.3"))
    new.texts.filter(label__in=["1.1", "1.2"]).delete()
    ClauseLineage.objects.create(version=new, kind="merged", clause_id=gone, other_id=via)
    ClauseLineage.objects.create(version=new, kind="merged", clause_id=via, other_id=heir)
    assert verdicts(new) == [("moved", heir)]


def test_clauses_merged_in_a_circle_are_retired(new, old, say):
    say("1.1")
    first, second = clause(old, "1.1"), clause(old, "1.2")
    new.texts.filter(label__in=["1.1", "1.2"]).delete()
    ClauseLineage.objects.create(version=new, kind="merged", clause_id=first, other_id=second)
    ClauseLineage.objects.create(version=new, kind="merged", clause_id=second, other_id=first)
    assert verdicts(new) == [("retired", None)]


@pytest.mark.parametrize(("since", "verdict"), [("new", "split"), ("old", "open")])
def test_a_split_since_then_is_proposed_as_split(new, old, say, since, verdict):
    say("1.1")
    version = new if since == "new" else old
    ClauseLineage.objects.create(version=version, kind="split", clause_id=clause(old, "1.1"), other_id=clause(old, "1.2"))
    assert verdicts(new) == [(verdict, clause(new, "1.1"))]


def mixed(new, say):
    """Four comments with four fates: answered, open on a clause, open in general, retired."""
    comments = [say("1.2"), say("1.3"), say(), say("1.1")]
    answer = make_answer(comments[0], state="drafted", disposition="AC")
    AnswerChange.objects.create(answer=answer, clause_id=clause(new, "1.1"), version=new)
    new.texts.get(label="1.1").delete()
    return comments


def test_proposals_are_counted_in_the_order_of_verdicts(new, say):
    mixed(new, say)
    assert list(Outlook(new).counts(open_comments(new)).items()) == [("answered", 1), ("open", 2), ("retired", 1)]


@pytest.mark.parametrize(("verdict", "which"), [("answered", [0]), ("open", [1, 2]), ("retired", [3]), ("split", [])])
def test_comments_are_found_by_what_is_proposed_for_them(new, say, verdict, which):
    comments = mixed(new, say)
    assert codes(Outlook(new).having(open_comments(new), verdict)) == [comments[n].code for n in which]


def test_counts_and_proposals_agree(new, say):
    mixed(new, say)
    said = [one.verdict for one in proposals(new, open_comments(new))]
    assert {verdict: said.count(verdict) for verdict in said} == Outlook(new).counts(open_comments(new))


def test_of_two_changes_by_one_answer_the_first_counts(new, say):
    answer = make_answer(say("1.1"), state="drafted", disposition="AC")
    for label in ("1.3", "1.2"):
        AnswerChange.objects.create(answer=answer, clause_id=clause(new, label), version=new)
    assert verdicts(new) == [("answered", clause(new, "1.3"))]
    assert Outlook(new).counts(open_comments(new)) == {"answered": 1}


def test_proposals_are_flat(new, say):
    say("1.1")
    flat(lambda: proposals(new, undecided(new)), lambda: [say("1.2") for _ in range(3)], ceiling=3)


def test_a_decision_is_kept_and_may_be_changed(new, say, secretary):
    comment, place = say("1.1"), clause(new, "1.1")
    assert carry_comments(actor=secretary, version=new, verdicts={comment.pk: ("moved", place)}) == 1
    carry_comments(actor=secretary, version=new, verdicts={comment.pk: ("open", place)})
    row = CarryForward.objects.get()
    assert (row.comment, row.verdict, row.clause_id, row.decided_by) == (comment, "open", place, secretary)
    assert not undecided(new).exists()


def test_a_comment_on_a_retired_clause_has_no_place(new, say, secretary):
    carry_comments(actor=secretary, version=new, verdicts={say("1.1").pk: ("retired", clause(new, "1.1"))})
    assert CarryForward.objects.get().clause_id is None


def test_comments_that_are_not_open_any_more_are_left_out(new, say, secretary):
    comment = say("1.1")
    make_answer(comment)
    assert carry_comments(actor=secretary, version=new, verdicts={comment.pk: ("open", clause(new, "1.1"))}) == 0
    assert not AuditEntry.objects.filter(verb="standards.comments_carried").exists()


def test_a_clause_of_another_version_is_refused(new, old, say, secretary):
    gone = clause(old, "1.2")
    new.texts.get(label="1.2").delete()
    with pytest.raises(DomainError, match=r"0\.2"):
        carry_comments(actor=secretary, version=new, verdicts={say("1.1").pk: ("open", gone)})


def test_a_comment_still_open_needs_a_place(new, say, secretary):
    comment = say("1.1")
    with pytest.raises(DomainError, match=comment.code):
        carry_comments(actor=secretary, version=new, verdicts={comment.pk: ("open", None)})
    assert carry_comments(actor=secretary, version=new, verdicts={comment.pk: ("answered", None)}) == 1


def test_confirming_all_leaves_what_people_decided(new, say, secretary):
    comments = [say("1.1"), say("1.2"), say()]
    carry_comments(actor=secretary, version=new, verdicts={comments[0].pk: ("answered", None)})
    assert carry_proposals(actor=secretary, version=new) == 2
    assert list(CarryForward.objects.order_by("comment").values_list("verdict", flat=True)) == ["answered", "open", "open"]


def test_confirming_one_kind_leaves_the_others(new, say, secretary):
    say("1.1"), say("1.2")
    new.texts.get(label="1.1").delete()
    assert carry_proposals(actor=secretary, version=new, verdict="retired") == 1
    assert undecided(new).count() == 1


def test_nothing_is_carried_into_a_frozen_version(new, say, secretary):
    verdicts = {say("1.1").pk: ("answered", None)}
    freeze_version(version=new, actor=None)
    with pytest.raises(DomainError):
        carry_proposals(actor=secretary, version=new)
    with pytest.raises(DomainError):
        carry_comments(actor=secretary, version=new, verdicts=verdicts)


def test_only_who_answers_carries(new, say, miner):
    for act in (carry_proposals, carry_comments):
        with pytest.raises(PermissionDenied):
            act(actor=miner.user, version=new, **({"verdicts": {}} if act is carry_comments else {}))


def test_confirming_is_flat(new, say, secretary):
    say("1.1")
    few = len(count_queries(lambda: (CarryForward.objects.all().delete(), carry_proposals(actor=secretary, version=new))))
    [say("1.2") for _ in range(3)]
    assert len(count_queries(lambda: (CarryForward.objects.all().delete(), carry_proposals(actor=secretary, version=new)))) == few


def test_still_open_comments_stand_on_the_new_clause(client, new, say, secretary):
    comment = say("1.1", body="Falta el mercurio.")
    carry_proposals(actor=secretary, version=new)
    words = text_of(client.get(url("standards:clause_detail", "marco", "0.2", "1.1")))
    assert f"{comment.code} viene de la ronda 1 Falta el mercurio." in words


def test_general_comments_are_carried_to_the_whole_text(client, new, say, secretary):
    comment = say()
    carry_proposals(actor=secretary, version=new)
    assert f"{comment.code} viene de la ronda 1" in text_of(client.get(url("standards:clause_detail", "marco", "0.2", "general")))


@pytest.mark.parametrize("verdict", ["answered", "retired"])
def test_answered_and_retired_ones_are_not_shown_as_open(new, say, secretary, verdict):
    carry_comments(actor=secretary, version=new, verdicts={say("1.1").pk: (verdict, clause(new, "1.1"))})
    assert not carried_to(None, new, clause(new, "1.1")).exists()


def test_many_carried_comments_are_counted(client, new, say, secretary):
    for _ in range(22):
        say("1.1")
    carry_proposals(actor=secretary, version=new)
    assert "y 2 más" in text_of(client.get(url("standards:clause_detail", "marco", "0.2", "1.1")))


def test_the_desk_counts_what_waits(new, say, secretary, miner):
    assert to_carry(miner.user) is None
    assert to_carry(secretary).count == 0
    say("1.1"), say("1.2"), say()
    carry_proposals(actor=secretary, version=new, verdict="open")
    say("1.3")
    found = to_carry(secretary)
    assert (found.count, found.first[0].url) == (1, url("standards:workspace_carry", "marco"))


def test_the_desk_is_flat(new, say, secretary):
    flat(lambda: to_carry(secretary), lambda: [say("1.1") for _ in range(3)], ceiling=2)
    assert Comment.objects.count() == 3
