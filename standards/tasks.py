"""Wake-ups."""

from celery import shared_task

from standards.actions import answers, letters, rounds
from standards.exports import files
from standards.exports.versions import FORMATS, write_version
from standards.models import Synopsis, Version


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


@shared_task
def close_answers() -> None:
    """Close answers whose days to object are over, and those answered again. Safe to run at any time, twice and at once."""
    answers.close_answers()


@shared_task
def prepare_downloads(version: int) -> None:
    """Make the files of a frozen version that nobody has asked for yet. A file is written whole or not at all, twice if need be."""
    row = Version.objects.select_related("framework__rules", "previous").filter(pk=version).exclude(sha256="").first()
    for format in FORMATS.values() if row else ():
        for language in format.languages:
            write_version(row, language=language, format=format)
