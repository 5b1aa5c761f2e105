"""The iCalendar files, read back by two readers that know nothing of each other."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.utils import translation

from events import actions
from events.exports import calendar_of, location_of
from tests.factories.events import LINK, announced, hybrid, moment, stored
from tests.support.ics import instant, lines_of, parse, unescape

NASTY = "Agua; río, mina\\ y \u202eoro\u202c\nBEGIN:VEVENT\r\nX:1"
ZONES = ("America/Lima", "America/Bogota", "America/Sao_Paulo", "America/Mexico_City", "America/Santiago", "Europe/Madrid", "Europe/Lisbon")


def read(*events):
    """The one event as both readers see it, after they agree on how many there are."""
    data = calendar_of(events, name="Encuentros")
    theirs, ours = list(icalendar.Calendar.from_ical(data).walk("VEVENT")), parse(data)
    assert len(theirs) == len(ours) == len(events)
    return theirs[0], ours[0]


def test_both_readers_read_the_same_title(secretary):
    theirs, ours = read(announced(secretary))
    assert str(theirs["SUMMARY"]) == unescape(ours["SUMMARY"]) == "Encuentro del agua"


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("month", [1, 4, 7, 10])
def test_instants_are_those_of_the_place(db, zone, month):
    start = moment(2027, month, 5, 9, zone=zone)
    theirs, ours = read(stored("uno", starts_at=start, ends_at=start + timedelta(hours=2), time_zone=zone))
    local = theirs.decoded("DTSTART").astimezone(ZoneInfo(zone))
    assert local.replace(tzinfo=None) == datetime(2027, month, 5, 9)
    assert instant(ours["DTSTART"]) == start


@pytest.mark.parametrize("zone", ["America/Santiago", "Europe/Madrid", "Europe/Lisbon"])
def test_an_event_over_the_change_of_clocks_lasts_as_long_as_it_lasts(db, zone):
    start, end = moment(2026, 3, 28, 12, zone=zone), moment(2026, 4, 6, 12, zone=zone)
    _theirs, ours = read(stored("uno", starts_at=start, ends_at=end, time_zone=zone))
    assert instant(ours["DTEND"]) - instant(ours["DTSTART"]) == end - start != timedelta(days=9)


def test_name_stays_the_same_through_changes(secretary):
    event = announced(secretary)
    before = parse(calendar_of([event], name="x"))[0]["UID"]
    event = actions.change_event(actor=secretary, event=event, title_es="Otra")
    assert parse(calendar_of([event], name="x"))[0]["UID"] == before == f"{event.uid}@localhost"


def test_sequence_is_told(secretary):
    event = announced(secretary)
    assert read(event)[1]["SEQUENCE"] == f"{event.sequence}00" == "100"


def test_cancelled_is_struck_out_and_says_why(secretary):
    event = actions.cancel_event(actor=secretary, event=announced(secretary), reason={"es": "Por la lluvia."})
    theirs, ours = read(event)
    assert (theirs["STATUS"], ours["STATUS"], ours["TRANSP"]) == ("CANCELLED", "CANCELLED", "TRANSPARENT")
    assert unescape(ours["SUMMARY"]).startswith("Cancelado: ")
    assert "Por la lluvia." in unescape(ours["DESCRIPTION"])


def test_postponed_leaves_its_date(secretary):
    event = actions.postpone_event(actor=secretary, event=announced(secretary), reason={"es": "Lluvia"})
    assert read(event)[1]["STATUS"] == "CANCELLED"


def test_new_dates_confirm_it_again(secretary):
    event = actions.postpone_event(actor=secretary, event=announced(secretary), reason={"es": "Lluvia"})
    later = event.starts_at + timedelta(days=9)
    event = actions.reschedule_event(
        actor=secretary, event=event, starts_at=later, ends_at=later + timedelta(hours=1), time_zone="America/Lima"
    )
    ours = read(event)[1]
    assert (ours["STATUS"], ours["SEQUENCE"], instant(ours["DTSTART"])) == ("CONFIRMED", "300", later)


@pytest.mark.parametrize("field", ["summary_es", "venue", "address", "municipality"])
def test_nothing_that_is_written_breaks_the_file(db, field):
    theirs, ours = read(stored("uno", **{field: NASTY}))
    assert theirs["UID"] == ours["UID"]
    assert "\u202e" not in "".join(ours.values())


def test_title_stays_on_one_line(db):
    event = stored("uno")
    event.title_es = NASTY
    theirs, ours = read(event)
    assert str(theirs["SUMMARY"]) == unescape(ours["SUMMARY"]) == "Agua; río, mina\\ y oro BEGIN:VEVENT X:1"


def test_newlines_of_a_description_are_kept_as_such(db):
    theirs, ours = read(stored("uno", summary_es="Uno; dos, tres"))
    assert str(theirs["DESCRIPTION"]) == unescape(ours["DESCRIPTION"])
    assert "\n\n" in unescape(ours["DESCRIPTION"])


@pytest.mark.parametrize("letter", ["a", "ñ", "水", "🪙"])
def test_long_lines_are_folded_between_letters(db, letter):
    event = stored("uno")
    event.title_es = letter * 150
    assert f"SUMMARY:{letter * 150}" in lines_of(calendar_of([event], name="x"))


def test_link_is_never_in_it(secretary):
    assert LINK.encode() not in calendar_of([hybrid(secretary)], name="x").replace(b"\r\n ", b"")


def test_who_takes_part_on_line_is_led_to_the_page(secretary):
    assert "enlace para participar" in unescape(read(hybrid(secretary))[1]["DESCRIPTION"])


def test_on_site_says_nothing_of_a_link(secretary):
    assert "enlace" not in unescape(read(announced(secretary))[1]["DESCRIPTION"])


def test_description_tells_the_clock_of_the_place(db):
    start = moment(2027, 5, 3, 9, zone="Europe/Madrid")
    _theirs, ours = read(stored("uno", starts_at=start, ends_at=start + timedelta(hours=1), time_zone="Europe/Madrid"))
    assert "de 09:00 a 10:00 (hora de Madrid)" in unescape(ours["DESCRIPTION"])


@pytest.mark.parametrize(("language", "kind"), [("es", "Encuentro"), ("en", "Encounter"), ("pt-br", "Encontro")])
def test_words_are_in_the_present_language(db, language, kind):
    with translation.override(language):
        assert read(stored("uno"))[1]["CATEGORIES"] == kind


def test_place_is_one_line_without_what_is_said_twice(db):
    assert location_of(stored("uno", venue="Cusco", address="")) == "Cusco, Perú"


def test_on_line_alone_has_no_place(db):
    event = stored("uno", mode="on-line", venue="", municipality="", country="", countries=[], link=LINK)
    assert "LOCATION" not in read(event)[1]


@pytest.mark.parametrize(("audience", "word"), [("public", "PUBLIC"), ("members", "PRIVATE"), ("group", "PRIVATE")])
def test_what_is_not_public_says_so(db, audience, word):
    assert read(stored("uno", audience=audience))[1]["CLASS"] == word


def test_calendar_has_its_name_and_asks_to_be_read_again(db):
    text = calendar_of([], name="Encuentros; de todos").decode()
    assert "X-WR-CALNAME:Encuentros\\; de todos" in text
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT6H" in text
