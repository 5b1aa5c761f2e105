"""Fills the calendar: ten thousand events over ten years, one of them with six hundred registrations; and the pages that grow with them."""

import uuid
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import get_random_string

from events.enums import EventAudience, EventKind, EventMode, EventState, RegistrationState
from events.models import CalendarLink, Event, Registration, RegistrationTerms
from tests.bench.pages import LIST, P95, Page, readers
from tests.bench.words import Writer

EVENTS, REGISTERED, BATCH = 10_000, 600, 2_000
GREAT = "encuentro-grande"  # the event of the six hundred
_ZONES = ("America/Lima", "America/Santiago", "America/Sao_Paulo", "America/Mexico_City", "Europe/Madrid")
_TOKEN = "b" * 43


def fill_events(rows: int = EVENTS) -> None:
    """Bring the calendar to `rows` events: nine in ten are over, evenly spread over nine years and the one to come."""
    writer, now = Writer(rows), timezone.now().replace(minute=0, second=0, microsecond=0)
    for start in range(0, rows, BATCH):
        Event.objects.bulk_create(_event(writer, n, rows, now) for n in range(start, min(start + BATCH, rows)))
    great = Event.objects.get(slug="e-0")
    Event.objects.filter(pk=great.pk).update(
        slug=GREAT,
        state=EventState.OPEN,
        audience=EventAudience.PUBLIC,
        starts_at=now + timedelta(days=9),
        ends_at=now + timedelta(days=11),
        starts_on=(now + timedelta(days=9)).date(),
        ends_on=(now + timedelta(days=11)).date(),
    )
    _register(great, writer)
    CalendarLink.objects.create(person=next(readers()), token=_TOKEN)


def _event(writer: Writer, n: int, rows: int, now: datetime) -> Event:
    pick = writer.random.choice
    starts = (now - timedelta(days=9 * 365) + timedelta(hours=round(n * 10 * 365 * 24 / rows))).astimezone(UTC)
    zone, ends = pick(_ZONES), starts + timedelta(hours=pick((2, 4, 30)))
    ahead = ends > now
    first, last = (one.astimezone(ZoneInfo(zone)).date() for one in (starts, ends))
    return Event(
        slug=f"e-{n}",
        once=uuid.uuid4(),
        kind=pick(EventKind.values),
        state=EventState.ANNOUNCED if ahead else pick((EventState.HELD, EventState.REPORTED)),
        mode=pick(EventMode.values),
        audience=pick((EventAudience.PUBLIC,) * 3 + (EventAudience.MEMBERS,)),
        title_es=f"{writer.sentence('es', 6)} {n}",
        summary_es=writer.some("es", 40),
        starts_at=starts,
        ends_at=ends,
        time_zone=zone,
        starts_on=first,
        ends_on=last,
        venue="Casa comunal",
        municipality="Cusco",
        country="PE",
        link="https://meet.example.org/room",
        countries=["PE"],
        announced_at=starts - timedelta(days=30),
        moved_at=starts - timedelta(days=30) if ahead else ends,
    )


def _register(event: Event, writer: Writer) -> None:
    now = timezone.now()
    RegistrationTerms.objects.create(event=event, opens_at=now - timedelta(days=9), closes_at=now + timedelta(days=8))
    Registration.objects.bulk_create(
        Registration(
            event=event,
            code=get_random_string(12),
            ticket=get_random_string(43),
            once=uuid.uuid4(),
            number=n + 1,
            name=writer.person(),
            email=f"p{n}@example.org",
            mode=EventMode.ON_SITE,
            state=RegistrationState.CONFIRMED if n < 500 else RegistrationState.WAITING,
            moved_at=now,
        )
        for n in range(REGISTERED)
    )


def event_pages() -> list[Page]:
    """The pages and files that grow with the calendar."""
    with translation.override("es"):
        coming, past = reverse("events:coming"), reverse("events:past")
        month = reverse("events:month", args=[timezone.now().year, timezone.now().month])
        great = reverse("events:event_detail", args=[GREAT])
    return [
        Page("events, coming", coming, LIST, "coming", P95),
        Page("events, the month", month, LIST, "month", P95),
        Page("events, past", past, LIST, "past", P95),
        Page("an event with 600 registrations", great, 3.0, "event", P95),
        Page("events as Atom", reverse("public_feed"), LIST, "atom", P95),
        Page("public calendar", reverse("public_calendar"), 0, "calendar"),
        Page("somebody's own calendar", reverse("personal_calendar", args=[_TOKEN]), 0, "own"),
    ]
