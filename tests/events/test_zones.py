"""The choice of a time zone: each place once, none silently exchanged."""

from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from events.forms import WhenForm
from events.forms.zones import NEAR_ZONES, ZoneField
from red_mpe.core.locale import PLACE_ZONES

HOURS = {"starts": "2026-05-12T09:00", "ends": "2026-05-12T10:00"}


def offered():
    return [value for _group, zones in ZoneField().choices for value, _label in zones]


def test_each_place_is_offered_once():
    assert sorted(offered()) == sorted(PLACE_ZONES)
    assert len(PLACE_ZONES) > 400


def test_near_places_come_first_by_the_name_people_use():
    with override("es"):
        assert ("America/Sao_Paulo", "São Paulo") in ZoneField().choices[0][1]
    assert set(offered()[: len(NEAR_ZONES)]) == set(NEAR_ZONES)


@pytest.mark.parametrize("zone", ["America/Buenos_Aires", "Etc/GMT+5", "US/Central"])
def test_no_older_name_and_no_bare_offset_is_offered(zone):
    assert ZoneInfo(zone)
    assert zone not in PLACE_ZONES


@pytest.mark.parametrize("zone", ["America/Lima", "Asia/Manila", "America/Buenos_Aires", "UTC"])
def test_what_is_a_zone_is_taken(zone):
    assert WhenForm({**HOURS, "time_zone": zone}).is_valid()


@pytest.mark.parametrize("zone", ["Mars", "", "america/lima", "../UTC"])
def test_what_is_none_is_refused(zone):
    assert "time_zone" in WhenForm({**HOURS, "time_zone": zone}).errors


@pytest.mark.parametrize(("zone", "options"), [("America/Buenos_Aires", 1), ("America/Lima", 0), ("Mars", 0)])
def test_the_present_zone_stands_in_the_list_whatever_its_name(zone, options):
    html = str(WhenForm(initial={"time_zone": zone})["time_zone"])
    assert html.count("<option") == len(PLACE_ZONES) + options
    assert (f'value="{zone}" selected' in html) is (zone != "Mars")
