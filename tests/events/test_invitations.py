"""Invitations: what a calendar gets with a mail, and that each later one replaces the earlier."""

from email.utils import parseaddr

import pytest
import vobject
from django.conf import settings
from django.db import transaction
from django.utils import translation
from icalendar import Calendar

from events import actions
from events.exports import calendar_of, invitation
from events.exports.invitations import link_of, steps_of
from events.models import Registration
from events.notifications import REGISTERED
from red_mpe.notifications.actions import announce, pump
from red_mpe.notifications.actions.spreading import spread_waiting
from tests.factories.events import LINK, announced, hybrid, moment, stored
from tests.factories.registrations import registered
from tests.support.ics import instant, parse, unescape
from tests.support.smtp import smtp_sink

WHY = {"es": "Las lluvias cortaron el camino."}


@pytest.fixture
def sink(settings):
    with smtp_sink(settings) as found:
        yield found


def read(data):
    """The one entry, read by three."""
    theirs = Calendar.from_ical(data)
    assert vobject.readOne(data.decode()).method.value == theirs["METHOD"]
    (ours,) = parse(data)
    return str(theirs["METHOD"]), ours


def tell(verb, target, actor=None):
    with transaction.atomic():
        return announce(verb, actor=actor, target=target)


def calendars(mail):
    """The files of a mail: beside the words, and attached."""
    spoken = [part.get_content() for part in mail.walk() if part.get_content_type() == "text/calendar"]
    return spoken, [part.get_content() for part in mail.iter_attachments()]


def sent(sink, address="rosa-quispe@example.org"):
    """What the mails to an address asked of a calendar, in their order."""
    spread_waiting(seconds=0)
    pump()
    found = []
    for mail in sink.to(address):
        found += [read(attached) for attached in calendars(mail)[1]]
    return found


def test_confirmed_place_is_a_request(miner, secretary):
    event = announced(secretary)
    method, entry = read(invitation(registered(event, miner.user), to="rosa@example.org"))
    assert (method, entry["STATUS"], unescape(entry["SUMMARY"])) == ("REQUEST", "CONFIRMED", "Encuentro del agua")
    assert (instant(entry["DTSTART"]), instant(entry["DTEND"])) == (event.starts_at, event.ends_at)


@pytest.mark.parametrize("state", ["pending", "waiting", "offered", "lapsed", "cancelled", "declined"])
def test_place_that_is_not_confirmed_is_a_cancel(miner, state):
    method, entry = read(invitation(registered(stored("uno"), miner.user, state=state), to="rosa@example.org"))
    assert (method, entry["STATUS"]) == ("CANCEL", "CANCELLED")


@pytest.mark.parametrize("state", ["cancelled", "postponed"])
def test_event_that_is_off_is_a_cancel_for_who_has_a_place(miner, state):
    registration = registered(stored("uno", state=state), miner.user)
    assert read(invitation(registration, to="rosa@example.org"))[0] == "CANCEL"


def test_invitation_names_its_reader_and_nobody_else(miner, scholar):
    event = stored("uno")
    registered(event, scholar.user, name="Ann Lee", email="ann@example.org")
    text = invitation(registered(event, miner.user), to="rosa@example.org").replace(b"\r\n ", b"").decode()
    assert text.count("ATTENDEE") == 1
    assert "mailto:rosa@example.org" in text
    assert "Ann" not in text


def test_organiser_is_the_network_and_no_answer_is_asked(miner):
    text = invitation(registered(stored("uno"), miner.user), to="rosa@example.org").replace(b"\r\n ", b"").decode()
    assert f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}" in text
    assert "RSVP=FALSE" in text
    assert "PARTSTAT=ACCEPTED" in text


def test_name_with_quotes_breaks_no_line(miner):
    registration = registered(stored("uno"), miner.user, name='Rosa "La Brava"; Quispe: 😀, hija')
    theirs = Calendar.from_ical(invitation(registration, to="rosa@example.org")).walk("VEVENT")[0]
    assert theirs["ATTENDEE"].params["CN"] == "Rosa 'La Brava'; Quispe: 😀, hija"


def test_all_who_take_part_get_the_same_name_of_the_event(miner, scholar):
    event = stored("uno")
    files = [invitation(registered(event, who.user), to="x@example.org") for who in (miner, scholar)]
    assert {read(file)[1]["UID"] for file in files} == {f"{event.uid}@localhost"}


@pytest.mark.parametrize(("mode", "state", "there"), [("on-line", "confirmed", True), ("on-site", "confirmed", False)])
def test_link_is_for_who_takes_part_on_line(miner, secretary, mode, state, there):
    data = invitation(registered(hybrid(secretary), miner.user, mode=mode, state=state), to="rosa@example.org")
    assert (LINK in data.replace(b"\r\n ", b"").decode()) == there


