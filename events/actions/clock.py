"""What the clock does to events: those that have ended were held, and what comes near is recalled: beginnings, and ends of registration."""

from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from events.models import ClosingReminder, Event, EventReminder
from events.notifications import CLOSING, NEAR, SOON
from events.states import HOLD
from red_mpe.core import audit, states
from red_mpe.core.states import DomainError
from red_mpe.notifications.actions import announce

#: How many days before, and until how short before the reminder still helps: a worker that was away catches up within that.
REMINDERS: Final = ((7, timedelta(days=2)), (1, timedelta(0)))
CLOSINGS: Final = ((3, timedelta(hours=36)), (1, timedelta(0)))
#: How long before its beginning those who take part on line get the link; in the table of reminders it is day 0.
SOON_BEFORE: Final = timedelta(hours=1)


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
    """Remind of what begins in seven days, in one, or on line within the hour, and of registration that closes in three days or in one.

    Each beginning and each closing once; returns how many reminders that made.
    """
    return _remind_of_beginnings() + _remind_of_closings()


def _remind_of_beginnings() -> int:
    now, sent = timezone.now(), 0
    for days, until in REMINDERS:
        for event in Event.objects.to_remind(days=days, ahead=timedelta(days=days), until=until, now=now):
            sent += _remind(event, NEAR, days)
    for event in Event.objects.with_link().to_remind(days=0, ahead=SOON_BEFORE, until=timedelta(0), now=now):
        sent += _remind(event, SOON, 0)
    return sent


def _remind_of_closings() -> int:
    now, sent = timezone.now(), 0
    for days, until in CLOSINGS:
        for event in Event.objects.to_close(days=days, until=until, now=now):
            marks: Any = ClosingReminder.objects
            with transaction.atomic():
                _row, is_first = marks.get_or_create(terms=event.terms, days=days, closes_at=event.terms.closes_at)
                if is_first:
                    announce(CLOSING, actor=None, target=event, days=days)
            sent += is_first
    return sent


@transaction.atomic
def _remind(event: Event, key: str, days: int) -> bool:
    """Announce a reminder, unless it was; tell whether it was now."""
    _row, is_first = EventReminder.objects.get_or_create(event=event, days=days, starts_at=event.starts_at)
    if is_first:
        announce(key, actor=None, target=event, days=days)
    return is_first
