"""Registrations and sessions written straight into the tables, for tests of the day itself."""

import uuid
from datetime import timedelta

from django.utils import timezone

from events.models import Doorkeeper, Registration, Session
from tests.factories.events import stored
from tests.factories.standards import fresh


def today(slug="hoy", **more):
    """A hybrid event that began an hour ago and ends in seven hours."""
    start = timezone.now() - timedelta(hours=1)
    return stored(slug, **{"mode": "hybrid", "starts_at": start, "ends_at": start + timedelta(hours=8), **more})


def registered(event, name="Ana Ñaupa", **more):
    """A confirmed registration."""
    number = event.registrations.count() + 1
    known = {"code": f"E{event.pk}-{number:04}", "ticket": f"{event.pk}ticket{number:04}".ljust(43, "x"), "once": uuid.uuid4()}
    known |= {"number": number, "mode": "on-site", "state": "confirmed", "moved_at": timezone.now(), "name": name}
    return Registration.objects.create(event=event, **(known | more))


def many_registered(event, many):
    """As many confirmed registrations, in one statement."""
    names = ("Ángela Quispe Mamani", "José Ñahui Condori", "Maria da Conceição Araújo")
    rows = [
        Registration(
            event=event,
            code=f"M{event.pk}-{number:04}",
            ticket=f"{event.pk}many{number:04}".ljust(43, "y"),
            once=uuid.uuid4(),
            number=10_000 + number,
            mode="on-site",
            state="confirmed",
            moved_at=timezone.now(),
            name=f"{names[number % 3]} {number}",
            affiliation="Cooperativa Minera Quebrada Limpia",
        )
        for number in range(many)
    ]
    return Registration.objects.bulk_create(rows)


def session_of(event, slug="plenaria", *, start=0, minutes=60, kind="plenary"):
    """A session that begins so many minutes after its event."""
    starts = event.starts_at + timedelta(minutes=start)
    times = {"starts_at": starts, "ends_at": starts + timedelta(minutes=minutes)}
    return Session.objects.create(event=event, slug=slug, once=uuid.uuid4(), kind=kind, title_es=slug.title(), **times)


def doorkeeper_of(event, person):
    """Somebody who keeps the door, as a request would read the account."""
    Doorkeeper.objects.create(event=event, person=person)
    return fresh(person.user)
