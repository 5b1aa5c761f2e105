"""When a digest is due, in the zones where our people live."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from red_mpe.notifications.enums import Frequency
from red_mpe.notifications.mailing.periods import first_instant, latest_period, next_due, open_period

DAILY, WEEKLY = Frequency.DAILY, Frequency.WEEKLY


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "due"),
    [
        ("America/Lima", "2026-11-23T12:00"),
        ("America/Bogota", "2026-11-23T12:00"),
        ("America/Sao_Paulo", "2026-11-23T10:00"),
        ("America/Mexico_City", "2026-11-23T13:00"),
        ("America/Santiago", "2026-11-23T10:00"),
        ("Europe/Madrid", "2026-11-23T06:00"),
        ("Europe/Lisbon", "2026-11-23T07:00"),
    ],
)
def test_digest_is_due_at_seven_local_time(zone, due):
    now = at(due)
    assert latest_period(DAILY, ZoneInfo(zone), now).name == "2026-11-23"
    assert latest_period(DAILY, ZoneInfo(zone), now - timedelta(seconds=1)).name == "2026-11-22"
    assert latest_period(WEEKLY, ZoneInfo(zone), now).name == "2026-W48"
    assert latest_period(WEEKLY, ZoneInfo(zone), now - timedelta(seconds=1)).name == "2026-W47"


@pytest.mark.parametrize(
    ("zone", "day", "hour", "first"),
    [
        ("America/Santiago", "2026-09-06", 0, "2026-09-06T04:00"),  # 00:00 to 01:00 does not exist
        ("America/Santiago", "2026-04-04", 23, "2026-04-05T02:00"),  # 23:00 comes twice
        ("Europe/Madrid", "2026-03-29", 2, "2026-03-29T01:00"),
        ("Europe/Lisbon", "2026-10-25", 1, "2026-10-25T00:00"),
        ("America/Sao_Paulo", "2018-11-04", 0, "2018-11-04T03:00"),
        ("Pacific/Apia", "2011-12-30", 7, "2011-12-30T10:00"),  # the whole day was left out
    ],
)
def test_gap_gives_its_first_minute_after_and_fold_its_first_occurrence(zone, day, hour, first):
    assert first_instant(date.fromisoformat(day), hour, ZoneInfo(zone)) == at(first)


@pytest.mark.parametrize(("hour", "due"), [("2026-09-06T03:59", "2026-09-05"), ("2026-09-06T04:00", "2026-09-06")])
def test_period_over_a_change_of_clocks(hour, due):
    assert latest_period(DAILY, ZoneInfo("America/Santiago"), at(hour), hour=0).name == due


def test_seven_stays_seven_when_the_clocks_change():
    dues = [latest_period(DAILY, ZoneInfo("America/Santiago"), at(f"2026-09-0{day}T23:00")).due_at for day in (5, 6)]
    assert [due.hour for due in dues] == [11, 10]


def test_daily_digest_has_twenty_hours_of_grace():
    lima = ZoneInfo("America/Lima")
    assert open_period(DAILY, lima, at("2026-11-24T08:00")).name == "2026-11-23"
    assert open_period(DAILY, lima, at("2026-11-24T08:01")) is None


def test_weekly_digest_has_three_days_of_grace():
    lima = ZoneInfo("America/Lima")
    assert open_period(WEEKLY, lima, at("2026-11-26T12:00")).name == "2026-W48"
    assert open_period(WEEKLY, lima, at("2026-11-26T12:01")) is None


def test_week_at_the_turn_of_the_year_counts_as_iso_does():
    assert latest_period(WEEKLY, ZoneInfo("Europe/Madrid"), at("2027-01-02T12:00")).name == "2026-W53"


def test_next_due_is_the_next_morning_and_the_next_monday():
    assert next_due(DAILY, ZoneInfo("America/Lima"), at("2026-11-23T12:00")) == at("2026-11-24T12:00")
    assert next_due(WEEKLY, ZoneInfo("America/Lima"), at("2026-11-23T11:59")) == at("2026-11-23T12:00")
