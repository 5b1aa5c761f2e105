"""What is announced of registering: to whom it happened, to who runs the event, and to those who may register."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events.enums import EventMode, EventState, RegistrationState
from events.models import Event, Registration
from events.notifications.events import describe as describe_events
from events.notifications.events import event_topics, interested, invited, still_visible
from events.querysets import here, moment, place, when
from events.rules import LEADING
from members.models import GroupMembership, User
from members.models.texts import told
from members.notifications import secretariat
from red_mpe.core.models import AuditEntry
from red_mpe.core.text import excerpt
from red_mpe.notifications.enums import Category, MailClass
from red_mpe.notifications.registry import Item, NotificationType, Outsider

REGISTERED: Final = "events.registered"
WAITLISTED: Final = "events.waitlisted"
OFFERED: Final = "events.place_offered"
ENDING: Final = "events.offer_ending"
LAPSED: Final = "events.offer_lapsed"
UNREGISTERED: Final = "events.registration_cancelled"
DECLINED: Final = "events.registration_declined"
PENDING: Final = "events.registration_pending"
OPENED: Final = "events.registration_opened"
CLOSING: Final = "events.registration_closing"
NEW_PENDING: Final = "events.approval_wanted"

#: What a registration must still be for a message of it to be true; out of date, it is neither shown nor mailed.
STILL: Final[Mapping[str, RegistrationState]] = {
    REGISTERED: RegistrationState.CONFIRMED,
    WAITLISTED: RegistrationState.WAITING,
    OFFERED: RegistrationState.OFFERED,
    ENDING: RegistrationState.OFFERED,
    LAPSED: RegistrationState.LAPSED,
    UNREGISTERED: RegistrationState.CANCELLED,
    DECLINED: RegistrationState.DECLINED,
    PENDING: RegistrationState.PENDING,
    NEW_PENDING: RegistrationState.PENDING,
}


def registrant(entry: AuditEntry) -> list[int]:
    """Who is registered; of somebody brought along without an account, who brings them. Nobody for other people without one."""
    registration: Any = entry.target
    if registration is None:
        return []
    host = registration.guest_of.user_id if registration.user_id is None and registration.guest_of_id else None
    return [pk for pk in (registration.user_id, host) if pk]


def outsider(entry: AuditEntry) -> list[Outsider]:
    """Who is registered without an account and gave an address; nobody while the message is no longer true."""
    rows = Registration.objects.filter(pk=entry.target_id, state=STILL[entry.verb]).outside()
    return [Outsider(email, language) for email, language in rows.values_list("email", "language")]


def organisers(entry: AuditEntry) -> set[int]:
    """Who calls the meetings of the event's groups; where it has none, the secretariat."""
    event = Event.objects.get(registrations=entry.target_id)
    seats = GroupMembership.objects.on(timezone.localdate()).filter(group__in=event.groups.order_by().values("pk"), role__in=LEADING)
    led = User.objects.filter(is_active=True, person__in=seats.order_by().values("person"))
    return set(led.values_list("pk", flat=True)) or set(secretariat(entry))


def describe(entries: Sequence[AuditEntry]) -> dict[int, Item]:
    """What one registered for, when by its own clock, how the registration stands, and until when an offer holds. Never the link."""
    found = Registration.objects.select_related("event").in_bulk([entry.target_id for entry in entries])
    return {entry.pk: _item(found[entry.target_id], entry) for entry in entries if entry.target_id in found}


def _item(registration: Any, entry: AuditEntry) -> Item:
    event = registration.event
    return {
        "url": desk_of(registration) if entry.verb == NEW_PENDING else address_of(registration),
        "open_url": event.get_absolute_url(),
        "group": _("Encounters"),
        "section": "",
        "title": told(event, "title").text,
        "when": when(event.starts_at, event.ends_at, event.time_zone),
        "where": place(event.mode, event.municipality, event.country.code or ""),
        "mode": registration.get_mode_display(),
        "state": registration.get_state_display(),
        "code": registration.code,
        "name": registration.name,
        "is_guest": registration.user_id is None,
        "until": moment(registration.offered_until, event.time_zone) if registration.offered_until else "",
        "until_here": here(registration.offered_until, event.time_zone) if registration.offered_until else "",
        "reason": excerpt(registration.reason, 300),
        "connects": registration.mode == EventMode.ON_LINE and bool(event.link),
        "write_to": settings.SECRETARIAT_EMAIL,
    }


