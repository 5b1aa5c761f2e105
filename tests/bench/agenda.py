"""What encounters cost: the agenda of a convention of 300 sessions."""

import uuid
from datetime import UTC, datetime, timedelta

from django.urls import reverse
from django.utils import timezone, translation

from events.models import Event, Guest, Room, Session, SessionVoice, Track
from members.models import Person
from tests.bench.pages import LIST, Page
from tests.bench.words import Writer

CONVENTION, SESSIONS, ROOMS, DAYS = "convencion", 300, 10, 5
AGENDA = LIST * 2  # CPU ÷ floor: 300 sessions on one page


def fill_agenda() -> None:
    """Write a convention of five days with 300 sessions in ten rooms, a member and a guest in each."""
    writer, starts = Writer(), (timezone.now() + timedelta(days=30)).replace(hour=14, minute=0, second=0, microsecond=0)
    days = {"starts_on": starts.date(), "ends_on": (starts + timedelta(days=DAYS - 1)).date()}
    words = {"title_es": "Convención", "summary_es": "Del agua.", "state": "announced", "announced_at": timezone.now()}
    ends = starts + timedelta(days=DAYS - 1, hours=8)
    event = Event.objects.create(slug=CONVENTION, once=uuid.uuid4(), starts_at=starts, ends_at=ends, **days, **words)
    rooms = [Room.objects.create(event=event, name_es=f"Sala {number}", position=number) for number in range(ROOMS)]
    tracks = [Track.objects.create(event=event, name_es=f"Eje {number}", position=number) for number in range(6)]
    rows = [_session(event, rooms[number % ROOMS], tracks[number % 6], number // ROOMS, writer) for number in range(SESSIONS)]
    _speak(event, Session.objects.bulk_create(rows), writer)


def _session(event: Event, room: Room, track: Track, number: int, writer: Writer) -> Session:
    day, hour = divmod(number, SESSIONS // ROOMS // DAYS)
    starts = datetime.combine(event.starts_on, datetime.min.time(), UTC) + timedelta(days=day, hours=14 + hour)
    words = {"title_es": writer.organisation(), "slug": f"s-{room.position}-{number}", "kind": "panel", "languages": ["es", "pt-br"]}
    times = {"starts_at": starts, "ends_at": starts + timedelta(hours=1)}
    return Session(event=event, once=uuid.uuid4(), room=room, track=track, **words, **times)


def _speak(event: Event, sessions: list[Session], writer: Writer) -> None:
    guests = Guest.objects.bulk_create(Guest(event=event, name=writer.person()) for _ in sessions)
    people = [{"guest": guest} for guest in guests], [{"person": person} for person in Person.objects.order_by("pk")[: len(sessions)]]
    SessionVoice.objects.bulk_create(
        SessionVoice(session=session, event=event, starts_at=session.starts_at, ends_at=session.ends_at, **who)
        for voices in people
        for session, who in zip(sessions, voices, strict=False)
    )


def agenda_pages() -> list[Page]:
    """The pages that grow with an agenda."""
    with translation.override("es"):
        agenda = reverse("events:agenda", args=[CONVENTION])
        session = reverse("events:session_detail", args=[CONVENTION, "s-0-0"])
        event = reverse("events:event_detail", args=[CONVENTION])
    day = (timezone.now() + timedelta(days=31)).date().isoformat()
    return [
        Page("event with an agenda", event, LIST),
        Page(f"agenda of {SESSIONS} sessions, list", agenda, AGENDA),
        Page(f"agenda of {SESSIONS} sessions, table", f"{agenda}?view=grid", AGENDA),
        Page("agenda, one day", f"{agenda}?day={day}", LIST),
        Page("a session", session, LIST),
    ]
