"""What happened to a record, from the audit, in words."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _

from publications.models import Record
from red_mpe.core.models import AuditEntry

#: A step by its verb, or by its verb and step.
TOLD = {
    "publications.record_started": _("begun"),
    "publications.record_saved": _("saved"),
    "publications.record_proposed": _("sent to the editors"),
    "publications.record_moved take-back": _("taken back"),
    "publications.record_moved return": _("asked back"),
    "publications.record_moved accept": _("accepted"),
    "publications.record_moved publish": _("published"),
    "publications.record_moved embargo": _("published under embargo"),
    "publications.record_moved decline": _("declined"),
    "publications.record_moved withdraw": _("withdrawn"),
}
MOST = 50  # steps shown


def history(record: Record) -> list[tuple[Any, str, Any]]:
    """Return what happened, who did it and when, the latest first; several savings in a row by one hand are one."""
    kind = ContentType.objects.get_for_model(Record)
    rows = AuditEntry.objects.filter(target_type=kind, target_id=record.pk).select_related("actor__person").order_by("-pk")[: 2 * MOST]
    told: list[tuple[Any, str, Any]] = []
    for row in rows:
        words = TOLD.get(f"{row.verb} {row.data.get('step', '')}".strip(), row.verb)
        who = "" if row.actor is None else str(getattr(row.actor, "person", None) or row.actor.email)
        if row.verb != "publications.record_saved" or not told or told[-1][:2] != (words, who):
            told.append((words, who, row.at))
    return told[:MOST]
