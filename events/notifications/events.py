"""What is announced of events, to whom, and what is known of each in the reader's language."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from events.enums import ON, EventAudience, EventKind, EventMode, EventState, RegistrationState
from events.models import Event, Registration, RegistrationTerms
from events.querysets import place, when
from members.models import GroupMembership, User
from members.models.texts import told
from red_mpe.core.models import AuditEntry
from red_mpe.core.text import excerpt
from red_mpe.notifications.enums import Category, MailClass
from red_mpe.notifications.models import Subscription
from red_mpe.notifications.registry import Item, NotificationType, Outsider, Topic

ANNOUNCED: Final = "events.event_announced"
CHANGED: Final = "events.event_changed"
LINK_CHANGED: Final = "events.link_changed"
CALLED_OFF: Final = "events.event_called_off"
NEAR: Final = "events.event_near"
SOON: Final = "events.event_soon"
REPORTED: Final = "events.event_reported"


def event_topics(entry: AuditEntry) -> list[str]:
    """An event belongs to itself and to its groups."""
    return topics_of(entry.target_id)


def topics_of(event: int | None) -> list[str]:
    """Return the topics of what is told of an event."""
    seats: Any = Event.groups.through
    groups = seats.objects.filter(event=event).order_by("group__slug").values_list("group__slug", flat=True)
    own = Event.objects.filter(pk=event).values_list("slug", flat=True)
    return [*(f"event:{slug}" for slug in own), *(f"group:{slug}" for slug in groups)]


def invited(entry: AuditEntry) -> set[int]:
    """Whom an event is for: a meeting, or what is only for groups, for who sits in them; all else for every member; and its followers."""
    event = Event.objects.get(pk=entry.target_id)
    members = User.objects.filter(is_active=True, person__state="member")
    if event.audience == EventAudience.GROUP or event.kind == EventKind.MEETING:
        members = members.filter(person__in=_seated(event))
    return {*members.values_list("pk", flat=True), *_followers(entry)}


def interested(entry: AuditEntry) -> set[int]:
    """Who follows the event or one of its groups, and who sits in those."""
    event = Event.objects.get(pk=entry.target_id)
    seated = User.objects.filter(is_active=True, person__state="member", person__in=_seated(event))
    return {*seated.values_list("pk", flat=True), *_followers(entry)}


def concerned(entry: AuditEntry) -> set[int]:
    """Whom an event is for, and who is registered: nobody shall travel in vain."""
    return invited(entry) | registered(entry)


def registered(entry: AuditEntry) -> set[int]:
    """Who has a place, or may still get one."""
    return _accounts(_live(entry))


def outsiders(entry: AuditEntry) -> list[Outsider]:
    """Those of them who have no account and gave an address."""
    return _outside(_live(entry))


def connected(entry: AuditEntry) -> set[int]:
    """Who has a confirmed place on line: another link is their business and nobody else's."""
    return _accounts(_on_line(entry))


def recalled(entry: AuditEntry) -> set[int]:
    """Who follows the event or one of its groups or sits in those, and who has a place."""
    return interested(entry) | _accounts(_live(entry).seated())


def recalled_outside(entry: AuditEntry) -> list[Outsider]:
    """Who has a place and no account."""
    return _outside(_live(entry).seated())


def connecting(entry: AuditEntry) -> set[int]:
    """Who has a confirmed place on line; where nobody registers, who follows the event or one of its groups or sits in those."""
    if RegistrationTerms.objects.filter(event=entry.target_id).exists():
        return _accounts(_on_line(entry))
    return interested(entry)


def connecting_outside(entry: AuditEntry) -> list[Outsider]:
    """Who has a confirmed place on line and no account, while there is something to connect to."""
    return _outside(_on_line(entry)) if Event.objects.filter(pk=entry.target_id, state__in=ON).exists() else []


def _accounts(registrations: Any) -> set[int]:
    return set(registrations.exclude(user=None).order_by().values_list("user", flat=True))


def _outside(registrations: Any) -> list[Outsider]:
    return [Outsider(email, language) for email, language in registrations.outside().values_list("email", "language")]


def _on_line(entry: AuditEntry) -> Any:
    return _live(entry).filter(mode=EventMode.ON_LINE, state=RegistrationState.CONFIRMED)


def _live(entry: AuditEntry) -> Any:
    return Registration.objects.filter(event=entry.target_id).live()


def _followers(entry: AuditEntry) -> Iterable[int]:
    return Subscription.objects.followers(event_topics(entry))


def _seated(event: Event) -> QuerySet[Any]:
    present = GroupMembership.objects.on(timezone.localdate())
    return present.filter(group__in=event.groups.order_by().values("pk")).order_by().values("person")


