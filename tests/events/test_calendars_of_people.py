"""A personal calendar with one's registrations and marked sessions; files that stand up to any text, and to who has them already."""

from datetime import timedelta

import icalendar
import pytest
import vobject
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from events import actions
from events.exports import calendar_of, invitation
from events.models import AgendaMark, Event, Registration, Session
from red_mpe.core.text import clean_line
from tests.factories.agenda import write_session
from tests.factories.events import LINK, announced, hybrid, moment, stored
from tests.factories.registrations import registered, terms
from tests.support.ics import instant, parse, unescape
from tests.support.queries import flat

ANY_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=160)
TRICKY = "Agua; río, mina\\n y \\ 😀" * 6


def titles(data):
    """The titles of the entries as three readers read them: two libraries and our own."""
    one = [str(entry["SUMMARY"]) for entry in icalendar.Calendar.from_ical(data).walk("VEVENT")]
    two = [entry.summary.value for entry in vobject.readOne(data.decode()).contents.get("vevent", [])]
    three = [unescape(entry["SUMMARY"]) for entry in parse(data)]
    return one, two, three


@pytest.fixture
def own(client):
    """Read the personal calendar of somebody: entries by their names, without the host."""

    paths = {}

    def fetch(user):
        if user.pk not in paths:
            paths[user.pk] = reverse("personal_calendar", args=[actions.renew_calendar(actor=user).token])
        response = client.get(paths[user.pk])
        assert len(set(map(tuple, titles(response.content)))) == 1
        return {entry["UID"].partition("@")[0]: entry for entry in parse(response.content)}

    return fetch


@given(ANY_TEXT)
@example(TRICKY)
@example("á" * 160)
@example("😀" * 80)
@example("a\\;b\\,c\\\\n")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_title_is_read_the_same_by_three_readers(text):
    event = Event(title_es=text, starts_at=timezone.now(), ends_at=timezone.now(), updated_at=timezone.now(), slug="x")
    one, two, three = titles(calendar_of([event], name=text))
    assert one == two == three
    assert one == [clean_line(text)]


@given(ANY_TEXT, ANY_TEXT)
@example('"', "x")
@example(TRICKY, TRICKY)
@settings(max_examples=60, deadline=None)
def test_any_name_and_reason_keep_an_invitation_whole(name, words):
    event = Event(title_es=words, summary_es=words, venue=words, slug="x", starts_at=timezone.now(), ends_at=timezone.now())
    data = invitation(Registration(event=event, name=name, state="confirmed", code="abc"), to="rosa@example.org")
    one, two, three = titles(data)
    assert one == two == three
    assert str(icalendar.Calendar.from_ical(data).walk("VEVENT")[0]["ATTENDEE"]) == "mailto:rosa@example.org"


def test_description_with_lines_and_signs_comes_back_whole(db):
    event = stored("uno", summary_es=TRICKY[:390])
    data = calendar_of([event], name="x")
    (theirs,) = icalendar.Calendar.from_ical(data).walk("VEVENT")
    (others,) = vobject.readOne(data.decode()).vevent_list
    assert str(theirs["DESCRIPTION"]) == others.description.value == unescape(parse(data)[0]["DESCRIPTION"])
    assert TRICKY[:390].strip() in str(theirs["DESCRIPTION"])


def test_times_are_the_same_instants_for_both_libraries(db):
    event = stored("uno")
    data = calendar_of([event], name="x")
    (theirs,) = icalendar.Calendar.from_ical(data).walk("VEVENT")
    (others,) = vobject.readOne(data.decode()).vevent_list
    assert theirs.decoded("DTSTART") == others.dtstart.value == event.starts_at


@pytest.mark.parametrize("path", ["/calendar.ics", "/calendar/group/mesa.ics", "/calendar/event/{slug}.ics"])
def test_subscriber_sees_a_cancelled_event_struck_out_with_a_higher_number(client, secretary, group, path):
    event = announced(secretary, groups=[group])
    path = reverse("event_calendar", args=[event.slug]) if "{slug}" in path else path
    first = client.get(path)
    actions.cancel_event(actor=secretary, event=event, reason={"es": "Lluvia; y barro"})
    again = client.get(path, headers={"If-None-Match": first["ETag"]})
    before, after = (icalendar.Calendar.from_ical(answer.content).walk("VEVENT")[0] for answer in (first, again))
    assert (before["UID"], before["STATUS"], after["STATUS"]) == (after["UID"], "CONFIRMED", "CANCELLED")
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert vobject.readOne(again.content.decode()).vevent.status.value == "CANCELLED"


