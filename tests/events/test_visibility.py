"""Who sees an event, who runs it, who gets its link: the list and the page can never disagree."""

from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser

from events.enums import EventAudience, EventKind, EventState
from events.models import Event
from tests.conftest import make_person, make_user
from tests.factories.events import LINK, held, make_group, sit, stored
from tests.factories.standards import fresh


@pytest.fixture
def readers(visitor, miner, secretary, officer, group, chair, seated):
    suspended = make_person("sus-pendida", state="suspended")
    other = sit(make_group("otra"), "preside-otra", "chair")
    users = {"visitor": visitor, "member": miner.user, "officer": officer, "suspended": suspended.user, "secretary": secretary}
    users |= {"chair": chair, "seated": seated, "other": other, "closed": make_user("cerrada@example.org", is_active=False)}
    return {"anonymous": AnonymousUser()} | {name: fresh(user) for name, user in users.items()}


@pytest.fixture
def events(group):
    return [
        stored(f"{state}-{audience}-{len(groups)}", state=state, audience=audience, groups=groups)
        for state, audience, groups in product(EventState, EventAudience, ([], [group]))
    ]


def test_list_and_page_agree_for_everybody(readers, events):
    for reader in readers.values():
        listed = set(Event.objects.visible_to(reader).values_list("pk", flat=True))
        assert listed == {event.pk for event in events if reader.has_perm("events.view_event", event)}


def test_what_one_runs_is_what_one_may_move(readers, events):
    for reader in list(readers.values())[1:]:
        listed = set(Event.objects.run_by(reader).values_list("pk", flat=True))
        assert listed == {event.pk for event in events if reader.has_perm("events.run_event", event)}


def test_nobody_signed_in_runs_nothing(db):
    assert not Event.objects.run_by(AnonymousUser()).exists()


@pytest.mark.parametrize(
    ("audience", "sees"),
    [
        ("public", "anonymous visitor member officer suspended secretary chair seated other closed"),
        ("members", "member secretary chair seated other"),
        ("group", "secretary chair seated"),
    ],
)
def test_announced_is_seen_by_its_audience(readers, group, audience, sees):
    event = stored("uno", audience=audience, groups=[group])
    assert {name for name, reader in readers.items() if reader.has_perm("events.view_event", event)} == set(sees.split())


def test_draft_is_seen_by_who_runs_it(readers, group):
    event = stored("uno", state="draft", groups=[group])
    assert {name for name, reader in readers.items() if reader.has_perm("events.view_event", event)} == {"secretary", "chair"}


@pytest.mark.parametrize("role", ["chair", "coordinator", "secretary"])
def test_who_calls_the_meetings_runs_the_event(group, role):
    event = stored("uno", groups=[group])
    assert sit(group, f"rol-{role}", role).has_perm("events.run_event", event)


@pytest.mark.parametrize("role", ["member", "observer"])
def test_who_only_sits_in_the_group_runs_nothing(group, role):
    event = stored("uno", groups=[group])
    assert not sit(group, f"rol-{role}", role).has_perm("events.run_event", event)


def test_whose_seat_has_ended_runs_nothing_more(group, chair, clock):
    event = stored("uno", groups=[group])
    group.memberships.update(ends_on="2026-01-01")
    assert not fresh(chair).has_perm("events.run_event", event)


def test_who_leads_some_group_may_add(readers):
    assert {name for name, reader in readers.items() if reader.has_perm("events.add_event")} == {"secretary", "chair", "other"}


def link_readers(readers, event):
    return {name for name, reader in readers.items() if reader.has_perm("events.read_link", event)}


def test_link_of_the_network_is_for_members(readers, group):
    event = stored("uno", mode="on-line", link=LINK)
    assert link_readers(readers, event) == {"member", "secretary", "chair", "seated", "other"}


def test_link_of_a_meeting_is_for_its_group_even_where_it_is_public(readers, group):
    event = stored("uno", mode="on-line", link=LINK, kind=EventKind.MEETING, groups=[group])
    assert link_readers(readers, event) == {"secretary", "chair", "seated"}


def test_link_of_what_is_only_for_groups_is_for_them(readers, group):
    event = stored("uno", mode="on-line", link=LINK, audience="group", groups=[group])
    assert link_readers(readers, event) == {"secretary", "chair", "seated"}


def test_link_of_what_is_over_is_for_who_runs_it(readers, group):
    event = held("uno", mode="on-line", link=LINK, groups=[group])
    assert link_readers(readers, event) == {"secretary", "chair"}


@pytest.mark.parametrize("state", ["draft", "postponed", "cancelled"])
def test_link_of_what_is_not_on_is_for_who_runs_it(readers, group, state):
    event = stored("uno", state=state, mode="on-line", link=LINK, groups=[group])
    assert link_readers(readers, event) == {"secretary", "chair"}


def test_own_calendar_is_for_members_and_the_secretariat(readers):
    holders = {name for name, reader in readers.items() if reader.has_perm("events.hold_calendar")}
    assert holders == {"member", "secretary", "chair", "seated", "other"}


@pytest.mark.parametrize("permission", ["view_event", "run_event", "read_link"])
def test_nothing_is_permitted_on_no_event(readers, permission):
    names = {name for name, reader in readers.items() if reader.has_perm(f"events.{permission}", None)}
    assert names <= {"secretary"}
