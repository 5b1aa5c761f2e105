"""The words of the form and the rules they stand for."""

from datetime import date

import pytest

from events.forms.series import EVERY, DaysForm, PresentForm, SeriesForm, chosen_rule, proposal, words_of
from events.readers import read_rule
from tests.factories.events import make_group, moment, stored
from tests.factories.series import make_series

START = date(2026, 3, 5)


def form_of(group, series=None, **data):
    known = SeriesForm(group=group, series=series).initial | {"link": "https://sala.example.org/"} | data
    return SeriesForm(known, group=group, series=series)


@pytest.mark.parametrize(
    ("chosen", "rule"),
    [
        (("1w", "1", 3, None), "FREQ=WEEKLY;BYDAY=TH"),
        (("2w", "day", 0, 5), "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
        (("1m", "1", 3, None), "FREQ=MONTHLY;BYDAY=1TH"),
        (("2m", "-1", 4, None), "FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR"),
        (("3m", "day", 4, 15), "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15"),
        (("12m", "2", 5, None), "FREQ=MONTHLY;INTERVAL=12;BYDAY=2SA"),
    ],
)
def test_words_become_a_rule(chosen, rule):
    assert str(chosen_rule(*chosen)) == rule


@pytest.mark.parametrize("every", EVERY)
@pytest.mark.parametrize("which", ["1", "-1", "day"])
def test_a_rule_becomes_the_words_it_came_from(every, which):
    words = words_of(read_rule(str(chosen_rule(every, which, 2, 7)), starts_on=START))
    assert str(chosen_rule(words["every"], words.get("which", "1"), words.get("weekday", 2), words.get("month_day"))) == str(
        chosen_rule(every, which, 2, 7)
    )


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY",
        "FREQ=MONTHLY",
        "FREQ=MONTHLY;INTERVAL=4;BYDAY=1TH",
        "FREQ=MONTHLY;BYDAY=1TH;COUNT=3",
        "FREQ=MONTHLY;BYDAY=1TH,3TH",
        "FREQ=MONTHLY;BYDAY=5TH",
        "FREQ=MONTHLY;BYMONTHDAY=-1",
        "FREQ=MONTHLY;BYDAY=TH;BYSETPOS=1",
    ],
)
def test_what_the_words_cannot_say_stays_a_rule(rule):
    assert words_of(read_rule(rule, starts_on=START)) == {}


def test_a_rule_of_experts_stands_in_its_line(group, chair):
    rule = "FREQ=MONTHLY;BYDAY=1TH,3TH"
    assert SeriesForm(group=group, series=make_series(group, chair, rule=rule)).initial["rule"] == rule


def test_a_rule_that_words_can_say_leaves_the_line_empty(group, chair):
    initial = SeriesForm(group=group, series=make_series(group, chair)).initial
    assert (initial["rule"], initial["every"], initial["which"], initial["weekday"]) == ("", "1m", "1", 3)


def test_what_is_written_comes_before_the_words(group):
    form = form_of(group, rule="freq=weekly")
    assert form.is_valid()
    assert form.facts["rule"] == "FREQ=WEEKLY"


def test_without_a_rule_the_words_count(group):
    form = form_of(group, every="2m", which="2", weekday=5)
    assert form.is_valid()
    assert form.facts["rule"] == "FREQ=MONTHLY;INTERVAL=2;BYDAY=2SA"
    assert "every" not in form.facts


def test_a_day_with_a_number_needs_its_number(group):
    form = form_of(group, which="day")
    assert not form.is_valid()
    assert "month_day" in form.errors


def test_by_the_week_no_number_is_asked(group):
    assert form_of(group, every="1w", which="day").is_valid()


def test_words_that_no_year_keeps_are_told_of(group):
    form = form_of(group, every="12m", which="day", month_day=31, starts_on="2026-02-01")
    assert not form.is_valid()
    assert "en cinco años" in str(form.non_field_errors())


@pytest.mark.parametrize("wrong", [{"time_zone": "Mars/Olympus"}, {"minutes": 4}, {"link": "javascript:alert(1)"}, {"weekday": 7}])
def test_what_cannot_be_is_told(group, wrong):
    assert set(form_of(group, **wrong).errors) == set(wrong)


def test_languages_are_in_a_fixed_order(group):
    form = form_of(group, languages=["qu", "es"])
    assert form.is_valid()
    assert form.facts["languages"] == ["es", "qu"]


@pytest.mark.parametrize(("cadence", "every"), [("monthly", "1m"), ("every-two-months", "2m"), ("quarterly", "3m"), ("as-needed", "1m")])
def test_a_proposal_follows_the_cadence(db, cadence, every):
    assert proposal(make_group(cadence=cadence))["every"] == every


def test_a_proposal_takes_the_usual_hour(group):
    for number, (day, hour) in enumerate([(8, 9), (5, 18), (5, 18)], 1):
        when = {"starts_at": moment(2026, number, day, hour), "ends_at": moment(2026, number, day, hour + 1)}
        stored(f"r-{number}", kind="meeting", groups=[group], **when)
    assert proposal(group)["starts_time"] == "18:00"


def test_a_proposal_names_the_last_week_of_a_month(group):
    when = {"starts_at": moment(2026, 1, 30, 18), "ends_at": moment(2026, 1, 30, 19)}
    stored("r", kind="meeting", groups=[group], **when)
    assert (proposal(group)["which"], proposal(group)["weekday"]) == ("-1", 4)


def test_days_are_read_as_dates():
    form = DaysForm({"days": ["2026-04-02"]}, days=[date(2026, 4, 2)])
    assert form.is_valid()
    assert form.cleaned_data["days"] == [date(2026, 4, 2)]


@pytest.mark.parametrize("who", ["rosa", "rosa nowhere", ""])
def test_who_came_is_said_with_how(who):
    assert "who" in PresentForm({"who": who}).errors


@pytest.mark.parametrize("far", ["9999-12-31", "9999-01-01", "2028-03-15", "2024-03-01", "0001-01-01"])
def test_a_first_day_far_away_is_told(group, far):
    form = form_of(group, starts_on=far)
    assert set(form.errors) == {"starts_on"}
    assert "dos años" in str(form.errors)


@pytest.mark.parametrize("near", ["2028-03-01", "2024-03-20"])
def test_a_first_day_within_two_years_is_taken(group, near):
    assert form_of(group, starts_on=near).is_valid()


def test_a_rhythm_of_long_ago_keeps_its_first_day(group, chair, clock):
    series = make_series(group, chair)
    clock.move_to(moment(2031, 1, 1))
    assert form_of(group, series).is_valid()
