"""Recurrence rules: what is taken, what is refused, and the days and hours that follow from them."""

from datetime import UTC, date, datetime
from itertools import islice

import pytest

from events.readers import BadRule, Rule, days_of_rule, first_moment, read_rule
from tests.factories.series import FIRST_THURSDAY, days

START = date(2026, 1, 1)


def read(written, **more):
    return read_rule(written, **{"starts_on": START, **more})


def test_a_rule_is_read_as_calendars_write_it():
    rule = read(" rrule:freq=monthly; byday=1th ;interval=2;")
    assert rule == Rule("MONTHLY", 2, days=((1, 3),))


def test_a_rule_is_written_in_a_fixed_order():
    assert str(read("BYDAY=TH,MO;COUNT=5;FREQ=WEEKLY;INTERVAL=2;WKST=MO")) == "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;COUNT=5"


@pytest.mark.parametrize(
    "written",
    [
        FIRST_THURSDAY,
        "FREQ=WEEKLY",
        "FREQ=YEARLY;BYMONTHDAY=1,15",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=MONTHLY;BYDAY=1MO,-1FR;UNTIL=20271231",
        "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=5,-1;COUNT=4",
    ],
)
def test_what_is_written_is_read_again(written):
    assert str(read(written)) == written


def test_an_end_in_utc_is_a_day_of_the_place():
    assert read("FREQ=WEEKLY;UNTIL=20260402T033000Z", zone="America/Lima").until == date(2026, 4, 1)


def test_an_end_without_zone_is_of_the_place_already():
    assert read("FREQ=WEEKLY;UNTIL=20260402T033000", zone="America/Lima").until == date(2026, 4, 2)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("FREQ=SECONDLY", "por semana, mes o año"),
        ("FREQ=MINUTELY", "por semana, mes o año"),
        ("FREQ=HOURLY;INTERVAL=5", "por semana, mes o año"),
        ("FREQ=DAILY", "por semana, mes o año"),
        ("BYDAY=1TH", "por semana, mes o año"),
        ("", "no se entiende"),
        ("cada jueves", "no se entiende"),
        ("FREQ=MONTHLY;BYDAY=", "no se entiende"),
        ("FREQ=MONTHLY;FREQ=WEEKLY", "no se entiende"),
        ("FREQ=MONTHLY;BYDAY=7TH", "no se entiende"),
        ("FREQ=MONTHLY;BYDAY=1XX", "no se entiende"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "no se entiende"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "no se entiende"),
        ("FREQ=MONTHLY;INTERVAL=0", "no se entiende"),
        ("FREQ=MONTHLY;INTERVAL=1e9", "no se entiende"),
        ("FREQ=MONTHLY;COUNT=99999999999", "no se entiende"),
        ("FREQ=MONTHLY;UNTIL=mañana", "no se entiende"),
        ("FREQ=MONTHLY;UNTIL=20261301T000000Z", "no se entiende"),
        ("FREQ=MONTHLY;UNTIL=00010101T000000Z", "no se entiende"),
        ("FREQ=MONTHLY;BYHOUR=6", "no se usa"),
        ("FREQ=YEARLY;BYWEEKNO=20", "no se usa"),
        ("FREQ=WEEKLY;WKST=SU", "no se usa"),
        ("FREQ=MONTHLY;COUNT=2;UNTIL=20270101", "no ambas"),
        ("FREQ=WEEKLY;BYDAY=1TH", "FREQ=MONTHLY"),
        ("FREQ=WEEKLY;BYMONTHDAY=5", "FREQ=MONTHLY"),
        ("FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS"),
        ("FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2", "BYSETPOS"),
        ("FREQ=MONTHLY;BYDAY=1TH;BYSETPOS=-2", "BYSETPOS"),
        ("FREQ=WEEKLY;BYDAY=MO,TU", "más de 60"),
        ("FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", "más de 60"),
        ("FREQ=MONTHLY;BYDAY=1TH;BYMONTHDAY=20", "en cinco años"),
        ("FREQ=WEEKLY;UNTIL=20251231", "en cinco años"),
        ("FREQ=MONTHLY;" + ";" * 200, "200 caracteres"),
    ],
)
def test_a_rule_that_nobody_can_keep_is_refused_with_its_reason(written, words):
    with pytest.raises(BadRule) as refusal:
        read(written, zone="America/Lima")
    assert words in str(refusal.value.words)


