"""Work that beat wakes for the portal."""

from celery import shared_task

from red_mpe.portal import actions


@shared_task
def beat_heartbeat() -> None:
    """Leave a pulse that `/health/ready` reads: beat has scheduled this and a worker has run it."""
    actions.note_heartbeat(name="beat")


@shared_task
def learn_words() -> None:
    """Take anew the words of public texts, for “did you mean”. Safe to run at any time and twice."""
    actions.learn_words()
