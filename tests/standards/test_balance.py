"""Figures of a round: exact, and silent about few."""

from datetime import timedelta
from fractions import Fraction

import pytest
from django.utils import timezone

from standards.models import Answer, Comment
from standards.querysets.balance import (
    Said,
    evenness,
    evenness_words,
    figures,
    hide_cells,
    influence,
    median_days,
    percent,
    ratio,
    spoken,
    top_share,
)
from tests.conftest import make_organisation
from tests.support.frameworks import make_answer, make_comment
from tests.support.queries import flat

CHAMBERS = ("PRO", "COM", "SOC", "CAD", "GOB")


def crowd(**people):
    """So many people of each chamber, each with one comment."""
    return [Said(1000 * place + n, code) for place, (code, count) in enumerate(people.items()) for n in range(count)]


def count(rows, **targets):
    return figures(rows, chambers=CHAMBERS, targets=targets, smallest=5)


def cell(told, table, code):
    return next(one for one in told[table] if one["code"] == code)


@pytest.mark.parametrize(("counts", "found"), [((3, 3, 3, 3), 1), ((9, 0, 0, 0), 0), ((), None), ((0, 0), None), ((4,), None)])
def test_evenness_is_one_from_all_and_nothing_from_one(counts, found):
    assert evenness(counts) == (found if found is None else pytest.approx(found, abs=1e-12))


def test_evenness_counts_empty_chambers_too():
    assert evenness((5, 5, 0, 0)) == pytest.approx(0.5)


@pytest.mark.parametrize(("exact", "words"), [(True, "0.95"), (False, "1.0")])
def test_evenness_is_coarser_where_cells_are_hidden(exact, words):
    assert evenness_words((10, 6), exact=exact) == words


def test_evenness_of_nobody_has_no_words():
    assert evenness_words((0, 0), exact=True) == ""


@pytest.mark.parametrize(("counts", "share"), [((9, 1, 1, 1, 1, 1), Fraction(13, 14)), ((2, 2), Fraction(1)), ((), None)])
def test_share_of_the_five_most_active_is_exact(counts, share):
    assert top_share(counts) == share


@pytest.mark.parametrize(("days", "middle"), [([3], 3), ([1, 4], Fraction(5, 2)), ([9, 1, 2], 2), ([], None)])
def test_median_of_days_is_exact(days, middle):
    assert median_days(days) == middle


@pytest.mark.parametrize(
    ("people", "hidden"),
    [
        ({"A": 7, "B": 9}, set()),
        ({"A": 0, "B": 9}, set()),
        ({"A": 4, "B": 9, "C": 6}, {"A", "C"}),
        ({"A": 4, "B": 4, "C": 6}, {"A", "B"}),
        ({"A": 1, "B": 2, "C": 6, "D": 8}, {"A", "B", "C"}),
        ({"A": 4}, {"A"}),
    ],
)
def test_small_cells_are_hidden_with_enough_beside_them(people, hidden):
    assert hide_cells(people, 5) == hidden


def test_no_hidden_cell_can_be_subtracted_from_the_whole():
    told = count(crowd(PRO=12, COM=3, SOC=6, CAD=9))
    shown = {one["code"]: one["people"] for one in told["chambers"]}
    assert shown == {"PRO": 12, "COM": None, "SOC": None, "CAD": 9, "GOB": 0}
    assert told["people"] - sum(people or 0 for people in shown.values()) >= 5
    assert cell(told, "chambers", "COM")["comments"] is None
    assert cell(told, "influence", "SOC")["accepted"] is None


def test_a_round_of_few_does_not_tell_how_many():
    told = count(crowd(PRO=2, COM=1))
    assert told["people"] is None
    assert [one["people"] for one in told["country"]] == [None]


def test_countries_of_few_are_not_even_named():
    rows = [*crowd(PRO=9), Said(1, "PRO", country="VU"), Said(2, "PRO", country="BO")]
    told = count(rows)
    assert "VU" not in str(told)
    assert "BO" not in str(told)


def test_small_countries_together_are_told_once_they_are_enough():
    rows = crowd(PRO=9) + [Said(n, "PRO", country=code) for n, code in enumerate("ABCDE", 5000)]
    assert count(rows)["country"] == [{"code": "PE", "people": 9, "comments": 9}, {"code": "*", "people": 5, "comments": 5}]


@pytest.mark.parametrize("table", ["language", "gender", "channel"])
def test_every_table_counts_people_once(table):
    rows = crowd(PRO=8) * 3
    assert [(one["people"], one["comments"]) for one in count(rows)[table]] == [(8, 24)]


