"""Invitations: what a calendar gets with a mail, and that each later one replaces the earlier."""

from email.utils import parseaddr

import pytest
import vobject
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from icalendar import Calendar

from events import actions
from events.exports import calendar_of, enclose, invitation
from events.exports.invitations import link_of, method_of, steps_of
from events.models import Event, Registration
from events.notifications import CALLED_OFF, CHANGED, LAPSED, REGISTERED, UNREGISTERED, WAITLISTED
from red_mpe.core.models import AuditEntry
from red_mpe.notifications.actions import announce, pump
from red_mpe.notifications.actions.choosing import set_preferences
from red_mpe.notifications.actions.spreading import spread_waiting
from red_mpe.notifications.enums import Category, Frequency
from red_mpe.notifications.models import Announcement, OutgoingMail
from red_mpe.notifications.registry import Outsider
from tests.factories.events import LINK, announced, hybrid, moment, stored
from tests.factories.registering import open_event
from tests.factories.registrations import registered
from tests.support.ics import instant, parse, unescape
from tests.support.queries import flat
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


def leave(registration, state):
    Registration.objects.filter(pk=registration.pk).update(state=state, moved_at=timezone.now())
    registration.refresh_from_db()


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


def test_cancelled_and_registered_again_is_a_higher_request(sink, miner, secretary):
    event = announced(secretary)
    first = registered(event, miner.user)
    tell(REGISTERED, first)
    sent(sink)
    leave(first, "cancelled")
    tell(UNREGISTERED, first, actor=miner.user)
    sent(sink)
    tell(REGISTERED, registered(event, miner.user))
    found = sent(sink)
    assert [method for method, _entry in found] == ["REQUEST", "CANCEL", "REQUEST"]
    numbers = [int(entry["SEQUENCE"]) for _method, entry in found]
    assert numbers == sorted(set(numbers))


def test_who_registers_gets_their_own_confirmation(sink, miner, secretary):
    tell(REGISTERED, registered(announced(secretary), miner.user), actor=miner.user)
    assert [method for method, _entry in sent(sink)] == ["REQUEST"]


def test_who_wants_no_mail_still_hears_that_a_place_is_lost(sink, miner, secretary):
    set_preferences(person=miner.user, frequencies={Category.EVENT_CHANGES: Frequency.NONE})
    event = announced(secretary)
    registered(event, miner.user)
    actions.cancel_event(actor=secretary, event=event, reason=WHY)
    assert [method for method, _entry in sent(sink)] == ["CANCEL"]


def test_who_only_waits_gets_no_calendar(sink, miner, secretary):
    registration = registered(announced(secretary), miner.user, state="waiting")
    tell(WAITLISTED, registration)
    actions.change_event(actor=secretary, event=registration.event, venue="Otra casa")
    assert sent(sink) == []
    assert len(sink.to("rosa-quispe@example.org")) == 2


def test_who_is_told_without_a_registration_gets_no_calendar(sink, scholar, secretary):
    actions.cancel_event(actor=secretary, event=announced(secretary), reason=WHY)
    assert sent(sink, "ann-lee@example.org") == []
    assert len(sink.to("ann-lee@example.org")) == 1


def test_person_without_an_account_gets_mail_and_calendar(sink, secretary):
    event = announced(secretary, title_pt="Água")
    tell(REGISTERED, registered(event, email="dina@example.org", language="pt-br"), actor=secretary)
    found = sent(sink, "dina@example.org")
    (mail,) = sink.to("dina@example.org")
    assert [method for method, _entry in found] == ["REQUEST"]
    assert mail["Subject"] == "Água: vaga confirmada"
    assert mail["List-Unsubscribe"] is None
    assert event.get_absolute_url().rpartition("/es/")[2].split("/")[-2] in mail.get_body(("plain",)).get_content()


def test_person_without_an_account_hears_of_changes(sink, secretary):
    event = announced(secretary)
    registered(event, email="Dina@example.org")
    actions.change_event(actor=secretary, event=event, venue="Otra casa")
    sent(sink, "Dina@example.org")
    actions.cancel_event(actor=secretary, event=event, reason=WHY)
    assert [method for method, _entry in sent(sink, "Dina@example.org")] == ["REQUEST", "CANCEL"]


def test_person_without_an_account_is_told_once(sink, secretary):
    entry = tell(REGISTERED, registered(announced(secretary), email="dina@example.org"))
    for _ in range(2):
        sent(sink, "dina@example.org")
    assert OutgoingMail.objects.filter(recipient=None).count() == 1
    assert Announcement.objects.get(entry=entry).spread_at is not None


def test_person_without_an_account_who_cancels_meanwhile_is_not_confirmed_any_more(sink, secretary):
    made = registered(announced(secretary), email="dina@example.org")
    tell(REGISTERED, made, actor=secretary)
    spread_waiting(seconds=0)
    leave(made, "cancelled")
    pump()
    assert sink.to("dina@example.org") == []


def test_host_gets_no_calendar_of_whom_they_bring(sink, miner, secretary):
    host = registered(event := announced(secretary), miner.user)
    tell(REGISTERED, registered(event, guest_of=host))
    assert sent(sink) == []


