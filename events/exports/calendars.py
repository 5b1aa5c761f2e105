"""Events as an iCalendar file (RFC 5545, ADR 16): instants in UTC, stable names, struck out where called off. Never the link."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django_countries import countries
from icalendar import Calendar, vText
from icalendar import Event as Entry

from events.enums import CALLED_OFF, LIVE, ON, WITH_LINK, RegistrationState
from events.querysets import when
from members.models.texts import told
from red_mpe.core.text import clean, clean_line, excerpt

CONTENT_TYPE: Final = "text/calendar; charset=utf-8"
_HOST: Final = urlsplit(settings.BASE_URL).hostname or "localhost"
#: How far a registration has come. It only moves down this list: its number grows with every step.
_STEPS: Final = {
    RegistrationState.PENDING: 0,
    RegistrationState.WAITING: 1,
    RegistrationState.OFFERED: 2,
    RegistrationState.CONFIRMED: 3,
    RegistrationState.LAPSED: 4,
    RegistrationState.CANCELLED: 4,
    RegistrationState.DECLINED: 4,
}


@dataclass(frozen=True)
class Own:
    """What a calendar tells to its owner alone: their registrations by event, the first first, and the sessions they marked."""

    registrations: Mapping[int, Sequence[Any]] = field(default_factory=dict)
    sessions: Iterable[Any] = ()


def calendar_of(events: Iterable[Any], *, name: str, own: Own | None = None) -> bytes:
    """Return a calendar of these events in the present language, with what is its owner's `own`."""
    own = own or Own()
    calendar = Calendar()
    calendar.add("prodid", "-//Red MPE//Encounters//")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", vText(clean_line(name)))
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for event in events:
        calendar.add_component(_entry(event, own.registrations.get(event.pk, ())))
    for session in own.sessions:
        calendar.add_component(_session(session))
    return bytes(calendar.to_ical())


def _entry(event: Any, registrations: Sequence[Any]) -> Entry:
    entry, live = Entry(), registrations[-1] if registrations and registrations[-1].state in LIVE else None
    entry.add("uid", uid_of(event))
    entry.add("sequence", sequence_of(event, steps_of(registrations)))
    entry.add("dtstamp", event.updated_at)
    entry.add("last-modified", event.updated_at)
    entry.add("dtstart", event.starts_at)
    entry.add("dtend", event.ends_at)
    entry.add("summary", title_of(event))
    entry.add("description", _description(event, live))
    if location := location_of(event):
        entry.add("location", location)
    entry.add("url", address(event))
    entry.add("status", _status(event, live))
    entry.add("categories", [str(event.get_kind_display())])
    entry.add("transp", "TRANSPARENT" if event.state in CALLED_OFF else "OPAQUE")
    entry.add("class", "PUBLIC" if event.audience == "public" else "PRIVATE")
    return entry


def uid_of(event: Any) -> str:
    """Return the event's name in every calendar, for ever: an invitation and a feed tell of the same entry."""
    return f"{event.uid}@{_HOST}"


def sequence_of(event: Any, steps: int = 0) -> int:
    """Return the number of this version (RFC 5545): hundreds count what changed of the event, the rest what changed of a registration.

    Thus each change of either makes a higher number, and a change of the event wins by whichever road it comes.
    """
    return int(event.sequence) * 100 + min(steps, 99)


def steps_of(registrations: Sequence[Any]) -> int:
    """Return how many steps the registrations of one person for one event have made: one that was cancelled and made again goes on."""
    return sum(_STEPS[RegistrationState(one.state)] + one.sequence for one in registrations) + max(len(registrations) - 1, 0)


def title_of(event: Any) -> str:
    """Return the title on one line; of an event that is called off it begins with that."""
    title = clean_line(told(event, "title").text)
    return f"{event.get_state_display().capitalize()}: {title}" if event.state in CALLED_OFF else title


def address(event: Any) -> str:
    """Return the event's own page, with the host of the settings."""
    return settings.BASE_URL + event.get_absolute_url()


def location_of(event: Any) -> str:
    """Return the place on one line."""
    parts = (event.venue, event.address, event.municipality, countries.name(event.country.code) if event.country else "")
    return clean_line(", ".join(dict.fromkeys(filter(None, parts))))


def _status(event: Any, registration: Any) -> str:
    """Return CONFIRMED, unless it is called off, or its owner does not have the place they asked for."""
    if event.state in CALLED_OFF:
        return "CANCELLED"
    return "TENTATIVE" if registration is not None and registration.state != RegistrationState.CONFIRMED else "CONFIRMED"


def _description(event: Any, registration: Any) -> str:
    """Return how its owner's registration stands, what it is, when by its own clock, why it is off, and where to read more."""
    reason = told(event, "reason").text if event.state in CALLED_OFF else ""
    on_line = event.mode in WITH_LINK and event.state in ON
    parts = (
        _own_words(registration) if registration is not None else "",
        excerpt(reason, 500),
        excerpt(told(event, "summary").text, 500),
        when(event.starts_at, event.ends_at, event.time_zone),
        _("The link to take part is on its page, for who signs in.") if on_line else "",
        address(event),
    )
    return clean("\n\n".join(filter(None, parts)))


def _own_words(registration: Any) -> str:
    words = {"state": registration.get_state_display(), "mode": registration.get_mode_display(), "code": registration.code}
    return _("Registration: %(state)s. %(mode)s. Code: %(code)s") % words


def _session(session: Any) -> Entry:
    """A session of the agenda that somebody marked as theirs; it is off when its event is."""
    event, entry, is_off = session.event, Entry(), session.event.state in CALLED_OFF
    changed = max(event.updated_at, session.updated_at)
    title = clean_line(told(session, "title").text) or str(session.get_kind_display())
    entry.add("uid", f"{event.uid}-{session.slug}@{_HOST}")
    entry.add("sequence", event.sequence + session.sequence)
    entry.add("dtstamp", changed)
    entry.add("last-modified", changed)
    entry.add("dtstart", session.starts_at)
    entry.add("dtend", session.ends_at)
    entry.add("summary", f"{event.get_state_display().capitalize()}: {title}" if is_off else title)
    entry.add("description", _about(session))
    room = told(session.room, "name").text if session.room else ""
    if place := clean_line(", ".join(filter(None, [room, location_of(event)]))):
        entry.add("location", place)
    entry.add("url", settings.BASE_URL + reverse("events:session_detail", args=[event.slug, session.slug]))
    entry.add("related-to", uid_of(event))
    entry.add("status", "CANCELLED" if is_off else "CONFIRMED")
    entry.add("categories", [str(session.get_kind_display())])
    entry.add("transp", "TRANSPARENT" if is_off else "OPAQUE")
    entry.add("class", "PUBLIC" if event.audience == "public" else "PRIVATE")
    return entry


def _about(session: Any) -> str:
    event = session.event
    parts = (
        told(event, "title").text,
        excerpt(told(session, "summary").text, 500),
        when(session.starts_at, session.ends_at, event.time_zone),
        settings.BASE_URL + reverse("events:session_detail", args=[event.slug, session.slug]),
    )
    return clean("\n\n".join(filter(None, parts)))
