"""Wake-ups."""

from celery import shared_task

from standards.actions import rounds


@shared_task
def turn_rounds() -> None:
    """Open and close rounds whose instant has come. Safe to run at any time, twice and at once."""
    rounds.turn_rounds()