def describe(entries: Sequence[AuditEntry]) -> dict[int, Item]:
    """Title, dates by the event's own clock, place, and why it is called off. Never the link."""
    events = Event.objects.in_bulk([entry.target_id for entry in entries])
    return {entry.pk: _item(events[entry.target_id], entry) for entry in entries if entry.target_id in events}


def _item(event: Any, entry: AuditEntry) -> Item:
    return {
        "url": event.get_absolute_url(),
        "group": _("Encounters"),
        "section": "",
        "title": told(event, "title").text,
        "summary": told(event, "summary").text,
        "kind": event.get_kind_display(),
        "state": event.get_state_display(),
        "off": event.state == EventState.CANCELLED,
        "when": when(event.starts_at, event.ends_at, event.time_zone),
        "where": place(event.mode, event.municipality, event.country.code or ""),
        "reason": excerpt(told(event, "reason").text, 1000),
        "days": entry.data.get("days"),
    }


def still_visible(entries: Sequence[AuditEntry], person: Any) -> list[int]:
    """What the reader may no longer see is neither shown nor mailed."""
    return _among(Event.objects.visible_to(person), entries)


def still_public(entries: Sequence[AuditEntry]) -> list[int]:
    """What even a passer-by may read: nobody sees less."""
    return still_visible(entries, AnonymousUser())


def still_ahead(entries: Sequence[AuditEntry], person: Any) -> list[int]:
    """A reminder of what was called off in the meantime is not sent."""
    return _among(Event.objects.visible_to(person).filter(state__in=ON), entries)


def still_connecting(entries: Sequence[AuditEntry], person: Any) -> list[int]:
    """The link is told to who may read it, while the event is on and not over: all who get this mail read it there."""
    return [entry.pk for entry in entries if person.has_perm("events.read_link", entry.target) and entry.target.state in ON]  # type: ignore[union-attr]


def describe_link(entries: Sequence[AuditEntry]) -> dict[int, Item]:
    """The same with the link, which stands in the mail alone and never in a line."""
    items = describe(entries)
    rows = Event.objects.filter(pk__in=[entry.target_id for entry in entries])
    links: dict[int | None, str] = dict(rows.values_list("pk", "link"))
    return {entry.pk: items[entry.pk] | {"link": links[entry.target_id]} for entry in entries if entry.pk in items}


def _among(rows: QuerySet[Any], entries: Sequence[AuditEntry]) -> list[int]:
    there = set(rows.filter(pk__in=[entry.target_id for entry in entries]).values_list("pk", flat=True))
    return [entry.pk for entry in entries if entry.target_id in there]


def _nobody(entries: Sequence[AuditEntry]) -> tuple[int, ...]:
    """It depends on the reader, for each of them."""
    return ()


def _type(key: str, category: Category, audience: Callable[[AuditEntry], Iterable[int]], rank: int, **more: Any) -> NotificationType:
    common: dict[str, Any] = {"describe": describe, "topics": event_topics, "mail_class": MailClass.BROADCAST}
    seen: dict[str, Any] = {"may_see_many": still_visible, "all_may_see": still_public}
    return NotificationType(key=key, category=category, audience=audience, rank=rank, **{**common, **seen, **more})


TYPES = (
    _type(CALLED_OFF, Category.EVENT_CHANGES, concerned, 6, binding=registered, outsiders=outsiders),
    _type(CHANGED, Category.EVENT_CHANGES, concerned, 7, binding=registered, outsiders=outsiders),
    _type(
        LINK_CHANGED,
        Category.EVENT_CHANGES,
        connected,
        7,
        binding=connected,
        describe=describe_link,
        may_see_many=still_connecting,
        all_may_see=_nobody,
        outsiders=connecting_outside,
        mail_class=MailClass.PERSONAL,
    ),
    _type(NEAR, Category.EVENT_CHANGES, recalled, 8, may_see_many=still_ahead, all_may_see=_nobody, outsiders=recalled_outside),
    _type(
        SOON,
        Category.EVENT_CHANGES,
        connecting,
        5,
        describe=describe_link,
        may_see_many=still_connecting,
        all_may_see=_nobody,
        outsiders=connecting_outside,
        mail_class=MailClass.PERSONAL,
    ),
    _type(ANNOUNCED, Category.EVENTS, invited, 16),
    _type(REPORTED, Category.EVENT_CHANGES, interested, 45),
)


def followed_events(slugs: Sequence[str], person: Any) -> dict[str, Topic]:
    """Events that people follow, by slug."""
    found = Event.objects.visible_to(person).filter(slug__in=slugs)
    return {event.slug: Topic(told(event, "title").text, event.get_absolute_url()) for event in found}


TOPICS = {"event": followed_events}
