"""Wake-ups."""

from celery import shared_task

from standards.actions import rounds
from standards.exports.versions import FORMATS, write_version
from standards.models import Version


@shared_task
def turn_rounds() -> None:
    """Open and close rounds whose instant has come. Safe to run at any time, twice and at once."""
    rounds.turn_rounds()


@shared_task
def prepare_downloads(version: int) -> None:
    """Make the files of a frozen version that nobody has asked for yet. A file is written whole or not at all, twice if need be."""
    row = Version.objects.select_related("framework__rules", "previous").filter(pk=version).exclude(sha256="").first()
    for format in FORMATS.values() if row else ():
        for language in format.languages:
            write_version(row, language=language, format=format)
