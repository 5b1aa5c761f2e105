"""What every change of a record does besides."""

from typing import Any

from django.db.models import F
from django.db.models.functions import Now

from publications.actions.indexing import index_record
from publications.models import Record
from red_mpe.core.states import StaleState


def mark_changed(record: Record, *, seen: int | None = None, **fields: Any) -> None:
    """Write `fields`, count the revision, stamp the instant for harvesters, and index anew; inside the caller's transaction.

    With `seen` (the revision that somebody saw) refused with StaleState when another was faster.
    """
    rows = Record.objects.filter(pk=record.pk)
    if seen is not None:
        rows = rows.filter(revision=seen)
    if not rows.update(revision=F("revision") + 1, stamp=Now(), updated_at=Now(), **fields):
        raise StaleState
    record.refresh_from_db()
    index_record(record)
