"""Wake-ups."""

from celery import shared_task

from standards.actions import answers, letters, rounds
from standards.exports import files
from standards.models import Synopsis


@shared_task
def turn_rounds() -> None:
    """Open and close rounds whose instant has come. Safe to run at any time, twice and at once."""
    rounds.turn_rounds()


@shared_task
def after_synopsis(synopsis: int) -> None:
    """Send the letters that are due and have the files built. Safe to run twice: what is done is not done again."""
    letters.send_letters(synopsis=Synopsis.objects.select_related("consultation").get(pk=synopsis))
    files.build_all(synopsis)


@shared_task
def send_letters() -> None:
    """Send every letter that is due: what a dead worker left, what was answered after the synopsis. Safe to run twice."""
    letters.send_due_letters()


@shared_task
def build_report(synopsis: int, number: int) -> None:
    """Build one file of a round, unless it is there. Safe to run twice and at once."""
    files.build(synopsis, number)


def close_answers() -> None:
    """Close answers whose days to object are over, and those answered again. Safe to run at any time, twice and at once."""
    answers.close_answers()
