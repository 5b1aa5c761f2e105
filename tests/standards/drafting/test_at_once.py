"""Two who write at the same moment, on real connections: nothing is lost, nothing is torn."""

import uuid
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import transaction
from django.utils import timezone

from red_mpe.core.states import DomainError, StaleState
from standards.actions.comments import send_comment
from standards.actions.drafting import (
    ConflictError,
    add_clause,
    merge_clauses,
    move_clause,
    restore_clause,
    retire_clause,
    rewrite_clause,
    shift_clause,
    split_clause,
)
from standards.actions.rounds import open_round
from standards.actions.texts import freeze_version
from standards.enums import RoundState
from standards.models import Clause, ClauseRevision, ClauseText, Comment, Consultation, Version
from tests.factories.drafting import at, seat, shape, small_tree
from tests.factories.standards import draft, fresh
from tests.support.frameworks import make_round
from tests.support.together import together

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def rio(db, secretary):
    return small_tree(secretary)


@pytest.fixture
def two(rio):
    """Two who write in the committee."""
    return seat(rio.framework, "marta-rojas"), seat(rio.framework, "luis-mamani")


def refused(results):
    return [result for result in results if isinstance(result, Exception)]


def whole(version):
    """Places without gap or double, depths that fit, revisions without gap."""
    rows = list(version.texts.order_by("position").select_related("parent"))
    assert [row.position for row in rows] == list(range(rows[0].position, rows[0].position + len(rows)))
    assert all(row.depth == (row.parent.depth + 1 if row.parent else 0) for row in rows)
    assert all(row.parent is None or row.parent.version_id == row.version_id for row in rows)
    for row in rows:
        assert row.revision == ClauseRevision.objects.filter(version=version, clause=row.clause).count()


def rewriting(actor, version, label="1.2", base=1, **words):
    text = at(version, label)
    return lambda: rewrite_clause(actor=actor, text=text, base=base, words=words)


def splitting(actor, version, label="1.2"):
    text = at(version, label)
    given = {"stays": {"text_es": "Debe medir."}, "goes": {"text_es": "Debe avisar."}, "base": 1, "once": uuid.uuid4()}
    return lambda: split_clause(actor=actor, text=text, **given)


def retiring(actor, version, label="1.2"):
    text = at(version, label)
    return lambda: retire_clause(actor=actor, text=text, reason="Sobra.")


def test_two_editors_of_one_field_are_a_saving_and_a_conflict(rio, two):
    results = together(rewriting(two[0], rio, text_es="De Marta."), rewriting(two[1], rio, text_es="De Luis."))
    (conflict,) = refused(results)
    assert isinstance(conflict, ConflictError)
    assert at(rio, "1.2").text_es == conflict.theirs["text_es"]
    whole(rio)


def test_two_editors_of_different_fields_are_both_there(rio, two):
    assert not refused(together(rewriting(two[0], rio, text_es="De Marta."), rewriting(two[1], rio, title_es="De Luis")))
    assert (at(rio, "1.2").text_es, at(rio, "1.2").title_es, at(rio, "1.2").revision) == ("De Marta.", "De Luis", 3)
    whole(rio)


def test_without_the_lock_one_of_two_editors_is_lost(rio, two):
    """The negative control."""
    barrier = Barrier(2)

    def careless(**words):
        def act():
            text = ClauseText.objects.get(version=rio, label="1.2")
            barrier.wait()
            for name, value in words.items():
                setattr(text, name, value)
            text.save()

        return act

    together(careless(text_es="De Marta."), careless(title_es="De Luis"))
    assert (at(rio, "1.2").text_es, at(rio, "1.2").title_es) != ("De Marta.", "De Luis")


def test_two_splits_of_one_clause_are_one(rio, two):
    results = together(splitting(two[0], rio), splitting(two[1], rio))
    assert [type(error) for error in refused(results)] == [StaleState]
    assert shape(rio) == "1 -1.1 --1.1.1 -1.2 -1.3 2"
    whole(rio)


def test_a_split_and_a_retirement_come_one_after_the_other(rio, two):
    results = together(splitting(two[0], rio), retiring(two[1], rio))
    assert shape(rio) in ("1 -1.1 --1.1.1 2", "1 -1.1 --1.1.1 -1.3 2")
    assert len(refused(results)) == (0 if "1.3" in shape(rio) else 1)
    whole(rio)


def test_a_saving_and_a_retirement_lose_no_words(rio, two):
    clause = at(rio, "1.2").clause
    results = together(rewriting(two[0], rio, text_es="De Marta."), retiring(two[1], rio))
    kept = ClauseRevision.objects.filter(clause=clause, words__text_es="De Marta.").exists()
    assert kept or [type(error) for error in refused(results)] == [StaleState]
    assert shape(rio) == "1 -1.1 --1.1.1 2"


