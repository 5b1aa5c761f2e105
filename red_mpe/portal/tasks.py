"""Work that beat wakes for the portal."""

from celery import shared_task

from red_mpe.portal import actions


@shared_task
def beat_heartbeat() -> None:
    """Leave a pulse that `/health/ready` reads: beat has scheduled this and a worker has run it."""
    actions.note_heartbeat(name="beat")
