"""What became of identities: rows of lineage in words, and the family of a clause through splits and mergers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.utils.translation import gettext as _

from standards.enums import LineageKind

_JOINING = (LineageKind.SPLIT, LineageKind.MERGED)
_GENERATIONS = 3
_READ = ("version_id", "kind", "clause_id", "other_id", "old_label", "new_label", "reason")


@dataclass(frozen=True, slots=True)
class Descent:
    """One row of lineage."""

    version: int
    kind: str
    clause: int
    other: int | None
    old_label: str
    new_label: str
    reason: str

    def words(self, clause: int, labels: Mapping[int, str]) -> str:
        """Say what this meant for `clause`; `labels` are the numbers of clauses where they have one."""
        of_itself = self.clause == clause
        other = labels.get(self.other if of_itself else self.clause, "") if self.other else ""  # type: ignore[arg-type]
        said = _said(self, other or _("another clause"), of_itself=of_itself)
        return f"{said} {self.reason}".strip()


def _said(row: Descent, other: str, *, of_itself: bool) -> str:
    if row.kind == LineageKind.SPLIT:
        return (_("Split: a part of it became %(other)s.") if of_itself else _("Split off from %(other)s.")) % {"other": other}
    if row.kind == LineageKind.MERGED:
        return (_("Merged into %(other)s.") if of_itself else _("%(other)s was merged into it.")) % {"other": other}
    if row.kind == LineageKind.RETIRED:
        return _("Retired.")
    if row.kind == LineageKind.RESTORED:
        return _("Taken up again.")
    if row.old_label == row.new_label:
        return _("Moved to another place.")
    return _("Moved: it was %(old)s and became %(new)s.") % {"old": row.old_label, "new": row.new_label}


def descent(user: Any, framework: Any) -> list[Descent]:
    """Return the lineage of a framework as far as `user` sees its versions, the oldest first: one query."""
    rows = apps.get_model("standards", "ClauseLineage").objects.filter(version__in=framework.versions.visible_to(user).order_by())
    return [Descent(*row) for row in rows.order_by("version_id", "id").values_list(*_READ)]


def family(clause: int, rows: Iterable[Descent]) -> tuple[set[int], set[int]]:
    """Return what flowed into a clause and what came out of it, through splits and mergers, however far; not itself."""
    steps = [(row.clause, row.other) for row in rows if row.other is not None and row.kind in _JOINING]
    before, after = _reach(clause, [(second, first) for first, second in steps]), _reach(clause, steps)
    return before - {clause}, after - {clause}


def near(user: Any, framework: Any, clause: int) -> Q:
    """Return the condition that the `clause` of a thing is this one or near family: three generations, in no query of its own."""
    visible = framework.versions.visible_to(user).order_by().values("pk")
    rows = apps.get_model("standards", "ClauseLineage").objects.filter(version__in=visible, kind__in=_JOINING).order_by()
    found = Q(clause=clause)
    for here, there in (("other", "clause"), ("clause", "other")):
        step = rows.filter(**{here: clause}).values(there)
        for _generation in range(_GENERATIONS):
            found |= Q(clause__in=step)
            step = rows.filter(**{f"{here}__in": step}).values(there)
    return found


def _reach(start: int, steps: list[tuple[int, int]]) -> set[int]:
    found, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        fresh = {there for origin, there in steps if origin == here} - found
        found |= fresh
        waiting += fresh
    return found
