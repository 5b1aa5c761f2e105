"""Wake-ups."""

from celery import shared_task

from events import actions


@shared_task
def hold_events() -> None:
    """Close what has ended. Safe to run at any time, twice and at once."""
    actions.hold_events()


@shared_task
def remind_followers() -> None:
    """Remind of what begins in seven days or in one. Safe to run at any time, twice and at once."""
    actions.send_reminders()


@shared_task
def pass_on_places() -> None:
    """Free the places that nobody took in time, and give them to who waits. Safe to run at any time, twice and at once."""
    actions.lapse_offers()


@shared_task
def open_registrations() -> None:
    """Open registration where its hour has come. Safe to run at any time, twice and at once."""
    actions.open_due()


@shared_task
def forget_needs() -> None:
    """Delete what people needed for events that are long over. Safe to run at any time, twice and at once."""
    actions.forget_needs()
