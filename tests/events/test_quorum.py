"""The quorum of a committee: exact halves, seats of organisations, and what the page says of it."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from events.querysets.quorum import Bench, Quorum, half_of, quorum_of, sittings_of
from events.views.quorum import verdict
from members.models import GroupMembership
from red_mpe.core.models import Chamber
from tests.conftest import make_organisation
from tests.factories.events import LINK, make_group, sit, stored
from tests.factories.series import seat, there
from tests.support.pages import text_of, url
from tests.support.queries import flat

PRO, COM, GOB = "miners-organisations", "affected-communities", "government"


@pytest.fixture
def committee(db):
    group = make_group("comite-de-prueba")
    group.kind = "committee"
    group.save()
    return group


@pytest.fixture
def president(committee):
    return sit(committee, "preside-comite", "chair")


@pytest.fixture
def meeting(committee):
    start = timezone.now() - timedelta(minutes=10)
    return stored(
        "sesion",
        kind="meeting",
        mode="hybrid",
        link=LINK,
        groups=[committee],
        starts_at=start,
        ends_at=start + timedelta(hours=2),
    )


def people(committee, many, category=PRO, start=0):
    return [seat(committee, f"{category}-{number}", category) for number in range(start, start + many)]


def benches(event):
    return {bench.code: (bench.present, bench.seats) for bench in quorum_of(event).benches}


@pytest.mark.parametrize(("seats", "half"), [(0, 0), (1, 1), (2, 1), (3, 2), (5, 3), (6, 3), (7, 4), (24, 12)])
def test_half_is_never_less_than_half(seats, half):
    assert half_of(seats) == half


@pytest.mark.parametrize(
    ("counts", "reached"),
    [
        ([(3, 6), (3, 6), (3, 6), (3, 6)], True),
        ([(2, 6), (6, 6), (6, 6), (6, 6)], False),
        ([(3, 6), (3, 6), (3, 6), (2, 6)], False),
        ([(2, 5)], False),
        ([(3, 5)], True),
        ([(1, 1), (1, 2)], True),
        ([(0, 1), (9, 9)], False),
        ([], False),
    ],
)
def test_every_chamber_and_the_whole_need_half(counts, reached):
    quorum = Quorum(tuple(Bench(str(place), "", seats, present) for place, (present, seats) in enumerate(counts)))
    assert quorum.is_reached is reached


def test_missing_is_never_less_than_nothing():
    bench = Bench("PRO", "", 2, 2)
    assert (bench.missing, Quorum((bench,)).missing) == (0, 0)


def test_seats_are_counted_by_the_chamber_of_the_organisation(committee, meeting):
    rosa, *_rest = people(committee, 3)
    people(committee, 2, COM)
    there(meeting, rosa)
    assert benches(meeting) == {"PRO": (1, 3), "COM": (0, 2)}


@pytest.mark.parametrize("role", ["chair", "observer"])
def test_chair_and_observers_have_no_seat(committee, meeting, role):
    there(meeting, seat(committee, "sin-voto", role=role))
    assert benches(meeting) == {}


def test_who_speaks_for_nobody_has_no_seat(committee, meeting):
    sit(committee, "sin-organizacion")
    assert benches(meeting) == {}


def test_a_chamber_without_vote_does_not_count(committee, meeting):
    people(committee, 1)
    seat(committee, "ministerio", "civil-society")
    Chamber.objects.filter(categories__code="civil-society").update(votes=False)
    assert set(benches(meeting)) == {"PRO"}


def test_an_organisation_has_one_seat_filled_by_any_of_its_people(committee, meeting):
    house = make_organisation("una-casa", category=PRO)
    seat(committee, "primera", organisation=house)
    second = seat(committee, "segunda", organisation=house)
    assert benches(meeting) == {"PRO": (0, 1)}
    there(meeting, second)
    assert benches(meeting) == {"PRO": (1, 1)}


def test_whose_term_has_ended_has_no_seat(committee, meeting):
    people(committee, 2)
    GroupMembership.objects.filter(person__slug=f"{PRO}-0").update(ends_on="2026-03-01")
    assert benches(meeting) == {"PRO": (0, 1)}


def test_of_a_past_meeting_the_seats_are_those_of_its_day(committee, meeting, clock):
    people(committee, 2)
    GroupMembership.objects.filter(person__slug=f"{PRO}-0").update(ends_on="2026-03-20")
    clock.shift(60 * 60 * 24 * 60)
    assert benches(meeting) == {"PRO": (0, 2)}


def test_who_is_suspended_has_no_seat(committee, meeting):
    (person,) = people(committee, 1)
    person.state = "suspended"
    person.save()
    assert benches(meeting) == {}


def test_who_came_with_a_registration_is_there(committee, meeting):
    (person,) = people(committee, 1)
    row = meeting.registrations.create(
        user=person.user,
        name="Rosa",
        mode="on-site",
        state="confirmed",
        once=uuid.uuid4(),
        code="ABC",
        ticket="t" * 43,
        number=1,
        moved_at=timezone.now(),
    )
    there(meeting, None, registration=row)
    assert benches(meeting) == {"PRO": (1, 1)}


def test_who_was_at_two_sessions_is_there_once(committee, meeting):
    (person,) = people(committee, 1)
    there(meeting, person)
    assert benches(meeting) == {"PRO": (1, 1)}


def test_a_group_that_does_not_decide_has_no_seats(group):
    seat(group, "rosa")
    assert benches(stored("reunion", kind="meeting", groups=[group])) == {}


def test_quorum_is_counted_with_as_many_queries_for_many(committee, meeting):
    people(committee, 1)
    flat(lambda: quorum_of(meeting), lambda: [there(meeting, one) for one in people(committee, 3, COM)], ceiling=3)


def test_names_are_read_with_as_many_queries_for_many(committee, meeting, secretary):
    people(committee, 1)
    flat(lambda: sittings_of(meeting, secretary), lambda: people(committee, 3, COM), ceiling=3)


def test_the_verdict_names_who_is_missing(committee, meeting):
    people(committee, 4)
    people(committee, 1, COM)
    words = verdict(quorum_of(meeting))
    assert words.startswith("Todavía no hay cuórum. Faltan: 2 de ")
    assert " y 1 de " in words


def test_the_verdict_of_a_quorum(committee, meeting):
    there(meeting, people(committee, 2)[0])
    assert verdict(quorum_of(meeting)) == "Hay cuórum: la reunión puede decidir."


def test_the_verdict_of_an_empty_committee(meeting):
    assert "Nadie ocupa un escaño" in verdict(quorum_of(meeting))


@pytest.fixture
def look(as_user, meeting):
    """Read the page of the quorum as somebody."""

    def read(who, event=meeting, **more):
        return as_user(who).get(url("events:quorum", event.slug), **more)

    return read


def test_who_sits_reads_it_without_names(look, committee):
    person, _other = people(committee, 2)
    response = look(person)
    assert response.status_code == 200
    assert "Faltan: 1 de" in text_of(response)
    assert "Anotar" not in text_of(response)
    assert "Quiénes ocupan" not in text_of(response)


def test_a_stranger_reads_nothing(look, miner):
    assert look(miner).status_code == 404


@pytest.mark.parametrize("more", [{"kind": "workshop"}, {"groups": []}])
def test_what_is_no_meeting_of_a_committee_has_no_quorum(look, committee, secretary, more):
    event = stored("otra", **{"kind": "meeting", "groups": [committee], **more})
    assert look(secretary, event).status_code == 404


def test_the_page_of_the_meeting_leads_there_for_who_sits(as_user, committee, meeting, miner):
    (person,) = people(committee, 1)
    address = url("events:quorum", meeting.slug)
    assert address in as_user(person).get(meeting.get_absolute_url()).content.decode()
    assert address not in as_user(miner).get(meeting.get_absolute_url()).content.decode()


def test_a_live_page_asks_again_for_its_part(look, president, committee, meeting):
    people(committee, 2)
    assert 'hx-trigger="every 15s"' in look(president).content.decode()
    part = look(president, headers={"HX-Request": "true"}).content.decode()
    assert part.strip().startswith('<div id="quorum"')


def test_a_page_that_knows_everything_is_left_alone(as_user, president, committee, meeting):
    person, _other = people(committee, 2)
    asked, address = as_user(president), url("events:quorum", meeting.slug) + "?known=0.2"
    assert asked.get(address, headers={"HX-Request": "true"}).status_code == 204
    assert asked.get(address).status_code == 200
    there(meeting, person)
    assert asked.get(address, headers={"HX-Request": "true"}).status_code == 200


def test_a_meeting_that_is_over_is_not_asked_again(look, president, clock):
    clock.shift(60 * 60 * 24)
    assert "every 15s" not in look(president).content.decode()


def present(client, event, who, once=None):
    return client.post(url("events:quorum_present", event.slug), {"who": who, "once": once or uuid.uuid4()})


def test_who_runs_it_notes_somebody_as_present(as_user, president, committee, meeting):
    person, asked = people(committee, 1)[0], as_user(president)
    assert present(asked, meeting, f"{person.slug} on-site").status_code == 303
    row = meeting.attendances.get()
    assert (row.person, row.mode, row.seen, row.recorded_by) == (person, "on-site", "minutes", president)
    assert "Hay cuórum" in text_of(asked.get(url("events:quorum", meeting.slug)))


def test_noted_twice_it_is_once(as_user, president, committee, meeting):
    person, asked = people(committee, 1)[0], as_user(president)
    for _ in range(2):
        assert present(asked, meeting, f"{person.slug} on-line").status_code == 303
    assert meeting.attendances.count() == 1


@pytest.mark.parametrize("who", ["", "nadie on-site", "rosa", f"{PRO}-0 nowhere"])
def test_somebody_who_holds_no_seat_is_told(as_user, president, committee, meeting, who):
    people(committee, 1)
    response = present(as_user(president), meeting, who)
    assert response.status_code == 422
    assert "Elegir a alguien" in text_of(response)


def test_before_the_day_nobody_is_noted(as_user, president, committee):
    event = stored("lejana", kind="meeting", mode="on-line", link=LINK, groups=[committee])
    person = people(committee, 1)[0]
    assert present(as_user(president), event, f"{person.slug} on-line").status_code == 409
    assert not event.attendances.exists()


def test_who_only_sits_notes_nobody(as_user, committee, meeting):
    person = people(committee, 1)[0]
    assert present(as_user(person), meeting, f"{person.slug} on-site").status_code == 403


def test_a_meeting_of_one_mode_asks_for_none(look, president, committee):
    people(committee, 1)
    start = timezone.now() + timedelta(hours=2)
    when = {"starts_at": start, "ends_at": start + timedelta(hours=2)}
    event = stored("en-linea", kind="meeting", mode="on-line", link=LINK, groups=[committee], **when)
    assert "Anotar presente" in text_of(look(president, event))


def test_long_before_nobody_can_be_noted(look, president, committee):
    people(committee, 1)
    words = text_of(look(president, stored("lejos", kind="meeting", mode="on-line", link=LINK, groups=[committee])))
    assert "Desde un día antes" in words
    assert "Anotar presente" not in words
