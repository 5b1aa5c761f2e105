"""Fills inboxes: people who follow a framework, and what was said there since their last digest."""

from datetime import datetime, time, timedelta

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from members.models import Person
from red_mpe.core.models import AuditEntry
from red_mpe.notifications.enums import Category, Frequency
from red_mpe.notifications.models import Announcement, Notification
from standards.models import Comment
from tests.bench.directory import BATCH, fill_directory
from tests.bench.standing import Talk, open_round, write_framework

ENTRIES = 24  # things that were said
FOLLOWED = (5, 8)  # fewest and most of them that one reader hears of
COMMENTS = 200


def fill_talk(people: int) -> None:
    """Write the readers, and a framework with comments."""
    fill_directory(2 * people)
    Talk(open_round(write_framework("correo", "CORREO", 42)), COMMENTS).fill()


def fill_inboxes(people: int) -> None:
    """Give each reader five to eight new lines, chosen in some twenty ways as followers of the same clauses would have them."""
    entries, lines = _announced(), []
    then, (few, most) = due_hour() - timedelta(days=2), FOLLOWED
    for number, reader in enumerate(Person.objects.order_by("pk").values_list("user", flat=True)[:people]):
        start = number % 20
        told = entries[start % (ENTRIES - most) :][: few + start % (most - few + 1)]
        row = {"recipient_id": reader, "category": Category.CLAUSES, "frequency": Frequency.DAILY, "created_at": then}
        lines += [Notification(entry=entry, **row) for entry in told]
    Notification.objects.bulk_create(lines, BATCH)


def _announced() -> list[AuditEntry]:
    """Announce the newest comments anew, as if they had just been sent."""
    kind = ContentType.objects.get_for_model(Comment)
    comments = Comment.objects.filter(consultation__framework__slug="correo").order_by("-serial")[:ENTRIES]
    entries = AuditEntry.objects.bulk_create(
        [AuditEntry(verb="standards.comment_sent", target_type=kind, target_id=one.pk) for one in comments]
    )
    Announcement.objects.bulk_create(
        [Announcement(entry=entry, topics=["framework:correo"], spread_at=timezone.now()) for entry in entries]
    )
    return entries


def due_hour() -> datetime:
    """An hour of today at which every reader's morning has come."""
    return timezone.make_aware(datetime.combine(timezone.localdate(), time(16)))
