"""What a clause stands on: records of the library, added and taken away by who writes the text, frozen or not."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from publications.models import Record
from red_mpe.core import audit
from red_mpe.core.locale import COLUMN
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError, StaleState
from red_mpe.core.text import clean_line
from standards.actions.texts import lock_version
from standards.models import Clause, ClauseEvidence, ClauseText, Version

NOTES = tuple(f"note_{column}" for column in COLUMN.values())


def add_evidence(*, actor: Any, text: ClauseText, record: Record, **notes: str) -> ClauseEvidence:
    """Say that a record supports a clause, with a line on what it shows; one that is named already stays as it is.

    Evidence is no part of the text: a frozen version may still get some, and its hash stays true. Refused: a record that is not
    out, or not for `actor`; StaleState once the clause has left the version.
    """
    require(actor, "standards.write_text", text)
    if not Record.objects.listed_for(actor).filter(pk=record.pk).exists():
        raise DomainError(_("Only what stands in the library can be evidence. This record is not there."))
    with transaction.atomic():
        lock_version(text.version)
        if not ClauseText.objects.filter(pk=text.pk).exists():
            raise StaleState
        rows = ClauseEvidence.objects.of_text(text)
        if there := rows.filter(record=record).first():
            return there
        last = rows.aggregate(last=Max("position"))["last"]
        fields = {"added_by": actor, "position": 0 if last is None else last + 1, **_tidy(notes)}
        found = ClauseEvidence.objects.create(version=text.version, clause=text.clause, record=record, **fields)
        audit.record("standards.evidence_added", actor=actor, target=found, record=record.pk, version=text.version_id)
    return found


def remove_evidence(*, actor: Any, evidence: ClauseEvidence) -> None:
    """Take a record away from a clause. Taking away what is gone changes nothing."""
    require(actor, "standards.write_text", evidence.version)
    with transaction.atomic():
        gone, _each = ClauseEvidence.objects.filter(pk=evidence.pk).delete()
        if gone:
            data = {"record": evidence.record_id, "version": evidence.version_id}
            audit.record("standards.evidence_removed", actor=actor, target=evidence.clause, **data)


def copy_evidence(old: Version, new: Version) -> None:
    """Let the clauses of the next version stand on what they stood on; inside the caller's transaction."""
    rows = ClauseEvidence.objects.filter(version=old, clause__in=old.texts.order_by().values("clause"))
    fields = ("clause_id", "record_id", "position", "added_by_id", *NOTES)
    ClauseEvidence.objects.bulk_create([ClauseEvidence(version=new, **row) for row in rows.values(*fields)])


def pass_evidence(version: Version, gone: Clause, kept: Clause) -> None:
    """Let a clause that another one went into stand on its evidence too, behind its own; inside the caller's transaction."""
    here = ClauseEvidence.objects.filter(version=version)
    mine = here.filter(clause=kept)
    last = mine.aggregate(last=Max("position"))["last"]
    start = 0 if last is None else last + 1
    rows = list(here.filter(clause=gone).exclude(record__in=mine.values("record")))
    for number, row in enumerate(rows, start):
        row.clause, row.position = kept, number
    ClauseEvidence.objects.bulk_update(rows, ["clause", "position"])


def _tidy(notes: dict[str, str]) -> dict[str, str]:
    return {name: clean_line(notes.get(name) or "")[:300] for name in NOTES}