def test_replies_and_late_comments_are_counted_apart():
    rows = [*crowd(PRO=8), Said(1, "COM", root=False), Said(2, "COM", late=True), Said(3, "COM", late=True, days=4)]
    told = count(rows)
    assert (told["comments"], told["replies"], told["late"], told["answered"]) == (8, 1, 2, [1, 10])


def test_targets_stand_beside_what_was_reached():
    assert cell(count(crowd(PRO=8), PRO=30), "chambers", "PRO") == {"code": "PRO", "people": 8, "comments": 8, "target": 30}


def test_influence_counts_what_was_taken_up_among_the_substantive():
    kinds = [("te", "AC"), ("ge", "AM"), ("te", "PA"), ("te", "NA"), ("ed", "AC"), ("qu", "NO")]
    assert influence(Said(n, "PRO", kind=kind, disposition=what) for n, (kind, what) in enumerate(kinds)) == (3, 4)


def test_influence_counts_near_duplicates_and_replies_not_again():
    rows = [Said(1, "PRO", disposition="AC"), Said(2, "PRO", disposition="AC", folded=True), Said(3, "PRO", root=False)]
    assert influence(rows) == (1, 1)


@pytest.mark.parametrize(("shares", "times"), [(["1/2", "1/6"], 3), (["2/3", "2/3"], 1), (["1/2", "0"], None), (["1/2"], None), ([], None)])
def test_ratio_between_chambers_is_exact(shares, times):
    assert ratio(map(Fraction, shares)) == times


def taken_up(pro, com, whole=12):
    """Two chambers of twelve, of whom so many were taken up."""
    return [
        Said(1000 * side + n, code, disposition="AC" if n < taken else "NA")
        for side, (code, taken) in enumerate([("PRO", pro), ("COM", com)])
        for n in range(whole)
    ]


@pytest.mark.parametrize(
    ("pro", "com", "ratio_words", "uneven"), [(6, 3, "2/1", False), (7, 3, "7/3", True), (7, 0, "", True), (0, 0, "", False)]
)
def test_a_ratio_above_two_is_flagged(pro, com, ratio_words, uneven):
    told = count(taken_up(pro, com))
    assert (told["ratio"], told["uneven"]) == (ratio_words, uneven)


def test_hidden_chambers_do_not_show_through_the_ratio():
    assert count([*crowd(PRO=9), Said(1, "COM", disposition="AC"), *[Said(n, "SOC") for n in range(2, 9)]])["ratio"] == ""


@pytest.mark.parametrize(("written", "whole"), [("1/3", 33), ("1/2", 50), ("2/3", 67), ("", None), ("1/200", 1)])
def test_percent_is_rounded_half_up(written, whole):
    assert percent(written) == whole


def answered(consultation, category, state="published", **fields):
    return make_answer(make_comment(consultation, category, kind="te", proposed="x", sent_at=timezone.now()), state=state, **fields)


def test_what_is_read_is_what_stands_and_is_public(consultation, producers):
    answered(consultation, producers, disposition="AC", published_at=timezone.now() + timedelta(days=3))
    answered(consultation, producers, state="validated", disposition="AC")
    make_comment(consultation, producers, state="withdrawn")
    assert [(row.disposition, row.days) for row in spoken(consultation)] == [("AC", 3), ("", None)]


def test_a_duplicate_shares_the_fate_of_the_other(consultation, producers):
    first = answered(consultation, producers, disposition="PA")
    answered(consultation, producers, disposition="DU", duplicate_of=first.comment)
    Answer.objects.filter(pk=first.pk).update(folded=False)
    assert [row.disposition for row in spoken(consultation)] == ["PA", "PA"]


def test_a_duplicate_of_what_is_not_public_stays_a_duplicate(consultation, producers):
    first = answered(consultation, producers, state="drafted", disposition="PA")
    answered(consultation, producers, disposition="DU", duplicate_of=first.comment)
    assert spoken(consultation)[1].disposition == "DU"


def test_reading_is_one_query_and_knows_nobody(consultation, producers):
    house = make_organisation("zq-casa")
    say = lambda: [make_comment(consultation, producers, shown_organisation=house) for _ in range(3)]  # noqa: E731
    say()
    flat(lambda: spoken(consultation), say, ceiling=1)
    assert spoken(consultation)[0].organisation == house.pk
    assert Comment.objects.count() == 6
