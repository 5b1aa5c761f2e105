"""Events as an iCalendar file (RFC 5545, ADR 16): instants in UTC, stable names, struck out where called off. Never the link."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from django_countries import countries
from icalendar import Calendar, vText
from icalendar import Event as Entry

from events.enums import CALLED_OFF, ON, WITH_LINK
from events.querysets import when
from members.models.texts import told
from red_mpe.core.text import clean, clean_line, excerpt

CONTENT_TYPE: Final = "text/calendar; charset=utf-8"
_HOST: Final = urlsplit(settings.BASE_URL).hostname or "localhost"


def calendar_of(events: Iterable[Any], *, name: str) -> bytes:
    """Return a calendar of these events in the present language."""
    calendar = Calendar()
    calendar.add("prodid", "-//Red MPE//Encounters//")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", vText(clean_line(name)))
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for event in events:
        calendar.add_component(_entry(event))
    return bytes(calendar.to_ical())


def _entry(event: Any) -> Entry:
    entry = Entry()
    entry.add("uid", uid_of(event))
    entry.add("sequence", sequence_of(event))
    entry.add("dtstamp", event.updated_at)
    entry.add("last-modified", event.updated_at)
    entry.add("dtstart", event.starts_at)
    entry.add("dtend", event.ends_at)
    entry.add("summary", title_of(event))
    entry.add("description", _description(event))
    if location := location_of(event):
        entry.add("location", location)
    entry.add("url", address(event))
    entry.add("status", "CANCELLED" if event.state in CALLED_OFF else "CONFIRMED")
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


def _description(event: Any) -> str:
    """Return what it is, when by its own clock, why it is off, and where to read more."""
    reason = told(event, "reason").text if event.state in CALLED_OFF else ""
    on_line = event.mode in WITH_LINK and event.state in ON
    parts = (
        excerpt(reason, 500),
        excerpt(told(event, "summary").text, 500),
        when(event.starts_at, event.ends_at, event.time_zone),
        _("The link to take part is on its page, for who signs in.") if on_line else "",
        address(event),
    )
    return clean("\n\n".join(filter(None, parts)))
