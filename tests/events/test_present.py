"""How many were there, and what that says of everybody; heads; what certificates and the report start from."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from events.actions.attending import attend, count_heads
from events.exports.presence import presence_csv
from events.forms import ReportForm
from events.models import HeadCount
from events.querysets.day import (
    Figures,
    fingerprint,
    head_counts,
    minutes_of,
    present_at,
    present_figures,
    public_figures,
    session_figures,
)
from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError, StaleState
from tests.conftest import make_person
from tests.factories.day import many_registered, registered, session_of, today
from tests.factories.events import held, stored
from tests.support.pages import form_data, text_of, url
from tests.support.queries import flat


@pytest.fixture
def event(db, group):
    return today(groups=[group])


def heads(event, actor, many=30, session=None, **more):
    return count_heads(event=event, actor=actor, rows={("miners", "f", "on-site"): many, **more.pop("rows", {})}, session=session, **more)


def test_person_at_two_sessions_is_one(event, noted):
    guest = registered(event)
    noted(guest, session=session_of(event, "uno"))
    noted(guest, session=session_of(event, "dos", start=90), mode="on-line", minutes_ago=5)
    assert present_figures(event).known == {"on-line": 1}


def test_guests_without_account_are_each_one(event, noted):
    noted(registered(event, "Una"))
    noted(registered(event, "Otra"), mode="on-line")
    found = present_figures(event)
    assert (found.on_site, found.on_line, found.whole) == (1, 1, 2)


def test_member_noted_by_name_and_by_registration_is_one(event, noted, chair, miner):
    noted(event=event, person=miner, seen="minutes")
    noted(registered(event, user=miner.user))
    assert present_figures(event).whole == 1
    assert len(present_at(event)) == 1


def test_nobody_is_nobody(event):
    assert present_figures(event).whole == 0
    assert present_at(event) == []


def test_heads_stand_beside_those_known_by_name(event, noted, chair):
    noted(registered(event))
    heads(event, chair, 30, rows={("community", "m", "on-line"): 12})
    found = present_figures(event)
    assert (found.on_site, found.on_line) == (31, 12)


def test_heads_of_sessions_count_the_fullest_once(event, chair):
    one, two = session_of(event, "uno"), session_of(event, "dos", start=90)
    heads(event, chair, 30, one)
    heads(event, chair, 50, two)
    assert present_figures(event).whole == 50


def test_heads_of_the_whole_go_before_those_of_sessions(event, chair):
    heads(event, chair, 90, session_of(event))
    heads(event, chair, 40)
    assert present_figures(event).whole == 40


@pytest.mark.parametrize(
    ("women", "men", "unknown", "told"), [(6, 7, 0, True), (4, 9, 0, False), (9, 3, 0, False), (6, 7, 3, False), (0, 0, 9, False)]
)
def test_women_and_men_are_told_of_no_small_group(event, chair, women, men, unknown, told):
    rows = {("miners", "f", "on-site"): women, ("miners", "m", "on-site"): men, ("other", "u", "on-site"): unknown}
    count_heads(event=event, actor=chair, rows=rows)
    found = present_figures(event)
    assert (found.women, found.men) == ((women, men) if told else (None, None))


def test_profiles_tell_women_and_men_in_numbers_only(event, noted):
    for number in range(10):
        noted(registered(event, user=make_person(f"p-{number}", gender="fm"[number % 2]).user))
    assert (present_figures(event).women, present_figures(event).men) == (5, 5)


def test_sessions_have_figures_of_their_own(event, noted, chair):
    one, _pause = session_of(event, "uno"), session_of(event, "pausa", start=60, kind="break")
    noted(registered(event), session=one, mode="on-line")
    heads(event, chair, 8, one)
    found = session_figures(event)
    assert [(row.slug, row.on_site, row.on_line) for row in found] == [("uno", 8, 1)]


def test_figures_ask_no_more_for_more_people(event, noted):
    def grow():
        for guest in many_registered(event, 20):
            noted(guest)

    grow()
    flat(lambda: (present_figures(event), session_figures(event), present_at(event)), grow, ceiling=9)


@pytest.mark.parametrize(
    ("here", "there", "shown"),
    [(4, 0, {}), (9, 0, {"whole": 9}), (9, 2, {"whole": 11}), (9, 6, {"whole": 15, "on_site": 9, "on_line": 6})],
)
def test_public_is_told_of_no_small_group(here, there, shown):
    assert public_figures(Figures({"on-site": here, "on-line": there}, {})) == shown


def test_public_is_told_nothing_of_nothing():
    assert public_figures(None) == {}


# --- minutes


def test_minutes_of_sessions_that_overlap_count_once(event):
    at = event.starts_at
    assert minutes_of([(at, at + timedelta(minutes=60)), (at + timedelta(minutes=30), at + timedelta(minutes=90))]) == 90
    assert minutes_of([(at, at + timedelta(minutes=60)), (at, at + timedelta(minutes=20))]) == 60


def test_minutes_are_those_of_the_sessions_one_was_at(event, noted):
    guest = registered(event)
    noted(guest, session=session_of(event, "uno", minutes=45))
    noted(guest, session=session_of(event, "dos", start=60, minutes=30))
    noted(guest)
    assert present_at(event)[0].minutes == 75


def test_minutes_of_the_whole_leave_breaks_out(event, noted):
    session_of(event, "uno", minutes=90)
    session_of(event, "pausa", start=90, minutes=30, kind="break")
    session_of(event, "dos", start=120, minutes=60)
    noted(registered(event))
    assert present_at(event)[0].minutes == 150


def test_minutes_without_an_agenda_are_its_length(event, noted):
    noted(registered(event))
    assert present_at(event)[0].minutes == 480


def test_minutes_of_several_days_leave_the_nights_out(noted, group):
    start = timezone.now() - timedelta(hours=14)
    event = today("dos-dias", starts_at=start, ends_at=start + timedelta(hours=32), groups=[group])
    noted(registered(event))
    assert present_at(event)[0].minutes == 2 * 8 * 60


def test_minutes_over_a_midnight_are_its_length(noted, group):
    start = timezone.now() - timedelta(hours=2)
    event = today("vigilia", starts_at=start, ends_at=start + timedelta(hours=10), groups=[group])
    noted(registered(event))
    assert present_at(event)[0].minutes == 600


def test_who_was_there_is_in_the_order_of_coming(event, noted):
    noted(registered(event, "Segunda"), minutes_ago=5)
    noted(registered(event, "Primera"), minutes_ago=50, mode="on-line")
    assert [(row.registration.name, row.mode) for row in present_at(event)] == [("Primera", "on-line"), ("Segunda", "on-site")]


# --- counting heads


def test_count_takes_the_place_of_the_one_before(event, chair):
    heads(event, chair, 30)
    assert heads(event, chair, 12) == 12
    assert head_counts(event) == {("miners", "f", "on-site"): 12}
    assert AuditEntry.objects.filter(verb="events.heads_counted").count() == 2


def test_zero_is_no_row(event, chair):
    heads(event, chair, 0)
    assert not HeadCount.objects.exists()


def test_count_of_a_session_leaves_the_whole_alone(event, chair):
    heads(event, chair, 30)
    heads(event, chair, 12, session_of(event))
    assert sum(head_counts(event).values()) == 30


def test_count_written_over_another_is_refused(event, chair):
    seen = fingerprint(event)
    heads(event, chair, 30, seen=seen)
    with pytest.raises(StaleState):
        heads(event, chair, 12, seen=seen)
    assert sum(head_counts(event).values()) == 30


@pytest.mark.parametrize("many", [-1, 100_001])
def test_numbers_that_cannot_be_are_refused(event, chair, many):
    with pytest.raises(DomainError):
        heads(event, chair, many)


def test_nobody_is_counted_before_it_begins(secretary):
    with pytest.raises(DomainError):
        heads(stored("pronto"), secretary)


def test_nobody_is_counted_where_it_is_off(secretary):
    with pytest.raises(DomainError):
        heads(today(state="cancelled"), secretary)


def test_session_of_another_is_not_counted(event, chair):
    with pytest.raises(DomainError):
        heads(event, chair, 3, session_of(stored("otro")))


def test_only_who_runs_it_counts(event, seated):
    with pytest.raises(PermissionDenied):
        heads(event, seated)


# --- pages of who runs it


@pytest.fixture
def desk(as_user, chair):
    return as_user(chair)


def test_page_shows_figures_and_how_each_is_known(desk, event, noted, seated):
    noted(registered(event, "Ana Quispe"))
    attend(event=event, actor=seated, once=uuid.uuid4(), mode="on-line", seen="self", at=timezone.now(), person=seated.member)
    words = text_of(desk.get(url("events:on_the_day", event.slug)))
    assert "Ana Quispe" in words
    assert {"search", "self"} == {row.seen for row in event.attendances.all()}
    assert all(row.get_seen_display() in words for row in event.attendances.all())
    assert seated.member.name in words


def test_page_asks_no_more_for_more_people(desk, event, noted):
    def grow():
        for guest in many_registered(event, 10) if not event.registrations.exists() else [registered(event, "Otra")]:
            noted(guest)

    grow()
    flat(lambda: desk.get(url("events:on_the_day", event.slug)), grow, ceiling=32)


def test_page_finds_members_and_gives_them_the_door(desk, event, miner):
    assert "Rosa Quispe" in text_of(desk.get(url("events:on_the_day", event.slug), {"who": "rosa"}))
    desk.post(url("events:doorkeeper_add", event.slug), {"person": miner.slug})
    assert event.doorkeepers.get().person == miner
    desk.post(url("events:doorkeeper_remove", event.slug), {"person": miner.slug})
    assert not event.doorkeepers.exists()


def test_page_says_that_nobody_is_found(desk, event):
    assert "No se encontró a nadie." in text_of(desk.get(url("events:on_the_day", event.slug), {"who": "zz"}))


def test_person_that_is_not_there_gets_no_door(desk, event):
    response = desk.post(url("events:doorkeeper_add", event.slug), {"person": "no-hay"}, follow=True)
    assert "Esta persona no está entre quienes" in text_of(response)


def test_suspended_person_gets_no_door(as_user, secretary, event):
    person = make_person("sus-pendida", state="suspended")
    as_user(secretary).post(url("events:doorkeeper_add", event.slug), {"person": person.slug})
    assert not event.doorkeepers.exists()


def test_grid_saves_what_is_written(desk, event):
    address = url("events:head_counts", event.slug)
    data = form_data(desk.get(address)) | {"sorters_f_on-site": "40", "companies_m_on-line": "3"}
    assert desk.post(address, data).status_code == 303
    assert head_counts(event) == {("sorters", "f", "on-site"): 40, ("companies", "m", "on-line"): 3}


def test_grid_shows_what_was_counted(desk, event, chair):
    heads(event, chair, 77)
    assert form_data(desk.get(url("events:head_counts", event.slug)))["miners_f_on-site"] == "77"


def test_grid_that_came_late_keeps_every_number(desk, event, chair):
    address = url("events:head_counts", event.slug)
    data = form_data(desk.get(address)) | {"miners_m_on-site": "41"}
    heads(event, chair, 5)
    response = desk.post(address, data)
    assert response.status_code == 409
    assert form_data(response)["miners_m_on-site"] == "41"


def test_grid_refuses_what_is_no_number(desk, event):
    response = desk.post(url("events:head_counts", event.slug), {"miners_m_on-site": "muchos"})
    assert response.status_code == 422
    assert "muchos" in response.content.decode()


def test_grid_of_a_session_counts_it(desk, event):
    session = session_of(event)
    desk.post(url("events:head_counts", event.slug) + "?session=plenaria", {"miners_f_on-site": "9"})
    assert sum(head_counts(event, session).values()) == 9


def test_grid_of_an_event_on_site_has_one_table(desk, group):
    event = today("sede", mode="on-site", groups=[group])
    assert "on-line" not in " ".join(form_data(desk.get(url("events:head_counts", event.slug))))


def test_table_to_take_away_has_a_line_for_each(desk, event, noted):
    noted(registered(event, "Ana Quispe", affiliation="Río Frío"), session=session_of(event))
    response = desk.post(url("events:presence_list", event.slug))
    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines[1].split(",")[1:4] == ["Ana Quispe", "Río Frío", "Plenaria"]
    assert "hoy-present.csv" in response["Content-Disposition"]


def test_table_to_take_away_leaves_a_trace(desk, event, chair, noted):
    noted(registered(event))
    page = desk.get(url("events:on_the_day", event.slug)).content.decode()
    assert f'method="post" action="{url("events:presence_list", event.slug)}"' in page
    assert desk.get(url("events:presence_list", event.slug)).status_code == 405
    assert not AuditEntry.objects.filter(verb="events.presence_taken_away").exists()
    desk.post(url("events:presence_list", event.slug))
    entry = AuditEntry.objects.get(verb="events.presence_taken_away")
    assert (entry.actor, entry.target_id) == (chair, event.pk)


@pytest.mark.parametrize("name", ["=1+1", "+1", "@x", "-2", "\t=1"])
def test_table_to_take_away_holds_no_formula(event, noted, name):
    noted(registered(event, name))
    assert f"'{name}" in presence_csv(event)


# --- the report


def test_report_starts_from_what_was_noted(secretary):
    event = held("ayer", days_ago=1)
    rows = {("miners", "f", "on-site"): 20, ("miners", "m", "on-site"): 30}
    count_heads(event=event, actor=secretary, rows=rows)
    form = ReportForm(event=event)
    assert (form["attended"].value(), form["women"].value(), form["men"].value()) == (50, 20, 30)
    assert form["attended"].help_text


def test_report_proposes_nothing_of_nobody(db):
    form = ReportForm(event=held("ayer"))
    assert form["attended"].value() is None
    assert not form["attended"].help_text


def test_report_that_tells_numbers_keeps_them(secretary):
    event = held("ayer", days_ago=1, attended=600)
    count_heads(event=event, actor=secretary, rows={("miners", "f", "on-site"): 20})
    assert ReportForm(event=event)["attended"].value() == 600