def test_own_registration_is_in_ones_own_calendar(own, miner, secretary):
    event = announced(secretary)
    registration = registered(event, miner.user)
    words = unescape(own(miner.user)[str(event.uid)]["DESCRIPTION"])
    assert f"Inscripción: confirmada. Presencial. Código: {registration.code}" in words


@pytest.mark.parametrize(("state", "status"), [("confirmed", "CONFIRMED"), ("pending", "TENTATIVE"), ("waiting", "TENTATIVE")])
def test_place_one_may_not_get_is_tentative(own, miner, state, status):
    event = stored("uno")
    registered(event, miner.user, state=state)
    assert own(miner.user)[str(event.uid)]["STATUS"] == status


@pytest.mark.parametrize("state", ["cancelled", "declined", "lapsed"])
def test_registration_that_is_gone_is_not_told_and_still_counts(own, miner, state):
    event = stored("uno")
    registered(event, miner.user, state=state)
    entry = own(miner.user)[str(event.uid)]
    assert "Inscripción" not in unescape(entry["DESCRIPTION"])
    assert (entry["STATUS"], int(entry["SEQUENCE"])) == ("CONFIRMED", 4)


def test_calendar_and_invitation_give_one_number(own, miner, secretary):
    event = announced(secretary)
    registration = registered(event, miner.user)
    invited = parse(invitation(registration, to="x@example.org"))[0]
    fed = own(miner.user)[str(event.uid)]
    assert (fed["UID"], fed["SEQUENCE"]) == (invited["UID"], invited["SEQUENCE"])


def test_nobody_elses_registration_is_in_ones_calendar(own, miner, scholar, secretary):
    event = announced(secretary)
    registration = registered(event, scholar.user, name="Ann Lee")
    entry = own(miner.user)[str(event.uid)]
    assert registration.code not in str(entry)
    assert "Ann" not in str(entry)


def test_link_is_not_in_the_calendar_even_of_who_takes_part_on_line(client, own, miner, secretary):
    event = hybrid(secretary)
    registered(event, miner.user, mode="on-line")
    assert LINK not in str(own(miner.user))


def test_marked_session_is_an_entry_of_its_own(own, miner, secretary):
    event = announced(secretary)
    session = write_session(event, 10, title_es="Mesa; de agua")
    AgendaMark.objects.create(session=session, user=miner.user)
    entry = own(miner.user)[f"{event.uid}-{session.slug}"]
    assert (unescape(entry["SUMMARY"]), instant(entry["DTSTART"])) == ("Mesa; de agua", session.starts_at)
    assert entry["RELATED-TO"] == f"{event.uid}@localhost"
    assert "Encuentro del agua" in unescape(entry["DESCRIPTION"])


def test_session_that_is_not_marked_is_in_no_calendar(own, miner, scholar, secretary):
    session = write_session(announced(secretary))
    AgendaMark.objects.create(session=session, user=scholar.user)
    assert len(own(miner.user)) == 1


def test_session_of_an_event_one_may_not_see_is_in_no_calendar(own, miner, group):
    session = write_session(stored("uno", audience="group", groups=[group]))
    AgendaMark.objects.create(session=session, user=miner.user)
    assert own(miner.user) == {}


def test_sessions_are_struck_out_with_their_event(own, miner, secretary):
    event = announced(secretary)
    session = write_session(event)
    AgendaMark.objects.create(session=session, user=miner.user)
    before = own(miner.user)[f"{event.uid}-{session.slug}"]
    actions.cancel_event(actor=secretary, event=event, reason={"es": "Lluvia"})
    after = own(miner.user)[f"{event.uid}-{session.slug}"]
    assert (before["STATUS"], after["STATUS"]) == ("CONFIRMED", "CANCELLED")
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
    assert unescape(after["SUMMARY"]).startswith("Cancelado: ")


