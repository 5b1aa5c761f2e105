"""Invitations: one registration as a calendar file for one person, which a later one replaces (RFC 5546, ADR 19).

A place that is confirmed is a METHOD:REQUEST; once the place or the event is gone, METHOD:CANCEL. All who take part get the same
UID, which is that of the feeds too, and each sees only themselves as ATTENDEE. SEQUENCE grows with every change of the event and with
every step of the person's registrations, so that a calendar replaces what it has and never keeps two.
"""

from collections import defaultdict
from collections.abc import Sequence
from email.utils import parseaddr
from typing import Any, Final

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, vCalAddress
from icalendar import Event as Entry

from events.enums import CALLED_OFF, ON, EventMode, RegistrationState
from events.exports.calendars import address, location_of, sequence_of, steps_of, title_of, uid_of
from events.models import Event, Registration
from events.notifications import CALLED_OFF as OFF
from events.notifications import CHANGED, LAPSED, LINK_CHANGED, REGISTERED, UNREGISTERED
from events.querysets import when
from members.models.texts import told
from red_mpe.core.models import AuditEntry
from red_mpe.core.text import clean, clean_line, excerpt
from red_mpe.notifications.registry import Attachment

FILE: Final = "invite.ics"
#: The mails that carry one. Those of the event carry it for who has a place.
CARRIERS: Final = (REGISTERED, UNREGISTERED, LAPSED, CHANGED, LINK_CHANGED, OFF)


def method_of(registration: Any) -> str:
    """Return what the file asks of a calendar: REQUEST while the place is confirmed and the event on its date, else CANCEL."""
    stands = registration.state == RegistrationState.CONFIRMED and registration.event.state not in CALLED_OFF
    return "REQUEST" if stands else "CANCEL"


def invitation(registration: Any, *, to: str, earlier: Sequence[Any] = (), reader: Any = None) -> bytes:
    """Return the file of a registration for who reads mail at `to`, in the present language.

    `earlier` are the person's earlier registrations for the same event. The link is in it for who takes part on line, while the place
    is confirmed and the event ahead, and where `reader`, or else whose registration it is, may read it.
    """
    calendar, method = Calendar(), method_of(registration)
    calendar.add("prodid", "-//Red MPE//Encounters//")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(_entry(registration, method, to, steps_of([*earlier, registration]), link_of(registration, reader)))
    return bytes(calendar.to_ical())


def _entry(registration: Any, method: str, to: str, steps: int, link: str) -> Entry:
    event, entry = registration.event, Entry()
    entry.add("uid", uid_of(event))
    entry.add("sequence", sequence_of(event, steps))
    entry.add("dtstamp", timezone.now())
    entry.add("dtstart", event.starts_at)
    entry.add("dtend", event.ends_at)
    entry.add("summary", title_of(event))
    entry.add("organizer", _organiser())
    entry.add("attendee", _attendee(registration, method, to))
    entry.add("status", "CONFIRMED" if method == "REQUEST" else "CANCELLED")
    entry.add("transp", "OPAQUE" if method == "REQUEST" else "TRANSPARENT")
    entry.add("class", "PUBLIC" if event.audience == "public" else "PRIVATE")
    entry.add("url", address(event))
    if method == "REQUEST":
        entry.add("description", _description(registration, link))
        if place := link or location_of(event):
            entry.add("location", place)
    return entry


def _organiser() -> vCalAddress:
    name, email = parseaddr(settings.DEFAULT_FROM_EMAIL)
    organiser = vCalAddress(f"mailto:{email}")
    organiser.params["CN"] = clean_line(name) or "Red MPE"
    return organiser


def _attendee(registration: Any, method: str, to: str) -> vCalAddress:
    attendee = vCalAddress(f"mailto:{to}")
    attendee.params["CN"] = clean_line(registration.name).replace('"', "'")
    attendee.params["CUTYPE"] = "INDIVIDUAL"
    attendee.params["ROLE"] = "REQ-PARTICIPANT"
    if method == "REQUEST":
        attendee.params.update({"PARTSTAT": "ACCEPTED", "RSVP": "FALSE"})
    return attendee


def link_of(registration: Any, reader: Any = None) -> str:
    """Return the link for who has a confirmed place on line, while the event is on and not over; else nothing.

    An account, `reader` or else whose registration it is, must also be one that may read the link of the event now.
    """
    event = registration.event
    holds = registration.state == RegistrationState.CONFIRMED and registration.mode == EventMode.ON_LINE
    if not (holds and event.link and event.state in ON and event.ends_at > timezone.now()):
        return ""
    account = reader if hasattr(reader, "has_perm") else registration.user
    return str(event.link) if account is None or account.has_perm("events.read_link", event) else ""


def _description(registration: Any, link: str) -> str:
    event = registration.event
    parts = (
        excerpt(told(event, "summary").text, 500),
        when(event.starts_at, event.ends_at, event.time_zone),
        _("Link to take part: %(link)s") % {"link": link} if link else "",
        _("Registration code: %(code)s") % {"code": registration.code},
        address(event),
    )
    return clean("\n\n".join(filter(None, parts)))


def enclose(pairs: Sequence[tuple[AuditEntry, Any]]) -> list[list[Attachment]]:
    """Return for each announcement and its reader the invitation that stands for the reader now; with two queries, however many."""
    wanted = [(_event_of(entry), reader) for entry, reader in pairs]
    found = _registrations(wanted)
    return [
        _files(entry, found.get((event, _key(reader)), []), reader) for (entry, reader), (event, _reader) in zip(pairs, wanted, strict=True)
    ]


def _files(entry: AuditEntry, registrations: list[Any], reader: Any) -> list[Attachment]:
    target: Any = entry.target
    brought = isinstance(target, Registration) and target.user_id != getattr(reader, "pk", None)
    if not registrations or brought:
        return []
    *earlier, last = registrations
    if isinstance(target, Event) and last.state != RegistrationState.CONFIRMED:
        return []  # who waits has nothing in the calendar that could be changed
    content = invitation(last, to=reader.email, earlier=earlier, reader=reader)
    return [Attachment(FILE, content, "application/ics", spoken_as=f"text/calendar; method={method_of(last)}")]


def _event_of(entry: AuditEntry) -> int | None:
    target: Any = entry.target
    return target.event_id if isinstance(target, Registration) else entry.target_id


def _key(reader: Any) -> int | str:
    """Return who a registration belongs to: an account, or an address without one."""
    return getattr(reader, "pk", None) or reader.email.lower()


def _registrations(wanted: Sequence[tuple[Any, Any]]) -> dict[tuple[Any, int | str], list[Any]]:
    """Return the registrations of each reader for each event, the first first."""
    keys = {_key(reader) for _event, reader in wanted}
    accounts, addresses = [key for key in keys if isinstance(key, int)], [key for key in keys if isinstance(key, str)]
    theirs = Q(user__in=accounts) | Q(user=None, address__in=addresses)
    rows = Registration.objects.alias(address=Lower("email")).filter(theirs, event__in={event for event, _reader in wanted})
    found: dict[tuple[Any, int | str], list[Any]] = defaultdict(list)
    for one in rows.select_related("event__terms").order_by("pk"):
        found[one.event_id, one.user_id or one.email.lower()].append(one)
    return found