def address_of(registration: Any) -> str:
    """Return the page of a registration."""
    return reverse("events:registration_detail", args=[registration.event.slug, registration.code])


def desk_of(registration: Any) -> str:
    """Return the page on which who runs the event decides about a registration."""
    return reverse("events:desk_one", args=[registration.event.slug, registration.code])


def describe_terms(entries: Sequence[AuditEntry]) -> dict[int, Item]:
    """An event as all announcements tell it, and until when one registers, by its own clock."""
    items = describe_events(entries)
    rows = Event.objects.filter(pk__in=[entry.target_id for entry in entries]).values_list("pk", "terms__closes_at", "time_zone")
    closes: dict[int | None, str] = {pk: moment(at, zone) if at else "" for pk, at, zone in rows}
    return {entry.pk: items[entry.pk] | {"closes": closes[entry.target_id]} for entry in entries if entry.pk in items}


def still_theirs(entries: Sequence[AuditEntry], person: Any) -> list[int]:
    """What is still true of a registration that the reader may look at."""
    return _true(entries, Registration.objects.visible_to(person))


def _true(entries: Sequence[AuditEntry], rows: Any) -> list[int]:
    states = dict(rows.filter(pk__in=[entry.target_id for entry in entries]).values_list("pk", "state"))
    return [entry.pk for entry in entries if entry.target_id in states and states[entry.target_id] == STILL[entry.verb]]


def still_open(entries: Sequence[AuditEntry], person: Any) -> list[int]:
    """That one can register is told as long as one can."""
    seen = set(still_visible(entries, person))
    able = set(Event.objects.filter(pk__in=[entry.target_id for entry in entries], state=EventState.OPEN).values_list("pk", flat=True))
    return [entry.pk for entry in entries if entry.pk in seen and entry.target_id in able]


def unregistered(entry: AuditEntry) -> set[int]:
    """Who follows the event or one of its groups or sits in those, and has not registered."""
    live = Registration.objects.filter(event=entry.target_id, user__isnull=False).live()
    return interested(entry) - set(live.values_list("user", flat=True))


def _own(key: str, rank: int) -> NotificationType:
    """What happened to one's own registration: mailed at once whatever one chose, also to who did it; by mail to who has no account."""
    return NotificationType(
        key=key,
        category=Category.EVENT_CHANGES,
        audience=registrant,
        describe=describe,
        may_see_many=still_theirs,
        rank=rank,
        binding=registrant,
        outsiders=outsider,
    )


def _open(key: str, category: Category, audience: Callable[[AuditEntry], Iterable[int]], rank: int) -> NotificationType:
    return NotificationType(
        key=key,
        category=category,
        audience=audience,
        describe=describe_terms,
        may_see_many=still_open,
        topics=event_topics,
        mail_class=MailClass.BROADCAST,
        rank=rank,
    )


TYPES = (
    _own(OFFERED, 3),
    _own(ENDING, 3),
    _own(REGISTERED, 4),
    _own(WAITLISTED, 4),
    _own(PENDING, 4),
    _own(LAPSED, 4),
    _own(UNREGISTERED, 4),
    _own(DECLINED, 4),
    _open(CLOSING, Category.EVENT_CHANGES, unregistered, 9),
    _open(OPENED, Category.EVENTS, invited, 15),
    NotificationType(
        key=NEW_PENDING,
        category=Category.SECRETARIAT,
        audience=organisers,
        describe=describe,
        may_see_many=still_theirs,
        rank=22,
    ),
)
