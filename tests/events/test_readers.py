"""Hours by the clock of a place: what it leaves out, what comes twice, and where no clock ever moves."""

from datetime import UTC, datetime

import pytest

from events.readers import NoSuchHour, read_moment

STILL = ("America/Lima", "America/Bogota", "America/Sao_Paulo", "America/Mexico_City")
GAPS = (
    ("America/Santiago", datetime(2026, 9, 6, 0, 30)),
    ("Europe/Madrid", datetime(2026, 3, 29, 2, 30)),
    ("Europe/Lisbon", datetime(2026, 3, 29, 1, 30)),
    ("America/Sao_Paulo", datetime(2018, 11, 4, 0, 30)),
    ("America/Mexico_City", datetime(2022, 4, 3, 2, 30)),
)
FOLDS = (
    ("America/Santiago", datetime(2026, 4, 4, 23, 30), datetime(2026, 4, 5, 2, 30, tzinfo=UTC)),
    ("Europe/Madrid", datetime(2026, 10, 25, 2, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    ("Europe/Lisbon", datetime(2026, 10, 25, 1, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    ("America/Sao_Paulo", datetime(2019, 2, 16, 23, 30), datetime(2019, 2, 17, 1, 30, tzinfo=UTC)),
    ("America/Mexico_City", datetime(2022, 10, 30, 1, 30), datetime(2022, 10, 30, 6, 30, tzinfo=UTC)),
)
NOONS = (
    ("America/Lima", 17, 17),
    ("America/Bogota", 17, 17),
    ("America/Sao_Paulo", 15, 15),
    ("America/Mexico_City", 18, 18),
    ("America/Santiago", 15, 16),
    ("Europe/Madrid", 11, 10),
    ("Europe/Lisbon", 12, 11),
)


@pytest.mark.parametrize(("zone", "local"), GAPS)
def test_hour_that_the_clocks_leave_out_is_refused(zone, local):
    with pytest.raises(NoSuchHour):
        read_moment(local, zone)


@pytest.mark.parametrize(("zone", "local", "instant"), FOLDS)
def test_hour_that_comes_twice_is_the_first(zone, local, instant):
    assert read_moment(local, zone) == read_moment(local, zone).__class__(instant, twice=True)


@pytest.mark.parametrize(("zone", "january", "july"), NOONS)
def test_noon_is_read_by_the_rules_of_its_day(zone, january, july):
    hours = [read_moment(datetime(2026, month, 15, 12), zone).at.hour for month in (1, 7)]
    assert hours == [january, july]


@pytest.mark.parametrize("zone", STILL)
def test_where_clocks_never_move_every_hour_comes_once(zone):
    assert not any(read_moment(datetime(2026, month, 1, hour), zone).twice for month in range(1, 13) for hour in range(24))


@pytest.mark.parametrize(("zone", "local"), GAPS)
def test_hour_before_a_gap_is_taken(zone, local):
    before = local.replace(hour=(local.hour - 1) % 24, day=local.day - (local.hour == 0))
    assert read_moment(before, zone).at.tzinfo is UTC
