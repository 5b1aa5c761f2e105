"""The table of moves: who stands where may go where, and what must hold."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.enums import EventMode, EventState
from events.states import BY_HAND, MOVES, has_a_place, has_a_report, has_readers, is_described, is_over, is_to_come
from red_mpe.core.states import can_start
from tests.factories.events import LINK, stored

STARTS = {
    "draft": {"announce"},
    "announced": {"postpone", "cancel", "hold", "open"},
    "open": {"postpone", "cancel", "hold", "fill", "close"},
    "full": {"postpone", "cancel", "hold", "reopen", "close"},
    "postponed": {"reschedule", "cancel"},
    "held": {"report"},
    "reported": set(),
    "cancelled": set(),
}


def missing(guard, event):
    return [str(words) for words in guard(event)]


@pytest.mark.parametrize("state", EventState)
def test_only_the_moves_of_the_table_start_from_a_state(db, state):
    event = stored("uno", state=state)
    assert {name for name, move in MOVES.items() if can_start(event, move)} == STARTS[state]


def test_the_clock_and_the_seats_move_the_rest():
    assert set(MOVES) - set(BY_HAND) == {"hold", "fill", "reopen"}


@pytest.mark.parametrize("name", ["title_es", "summary_es"])
def test_what_it_is_must_be_said(db, name):
    assert len(missing(is_described, stored("uno", **{name: ""}) if name == "summary_es" else _without_title())) == 1


def _without_title():
    event = stored("uno")
    event.title_es = ""
    return event


def test_a_title_in_any_language_is_enough(db):
    event = _without_title()
    event.title_pt = "Encontro"
    assert missing(is_described, event) == []


@pytest.mark.parametrize("name", ["venue", "municipality"])
def test_on_site_needs_a_place_and_its_municipality(db, name):
    assert len(missing(has_a_place, stored("uno", **{name: ""}))) == 1


@pytest.mark.parametrize("mode", [EventMode.ON_LINE, EventMode.HYBRID])
def test_on_line_needs_a_link(db, mode):
    assert len(missing(has_a_place, stored("uno", mode=mode))) == 1
    assert missing(has_a_place, stored("dos", mode=mode, link=LINK)) == []


def test_on_line_needs_no_place(db):
    assert missing(has_a_place, stored("uno", mode="on-line", venue="", municipality="", link=LINK)) == []


def test_what_is_only_for_groups_needs_one(db, group):
    assert len(missing(has_readers, stored("uno", audience="group"))) == 1
    assert missing(has_readers, stored("dos", audience="group", groups=[group])) == []


def test_beginning_must_be_ahead(db):
    event = stored("uno")
    assert missing(is_to_come, event) == []
    event.starts_at = timezone.now()
    assert len(missing(is_to_come, event)) == 1


def test_over_is_what_has_ended(db):
    event = stored("uno")
    assert len(missing(is_over, event)) == 1
    event.ends_at = timezone.now() - timedelta(seconds=1)
    assert missing(is_over, event) == []


def test_report_in_one_language_is_a_report(db):
    event = stored("uno")
    assert len(missing(has_a_report, event)) == 1
    event.report_pt = "Foi bom."
    assert missing(has_a_report, event) == []