def test_a_rule_that_begins_too_late_is_none():
    with pytest.raises(BadRule):
        read("FREQ=MONTHLY;INTERVAL=60;BYMONTHDAY=31", starts_on=date(2026, 2, 1))


def test_what_is_not_understood_is_said_shortly():
    with pytest.raises(BadRule) as refusal:
        read("X" * 150)
    assert "X" * 41 not in str(refusal.value.words)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (FIRST_THURSDAY, ["2026-01-01", "2026-02-05", "2026-03-05", "2026-04-02"]),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR", ["2026-01-30", "2026-03-27", "2026-05-29", "2026-07-31"]),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15", ["2026-01-15", "2026-04-15", "2026-07-15", "2026-10-15"]),
        ("FREQ=MONTHLY;BYMONTHDAY=31", ["2026-01-31", "2026-03-31", "2026-05-31", "2026-07-31"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", ["2026-01-30", "2026-02-27", "2026-03-31", "2026-04-30"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", ["2026-01-14", "2026-01-28", "2026-02-11", "2026-02-25"]),
        ("FREQ=YEARLY", ["2026-01-01", "2027-01-01", "2028-01-01", "2029-01-01"]),
        ("FREQ=MONTHLY;BYDAY=1TH;COUNT=2", ["2026-01-01", "2026-02-05"]),
        ("FREQ=MONTHLY;BYDAY=1TH;UNTIL=20260305", ["2026-01-01", "2026-02-05", "2026-03-05"]),
    ],
)
def test_days_follow_from_the_rule(rule, expected):
    assert days(rule) == expected


def test_the_first_day_counts_only_if_the_rule_has_it():
    assert days(FIRST_THURSDAY, 1, date(2026, 1, 2)) == ["2026-02-05"]


def test_a_rule_without_end_goes_on():
    assert len(list(islice(days_of_rule(read(FIRST_THURSDAY), START), 600))) == 600


#: Zone, hour, and the hour in UTC of one meeting on either side of a turn of the clocks.
TURNS = (
    ("America/Lima", 18, date(2026, 3, 28), 23, date(2026, 10, 31), 23),
    ("America/Bogota", 18, date(2026, 3, 28), 23, date(2026, 10, 31), 23),
    ("America/Santiago", 18, date(2026, 4, 4), 21, date(2026, 4, 5), 22),
    ("Europe/Madrid", 18, date(2026, 3, 28), 17, date(2026, 3, 29), 16),
    ("Europe/Lisbon", 18, date(2026, 10, 24), 17, date(2026, 10, 25), 18),
    ("America/Sao_Paulo", 18, date(2018, 11, 3), 21, date(2018, 11, 4), 20),
    ("America/Mexico_City", 18, date(2022, 10, 29), 23, date(2022, 10, 30), 0),
)


@pytest.mark.parametrize(("zone", "hour", "before", "first", "after", "second"), TURNS, ids=[turn[0] for turn in TURNS])
def test_the_hour_stays_when_clocks_turn(zone, hour, before, first, after, second):
    instants = [first_moment(datetime(day.year, day.month, day.day, hour), zone) for day in (before, after)]
    assert [one.astimezone(UTC).hour for one in instants] == [first, second]


@pytest.mark.parametrize(
    ("zone", "local", "expected"),
    [
        ("America/Santiago", datetime(2026, 9, 6, 0, 30), datetime(2026, 9, 6, 4, 0)),
        ("Europe/Madrid", datetime(2026, 3, 29, 2, 30), datetime(2026, 3, 29, 1, 0)),
        ("Europe/Lisbon", datetime(2026, 3, 29, 1, 0), datetime(2026, 3, 29, 1, 0)),
        ("America/Sao_Paulo", datetime(2018, 11, 4, 0, 15), datetime(2018, 11, 4, 3, 0)),
        ("America/Mexico_City", datetime(2022, 4, 3, 2, 59), datetime(2022, 4, 3, 8, 0)),
    ],
)
def test_an_hour_that_is_left_out_gives_way_to_the_first_minute_after(zone, local, expected):
    assert first_moment(local, zone) == expected.replace(tzinfo=UTC)


def test_of_an_hour_that_comes_twice_the_first_counts():
    assert first_moment(datetime(2026, 10, 25, 2, 30), "Europe/Madrid") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
