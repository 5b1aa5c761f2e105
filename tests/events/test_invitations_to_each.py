"""Invitations and news of registering, as each reader gets them."""

import pytest
import vobject
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from events import actions
from events.exports import enclose, invitation
from events.exports.invitations import link_of, method_of
from events.models import Event, Registration
from events.notifications import CALLED_OFF, CHANGED, LAPSED, REGISTERED, UNREGISTERED, WAITLISTED
from red_mpe.core.models import AuditEntry
from red_mpe.notifications.actions import announce, pump
from red_mpe.notifications.actions.choosing import set_preferences
from red_mpe.notifications.actions.spreading import spread_waiting
from red_mpe.notifications.enums import Category, Frequency
from red_mpe.notifications.models import Announcement, OutgoingMail
from red_mpe.notifications.registry import Outsider
from tests.factories.events import LINK, announced, hybrid
from tests.factories.registering import open_event
from tests.factories.registrations import registered
from tests.support.ics import parse
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


def test_mail_of_another_link_holds_it_and_its_line_does_not(sink, miner, secretary):
    registered(event := hybrid(secretary), miner.user, mode="on-line")
    actions.change_event(actor=secretary, event=event, link="https://meet.example.org/otra")
    sent(sink)
    (mail,) = sink.to("rosa-quispe@example.org")
    assert "https://meet.example.org/otra" in mail.get_body(("plain",)).get_content()
    assert "meet.example.org" not in mail["Subject"]
    line = render_to_string("notifications/events/link_changed.html", {"item": {"title": "Encuentro", "link": "https://meet.example.org"}})
    assert "meet.example.org" not in line


def test_another_link_of_a_cancelled_event_is_told_to_nobody(sink, miner, secretary):
    registered(event := hybrid(secretary), miner.user, mode="on-line")
    registered(event, email="dina@example.org", mode="on-line")
    actions.change_event(actor=secretary, event=event, link="https://meet.example.org/otra")
    Event.objects.update(state="cancelled")
    assert sent(sink) == []


def test_another_link_is_not_told_to_who_may_read_it_no_more(sink, visitor, secretary):
    registered(event := hybrid(secretary), visitor, mode="on-line")
    actions.change_event(actor=secretary, event=event, link="https://meet.example.org/otra")
    Event.objects.update(audience="members")
    assert sent(sink) == []


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
