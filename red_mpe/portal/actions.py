"""What the portal writes."""

from django.db import transaction

from red_mpe.core.locale import COLUMN
from red_mpe.core.models import database_now
from red_mpe.core.search import learn, sources
from red_mpe.portal.models import Heartbeat


def note_heartbeat(*, name: str) -> None:
    """Note that `name` is alive now. Done twice, the later time stays."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": database_now()})


def learn_words() -> int:
    """Take anew the words that public texts hold, for “did you mean”; return how many. Done twice or at once, they are the same."""
    with transaction.atomic():
        return learn([(c, rows) for c in COLUMN.values() for source in sources() for rows in source.texts(c)])