def test_mail_holds_the_link_only_for_who_takes_part_on_line(sink, miner, scholar, secretary):
    event = hybrid(secretary)
    tell(REGISTERED, registered(event, miner.user, mode="on-line"))
    tell(REGISTERED, registered(event, scholar.user))
    sent(sink)
    with_link = {mail["To"] for mail in sink.mails if any(LINK.encode() in file.replace(b"\r\n ", b"") for file in calendars(mail)[1])}
    assert with_link == {"rosa-quispe@example.org"}


def test_link_is_not_for_an_account_that_may_read_it_no_more(visitor, secretary):
    event = open_event("sala", mode="hybrid", on_line=3)
    registration = registered(event, visitor, mode="on-line")
    assert link_of(registration) == LINK
    Event.objects.update(audience="members")
    for one in Registration.objects.all():
        assert link_of(one) == ""
        assert LINK not in invitation(one, to="x@example.org").replace(b"\r\n ", b"").decode()
        assert link_of(one, secretary) == LINK  # who runs it


def test_link_is_for_who_has_no_account_as_before(db):
    event = open_event("sala", mode="hybrid", on_line=3, audience="members")
    assert link_of(registered(event, mode="on-line"), Outsider("dina@example.org", "es")) == LINK


def test_downloaded_file_holds_no_link_for_who_may_not_read_it(as_user, visitor):
    event = open_event("sala", mode="hybrid", on_line=3)
    made = registered(event, visitor, mode="on-line")
    address = reverse("events:registration_calendar", args=[event.slug, made.code])
    before = as_user(visitor).get(address).content
    Event.objects.update(audience="members")
    after = as_user(visitor).get(address).content
    assert [LINK.encode() in one.replace(b"\r\n ", b"") for one in (before, after)] == [True, False]


def test_mail_of_a_place_holds_no_link_for_who_may_not_read_it(sink, visitor):
    made = registered(open_event("sala", mode="hybrid", on_line=3), visitor, mode="on-line")
    tell(REGISTERED, made)
    Event.objects.update(audience="members")
    sent(sink)
    (mail,) = sink.to(visitor.email)
    assert LINK not in calendars(mail)[1][0].replace(b"\r\n ", b"").decode()


def test_another_link_is_a_new_invitation_for_who_connects_and_nobody_else(sink, miner, scholar, secretary):
    event = hybrid(secretary)
    for person, mode in ((miner, "on-line"), (scholar, "on-site")):
        registered(event, person.user, mode=mode)
    registered(event, email="dina@example.org", mode="on-line")
    actions.change_event(actor=secretary, event=event, link="https://meet.example.org/otra")
    found = sent(sink)
    assert [entry["LOCATION"] for _method, entry in found] == ["https://meet.example.org/otra"]
    assert {mail["To"] for mail in sink.mails} == {"rosa-quispe@example.org", "dina@example.org"}
    assert sink.to("dina@example.org")[0]["Subject"].endswith("otro enlace para participar")


def test_another_link_and_another_place_are_told_to_all(sink, miner, scholar, secretary):
    event = hybrid(secretary)
    registered(event, scholar.user)
    actions.change_event(actor=secretary, event=event, link="https://meet.example.org/otra", venue="Otra casa")
    spread_waiting(seconds=0)
    pump()
    assert {"rosa-quispe@example.org", "ann-lee@example.org"} <= {mail["To"] for mail in sink.mails}


def test_another_link_makes_a_higher_sequence(miner, secretary):
    registration = registered(event := hybrid(secretary), miner.user, mode="on-line")
    before = int(read(invitation(registration, to="x@example.org"))[1]["SEQUENCE"])
    actions.change_event(actor=secretary, event=event, link="https://meet.example.org/otra")
    registration = Registration.objects.get(pk=registration.pk)
    assert int(read(invitation(registration, to="x@example.org"))[1]["SEQUENCE"]) > before


def test_files_of_many_readers_take_two_queries(miner, scholar, neighbour, secretary):
    event = announced(secretary)
    entry = AuditEntry.objects.create(verb=CHANGED, target=event)
    people = [miner.user]
    registered(event, miner.user)

    def more():
        for who in (scholar, neighbour):
            registered(event, who.user)
            people.append(who.user)

    flat(lambda: enclose([(entry, person) for person in people]), more, ceiling=2)


def test_offer_that_lapsed_takes_nothing_of_others_along(sink, miner, scholar, secretary):
    event = announced(secretary)
    registered(event, scholar.user)
    tell(LAPSED, registered(event, miner.user, state="lapsed"))
    assert [method for method, _entry in sent(sink)] == ["CANCEL"]


def test_outsider_is_found_by_address_alone(secretary):
    event = announced(secretary)
    registration = registered(event, email="dina@example.org")
    entry = AuditEntry.objects.create(verb=CALLED_OFF, target=event)
    found = enclose([(entry, Outsider("DINA@example.org", "es")), (entry, Outsider("otra@example.org", "es"))])
    assert [len(files) for files in found] == [1, 0]
    assert method_of(registration) == "REQUEST"
