"""What is known of a record besides its words: what holds and what is missing, and what happened to it, from the audit."""

from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import pgettext_lazy

from publications.models import Record
from red_mpe.core.models import AuditEntry
from red_mpe.core.states import Move, Words, findings

#: A step by its verb, or by its verb and step.
TOLD = {
    "publications.record_started": pgettext_lazy("step of a record", "begun"),
    "publications.record_saved": pgettext_lazy("step of a record", "saved"),
    "publications.record_proposed": pgettext_lazy("step of a record", "sent to the editors"),
    "publications.record_moved take-back": pgettext_lazy("step of a record", "taken back"),
    "publications.record_moved return": pgettext_lazy("step of a record", "asked back"),
    "publications.record_moved accept": pgettext_lazy("step of a record", "accepted"),
    "publications.record_moved publish": pgettext_lazy("step of a record", "published"),
    "publications.record_moved embargo": pgettext_lazy("step of a record", "published under embargo"),
    "publications.record_moved decline": pgettext_lazy("step of a record", "declined"),
    "publications.record_moved withdraw": pgettext_lazy("step of a record", "withdrawn"),
    "publications.file_added": pgettext_lazy("step of a record", "file added"),
    "publications.file_described": pgettext_lazy("step of a record", "file described"),
    "publications.file_removed": pgettext_lazy("step of a record", "file removed"),
    "publications.file_read_again": pgettext_lazy("step of a record", "file read again"),
    "publications.file_infected": pgettext_lazy("step of a record", "file refused by the virus scanner"),
    "publications.file_downloaded": pgettext_lazy("step of a record", "file on request taken"),
    "publications.archive_noted": pgettext_lazy("step of a record", "archived copy noted"),
}
MOST = 50  # steps shown


@dataclass(frozen=True)
class Line:
    """One guard as a check-list shows it."""

    label: Words
    missing: list[Words]
    advice: Words


def checklist(record: Record, move: Move) -> list[Line]:
    """Return what a move asks of a record, in the order of the table."""
    return [Line(found.guard.label, found.missing, found.guard.advice) for found in findings(record, move)]


def name_of(account: Any) -> str:
    """Return what the members call whoever an account belongs to; its address where it is no member's."""
    return "" if account is None else str(getattr(account, "person", None) or account.email)


def history(record: Record) -> list[tuple[Any, str, Any]]:
    """Return what happened, who did it and when, the latest first; several savings in a row by one hand are one."""
    kind = ContentType.objects.get_for_model(Record)
    rows = AuditEntry.objects.filter(target_type=kind, target_id=record.pk).select_related("actor__person").order_by("-pk")[: 2 * MOST]
    told: list[tuple[Any, str, Any]] = []
    for row in rows:
        words = TOLD.get(f"{row.verb} {row.data.get('step', '')}".strip(), row.verb)
        who = name_of(row.actor)
        if row.verb != "publications.record_saved" or not told or told[-1][:2] != (words, who):
            told.append((words, who, row.at))
    return told[:MOST]
