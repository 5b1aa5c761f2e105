"""Two versions side by side, clause by clause: pairs found by identity, in the order of the newer text."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from standards.enums import LineageKind
from standards.querysets.clauses import Written
from standards.querysets.lineage import Descent

_READ = ("version_id", "clause_id", "clause__uuid", "pk", "label", "parent__clause_id", "written")


@dataclass(frozen=True, slots=True)
class Side:
    """A clause in one of the two versions, without its words; `written` changes with every change of the row."""

    pk: int
    label: str
    parent: int | None
    written: str


@dataclass(slots=True)
class Pair:
    """A clause in two versions, of which one may not have it; `notes` say what became of it."""

    clause: int
    uuid: str
    old: Side | None = None
    new: Side | None = None
    notes: list[str] = field(default_factory=list)

    @property
    def moved(self) -> bool:
        """Tell whether it stands under another clause or has another number."""
        return self.old is not None and self.new is not None and (self.old.label, self.old.parent) != (self.new.label, self.new.parent)

    @property
    def key(self) -> str:
        """Name all that a piece about this pair is made of."""
        sides = [f"{side.pk}-{side.written.replace(' ', '-')}" if side else "none" for side in (self.old, self.new)]
        told = hashlib.sha256("\n".join(self.notes).encode()).hexdigest()[:8] if self.notes else ""
        return ":".join([*sides, told])


def pairs(old: Any, new: Any) -> list[Pair]:
    """Return every clause of two versions in the order of `new`; what has gone stands after what it followed: one query."""
    texts = new.texts.model.objects.filter(version__in={old.pk, new.pk}).annotate(written=Written())
    sides: dict[int, list[Pair]] = {old.pk: [], new.pk: []}
    found: dict[int, Pair] = {}
    for version, clause, uuid, *rest in texts.order_by("version_id", "position").values_list(*_READ):
        pair = found.setdefault(clause, Pair(clause, str(uuid)))
        side = Side(*rest)
        pair.old, pair.new = side if version == old.pk else pair.old, side if version == new.pk else pair.new
        sides[version].append(pair)
    return _woven(sides[old.pk], sides[new.pk])


def _woven(old: Sequence[Pair], new: Sequence[Pair]) -> list[Pair]:
    gone: dict[int, list[Pair]] = {}
    last = 0  # no clause: what stood before everything that stayed
    for pair in old:
        if pair.new is None:
            gone.setdefault(last, []).append(pair)
        else:
            last = pair.clause
    return [*gone.get(0, []), *(one for pair in new for one in (pair, *gone.get(pair.clause, [])))]


def tell_lineage(rows: Iterable[Descent], found: Iterable[Pair], old: Any, new: Any) -> None:
    """Write into each pair what became of it after `old` and up to `new`; that it has moved is seen from its numbers."""
    by_clause = {pair.clause: pair for pair in found}
    labels = {clause: (pair.new or pair.old).label for clause, pair in by_clause.items()}  # type: ignore[union-attr]
    for row in rows:
        if old.pk < row.version <= new.pk and row.kind != LineageKind.MOVED:
            for clause in (row.clause, row.other):
                if clause is not None and clause in by_clause:
                    by_clause[clause].notes.append(row.words(clause, labels))
