"""The change log of a version: written by the system with every saving of the draft, put right by people, fixed with the text."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.models import User
from red_mpe.core import audit
from red_mpe.core.locale import COLUMN
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError
from red_mpe.core.text import clean
from standards.actions.overwriting import refuse_overwriting
from standards.enums import ChangeKind
from standards.models import Version, VersionChange
from standards.querysets.changes import Change, changes_of

SUMMARIES = tuple(f"summary_{language}" for language in COLUMN.values())
#: Facts, which nobody calls otherwise.
FIXED = (ChangeKind.NEW, ChangeKind.RETIRED)


def write_change_log(version: Version, clauses: Collection[int] | None = None) -> int:
    """Write the change log of a draft anew against its previous version, and return how many lines were found.

    `clauses` are the only ones that were touched; without them the whole text is compared. What people corrected or said stays as
    long as the clause still differs. The log of a frozen version stays as it is.
    """
    if clauses is not None and (version.previous_id is None or not clauses):
        return 0
    with transaction.atomic():
        locked = Version.objects.select_for_update(of=("self",)).select_related("previous", "framework").get(pk=version.pk)
        if locked.frozen:
            return locked.changes.count()
        found = changes_of(locked, clauses)
        _keep(locked, found, clauses)
    return len(found)


def _keep(version: Version, found: list[Change], clauses: Collection[int] | None) -> None:
    lines = version.changes.all() if clauses is None else version.changes.filter(clause__in=clauses)
    rows: dict[int, VersionChange] = {row.clause_id: row for row in lines}
    gone = set(rows) - {change.clause for change in found}
    if gone:
        version.changes.filter(clause__in=gone).delete()
    missing = [_line(VersionChange(version=version, clause_id=change.clause), change) for change in found if change.clause not in rows]
    VersionChange.objects.bulk_create(missing)
    outdated = [_line(rows[change.clause], change) for change in found if change.clause in rows and _differs(rows[change.clause], change)]
    VersionChange.objects.bulk_update(outdated, ["found", "kind", "old_label", "new_label", "moved"])


def _line(row: VersionChange, change: Change) -> VersionChange:
    row.found, row.moved = change.kind, change.moved
    row.old_label, row.new_label = change.old_label, change.new_label
    if row.edited_by_id is None or not {row.kind, change.kind}.isdisjoint(FIXED):
        row.kind = change.kind
    return row


def _differs(row: VersionChange, change: Change) -> bool:
    return (row.found, row.moved, row.old_label, row.new_label) != (change.kind, change.moved, change.old_label, change.new_label)


def edit_change(*, actor: User, change: VersionChange, kind: str, seen: str | None = None, **summaries: str) -> VersionChange:
    """Say what a line of the change log means, and correct its kind. Refused once the version is frozen or the clause differs no more.

    New and retired are facts and stay; a change of words may be called substantive, editorial or mere moving. `seen` marks what its
    writer had before them; refused with OverwrittenError where that is no longer what stands.
    """
    require(actor, "standards.write_text", change)
    said = {name: clean(summaries.get(name, "")).strip() for name in SUMMARIES}
    with transaction.atomic():
        line = _present(Version.objects.select_for_update().get(pk=change.version_id), change.clause_id)
        if kind not in kinds_of(line):
            raise DomainError(_("A clause that is new or retired is called nothing else."))
        refuse_overwriting(change_words(line), {"kind": kind, **said}, seen)
        line.kind, line.edited_by = ChangeKind(kind), actor
        for name, words in said.items():
            setattr(line, name, words)
        line.save(update_fields=["kind", "edited_by", "updated_at", *SUMMARIES])
        audit.record("standards.change_edited", actor=actor, target=line, kind=kind, found=line.found)
    return line


def _present(version: Version, clause: int) -> VersionChange:
    """The line of a clause as the text stands now."""
    if version.frozen:
        raise DomainError(_("Version %(number)s is frozen, and its change log with it.") % {"number": version.number})
    write_change_log(version)
    line: VersionChange | None = version.changes.filter(clause=clause).first()
    if line is None:
        raise DomainError(_("This clause is again as it was in the version before: its line in the change log is gone."))
    return line


def change_words(change: VersionChange) -> dict[str, str]:
    """Return what people say in a line: its kind, and its summary in each language."""
    return {"kind": str(change.kind), **{name: getattr(change, name) or "" for name in SUMMARIES}}


def kinds_of(change: VersionChange) -> list[Any]:
    """Return what a line may be called."""
    return [ChangeKind(change.found)] if change.found in FIXED else [kind for kind in ChangeKind if kind not in FIXED]