def test_session_says_its_room_and_without_a_title_its_kind(own, miner, secretary):
    event = announced(secretary)
    session = write_session(event, title_es="", kind="break", room=event.rooms.create(name_es="Sala A"))
    AgendaMark.objects.create(session=session, user=miner.user)
    entry = own(miner.user)[f"{event.uid}-{session.slug}"]
    assert unescape(entry["SUMMARY"]) == "Pausa"
    assert unescape(entry["LOCATION"]).startswith("Sala A, Casa comunal")


@pytest.mark.parametrize("change", ["register", "cancel", "mark", "exchange", "move"])
def test_personal_calendar_is_made_anew_when_ones_own_things_change(client, miner, secretary, clock, change):
    event = announced(secretary)
    session, other = write_session(event, 10), write_session(event, 12)
    mark = AgendaMark.objects.create(session=session, user=miner.user)
    registration = registered(event, miner.user)
    path = reverse("personal_calendar", args=[actions.renew_calendar(actor=miner.user).token])
    before = client.get(path)["ETag"]
    clock.shift(60)
    changes = {
        "register": lambda: registered(event, miner.user, state="cancelled"),
        "cancel": lambda: Registration.objects.filter(pk=registration.pk).update(state="cancelled", moved_at=timezone.now()),
        "mark": lambda: AgendaMark.objects.create(session=other, user=miner.user),
        "exchange": lambda: AgendaMark.objects.filter(pk=mark.pk).update(session=other),
        "move": lambda: Session.objects.filter(pk=session.pk).update(sequence=1, updated_at=timezone.now()),
    }
    changes[change]()
    assert client.get(path, headers={"If-None-Match": before}).status_code == 200


def test_personal_calendar_is_not_made_anew_for_nothing(client, miner, secretary):
    registered(announced(secretary), miner.user)
    path = reverse("personal_calendar", args=[actions.renew_calendar(actor=miner.user).token])
    assert client.get(path, headers={"If-None-Match": client.get(path)["ETag"]}).status_code == 304


def test_personal_calendar_with_registrations_and_sessions_is_flat(client, miner, secretary):
    path = reverse("personal_calendar", args=[actions.renew_calendar(actor=miner.user).token])
    names = iter(range(99))

    def more():
        for _ in range(3):
            event = stored(f"n-{next(names)}")
            registered(event, miner.user)
            AgendaMark.objects.create(session=write_session(event), user=miner.user)

    more()
    flat(lambda: client.get(path), more, ceiling=10)


def test_called_off_long_ago_takes_its_sessions_along(own, miner):
    old = timezone.now() - timedelta(days=200)
    event = stored("uno", state="cancelled", moved_at=old, starts_at=moment(2026, 5, 1, 9), ends_at=moment(2026, 5, 1, 17))
    AgendaMark.objects.create(session=write_session(event), user=miner.user)
    assert own(miner.user) == {}


@pytest.mark.parametrize(
    ("state", "days", "word"),
    [("open", 3, "InStock"), ("full", 3, "SoldOut"), ("announced", 3, "PreOrder"), ("open", -1, None), ("cancelled", 3, None)],
)
def test_page_tells_machines_how_one_registers(client, db, state, days, word):
    event = stored("uno", state=state, starts_at=moment(2026, 5, 1, 9), ends_at=moment(2026, 5, 1, 17))
    now = timezone.now()
    event_terms = {"opens_at": now - timedelta(days=9), "closes_at": now + timedelta(days=days)}
    terms(event, **event_terms)
    page = client.get(event.get_absolute_url()).content.decode()
    assert (f"https://schema.org/{word}" in page) == (word is not None)
    assert ("https://schema.org/Offer" in page) == (word is not None)


@pytest.mark.parametrize(
    ("mode", "kinds"), [("on-site", {"Place"}), ("on-line", {"VirtualLocation"}), ("hybrid", {"Place", "VirtualLocation"})]
)
def test_page_tells_machines_where_and_never_the_link(client, db, mode, kinds):
    event = stored("uno", mode=mode, link="" if mode == "on-site" else LINK)
    page = client.get(event.get_absolute_url()).content.decode()
    assert {kind for kind in ("Place", "VirtualLocation") if f'"https://schema.org/{kind}"' in page} == kinds
    assert LINK not in page
