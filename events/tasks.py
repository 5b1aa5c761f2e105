"""Wake-ups."""

from celery import shared_task

from events import actions
from events.actions import agenda_news, series
from events.actions.evaluating import ask_for_evaluations


@shared_task
def hold_events() -> None:
    """Close what has ended. Safe to run at any time, twice and at once."""
    actions.hold_events()


@shared_task
def remind_followers() -> None:
    """Remind of what begins, and of registration that closes. Safe to run at any time, twice and at once."""
    actions.send_reminders()


@shared_task
def propose_meetings() -> None:
    """Tell who leads a group that its next meeting is not called yet. Safe to run at any time, twice and at once."""
    series.propose_due()


@shared_task
def remind_tasks() -> None:
    """Remind who took a task when its day comes near or has passed. Safe to run at any time, twice and at once."""
    actions.remind_tasks()


@shared_task
def ask_who_was_there() -> None:
    """Ask for evaluations a day after the end. Safe to run at any time, twice and at once."""
    ask_for_evaluations()


@shared_task
def tell_of_sessions() -> None:
    """Tell who has a session that it moved or was taken away. Safe to run at any time, twice and at once."""
    agenda_news.tell_moves()


@shared_task
def pass_on_places() -> None:
    """Pass on the places that nobody took in time, and remind of offers about to lapse. Safe to run at any time, twice and at once."""
    actions.lapse_offers()
    actions.recall_offers()


@shared_task
def open_registrations() -> None:
    """Open registration where its hour has come. Safe to run at any time, twice and at once."""
    actions.open_due()


@shared_task
def forget_needs() -> None:
    """Delete what people needed for events that are long over. Safe to run at any time, twice and at once."""
    actions.forget_needs()
