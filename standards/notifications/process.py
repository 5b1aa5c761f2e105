"""What is announced of the process: a framework moved from stage to stage, a round was extended; and how many that reaches."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse

from members.notifications import reach
from red_mpe.core.models import AuditEntry, Chamber
from red_mpe.core.text import excerpt
from red_mpe.notifications.enums import Category, MailClass
from red_mpe.notifications.models import Subscription
from red_mpe.notifications.registry import Item, NotificationType
from standards.models import Framework, PersonaLink, RoundExtension, StageEvent
from standards.notifications.consultation import members, round_topics, round_visible

__all__ = ["ROUND_EXTENDED", "STAGE_MOVED", "TYPES", "reach"]

STAGE_MOVED = "standards.stage_moved"
ROUND_EXTENDED = "standards.round_extended"


def followers_and_authors(entry: AuditEntry) -> Iterable[int]:
    """Who follows the framework, and who has said something in one of its rounds."""
    authors = PersonaLink.objects.filter(consultation__framework=entry.target_id).values_list("user_id", flat=True)
    return sorted({*Subscription.objects.followers(framework_topics(entry)), *authors})


def framework_topics(entry: AuditEntry) -> list[str]:
    """The framework itself."""
    return [f"framework:{slug}" for slug in Framework.objects.filter(pk=entry.target_id).values_list("slug", flat=True)]


def describe_moves(entries: Sequence[AuditEntry]) -> dict[int, Item]:
    """The framework, from where to where, why, and the page of its process."""
    events = StageEvent.objects.select_related("framework").in_bulk([entry.data["event"] for entry in entries])
    return {entry.pk: _move_item(events[entry.data["event"]]) for entry in entries if entry.data["event"] in events}


def _move_item(event: Any) -> Item:
    return {
        "url": reverse("standards:process", args=[event.framework.slug]),
        "group": event.framework.title,
        "section": "",
        "framework": event.framework.title,
        "source": event.get_source_display(),
        "target": event.get_target_display(),
        "reason": excerpt(event.reason, 2000),
    }


def framework_visible(entries: Sequence[AuditEntry], person: Any) -> Iterable[int]:
    """Frameworks that were taken out of public view are neither shown nor mailed."""
    there = set(Framework.objects.visible_to(person).filter(pk__in=[entry.target_id for entry in entries]).values_list("pk", flat=True))
    return [entry.pk for entry in entries if entry.target_id in there]


def describe_extensions(entries: Sequence[AuditEntry]) -> dict[int, Item]:
    """The round, its old and its new last day, and why: which chambers were heard too little, or that it was suspended."""
    rows = RoundExtension.objects.filter(consultation__in=[entry.target_id for entry in entries])
    found = {(row.consultation_id, row.number): row for row in rows.select_related("consultation__framework")}
    names = {chamber.code: chamber.name for chamber in Chamber.objects.all()}
    keys = {entry.pk: (entry.target_id, entry.data["number"]) for entry in entries}
    return {pk: _extension_item(found[key], names) for pk, key in keys.items() if key in found}


def _extension_item(row: Any, names: dict[str, str]) -> Item:
    framework = row.consultation.framework
    return {
        "url": reverse("standards:process", args=[framework.slug]),
        "group": framework.title,
        "section": "",
        "framework": framework.title,
        "round": row.consultation.number,
        "old": row.old_closes_on,
        "closes_on": row.new_closes_on,
        "chambers": ", ".join(names[code] for code in row.missed if code in names),
    }


TYPES = (
    NotificationType(
        key=ROUND_EXTENDED,
        category=Category.ROUNDS,
        audience=members,
        describe=describe_extensions,
        may_see_many=round_visible,
        topics=round_topics,
        mail_class=MailClass.BROADCAST,
        rank=9,
    ),
    NotificationType(
        key=STAGE_MOVED,
        category=Category.ROUNDS,
        audience=followers_and_authors,
        describe=describe_moves,
        may_see_many=framework_visible,
        topics=framework_topics,
        mail_class=MailClass.BROADCAST,
        tells_who_spoke=True,
        rank=14,
    ),
)
