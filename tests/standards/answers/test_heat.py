"""Clause by chamber: what is counted, whose support is not shown, and what “apart” means."""

import pytest
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from red_mpe.core.models import Chamber, StakeholderCategory
from standards.actions.comments import toggle_support
from standards.models import Answer, Comment, Framework, Support
from standards.querysets.heat import apart, heat_map, mean
from standards.querysets.marks import map_mark
from tests.factories.standards import fresh, say
from tests.support.frameworks import make_answer, make_clause, make_comment
from tests.support.pages import url
from tests.support.queries import count_queries, flat


@pytest.fixture
def sides(db):
    """One category of each of two chambers."""
    codes = ("miners-organisations", "affected-communities")
    return [StakeholderCategory.objects.select_related("chamber").get(code=code) for code in codes]


@pytest.fixture
def speak(consultation, clause):
    def make(side, number=5, stance="agree", text=clause, **fields):
        return [make_comment(consultation, side, clause_text=text, stance=stance, **fields) for _ in range(number)]

    return make


def cells(consultation, at=0):
    return {cell.code: cell for cell in heat_map(consultation)[at].cells}


def test_each_chamber_has_its_cell(consultation, speak, sides):
    speak(sides[0], 6)
    speak(sides[1], 5)
    found = cells(consultation)
    assert (found["pro"].comments, found["com"].comments, found["cad"].comments) == (6, 5, 0)


def test_clauses_of_which_nobody_speaks_are_left_out(consultation, version, speak, sides):
    make_clause(version, "9.9")
    speak(sides[0])
    assert [row.label for row in heat_map(consultation)] == ["2.3.1"]


def test_what_concerns_the_whole_text_has_a_row(consultation, speak, sides):
    speak(sides[0], text=None)
    with translation.override("en"):
        (row,) = heat_map(consultation)
    assert (row.label, row.title) == ("", "On the whole text")
    assert row.url.endswith("/general/")


def test_comments_of_the_few_are_counted_because_each_is_public_with_its_chamber(consultation, speak, sides):
    speak(sides[0], 6, shown_as="protected")
    speak(sides[1], 2)
    found = cells(consultation)
    assert (found["pro"].comments, found["com"].comments) == (6, 2)


def test_late_withdrawn_and_hidden_ones_and_replies_are_not_counted(consultation, speak, sides):
    first = speak(sides[0], 5)[0]
    speak(sides[0], 1, late=True)
    speak(sides[0], 1, state="withdrawn")
    speak(sides[0], 1, parent=first, root=first, kind="", depth=1)
    assert cells(consultation)["pro"].comments == 5


def test_near_duplicates_count_once_as_soon_as_their_answer_is_public(consultation, speak, sides):
    lead, other = speak(sides[0], 7)[:2]
    answer = make_answer(other, state="drafted", disposition="DU", folded=True, duplicate_of=lead)
    assert cells(consultation)["pro"].comments == 7
    Answer.objects.filter(pk=answer.pk).update(state="published", published_at=timezone.now())
    assert cells(consultation)["pro"].comments == 6


def test_support_is_counted_by_the_chamber_of_who_gives_it(consultation, speak, sides):
    first, *others = speak(sides[0], 6)
    for other in others:
        Support.objects.create(comment=first, persona=other.persona, chamber=sides[1].chamber)
    found = cells(consultation)
    assert (found["pro"].support, found["com"].support) == (0, 5)


def test_support_of_the_few_is_hidden(consultation, speak, sides):
    first, other = speak(sides[0], 6)[:2]
    Support.objects.create(comment=first, persona=other.persona, chamber=sides[1].chamber)
    assert cells(consultation)["com"].support == 0


def test_unresolved_are_disagreements_without_answer_and_objections(consultation, speak, sides):
    disagreeing = speak(sides[0], 5, stance="disagree")
    agreeing = speak(sides[0], 2)
    make_answer(disagreeing[0])
    make_answer(agreeing[0], state="objected")
    make_answer(disagreeing[1], state="validated")
    assert heat_map(consultation)[0].unresolved == 5


