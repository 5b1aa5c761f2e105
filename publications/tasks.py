"""Wake-ups."""

from celery import shared_task

from publications.actions import deciding


@shared_task
def release_embargoes() -> None:
    """Open what was under embargo until today. Safe to run at any time, twice and at once."""
    deciding.release_due_embargoes()
