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
    """Write the readers, a framework with comments, and the announcements of the newest ones."""
    fill_directory(2 * people)
    consultation = open_round(write_framework("correo", "CORREO", 42))
    Talk(consultation, COMMENTS).fill()
    kind = ContentType.objects.get_for_model(Comment)
    comments = Comment.objects.filter(consultation=consultation).order_by("-serial")[:ENTRIES]
    entries = AuditEntry.objects.bulk_create(
        [AuditEntry(verb="standards.comment_sent", target_type=kind, target_id=one.pk) for one in comments]
    )
    Announcement.objects.bulk_create(
        [Announcement(entry=entry, topics=["framework:correo"], spread_at=timezone.now()) for entry in entries]
    )


def fill_inboxes(people: int) -> None:
    """Give each reader five to eight lines, chosen in some twenty ways as followers of the same clauses would have them."""
    entries = list(AuditEntry.objects.filter(verb="standards.comment_sent").order_by("pk"))
    then = due_hour() - timedelta(days=2)
    lines = []
    for number, reader in enumerate(Person.objects.order_by("pk").values_list("user", flat=True)[:people]):
        few, most = FOLLOWED
        start = number % 20
        for entry in entries[start % (ENTRIES - most) :][: few + start % (most - few + 1)]:
            lines.append(
                Notification(entry=entry, recipient_id=reader, category=Category.CLAUSES, frequency=Frequency.DAILY, created_at=then)
            )
    Notification.objects.bulk_create(lines, BATCH)


def due_hour() -> datetime:
    """An hour of today at which every reader's morning has come."""
    return timezone.make_aware(datetime.combine(timezone.localdate(), time(16)))
