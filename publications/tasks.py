"""Wake-ups."""

from celery import shared_task

from publications.exports import shelf
from publications.models import Collection


@shared_task
def build_edition(collection: int) -> None:
    """Build the edition of a collection for memory sticks, unless it is there. Safe to run twice and at once."""
    found = Collection.objects.filter(pk=collection).first()
    if found is not None:
        shelf.build(found)
