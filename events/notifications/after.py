"""What is announced after an event: certificates, the wish for an evaluation, and a photo that somebody had taken down."""

from collections.abc import Sequence
from typing import Any, Final

from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from events.enums import RegistrationState
from events.models import Certificate, Event
from events.notifications.events import describe as describe_events
from events.rules import LEADING
from members.models import GroupMembership, User
from members.notifications import secretariat
from red_mpe.core.models import AuditEntry
from red_mpe.core.permissions import may_personally
from red_mpe.notifications.enums import Category, MailClass
from red_mpe.notifications.registry import Item, NotificationType

CERTIFICATE_ISSUED: Final = "events.certificate_issued"
EVALUATION_WANTED: Final = "events.evaluation_wanted"
TAKEN_DOWN: Final = "events.photo_taken_down"


def owners(entry: AuditEntry) -> set[int]:
    """Whose certificates were issued, as far as they have an account."""
    account = Coalesce("registration__user", "person__user")
    return set(Certificate.objects.filter(pk__in=entry.data["certificates"]).values_list(account, flat=True)) - {None}


def present(entry: AuditEntry) -> set[int]:
    """Who was registered until the end, or seen there."""
    event = Event.objects.get(pk=entry.target_id)
    registered = event.registrations.filter(state=RegistrationState.CONFIRMED).values_list("user", flat=True)
    seen = event.attendances.values_list(Coalesce("registration__user", "person__user"), flat=True)
    return {*registered, *seen} - {None}


def running(entry: AuditEntry) -> set[int]:
    """Who calls the meetings of the event's groups; of an event without any, the secretariat."""
    groups = Event.groups.through.objects.filter(event=entry.target_id).values("group")  # type: ignore[attr-defined]
    seats = GroupMembership.objects.on(timezone.localdate()).filter(group__in=groups, role__in=LEADING).order_by()
    lead = set(User.objects.filter(is_active=True, person__in=seats.values("person")).values_list("pk", flat=True))
    return lead or set(secretariat(entry))


def _describe(page: str) -> Any:
    """Return what describes an entry as its event does, but leads to another page of it."""

    def describe(entries: Sequence[AuditEntry]) -> dict[int, Item]:
        slugs: dict[Any, str] = dict(Event.objects.filter(pk__in=[entry.target_id for entry in entries]).values_list("pk", "slug"))
        of = {entry.pk: slugs.get(entry.target_id) for entry in entries}
        return {key: {**item, "url": reverse(page, args=[of[key]])} for key, item in describe_events(entries).items()}

    return describe


def owned(entries: Sequence[AuditEntry], person: Any) -> list[int]:
    """A certificate is told of while it holds, to its owner; whether they still see the event does not matter."""
    events = [entry.target_id for entry in entries]
    mine = set(Certificate.objects.of(person).valid().filter(event__in=events).values_list("event", flat=True))
    return [entry.pk for entry in entries if entry.target_id in mine]


def asked(entries: Sequence[AuditEntry], person: Any) -> list[int]:
    """Who may still evaluate is asked to."""
    events: dict[Any, Event] = Event.objects.in_bulk([entry.target_id for entry in entries])
    return [entry.pk for entry in entries if may_personally(person, "events.evaluate", events.get(entry.target_id))]


def run(entries: Sequence[AuditEntry], person: Any) -> list[int]:
    """Who runs the event decides on its photos."""
    mine = set(Event.objects.run_by(person).filter(pk__in=[entry.target_id for entry in entries]).values_list("pk", flat=True))
    return [entry.pk for entry in entries if entry.target_id in mine]


def _type(key: str, audience: Any, page: str, may: Any, category: Category = Category.EVENT_CHANGES, rank: int = 40) -> NotificationType:
    more: dict[str, Any] = {"describe": _describe(page), "may_see_many": may, "rank": rank, "mail_class": MailClass.BROADCAST}
    return NotificationType(key=key, category=category, audience=audience, **more)


TYPES = (
    _type(CERTIFICATE_ISSUED, owners, "events:my_certificates", owned, rank=40),
    _type(EVALUATION_WANTED, present, "events:evaluation", asked, rank=42),
    _type(TAKEN_DOWN, running, "events:images", run, category=Category.SECRETARIAT, rank=12),
)