def test_the_clauses_on_which_chambers_differ_stand_first(consultation, version, speak, sides):
    quiet, torn = make_clause(version, "3.1"), make_clause(version, "3.2")
    for text, second in ((quiet, "agree"), (torn, "disagree")):
        speak(sides[0], 5, text=text)
        speak(sides[1], 5, stance=second, text=text)
    speak(sides[0], 9)
    found = heat_map(consultation)
    assert [(row.label, row.percent) for row in found] == [("3.2", 100), ("3.1", 0), ("2.3.1", None)]


def test_one_voice_of_another_chamber_tells_how_far_they_are_apart(consultation, speak, sides):
    speak(sides[0], 1)
    speak(sides[1], 1, stance="disagree")
    assert heat_map(consultation)[0].percent == 100


def test_the_busiest_cell_is_the_darkest(consultation, speak, sides):
    speak(sides[0], 8)
    speak(sides[1], 5)
    found = cells(consultation)
    assert (found["pro"].level, found["com"].level, found["cad"].level) == (4, 3, 0)


@pytest.mark.parametrize(
    ("stances", "expected"),
    [({}, None), ({"agree": 3}, 1), ({"disagree": 2}, -1), ({"changes": 4}, 0), ({"agree": 3, "disagree": 1}, 0.5)],
)
def test_the_mean_stance_of_a_chamber(stances, expected):
    assert mean(stances) == expected


@pytest.mark.parametrize(
    ("sides", "expected"),
    [
        ([], None),
        ([(1.0, 5)], None),
        ([(1.0, 5), (None, 9)], None),
        ([(1.0, 5), (1.0, 9)], 0),
        ([(1.0, 5), (-1.0, 5)], 1),
        ([(1.0, 10), (0.0, 10)], 0.5),
    ],
)
def test_how_far_chambers_are_apart(sides, expected):
    assert apart(sides) == expected


@given(st.lists(st.tuples(st.floats(-1, 1), st.integers(1, 10_000)), min_size=2, max_size=5))
def test_apart_lies_between_none_and_all(sides):
    assert 0 <= apart(sides) <= 1.0000001


def test_the_map_is_flat(consultation, version, speak, sides):
    speak(sides[0], 1)
    grow = lambda: [speak(sides[1], 2, text=make_clause(version, f"7.{number}")) for number in range(3)]  # noqa: E731
    flat(lambda: heat_map(consultation), grow, ceiling=6)
    assert Comment.objects.count() == 7


SPOILED = {
    "comment": lambda one: Comment.objects.filter(pk=one.pk).update(stance="agree"),
    "withdrawn": lambda one: Comment.objects.filter(pk=one.pk).update(state="withdrawn"),
    "chamber": lambda one: Chamber.objects.update(name_es="Otra"),
    "title": lambda one: type(one.clause_text).objects.filter(version=one.consultation.version).update(title_es="Otro"),
    "rules": lambda one: setattr(one.consultation.framework.rules, "small_cell", 9) or True,
    "framework": lambda one: Framework.objects.update(authentic_language="en"),
    "answer": lambda one: make_answer(one),
}


@pytest.mark.parametrize("what", SPOILED)
def test_whatever_changes_the_mark_of_the_map_is_another(consultation, clause, miner, what):
    one = say(miner, consultation, clause)
    one.consultation = consultation
    before = map_mark(consultation)
    assert before == map_mark(consultation)
    assert SPOILED[what](one)
    assert map_mark(consultation) != before


def test_a_support_makes_another_map(consultation, clause, miner, neighbour):
    one = say(miner, consultation, clause)
    before = map_mark(consultation)
    toggle_support(actor=fresh(neighbour.user), comment=one)
    assert map_mark(consultation) != before


def test_a_kept_map_is_not_counted_again(client, consultation, clause, miner):
    say(miner, consultation, clause)
    assert len(count_queries(lambda: client.get(url("standards:round_map", "marco", 1)))) == 2
