"""Wake-ups."""

from celery import shared_task

from standards.actions import answers, rounds


@shared_task
def turn_rounds() -> None:
    """Open and close rounds whose instant has come. Safe to run at any time, twice and at once."""
    rounds.turn_rounds()


@shared_task
def close_answers() -> None:
    """Close answers whose days to object are over, and those answered again. Safe to run at any time, twice and at once."""
    answers.close_answers()
