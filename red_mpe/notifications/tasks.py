"""Wake-ups. Each of them may be lost or come twice: the truth is in the database."""

from celery import shared_task

from red_mpe.notifications import actions


@shared_task
def fan_out(entry_id: int) -> None:
    """Tell everybody whom an audit entry concerns."""
    actions.spread(entry_id=entry_id)


@shared_task
def sweep_announcements() -> None:
    """Tell what the broker has lost."""
    actions.spread_waiting()


@shared_task
def make_digests() -> None:
    """Make the digests that are due."""
    actions.make_digests()


@shared_task
def pump() -> None:
    """Send what is due."""
    actions.pump()


@shared_task
def purge_bodies() -> None:
    """Forget the words of old mails."""
    actions.purge_bodies()
