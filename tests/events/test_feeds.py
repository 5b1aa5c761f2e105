"""What calendars and readers of feeds get: who, what, in which language, and how seldom it is made anew."""

import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from events import actions
from events.models import CalendarLink, Event
from red_mpe.core.models import AuditEntry
from tests.factories.events import LINK, announced, draft, held, hybrid, make_group, stored
from tests.support.ics import parse, unescape
from tests.support.queries import flat

ATOM = "{http://www.w3.org/2005/Atom}"


def titles(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return {unescape(event["SUMMARY"]) for event in parse(response.content)}


def own(user):
    return reverse("personal_calendar", args=[actions.renew_calendar(actor=user).token])


def test_public_calendar_holds_only_what_is_public(client, group):
    for audience in ("public", "members", "group"):
        stored(audience, audience=audience, groups=[group])
    stored("borrador", state="draft")
    assert titles(client, "/calendar.ics") == {"public"}


def test_public_calendar_tells_members_no_more(client, miner):
    stored("members", audience="members")
    client.force_login(miner.user)
    assert titles(client, "/calendar.ics") == set()


@pytest.mark.parametrize(("language", "title"), [("es", "Agua"), ("en", "Water"), ("pt-br", "Água"), ("xx", "Agua"), ("", "Agua")])
def test_language_is_chosen_in_the_address(client, secretary, language, title):
    announced(secretary, title_es="Agua", title_en="Water", title_pt="Água")
    assert titles(client, f"/calendar.ics?lang={language}") == {title}


@pytest.mark.parametrize(("days", "there"), [(180, True), (184, False)])
def test_called_off_stays_for_half_a_year(client, db, days, there):
    start = timezone.now() + timedelta(days=10)
    stored("uno", state="cancelled", moved_at=timezone.now() - timedelta(days=days), starts_at=start, ends_at=start + timedelta(hours=1))
    found = parse(client.get("/calendar.ics").content)
    assert [event["STATUS"] for event in found] == (["CANCELLED"] if there else [])


@pytest.mark.parametrize(("days", "there"), [(360, 1), (370, 0)])
def test_what_is_over_stays_for_a_year(client, db, days, there):
    held("uno", days_ago=days)
    assert len(parse(client.get("/calendar.ics").content)) == there


@pytest.mark.parametrize("path", ["/calendar.ics", "/calendar.atom", "/calendar/group/mesa.ics"])
def test_the_link_is_in_nothing_public(client, secretary, group, path):
    hybrid(secretary, groups=[group])
    assert LINK not in client.get(path).content.decode().replace("\r\n ", "")


def test_the_link_is_in_no_personal_calendar(client, miner, secretary):
    hybrid(secretary)
    assert LINK not in client.get(own(miner.user)).content.decode().replace("\r\n ", "")


def test_group_calendar_holds_its_public_events(client, group):
    stored("suyo", groups=[group])
    stored("interno", groups=[group], audience="members")
    stored("ajeno")
    assert titles(client, "/calendar/group/mesa.ics") == {"suyo"}


def test_hidden_group_has_no_calendar(client, db):
    make_group("oculto", audience="members")
    assert client.get("/calendar/group/oculto.ics").status_code == 404


def test_event_has_a_calendar_of_its_own(client, secretary):
    assert titles(client, reverse("event_calendar", args=[announced(secretary).slug])) == {"Encuentro del agua"}


@pytest.mark.parametrize(("state", "audience", "status"), [("held", "members", 404), ("draft", "public", 404), ("held", "public", 200)])
def test_event_calendar_is_as_visible_as_the_event(client, db, state, audience, status):
    event = stored("uno", state=state, audience=audience)
    assert client.get(reverse("event_calendar", args=[event.slug])).status_code == status


def test_draft_has_no_calendar_even_for_who_runs_it(client, secretary):
    client.force_login(secretary)
    assert client.get(reverse("event_calendar", args=[draft(secretary).slug])).status_code == 404


def test_personal_calendar_holds_what_its_owner_may_see(client, seated, group):
    stored("miembros", audience="members")
    stored("suyo", audience="group", groups=[group])
    stored("ajeno", audience="group", groups=[make_group("otra")])
    assert titles(client, own(seated)) == {"miembros", "suyo"}


def test_personal_calendar_holds_no_drafts(client, chair, group):
    path = own(chair)
    draft(chair, groups=[group])
    assert titles(client, path) == set()


def test_personal_calendar_speaks_to_its_owner(client, neighbour, secretary):
    announced(secretary, title_pt="Água")
    assert titles(client, own(neighbour.user)) == {"Água"}


def test_renewed_address_closes_the_old_one(client, miner):
    old, new = own(miner.user), own(miner.user)
    assert [client.get(path).status_code for path in (old, new)] == [404, 200]


def test_revoked_address_is_closed(client, miner):
    path = own(miner.user)
    actions.revoke_calendar(actor=miner.user)
    actions.revoke_calendar(actor=miner.user)
    assert client.get(path).status_code == 404


def test_closed_account_has_no_calendar(client, miner):
    path = own(miner.user)
    type(miner.user).objects.filter(pk=miner.user.pk).update(is_active=False)
    assert client.get(path).status_code == 404


def test_suspended_member_reads_only_what_is_public(client, miner):
    path = own(miner.user)
    stored("miembros", audience="members")
    type(miner).objects.update(state="suspended")
    assert titles(client, path) == set()


def test_address_is_long_and_the_audit_does_not_hold_it(miner):
    link = actions.renew_calendar(actor=miner.user)
    assert len(link.token) == 43
    assert link.token not in str(AuditEntry.objects.get(verb="events.calendar_renewed").data)


def test_calendar_is_not_made_anew_for_who_has_it(client, secretary):
    announced(secretary)
    first = client.get("/calendar.ics")
    again = client.get("/calendar.ics", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("change", ["title", "cancel", "more", "language"])
def test_whatever_changes_is_made_anew(client, secretary, clock, change):
    event, path = announced(secretary), "/calendar.ics"
    mark = client.get(path)["ETag"]
    clock.shift(60)
    changes = {
        "title": lambda: actions.change_event(actor=secretary, event=event, title_es="Otra"),
        "cancel": lambda: actions.cancel_event(actor=secretary, event=event, reason={"es": "Lluvia"}),
        "more": lambda: stored("dos"),
        "language": lambda: None,
    }
    changes[change]()
    path += "?lang=en" if change == "language" else ""
    assert client.get(path, headers={"If-None-Match": mark}).status_code == 200


@pytest.mark.parametrize("path", ["/calendar.ics", "/calendar.atom"])
def test_everybody_may_keep_what_everybody_gets(client, db, path):
    assert client.get(path)["Cache-Control"] == "public, max-age=900"


def test_personal_calendar_is_kept_by_nobody_else(client, miner):
    response = client.get(own(miner.user))
    assert response["Cache-Control"] == "private, no-cache"
    assert response["X-Robots-Tag"] == "noindex"


def test_calendar_says_what_it_is(client, db):
    assert client.get("/calendar.ics")["Content-Type"] == "text/calendar; charset=utf-8"


def test_feed_tells_what_was_announced_last_first(client, clock, secretary):
    for name in ("Una", "Otra"):
        clock.shift(60)
        announced(secretary, title_es=name)
    feed = ET.fromstring(client.get("/calendar.atom").content)
    assert [entry.find(f"{ATOM}title").text for entry in feed.iter(f"{ATOM}entry")] == ["Otra", "Una"]


def test_feed_names_each_event_for_ever(client, secretary):
    event = announced(secretary)
    feed = ET.fromstring(client.get("/calendar.atom?lang=pt-br").content)
    assert feed.find(f"{ATOM}entry/{ATOM}id").text == f"urn:uuid:{event.uid}"
    assert feed.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "pt-br"


def test_feed_leaves_drafts_and_members_out(client, secretary):
    draft(secretary)
    stored("miembros", audience="members")
    assert b"<entry>" not in client.get("/calendar.atom").content


def test_public_calendar_is_flat(client, db):
    names = iter(range(99))
    stored("primero")
    flat(lambda: client.get("/calendar.ics"), lambda: [stored(f"n-{next(names)}") for _ in range(3)], ceiling=2)


def test_personal_calendar_is_flat(client, seated, group):
    path, names = own(seated), iter(range(99))
    stored("primero", groups=[group])
    flat(lambda: client.get(path), lambda: [stored(f"n-{next(names)}", groups=[group]) for _ in range(3)], ceiling=9)


def test_one_address_a_person(miner):
    for _ in range(3):
        actions.renew_calendar(actor=miner.user)
    assert CalendarLink.objects.count() == 1


@pytest.mark.parametrize("model", [CalendarLink, Event])
def test_rows_name_themselves_without_secrets(miner, secretary, model):
    link, event = actions.renew_calendar(actor=miner.user), hybrid(secretary)
    assert link.token not in str(link)
    assert LINK not in str(event)


def test_reminder_names_its_event(db):
    event = stored("uno")
    assert str(event.reminders.create(days=7, starts_at=event.starts_at)) == f"{event.pk}: 7"