@pytest.mark.parametrize("state", ["pending", "waiting", "offered", "lapsed", "cancelled", "declined"])
def test_link_is_for_nobody_without_a_confirmed_place(miner, secretary, state):
    assert LINK not in invitation(registered(hybrid(secretary), miner.user, mode="on-line", state=state), to="x@example.org").decode()


@pytest.mark.parametrize("state", ["held", "reported", "cancelled", "postponed", "draft"])
def test_link_of_an_event_that_is_not_on_is_for_nobody(miner, state):
    event = stored("uno", state=state, mode="on-line", link=LINK)
    assert link_of(registered(event, miner.user, mode="on-line")) == ""


def test_link_is_gone_when_the_event_is_over(miner, clock, secretary):
    registration = registered(hybrid(secretary), miner.user, mode="on-line")
    assert link_of(registration) == LINK
    clock.shift(60 * 60 * 24 * 11)
    assert link_of(registration) == ""


def test_place_is_where_one_takes_part(miner, scholar, secretary):
    event = hybrid(secretary)
    there, here = (
        read(invitation(registered(event, who.user, mode=mode), to="x@example.org"))[1]["LOCATION"]
        for who, mode in ((miner, "on-line"), (scholar, "on-site"))
    )
    assert (unescape(there), unescape(here)) == (LINK, "Casa comunal, Cusco, Perú")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("pending", "waiting"),
        ("pending", "confirmed"),
        ("pending", "declined"),
        ("waiting", "offered"),
        ("offered", "confirmed"),
        ("offered", "lapsed"),
        ("confirmed", "cancelled"),
        ("waiting", "cancelled"),
    ],
)
def test_every_step_of_a_registration_counts(before, after):
    assert steps_of([Registration(state=before)]) < steps_of([Registration(state=after)])


def test_registration_made_again_goes_on_counting():
    cancelled = Registration(state="cancelled", sequence=2)
    for state in ("pending", "waiting", "confirmed"):
        assert steps_of([cancelled, Registration(state=state)]) > steps_of([cancelled])


def test_change_of_the_event_wins_over_any_step_of_a_registration(miner, secretary):
    event = announced(secretary)
    registration = registered(event, miner.user, sequence=500)
    before = int(read(invitation(registration, to="x@example.org"))[1]["SEQUENCE"])
    actions.change_event(actor=secretary, event=event, title_es="Otra")
    public = parse(calendar_of([event], name="x"))[0]
    assert int(public["SEQUENCE"]) > before


@pytest.mark.parametrize(("language", "word"), [("es", "Código"), ("en", "Registration code"), ("pt-br", "Código de inscrição")])
def test_invitation_speaks_the_readers_language(miner, language, word):
    with translation.override(language):
        entry = read(invitation(registered(stored("uno"), miner.user), to="x@example.org"))[1]
    assert word in unescape(entry["DESCRIPTION"])


def test_confirmed_moved_cancelled_is_request_request_cancel_of_one_entry(sink, miner, secretary):
    event = announced(secretary)
    tell(REGISTERED, registered(event, miner.user), actor=miner.user)
    sent(sink)
    later = moment(2026, 3, 25, 9)
    actions.change_event(actor=secretary, event=event, starts_at=later, ends_at=moment(2026, 3, 25, 17))
    sent(sink)
    actions.cancel_event(actor=secretary, event=event, reason=WHY)
    found = sent(sink)
    assert [method for method, _entry in found] == ["REQUEST", "REQUEST", "CANCEL"]
    assert len({entry["UID"] for _method, entry in found}) == 1
    numbers = [int(entry["SEQUENCE"]) for _method, entry in found]
    assert numbers == sorted(set(numbers))
    assert instant(found[1][1]["DTSTART"]) == instant(found[2][1]["DTSTART"]) == later


def test_calendar_stands_beside_the_words_and_is_attached(sink, miner, secretary):
    tell(REGISTERED, registered(announced(secretary), miner.user))
    sent(sink)
    (mail,) = sink.to("rosa-quispe@example.org")
    (spoken,), (attached,) = calendars(mail)
    assert spoken.replace("\r\n", "\n") == attached.decode().replace("\r\n", "\n")
    (alternative,) = [part for part in mail.walk() if part.get_content_type() == "multipart/alternative"]
    assert [part["Content-Type"].split(";")[0] for part in alternative.iter_parts()] == ["text/plain", "text/html", "text/calendar"]
    calendar = list(alternative.iter_parts())[-1]
    assert (calendar.get_param("method"), calendar.get_param("charset")) == ("REQUEST", "utf-8")
    assert [part.get_filename() for part in mail.iter_attachments()] == ["invite.ics"]
