"""Addresses that bounce are left alone after a while, and given another chance after a month."""

from datetime import timedelta
from typing import Any

from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Now

from red_mpe.notifications.actions.queueing import open_boxes
from red_mpe.notifications.mailing.periods import database_clock
from red_mpe.notifications.models import MailBox

STOP = 4
FORGOTTEN = timedelta(days=30)


def count_bounce(*, person: int, weight: int) -> None:
    """Add 1 for a soft and 2 for a hard bounce; what is older than thirty days is forgotten first."""
    open_boxes([person])
    fresh = When(Q(bounced_at__gt=Now() - FORGOTTEN), then=F("bounce_score") + weight)
    MailBox.objects.filter(person=person).update(bounce_score=Case(fresh, default=Value(weight)), bounced_at=Now())


def is_dead(person: Any) -> bool:
    """Tell whether the address of `person`, whose mail box is loaded, has bounced too often lately."""
    box = getattr(person, "mailbox", None)
    if box is None or box.bounce_score < STOP:
        return False
    return bool(box.bounced_at > database_clock() - FORGOTTEN)
