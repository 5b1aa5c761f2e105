"""Seven clocks of the network across their rules: forms, days, files, reminders, and an event that moves to another clock."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from django.urls import reverse
from django.utils import timezone, translation

from events import actions
from events.exports import calendar_of, invitation
from events.forms import RescheduleForm
from events.models import Event
from events.notifications import CHANGED, NEAR, SOON
from events.notifications.events import describe
from events.querysets import moment as in_words
from events.querysets import when
from events.readers import NoSuchHour, read_moment
from events.tasks import remind_followers
from members.models import User
from red_mpe.core.models import AuditEntry
from red_mpe.notifications.actions.spreading import spread_waiting
from red_mpe.notifications.models import Notification
from tests.factories.events import LINK, announced, moment, stored
from tests.factories.registrations import registered, terms
from tests.support.ics import instant, parse

ZONES = (
    "America/Lima",
    "America/Bogota",
    "America/Sao_Paulo",
    "America/Mexico_City",
    "America/Santiago",
    "Europe/Madrid",
    "Europe/Lisbon",
)
#: A day on which the clocks of a place go forward or back, also where they have ceased to.
CHANGES = (
    ("America/Sao_Paulo", date(2018, 11, 4), -1),
    ("America/Sao_Paulo", date(2019, 2, 17), 1),
    ("America/Mexico_City", date(2022, 4, 3), -1),
    ("America/Mexico_City", date(2022, 10, 30), 1),
    ("America/Santiago", date(2026, 4, 5), 1),
    ("America/Santiago", date(2026, 9, 6), -1),
    ("Europe/Madrid", date(2026, 3, 29), -1),
    ("Europe/Madrid", date(2026, 10, 25), 1),
    ("Europe/Lisbon", date(2026, 3, 29), -1),
    ("Europe/Lisbon", date(2026, 10, 25), 1),
)
AHEAD = [row for row in CHANGES if row[1] > date(2026, 3, 10)]
NEVER = ("America/Lima", "America/Bogota")
CEASED = (("America/Sao_Paulo", 2018, 2020), ("America/Mexico_City", 2022, 2023))


def over(zone, day, **more):
    """An event from noon of the day before a change to noon of the day after it."""
    before, after = day - timedelta(days=1), day + timedelta(days=1)
    starts, ends = (moment(one.year, one.month, one.day, 12, zone=zone) for one in (before, after))
    return stored(f"{zone.partition('/')[2].lower()}-{day}", starts_at=starts, ends_at=ends, time_zone=zone, **more)


def form(zone, starts, ends="2027-01-01T10:00", language="es"):
    with translation.override(language):
        filled = RescheduleForm({"starts": starts, "ends": ends, "time_zone": zone})
        filled.is_valid()
        return filled, str(filled.errors.get("starts", "")), filled.remark() if not filled.errors else ""


@pytest.mark.parametrize(("zone", "day", "hours"), CHANGES)
def test_two_days_over_a_change_are_an_hour_more_or_less(db, zone, day, hours):
    event = over(zone, day)
    assert event.ends_at - event.starts_at == timedelta(hours=48 + hours)
    assert (event.starts_on, event.ends_on) == (day - timedelta(days=1), day + timedelta(days=1))


@pytest.mark.parametrize(("zone", "day", "hours"), CHANGES)
def test_words_say_noon_on_both_sides_of_a_change(db, zone, day, hours):
    event = over(zone, day)
    assert when(event.starts_at, event.ends_at, zone).count("12:00") == 2


@pytest.mark.parametrize(("zone", "day", "hours"), CHANGES)
def test_files_hold_the_instants_of_both_sides_of_a_change(db, zone, day, hours):
    event = over(zone, day)
    data = calendar_of([event], name="x")
    (one,), (two,) = icalendar.Calendar.from_ical(data).walk("VEVENT"), vobject.readOne(data.decode()).vevent_list
    assert one.decoded("DTSTART") == two.dtstart.value == event.starts_at
    assert one.decoded("DTEND") == two.dtend.value == instant(parse(data)[0]["DTEND"]) == event.ends_at


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_is_written_and_read_by_its_own_rules(zone, month):
    local = datetime(2026, month, 15, 9, 30)
    assert read_moment(local, zone).at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == local
    assert "09:30" in in_words(read_moment(local, zone).at, zone)


@pytest.mark.parametrize("zone", NEVER)
def test_where_clocks_never_moved_a_day_has_24_hours(zone):
    days = [moment(2026, 1, 1, zone=zone) + timedelta(days=number) for number in range(366)]
    assert {one.astimezone(ZoneInfo(zone)).hour for one in days} == {0}


@pytest.mark.parametrize(("zone", "last", "after"), CEASED)
def test_rules_that_have_ceased_hold_for_the_years_in_which_they_held(zone, last, after):
    offsets = [{moment(year, month, 1, zone=zone).hour for month in range(1, 13)} for year in (last, after)]
    assert [len(found) for found in offsets] == [2, 1]


@pytest.mark.parametrize(
    ("zone", "hour"),
    [("America/Santiago", "2026-09-06T00:15"), ("Europe/Madrid", "2026-03-29T02:00"), ("Europe/Lisbon", "2026-03-29T01:59")],
)
@pytest.mark.parametrize(("language", "words"), [("es", "no existe"), ("en", "does not exist"), ("pt-br", "não existe")])
def test_hour_in_a_gap_is_refused_in_clear_words(zone, hour, language, words):
    filled, error, _remark = form(zone, hour, language=language)
    assert words in error
    assert filled["starts"].value() == hour


@pytest.mark.parametrize(
    ("zone", "hour"),
    [("America/Santiago", "2026-04-04T23:30"), ("Europe/Madrid", "2026-10-25T02:30"), ("Europe/Lisbon", "2026-10-25T01:30")],
)
def test_hour_that_comes_twice_is_the_first_and_the_writer_is_told(zone, hour):
    filled, error, remark = form(zone, hour)
    first = filled.cleaned_data["starts_at"]
    assert (error, first.astimezone(ZoneInfo(zone)).fold) == ("", 0)
    assert hour[-5:] in remark


@pytest.mark.parametrize(("zone", "hour"), [("America/Santiago", "2026-09-06T01:00"), ("Europe/Madrid", "2026-03-29T03:00")])
def test_first_hour_after_a_gap_is_taken(zone, hour):
    assert form(zone, hour)[1:] == ("", "")


@pytest.mark.parametrize("zone", ["America/Lima", "America/Bogota", "America/Sao_Paulo", "America/Mexico_City"])
@pytest.mark.parametrize("hour", ["2026-10-25T02:30", "2026-03-29T02:30", "2026-09-06T00:15", "2026-11-01T00:30"])
def test_where_no_clock_moves_now_every_hour_is_taken(zone, hour):
    assert form(zone, hour)[1:] == ("", "")


@pytest.mark.parametrize(("zone", "day"), [("America/Santiago", 31), ("Europe/Madrid", 31), ("America/Lima", 31)])
def test_day_is_that_of_its_own_clock(db, zone, day):
    event = stored("uno", starts_at=moment(2026, 12, day, 23, zone=zone), ends_at=moment(2027, 1, 1, 1, zone=zone), time_zone=zone)
    assert (event.starts_on, event.ends_on) == (date(2026, 12, 31), date(2027, 1, 1))


@pytest.mark.parametrize(
    ("mine", "hour"),
    [
        ("America/Lima", "04:00"),
        ("America/Bogota", "04:00"),
        ("America/Sao_Paulo", "06:00"),
        ("America/Mexico_City", "03:00"),
        ("America/Santiago", "06:00"),
        ("Europe/Lisbon", "09:00"),
    ],
)
def test_reader_finds_the_hour_by_their_own_clock_too(as_user, miner, mine, hour):
    User.objects.filter(pk=miner.user.pk).update(time_zone=mine)
    starts = moment(2026, 3, 20, 10, zone="Europe/Madrid")  # still winter in Madrid, still summer in Santiago
    event = stored("uno", starts_at=starts, ends_at=starts + timedelta(hours=2), time_zone="Europe/Madrid")
    page = as_user(User.objects.get(pk=miner.user.pk)).get(event.get_absolute_url()).content.decode()
    assert "10:00" in page
    assert hour in page


@pytest.mark.parametrize(("mine", "hour"), [("Europe/Lisbon", "09:00"), ("America/Santiago", "04:00"), ("America/Lima", "03:00")])
def test_readers_clock_follows_the_summer(as_user, miner, mine, hour):
    User.objects.filter(pk=miner.user.pk).update(time_zone=mine)
    starts = moment(2026, 7, 20, 10, zone="Europe/Madrid")
    event = stored("uno", starts_at=starts, ends_at=starts + timedelta(hours=2), time_zone="Europe/Madrid")
    assert hour in as_user(User.objects.get(pk=miner.user.pk)).get(event.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("zone", "day", "hours"), AHEAD)
def test_day_before_is_24_hours_before_also_over_a_change(db, clock, zone, day, hours):
    starts = moment(day.year, day.month, day.day, 12, zone=zone)
    stored("uno", starts_at=starts, ends_at=starts + timedelta(hours=1), time_zone=zone, moved_at=timezone.now() - timedelta(days=1))
    clock.move_to(starts - timedelta(hours=24, minutes=1))
    remind_followers()
    early = AuditEntry.objects.filter(verb=NEAR, data__days=1).count()
    clock.move_to(starts - timedelta(hours=24))
    remind_followers()
    remind_followers()
    assert (early, AuditEntry.objects.filter(verb=NEAR, data__days=1).count()) == (0, 1)


@pytest.mark.parametrize(("zone", "day", "hours"), AHEAD)
def test_hour_before_is_an_hour_before_also_in_the_night_of_a_change(db, clock, zone, day, hours):
    starts = moment(day.year, day.month, day.day, 3, 10, zone=zone)
    stored("uno", starts_at=starts, ends_at=starts + timedelta(hours=1), time_zone=zone, mode="on-line", link=LINK)
    clock.move_to(starts - timedelta(minutes=61))
    remind_followers()
    early = AuditEntry.objects.filter(verb=SOON).count()
    clock.move_to(starts - timedelta(minutes=59))
    remind_followers()
    assert (early, AuditEntry.objects.filter(verb=SOON).count()) == (0, 1)


def test_closing_is_told_by_the_clock_of_the_event(db):
    event = stored("uno", time_zone="Europe/Madrid")
    terms(event, closes_at=datetime(2026, 3, 29, 1, 0, tzinfo=UTC))
    assert "29 de marzo de 2026, 03:00 (hora de Madrid)" in in_words(event.terms.closes_at, event.time_zone)


@pytest.fixture
def moved(miner, scholar, secretary):
    """Somebody is registered, then the event is held by the clock of Madrid: at the same hour of that clock, or at the same instant."""

    def move(*, same_hour):
        event = announced(secretary, starts_at=moment(2026, 3, 20, 9), ends_at=moment(2026, 3, 20, 17))
        registration = registered(event, miner.user)
        before = invitation(registration, to="rosa@example.org")
        hours = {f"{end}s_at": moment(2026, 3, 20, hour, zone="Europe/Madrid") for end, hour in (("start", 9), ("end", 17))}
        actions.change_event(actor=secretary, event=event, time_zone="Europe/Madrid", **(hours if same_hour else {}))
        registration.refresh_from_db()
        registration.event.refresh_from_db()
        return event, parse(before)[0], parse(invitation(registration, to="rosa@example.org"))[0]

    return move


def test_event_that_keeps_its_hour_by_another_clock_is_another_instant(moved):
    event, before, after = moved(same_hour=True)
    assert instant(after["DTSTART"]) == instant(before["DTSTART"]) - timedelta(hours=6)
    assert (event.starts_on, event.time_zone) == (date(2026, 3, 20), "Europe/Madrid")
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])


def test_event_that_keeps_its_instant_by_another_clock_is_another_hour(moved):
    event, before, after = moved(same_hour=False)
    assert instant(after["DTSTART"]) == instant(before["DTSTART"])
    assert "15:00" in when(event.starts_at, event.ends_at, event.time_zone)
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])


@pytest.mark.parametrize("same_hour", [True, False])
def test_who_is_registered_is_told_of_the_other_clock(moved, miner, same_hour):
    moved(same_hour=same_hour)
    spread_waiting(seconds=0)
    assert Notification.objects.filter(recipient=miner.user, entry__verb=CHANGED).count() == 1
    assert "time_zone" in AuditEntry.objects.get(verb=CHANGED).data["fields"]


def test_change_is_told_by_the_clock_that_the_event_has_now(moved):
    moved(same_hour=True)
    entry = AuditEntry.objects.get(verb=CHANGED)
    assert "09:00 a 17:00 (hora de Madrid)" in describe([entry])[entry.pk]["when"]


def test_registration_and_its_closing_stay_where_they_are(moved, secretary):
    event, _before, _after = moved(same_hour=True)
    closes = terms(event).closes_at
    actions.change_event(actor=secretary, event=event, time_zone="America/Lima")
    assert Event.objects.get(pk=event.pk).terms.closes_at == closes
    assert event.registrations.get().state == "confirmed"


def test_move_to_another_day_of_another_clock_moves_its_days(secretary):
    starts = moment(2026, 3, 20, 20)  # already the 21st in Madrid
    event = announced(secretary, starts_at=starts, ends_at=starts + timedelta(hours=1))
    actions.change_event(actor=secretary, event=event, time_zone="Europe/Madrid")
    assert (event.starts_on, event.ends_on) == (date(2026, 3, 21), date(2026, 3, 21))


def test_form_of_a_moved_event_keeps_the_hour_and_changes_the_instant(as_user, secretary):
    event = announced(secretary, starts_at=moment(2026, 3, 20, 9), ends_at=moment(2026, 3, 20, 17))
    page = as_user(secretary).get(reverse("events:event_edit", args=[event.slug])).content.decode()
    assert 'value="2026-03-20T09:00"' in page


def test_refused_hour_says_which_clock(db):
    with pytest.raises(NoSuchHour, match="Europe/Madrid"):
        read_moment(datetime(2026, 3, 29, 2, 30), "Europe/Madrid")
