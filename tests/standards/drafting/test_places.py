"""Adding, moving and shifting clauses."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied

from red_mpe.core.states import DomainError, StaleState
from standards.actions.drafting import add_clause, move_clause, next_label, retire_clause, shift_clause, split_clause
from standards.actions.drafting.labels import refuse_label, taken_labels
from standards.actions.texts import freeze_version
from standards.models import Clause, ClauseRevision, ClauseText
from tests.factories.drafting import at, grow, lineage, shape
from tests.support.frameworks import make_framework, make_version


def test_the_tree_stands_as_it_was_grown(rio):
    assert shape(rio) == "1 -1.1 --1.1.1 -1.2 2"


def test_a_clause_without_a_number_takes_the_next_one(rio, writer):
    assert grow(rio, writer, parent="1").label == "1.3"
    assert grow(rio, writer).label == "3"
    assert grow(rio, writer, parent="2").label == "2.1"


def test_a_clause_is_added_behind_another(rio, writer):
    once = uuid.uuid4()
    add_clause(actor=writer, version=rio, once=once, level="note", parent=at(rio, "1"), after=at(rio, "1.1"))
    assert shape(rio) == "1 -1.1 --1.1.1 -1.3 -1.2 2"


def test_a_clause_added_twice_with_one_key_is_one(rio, writer):
    once = uuid.uuid4()
    made = [add_clause(actor=writer, version=rio, once=once, level="note") for _ in range(2)]
    assert made[0] == made[1]
    assert str(made[0].clause.uuid) == str(once)


def test_a_new_clause_has_a_first_revision(rio, writer):
    made = grow(rio, writer, "9")
    row = ClauseRevision.objects.get(clause=made.clause)
    assert (row.number, row.author, row.changed, row.words["label"], made.revision) == (1, writer, [], "9", 1)


def test_a_clause_under_one_that_has_gone_is_refused(rio, writer):
    gone = at(rio, "2")
    retire_clause(actor=writer, text=gone, reason="Sobra.")
    with pytest.raises(StaleState):
        add_clause(actor=writer, version=rio, once=uuid.uuid4(), level="note", parent=gone)


def test_a_number_given_here_is_refused(rio, writer):
    with pytest.raises(DomainError, match=r"1\.1"):
        grow(rio, writer, "1.1")


def test_a_number_of_another_clause_in_a_frozen_version_is_refused(rio, writer, secretary):
    later = make_version(rio.framework, "0.3")
    freeze_version(version=rio, actor=None)
    with pytest.raises(DomainError):
        grow(later, writer, "1.2")
    assert refuse_label(later, "1.2", at(rio, "1.2").clause) == "1.2"


def test_numbers_of_frozen_versions_count_for_the_next_one(rio, writer):
    later = make_version(rio.framework, "0.3")
    freeze_version(version=rio, actor=None)
    assert next_label(later, "") == "3"
    assert next_label(later, "1") == "1.3"


def test_numbers_are_compared_without_case(rio, writer):
    grow(rio, writer, "A")
    assert "a" in taken_labels(rio)
    with pytest.raises(DomainError):
        grow(rio, writer, "a")


@pytest.mark.parametrize("label", ["general", "a/b", "9" * 25])
def test_a_number_that_cannot_stand_in_an_address_is_refused(rio, writer, label):
    with pytest.raises(DomainError):
        grow(rio, writer, label)


def test_a_next_number_that_grows_too_long_is_refused(rio):
    with pytest.raises(DomainError):
        next_label(rio, "1.2.3.4.5.6.7.8.9.10.11")


def test_a_moved_clause_takes_along_what_is_under_it(rio, writer):
    move_clause(actor=writer, text=at(rio, "1.1"), parent=at(rio, "2"))
    assert shape(rio) == "1 -1.2 2 -1.1 --1.1.1"
    assert lineage(rio) == [("moved", "1.1", "1.1")]


def test_a_moved_clause_may_be_renumbered_with_what_is_under_it(rio, writer):
    move_clause(actor=writer, text=at(rio, "1.1"), parent=at(rio, "2"), renumber=True, reason="Va con el 2.")
    assert shape(rio) == "1 -1.2 2 -2.1 --2.1.1"
    assert lineage(rio) == [("moved", "1.1", "2.1"), ("moved", "1.1.1", "2.1.1")]


def test_what_had_a_number_of_its_own_keeps_it(rio, writer):
    grow(rio, writer, "X", "1.1")
    move_clause(actor=writer, text=at(rio, "1.1"), parent=at(rio, "2"), renumber=True)
    assert shape(rio) == "1 -1.2 2 -2.1 --2.1.1 --X"


def test_a_number_under_which_something_stands_elsewhere_is_left_alone(rio, writer):
    grow(rio, writer, "3.1.1", "2")
    move_clause(actor=writer, text=at(rio, "1.1"), parent=None, after=at(rio, "2"), renumber=True)
    assert shape(rio) == "1 -1.2 2 -3.1.1 4 -4.1"


def test_numbers_that_would_grow_too_long_are_refused(rio, writer):
    grow(rio, writer, "1.1.1234567890.12345678", "1.1")
    grow(rio, writer, "2.12345678901", "2")
    with pytest.raises(DomainError):
        move_clause(actor=writer, text=at(rio, "1.1"), parent=at(rio, "2.12345678901"), renumber=True)
    assert at(rio, "1.1").parent.label == "1"


def test_a_moved_clause_keeps_its_identity_and_its_revisions_say_it(rio, writer):
    clause = at(rio, "1.1").clause
    moved = move_clause(actor=writer, text=at(rio, "1.1"), parent=at(rio, "2"), renumber=True)
    row = ClauseRevision.objects.filter(clause=clause).last()
    assert (moved.clause, row.author, row.number, moved.revision) == (clause, writer, 2, 2)
    assert set(row.changed) == {"label", "parent", "position"}


def test_a_clause_cannot_stand_under_itself(rio, writer):
    for below in ("1", "1.1.1"):
        with pytest.raises(DomainError):
            move_clause(actor=writer, text=at(rio, "1"), parent=at(rio, below))
    assert shape(rio) == "1 -1.1 --1.1.1 -1.2 2"


def test_a_move_behind_a_clause_that_stands_elsewhere_is_refused(rio, writer):
    with pytest.raises(StaleState):
        move_clause(actor=writer, text=at(rio, "2"), parent=at(rio, "1"), after=at(rio, "1.1.1"))


def test_a_reordered_clause_has_no_lineage(rio, writer):
    move_clause(actor=writer, text=at(rio, "1.2"), parent=at(rio, "1"))
    assert shape(rio) == "1 -1.2 -1.1 --1.1.1 2"
    assert lineage(rio) == []


@pytest.mark.parametrize(
    ("label", "way", "after"),
    [
        ("1.2", "up", "1 -1.2 -1.1 --1.1.1 2"),
        ("1", "down", "2 1 -1.1 --1.1.1 -1.2"),
        ("2", "up", "2 1 -1.1 --1.1.1 -1.2"),
        ("1.2", "in", "1 -1.1 --1.1.1 --1.2 2"),
        ("2", "in", "1 -1.1 --1.1.1 -1.2 -2"),
        ("1.1", "out", "1 -1.2 1.1 -1.1.1 2"),
    ],
)
def test_a_clause_moves_by_one_step(rio, writer, label, way, after):
    shift_clause(actor=writer, text=at(rio, label), way=way)
    assert shape(rio) == after


def test_the_third_goes_up_behind_the_first(rio, writer):
    grow(rio, writer, "3")
    shift_clause(actor=writer, text=at(rio, "3"), way="up")
    assert shape(rio) == "1 -1.1 --1.1.1 -1.2 3 2"


@pytest.mark.parametrize(("label", "way"), [("1", "up"), ("2", "down"), ("1.1", "in"), ("1", "out"), ("1", "sideways")])
def test_a_step_that_does_not_exist_is_refused(rio, writer, label, way):
    with pytest.raises(DomainError):
        shift_clause(actor=writer, text=at(rio, label), way=way)


def test_places_begin_where_they_began(rio, writer):
    ClauseText.objects.filter(label="1").update(position=1)
    first = rio.texts.order_by("position").first().position
    move_clause(actor=writer, text=at(rio, "2"), parent=None)
    assert rio.texts.order_by("position").first().position == first


@pytest.mark.parametrize("act", [lambda **x: move_clause(parent=None, **x), lambda **x: shift_clause(way="up", **x)])
def test_others_move_nothing(rio, miner, act):
    with pytest.raises(PermissionDenied):
        act(actor=miner.user, text=at(rio, "2"))


def test_others_add_nothing(rio, miner):
    with pytest.raises(PermissionDenied):
        grow(rio, miner.user, "9")
    assert Clause.objects.count() == 5


@pytest.mark.parametrize("way", ["up", "in"])
def test_nothing_moves_in_a_frozen_version(rio, writer, way):
    freeze_version(version=rio, actor=None)
    with pytest.raises(DomainError):
        shift_clause(actor=writer, text=at(rio, "2"), way=way)


def elsewhere(rio, writer):
    return Clause.objects.create(framework=make_framework("lago"), uuid=uuid.uuid4()).uuid


def gone(rio, writer):
    clause = at(rio, "2").clause
    retire_clause(actor=writer, text=at(rio, "2"), reason="Sobra.")
    return clause.uuid


def add_again(rio, writer, once):
    return add_clause(actor=writer, version=rio, once=once, level="note")


def split_again(rio, writer, once):
    text, part = at(rio, "1.2"), {"text_es": "Debe."}
    return split_clause(actor=writer, text=text, base=text.revision, once=once, stays=part, goes=part)


@pytest.mark.parametrize("used", [elsewhere, gone])
@pytest.mark.parametrize("act", [add_again, split_again])
def test_a_form_that_comes_back_after_its_clause_has_left_is_refused(rio, writer, used, act):
    once = used(rio, writer)
    before = shape(rio)
    with pytest.raises(StaleState):
        act(rio, writer, once)
    assert shape(rio) == before
