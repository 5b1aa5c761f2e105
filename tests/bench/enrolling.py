"""A rush to register: six hundred people for an event of two hundred seats, one after the other and from eight hands at once."""

import statistics
import time
import uuid
from datetime import timedelta
from functools import partial
from typing import Any

from django.utils import timezone

from tests.bench import report
from tests.support.together import crowd

PEOPLE, SEATS, HANDS = 600, 200, 8
GOAL = PEOPLE / 300  # registrations a second: all of them within five minutes


def print_rush() -> None:
    """Register everybody twice, for two events, and print how fast that went and how long one of them took."""
    from members.models import User

    people = User.objects.bulk_create([User(email=f"rush-{number}@people.example", password="!") for number in range(PEOPLE)])
    report.title(f"{PEOPLE} registrations for {SEATS} seats — {report.load()}")
    for name, hands in (("from one hand", 1), (f"from {HANDS} hands of one process", HANDS)):
        event, each = _event(f"rush-{hands}"), []
        start = time.monotonic()
        crowd([partial(_enrol, event, person, each) for person in people], hands=hands)
        seconds = time.monotonic() - start
        rate = PEOPLE / seconds
        report.line(f"registrations a second, {name}", f"{rate:.0f}", report.mark(rate, GOAL, least=True), f"all within {seconds:.0f} s")
        slow = statistics.quantiles(each, n=20)[-1] * 1000
        report.line("one of them, p95", f"{slow:.0f} ms", "", _fits(event))


def _event(slug: str) -> Any:
    from events.models import Event, RegistrationTerms

    now = timezone.now()
    days = {"starts_at": now + timedelta(days=30), "ends_at": now + timedelta(days=31)}
    days |= {"starts_on": days["starts_at"].date(), "ends_on": days["ends_at"].date()}
    event = Event.objects.create(slug=slug, once=uuid.uuid4(), state="open", title_es="Convención", places_on_site=SEATS, **days)
    RegistrationTerms.objects.create(event=event, opens_at=now - timedelta(days=1), closes_at=event.starts_at)
    return event


def _enrol(event: Any, person: Any, each: list[float]) -> None:
    from events.actions import register

    start = time.monotonic()
    register(event=event, actor=person, once=uuid.uuid4(), mode="on-site", name="Rosa Quispe")
    each.append(time.monotonic() - start)


def _fits(event: Any) -> str:
    """Say what became of them."""
    from events.actions import seats_agree

    seated, waiting = event.registrations.seated().count(), event.registrations.filter(state="waiting").count()
    return f"{seated} with a seat, {waiting} waiting{'' if seats_agree(event) else ': THE COUNT IS WRONG'}"
