"""Making the records of a plan."""

from uuid import UUID, uuid5

from django.db import transaction
from django.db.models.functions import Now

from members.models import User
from publications.actions.imports.planning import Fate, ImportPlan, Planned
from publications.actions.moving import lock
from publications.actions.proposing import start_record
from publications.models import Record
from publications.states import ACCEPT, PROPOSE
from red_mpe.core import audit, states
from red_mpe.core.permissions import require


def import_records(*, plan: ImportPlan, actor: User, once: UUID, accept: bool = False) -> list[Record]:
    """Make a record of every new row, all or none; with `accept` those that lack nothing are accepted at once, the others stay drafts.

    The same `once` sent again returns what it made the first time. Nobody is told of each: whoever imports sees the list.
    """
    require(actor, "publications.import_records")
    if made := made_before(actor=actor, once=once):
        return made
    rows = plan.of(Fate.NEW)
    with transaction.atomic():
        records = [_make(row, actor, uuid5(once, str(number))) for number, row in enumerate(rows)]
        if accept:
            for record in records:
                _accept(record)
        audit.record("publications.records_imported", actor=actor, target=None, codes=[record.code for record in records])
    return records


def made_before(*, actor: User, once: UUID) -> list[Record]:
    """Return what an import with this key has made; nothing when it was not sent yet."""
    first = Record.objects.filter(once=uuid5(once, "0"), proposed_by=actor).first()
    if first is None:
        return []
    keys = [uuid5(once, str(number)) for number in range(2_000)]
    return list(Record.objects.filter(once__in=keys, proposed_by=actor).order_by("pk"))


def _make(row: Planned, actor: User, once: UUID) -> Record:
    fields = dict(row.fields)
    return start_record(actor=actor, once=once, kind=fields.pop("kind"), **fields)


def _accept(record: Record) -> None:
    held = lock(record)
    if states.unmet(held, ACCEPT):
        return
    states.apply(held, PROPOSE, proposed_at=Now())
    states.apply(held, ACCEPT)
    record.refresh_from_db()