def test_two_new_clauses_get_two_numbers(rio, two):
    results = together(*(lambda one=one: add_clause(actor=one, version=rio, once=uuid.uuid4(), level="note") for one in two))
    assert {text.label for text in results} == {"3", "4"}
    whole(rio)


def test_a_clause_sent_twice_at_once_is_one(rio, two):
    once = uuid.uuid4()
    results = together(*(lambda: add_clause(actor=two[0], version=rio, once=once, level="note") for _ in range(2)))
    assert not refused(results)
    assert Clause.objects.filter(uuid=once).count() == 1
    whole(rio)


def test_two_moves_into_each_other_make_no_ring(rio, two):
    one, other = at(rio, "1"), at(rio, "2")
    results = together(lambda: move_clause(actor=two[0], text=one, parent=other), lambda: move_clause(actor=two[1], text=other, parent=one))
    assert len(refused(results)) == 1
    assert len(shape(rio).split()) == 5
    whole(rio)


def test_many_steps_at_once_keep_the_tree_whole(rio, two):
    texts = [at(rio, label) for label in ("1.2", "2", "1.1")]
    acts = [
        lambda text=text, way=way: shift_clause(actor=two[0], text=text, way=way)
        for text, way in zip(texts, ("up", "up", "down"), strict=True)
    ]
    results = together(*acts)
    assert all(isinstance(error, DomainError) for error in refused(results))
    whole(rio)


def test_two_retirements_of_one_clause_are_one(rio, two):
    assert [type(error) for error in refused(together(retiring(two[0], rio), retiring(two[1], rio)))] == [StaleState]


def test_a_clause_taken_up_twice_at_once_is_there_once(rio, two):
    clause = retiring(two[0], rio)()
    results = together(*(lambda one=one: restore_clause(actor=one, version=rio, clause=clause) for one in two))
    assert not refused(results)
    assert shape(rio) == "1 -1.1 --1.1.1 -1.2 2"
    whole(rio)


def test_two_merges_into_each_other_leave_one(rio, two):
    one, other = at(rio, "1.2"), at(rio, "2")
    words = {"text_es": "Todo junto."}

    def merging(actor, text, into):
        return lambda: merge_clauses(actor=actor, text=text, into=into, base=1, base_into=1, words=words)

    results = together(merging(two[0], one, other), merging(two[1], other, one))
    assert [type(error) for error in refused(results)] == [StaleState]
    assert len(shape(rio).split()) == 4
    whole(rio)


def test_a_version_that_freezes_while_a_clause_is_split_is_whole(rio, two):
    results = together(splitting(two[0], rio), lambda: freeze_version(version=Version.objects.get(pk=rio.pk), actor=None))
    assert all(isinstance(error, DomainError) for error in refused(results))
    assert ("1.3" in shape(rio)) == (not refused(results))


def test_a_clause_is_not_retired_under_somebody_who_comments(rio, two, miner):
    """The round opens while the clause is retired: either it is gone before, or its text is frozen and the comment stands on it."""
    text, consultation = at(rio, "1.2"), make_round(rio, state=RoundState.ANNOUNCED)
    Consultation.objects.update(opens_at=timezone.now() - timedelta(hours=1))
    consultation = Consultation.objects.select_related("framework__rules", "version").get(pk=consultation.pk)

    def comment():
        open_round(consultation=consultation)
        there = Consultation.objects.get(pk=consultation.pk)
        standing = ClauseText.objects.filter(pk=text.pk).first()
        return standing and send_comment(actor=fresh(miner.user), consultation=there, clause_text=standing, draft=draft())

    results = together(retiring(two[0], rio), comment)
    assert all(isinstance(error, DomainError) for error in refused(results))
    assert ClauseText.objects.filter(pk=text.pk).exists() == Comment.objects.filter(clause=text.clause).exists()


def test_a_merge_that_waits_for_a_saving_is_refused(rio, two):
    barrier = Barrier(2)
    one, other = at(rio, "1.2"), at(rio, "2")

    def save():
        with transaction.atomic():
            rewrite_clause(actor=two[0], text=other, base=1, words={"text_es": "De Marta."})
            barrier.wait()

    def merge():
        barrier.wait()
        return merge_clauses(actor=two[1], text=one, into=other, base=1, base_into=1, words={"text_es": "Todo junto."})

    results = together(save, merge)
    assert [type(error) for error in refused(results)] == [StaleState]
    assert at(rio, "2").text_es == "De Marta."
