"""Wake-ups."""

from celery import shared_task

from events import actions


@shared_task
def hold_events() -> None:
    """Close what has ended. Safe to run at any time, twice and at once."""
    actions.hold_events()


@shared_task
def remind_followers() -> None:
    """Remind of what begins, and of registration that closes. Safe to run at any time, twice and at once."""
    actions.send_reminders()
