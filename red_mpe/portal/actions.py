"""What the portal writes."""

from red_mpe.core.models import database_now
from red_mpe.portal.models import Heartbeat


def note_heartbeat(*, name: str) -> None:
    """Note that `name` is alive now. Done twice, the later time stays."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": database_now()})
