"""Events and the people who call them, through the same actions as on the site."""

import uuid
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from events import actions
from events.models import Event
from members.models import Group, GroupMembership
from tests.conftest import make_person
from tests.factories.standards import fresh

LIMA = ZoneInfo("America/Lima")
LINK = "https://meet.example.org/zqlinksecret"


def facts(**more):
    """What an event is made of: one in Cusco, ten days from now, of nine to five."""
    start = timezone.now().astimezone(LIMA).replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=10)
    known = {
        "title_es": "Encuentro del agua",
        "summary_es": "Cómo cuidar el río.",
        "starts_at": start.astimezone(UTC),
        "ends_at": (start + timedelta(hours=8)).astimezone(UTC),
        "time_zone": "America/Lima",
        "kind": "encounter",
        "mode": "on-site",
        "venue": "Casa comunal",
        "municipality": "Cusco",
        "country": "PE",
    }
    return known | more


def draft(actor, **more):
    """A draft."""
    return actions.make_event(actor=actor, once=uuid.uuid4(), **facts(**more))


def announced(actor, **more):
    """An announced event."""
    return actions.announce_event(actor=actor, event=draft(actor, **more))


def hybrid(actor, **more):
    """An announced event with a secret link."""
    return announced(actor, **{"mode": "hybrid", "link": LINK, **more})


def stored(slug, **more):
    """An event written straight into the table, for tests that only read."""
    known = facts(**{"title_es": slug, **more})
    starts, ends = known["starts_at"], known["ends_at"]
    zone = ZoneInfo(known["time_zone"])
    days = {"starts_on": starts.astimezone(zone).date(), "ends_on": ends.astimezone(zone).date()}
    known = {"state": "announced", "announced_at": timezone.now(), "countries": [known["country"]], **days, **known}
    related = {name: known.pop(name) for name in ("groups", "hosts", "themes") if name in known}
    event = Event.objects.create(slug=slug, once=uuid.uuid4(), **known)
    for name, things in related.items():
        getattr(event, name).set(things)
    return event


def held(slug, *, days_ago=5, **more):
    """An event that took place."""
    start = timezone.now() - timedelta(days=days_ago)
    return stored(slug, **{"state": "held", "starts_at": start, "ends_at": start + timedelta(hours=3), **more})


def make_group(slug="mesa", **fields):
    """A group."""
    return Group.objects.create(slug=slug, name_es=f"Grupo {slug}", kind="working-group", **fields)


def sit(group, slug, role="member"):
    """Somebody who sits in a group, as a request would read the account."""
    person = make_person(slug)
    GroupMembership.objects.create(group=group, person=person, role=role, starts_on=date(2020, 1, 1))
    return fresh(person.user)


def moment(*numbers, zone="America/Lima"):
    """An instant by the clock of a place."""
    return datetime(*numbers, tzinfo=ZoneInfo(zone)).astimezone(UTC)
