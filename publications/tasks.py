"""Wake-ups."""

from celery import shared_task

from publications.actions import searching


@shared_task
def tell_of_new() -> None:
    """Tell of what is new in kept searches. Safe to run at any time, twice and at once."""
    searching.tell_of_new()
