"""Wake-ups."""

from celery import shared_task

from publications.actions import counting, deciding, links, searching, storing
from publications.actions.files import looking
from publications.exports import shelf
from publications.models import Collection
from red_mpe.notifications.actions.waking import wake


@shared_task
def release_embargoes() -> None:
    """Open what was under embargo until today. Safe to run at any time, twice and at once."""
    deciding.release_due_embargoes()


@shared_task
def look_at_file(file: int) -> None:
    """Scan and read one file. Safe to run twice and at once: what is done is not done again."""
    looking.look_at_file(file)


@shared_task
def lighten_file(file: int) -> None:
    """Make the light copy of one file, unless it has one. Safe to run twice and at once."""
    looking.lighten_file(file)


@shared_task
def sweep_files() -> None:
    """Wake what the broker lost and what a dead worker held. Safe to run at any time, twice and at once."""
    looks, lights = looking.left_over()
    for file in looks:
        wake("publications.tasks.look_at_file", file)
    for file in lights:
        wake("publications.tasks.lighten_file", file)


@shared_task
def remove_orphans() -> None:
    """Remove from the store what no row has named for a day. Safe to run at any time, twice and at once."""
    storing.remove_orphans()


@shared_task
def tell_of_new() -> None:
    """Tell of what is new in kept searches. Safe to run at any time, twice and at once."""
    searching.tell_of_new()


@shared_task
def build_edition(collection: int) -> None:
    """Build the edition of a collection for memory sticks, unless it is there. Safe to run twice and at once."""
    found = Collection.objects.filter(pk=collection).first()
    if found is not None:
        shelf.build(found)


@shared_task
def check_links() -> None:
    """Try the links whose turn it is. Safe to run at any time, twice and at once."""
    links.check_links()


@shared_task
def forget_visitors() -> None:
    """Throw away what told visitors apart on the days before. Safe to run at any time, twice and at once."""
    counting.forget_visitors()
