"""Splitting, merging, retiring and restoring."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.translation import override

from red_mpe.core.models import AuditEntry, Theme
from red_mpe.core.states import DomainError, StaleState
from standards.actions.drafting import (
    merge_clauses,
    move_clause,
    restore_clause,
    retire_clause,
    rewrite_clause,
    split_clause,
)
from standards.actions.texts import freeze_version
from standards.models import Clause, ClauseLineage, ClauseRevision, ClauseText
from standards.querysets.drafting import comment_places, kin
from tests.factories.drafting import at, grow, lineage, shape
from tests.support.frameworks import make_comment, make_round, make_version

STAYS, GOES = {"text_es": "Debe medir."}, {"text_es": "Debe avisar.", "title_es": "Aviso"}


def split(actor, text, **given):
    given = {"stays": STAYS, "goes": GOES, "base": text.revision, "once": uuid.uuid4(), **given}
    return split_clause(actor=actor, text=text, **given)


def merge(actor, text, into, words=None, **given):
    given = {"base": text.revision, "base_into": into.revision, **given}
    return merge_clauses(actor=actor, text=text, into=into, words=words or {"text_es": "Todo junto."}, **given)


def test_a_split_makes_a_new_identity_right_behind(rio, writer):
    old = at(rio, "1.1")
    new = split(writer, old)
    assert shape(rio) == "1 -1.1 --1.1.1 -1.3 -1.2 2"
    assert new.clause != old.clause
    assert (at(rio, "1.1").text_es, at(rio, "1.3").text_es, at(rio, "1.3").title_es) == ("Debe medir.", "Debe avisar.", "Aviso")


def test_a_split_is_in_lineage_and_revisions_of_both(rio, writer):
    old = at(rio, "1.1")
    new = split(writer, old, reason="Dos deberes.")
    row = ClauseLineage.objects.get()
    assert (row.kind, row.clause, row.other, row.old_label, row.new_label, row.reason, row.actor) == (
        ("split", old.clause, new.clause, "1.1", "1.3", "Dos deberes.", writer)
    )
    numbers = ClauseRevision.objects.filter(author=writer).values_list("clause", "number", "note")
    assert set(numbers) == {(old.clause_id, 2, "Dos deberes."), (new.clause_id, 1, "Dos deberes.")}


def test_a_split_clause_has_the_facts_of_the_first(rio, writer):
    theme = Theme.objects.first()
    rewrite_clause(actor=writer, text=at(rio, "1.1"), base=1, words={"verbal_form": "must", "themes": [theme.code], "sources": ["OCDE"]})
    new = split(writer, at(rio, "1.1"))
    assert (new.verbal_form, new.sources, list(new.themes.all())) == ("must", ["OCDE"], [theme])


def test_a_split_at_the_top_takes_a_top_number_or_the_given_one(rio, writer):
    assert split(writer, at(rio, "2")).label == "3"
    assert split(writer, at(rio, "2"), label="2b").label == "2b"
    with pytest.raises(DomainError):
        split(writer, at(rio, "2"), label="1.1")


@pytest.mark.parametrize("empty", ["stays", "goes"])
def test_a_split_with_an_empty_part_is_refused(rio, writer, empty):
    with pytest.raises(DomainError):
        split(writer, at(rio, "1.1"), **{empty: {"text_es": " "}})
    assert Clause.objects.count() == 5


def test_a_split_sent_twice_is_one(rio, writer):
    once = uuid.uuid4()
    text = at(rio, "1.1")
    assert split(writer, text, once=once) == split(writer, text, once=once)
    assert Clause.objects.count() == 6


def test_a_split_of_words_saved_since_is_refused(rio, writer):
    with pytest.raises(StaleState):
        split(writer, at(rio, "1.1"), base=0)


def test_a_merged_clause_leaves_the_version_and_keeps_its_identity(rio, writer):
    gone, kept = at(rio, "1.1"), at(rio, "1.2")
    merge(writer, gone, kept, reason="Lo mismo.")
    assert shape(rio) == "1 -1.2 --1.1.1 2"
    assert at(rio, "1.2").text_es == "Todo junto."
    assert Clause.objects.get(pk=gone.clause_id).retired_at is not None
    assert set(lineage(rio)) == {("moved", "1.1.1", "1.1.1"), ("merged", "1.1", "1.2")}
    assert ClauseLineage.objects.get(kind="merged").other == kept.clause


def test_what_stood_under_a_merged_clause_goes_behind_what_is_there(rio, writer):
    grow(rio, writer, "1.2.1", "1.2")
    merge(writer, at(rio, "1.1"), at(rio, "1.2"))
    assert shape(rio) == "1 -1.2 --1.2.1 --1.1.1 2"


def test_a_merge_into_itself_or_below_is_refused(rio, writer):
    for into in ("1", "1.1.1"):
        with pytest.raises(DomainError):
            merge(writer, at(rio, "1"), at(rio, into))


def test_a_merge_into_another_version_is_refused(rio, writer):
    other = grow(make_version(rio.framework, "0.3"), writer, "7")
    with pytest.raises(DomainError):
        merge(writer, at(rio, "1.1"), other)


@pytest.mark.parametrize("base", ["base", "base_into"])
def test_a_merge_of_words_saved_since_is_refused(rio, writer, base):
    with pytest.raises(StaleState):
        merge(writer, at(rio, "1.1"), at(rio, "1.2"), **{base: 9})
    assert shape(rio) == "1 -1.1 --1.1.1 -1.2 2"


def test_a_retired_clause_leaves_the_version_and_keeps_its_identity(rio, writer):
    clause = retire_clause(actor=writer, text=at(rio, "1.2"), reason="Está en la ley.")
    assert shape(rio) == "1 -1.1 --1.1.1 2"
    row = ClauseLineage.objects.get()
    assert (row.kind, row.clause, row.old_label, row.reason) == ("retired", clause, "1.2", "Está en la ley.")
    assert Clause.objects.get(pk=clause.pk).retired_at is not None
    assert AuditEntry.objects.filter(verb="standards.clause_retired").count() == 1


def test_retiring_needs_a_reason(rio, writer):
    with pytest.raises(DomainError):
        retire_clause(actor=writer, text=at(rio, "2"), reason=" ")


def test_a_clause_with_others_under_it_is_not_retired_unless_they_move_up(rio, writer):
    with pytest.raises(DomainError, match=r"1\.1"):
        retire_clause(actor=writer, text=at(rio, "1.1"), reason="Sobra.")
    retire_clause(actor=writer, text=at(rio, "1.1"), reason="Sobra.", lift_children=True)
    assert shape(rio) == "1 -1.1.1 -1.2 2"
    assert ("moved", "1.1.1", "1.1.1") in lineage(rio)


def test_a_clause_on_which_people_have_commented_here_is_not_retired(rio, writer, producers):
    make_comment(make_round(rio), producers, clause_text=at(rio, "2"))
    with pytest.raises(DomainError):
        retire_clause(actor=writer, text=at(rio, "2"), reason="Sobra.")
    assert at(rio, "2")


def test_a_clause_nobody_saved_leaves_its_words_behind(rio, writer):
    bare = make_bare(rio)
    retire_clause(actor=writer, text=bare, reason="Sobra.")
    assert ClauseRevision.objects.filter(clause=bare.clause).first().words["title_es"] == "Sin guardar"


def make_bare(version):
    clause = Clause.objects.create(framework=version.framework)
    return ClauseText.objects.create(version=version, clause=clause, label="8", position=99, title_es="Sin guardar")


def test_a_retired_clause_is_taken_up_again_as_it_was(rio, writer):
    rewrite_clause(actor=writer, text=at(rio, "1.2"), base=1, words={"text_es": "Última.", "themes": [Theme.objects.first().code]})
    clause = retire_clause(actor=writer, text=at(rio, "1.2"), reason="Sobra.")
    text = restore_clause(actor=writer, version=rio, clause=clause, reason="Hacía falta.")
    assert shape(rio) == "1 -1.1 --1.1.1 -1.2 2"
    assert (text.clause, text.text_es, text.themes.count(), text.revision) == (clause, "Última.", 1, 3)
    assert Clause.objects.get(pk=clause.pk).retired_at is None
    assert lineage(rio)[-1] == ("restored", "1.2", "1.2")


def test_what_stands_there_already_is_not_taken_up_twice(rio, writer):
    text = at(rio, "2")
    assert restore_clause(actor=writer, version=rio, clause=text.clause) == text
    assert lineage(rio) == []


def test_a_number_given_in_the_meantime_is_not_taken_back(rio, writer):
    clause = retire_clause(actor=writer, text=at(rio, "1.2"), reason="Sobra.")
    grow(rio, writer, "1.2", "1")
    assert restore_clause(actor=writer, version=rio, clause=clause).label == "1.3"


def test_a_clause_comes_back_at_the_end_when_its_place_has_gone(rio, writer):
    clause = retire_clause(actor=writer, text=at(rio, "1.1.1"), reason="Sobra.")
    retire_clause(actor=writer, text=at(rio, "1.1"), reason="Sobra.")
    restore_clause(actor=writer, version=rio, clause=clause)
    assert shape(rio) == "1 -1.2 2 1.1.1"


def test_a_clause_of_the_version_before_is_taken_up_in_the_next(rio, writer):
    later, clause = make_version(rio.framework, "0.3"), at(rio, "2").clause
    freeze_version(version=rio, actor=None)
    text = restore_clause(actor=writer, version=later, clause=clause)
    assert (text.label, text.text_es) == ("2", "La operación debe cuidar el agua 2.")


def test_a_clause_that_never_had_words_cannot_be_taken_up(rio, writer):
    with pytest.raises(DomainError):
        restore_clause(actor=writer, version=rio, clause=Clause.objects.create(framework=rio.framework))


def test_comments_of_earlier_versions_are_found_by_identity_after_everything(rio, writer, producers):
    old = at(rio, "1.1")
    comment = make_comment(make_round(rio), producers, clause_text=old)
    freeze_version(version=rio, actor=None)
    later = make_version(rio.framework, "0.3")
    for label in ("1", "1.1", "2"):
        restore_clause(actor=writer, version=later, clause=at(rio, label).clause)
    move_clause(actor=writer, text=at(later, "1.1"), parent=at(later, "2"), renumber=True)
    split(writer, at(later, "2.1"))
    assert at(later, "2.1").clause.comments.get() == comment


@pytest.mark.parametrize("act", ["split", "merge", "retire", "restore"])
def test_others_do_nothing(rio, miner, act):
    text, user = at(rio, "1.2"), miner.user
    with pytest.raises(PermissionDenied):
        {
            "split": lambda: split(user, text),
            "merge": lambda: merge(user, text, at(rio, "2")),
            "retire": lambda: retire_clause(actor=user, text=text, reason="x"),
            "restore": lambda: restore_clause(actor=user, version=rio, clause=text.clause),
        }[act]()


@pytest.mark.parametrize("act", ["split", "merge", "retire", "restore"])
def test_nothing_happens_in_a_frozen_version(rio, writer, act):
    freeze_version(version=rio, actor=None)
    text = at(rio, "1.2")
    with pytest.raises(DomainError):
        {
            "split": lambda: split(writer, text),
            "merge": lambda: merge(writer, text, at(rio, "2")),
            "retire": lambda: retire_clause(actor=writer, text=text, reason="x"),
            "restore": lambda: restore_clause(actor=writer, version=rio, clause=text.clause),
        }[act]()


def test_comments_are_found_through_splits_and_merges(rio, writer, producers):
    consultation = make_round(rio)
    make_comment(consultation, producers, clause_text=at(rio, "1.1"))
    make_comment(consultation, producers, clause_text=at(rio, "1.1"))
    make_comment(consultation, producers, clause_text=at(rio, "2"))
    later = make_version(rio.framework, "0.3")
    freeze_version(version=rio, actor=None)
    for label in ("1", "1.1", "2"):
        restore_clause(actor=writer, version=later, clause=at(rio, label).clause)
    new = split(writer, at(later, "1.1"))
    merge(writer, at(later, "2"), at(later, new.label))
    with override("en"):
        found = [place.words for place in comment_places(new.clause, writer)]
    assert found == ["1.1 in 0.2: 2 comments", "2 in 0.2: 1 comment"]


def test_a_clause_of_which_nobody_spoke_has_no_places(rio, writer):
    assert kin(at(rio, "2").clause) == {at(rio, "2").clause_id}
    assert comment_places(at(rio, "2").clause, writer) == []
