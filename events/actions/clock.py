"""What the clock does to events: those that have ended were held, and those that come near are recalled."""

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from events.models import Event, EventReminder
from events.notifications import NEAR
from events.states import HOLD
from red_mpe.core import audit, states
from red_mpe.core.states import DomainError
from red_mpe.notifications.actions import announce

#: How many days before, and until how short before the reminder still helps: a worker that was away catches up within that.
REMINDERS: Final = ((7, timedelta(days=2)), (1, timedelta(0)))


def hold_events() -> int:
    """Let every announced event whose end has passed be held; return how many were."""
    held = 0
    for event in Event.objects.due_to_hold():
        now = timezone.now()
        try:
            with transaction.atomic():
                states.apply(event, HOLD, moved_at=now, updated_at=now)
                audit.record("events.event_held", actor=None, target=event)
        except DomainError:  # somebody was faster, or has just given it a later end
            continue
        held += 1
    return held


def send_reminders() -> int:
    """Remind the followers of what begins in seven days or in one, each beginning once; return how many reminders that made."""
    now, sent = timezone.now(), 0
    for days, until in REMINDERS:
        for event in Event.objects.to_remind(days=days, until=until, now=now):
            with transaction.atomic():
                _row, is_first = EventReminder.objects.get_or_create(event=event, days=days, starts_at=event.starts_at)
                if is_first:
                    announce(NEAR, actor=None, target=event, days=days)
                    sent += 1
    return sent
