"""Somebody's next digest, as the secretariat may look at it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from red_mpe.core.locale import speaking_to, zone
from red_mpe.notifications.enums import Frequency
from red_mpe.notifications.mailing.batch import Recheck
from red_mpe.notifications.mailing.periods import database_clock, next_due
from red_mpe.notifications.mailing.words import Group, Words
from red_mpe.notifications.models import Notification


@dataclass(frozen=True)
class Preview:
    """What a digest would hold now, in its reader's language; without lines about what they wrote, which are not even counted."""

    frequency: Frequency
    due_at: datetime
    groups: list[Group]


def next_digest(person: Any, frequency: Frequency) -> Preview:
    """Return what the next digest of `person` would hold; it claims nothing and changes nothing."""
    waiting = Notification.objects.waiting_for_digest(frequency).filter(recipient=person)
    shown = set(waiting.for_staff().values_list("entry", flat=True))
    categories = dict(waiting.values_list("entry", "category"))
    recheck, words = Recheck({person.pk: categories}), Words()
    left = [pk for pk, reason in recheck.reasons(person, categories).items() if reason is None]
    open_ones = [recheck.entries[pk] for pk in left if pk in shown]
    with speaking_to(person):
        words.describe(open_ones)
        groups = words.grouped(open_ones)
    return Preview(frequency, next_due(frequency, zone(person.time_zone), database_clock()), groups)
