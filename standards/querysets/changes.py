"""What changed from one version to the next, found by identity and never by number."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from red_mpe.core.locale import COLUMN
from standards.enums import ChangeKind, Level
from standards.querysets.wording import only_spelling

#: What binds: in the authentic language a change of these is one of substance, unless only their spelling differs.
BINDING = ("title", "text", "verification")
#: What explains: a change of these, of a translation or of the sources is editorial.
EXPLAINING = ("plain", "intent", "guidance")
WORDS = (*BINDING, *EXPLAINING)
FACTS = ("level", "verbal_form", "requirement_class", "deadline_months", "oecd_risk", "applies_to", "responsible")
REQUIREMENTS = frozenset({Level.REQUIREMENT, Level.SUB_REQUIREMENT})
COLUMNS = tuple(f"{word}_{language}" for word in WORDS for language in COLUMN.values())
_READ = ("clause_id", "label", "parent__clause_id", "sources", *FACTS, *COLUMNS)

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """How one clause changed; `moved` holds beside any kind."""

    clause: int
    kind: ChangeKind
    moved: bool
    old_label: str
    new_label: str


def classify(before: Row, after: Row, authentic: str) -> ChangeKind | None:
    """Return what kind of change of words or facts lies between two texts of one clause; None where there is none."""
    if any(before[fact] != after[fact] for fact in FACTS):
        return ChangeKind.SUBSTANTIVE
    different = [column for column in COLUMNS if (before[column] or "") != (after[column] or "")]
    binding = [f"{word}_{authentic}" for word in BINDING]
    if any(column in binding and not only_spelling(before[column] or "", after[column] or "") for column in different):
        return ChangeKind.SUBSTANTIVE
    return ChangeKind.EDITORIAL if different or before["sources"] != after["sources"] else None


def has_moved(before: Row, after: Row) -> bool:
    """Tell whether a clause stands under another one or has another number."""
    return bool(before["label"] != after["label"] or before["parent__clause_id"] != after["parent__clause_id"])


def compare(clause: int, before: Row | None, after: Row | None, authentic: str) -> Change | None:
    """Return the change of one clause of which at least one side is there; None where it stayed as it was."""
    if before is None or after is None:
        kind, there = (ChangeKind.NEW, after) if before is None else (ChangeKind.RETIRED, before)
        label = there["label"] if there else ""
        return Change(clause, kind, moved=False, old_label="" if before is None else label, new_label="" if after is None else label)
    moved, kind_of_words = has_moved(before, after), classify(before, after, authentic)
    if kind_of_words is None and not moved:
        return None
    return Change(clause, kind_of_words or ChangeKind.MOVED, moved, before["label"], after["label"])


def read_texts(version: Any, clauses: Collection[int] | None = None) -> dict[int, Row]:
    """Return what is compared of every clause of a version, or of these, by identity and in order of reading: one query."""
    texts = version.texts.order_by("position")
    if clauses is not None:
        texts = texts.filter(clause__in=clauses)
    return {row["clause_id"]: row for row in texts.values(*_READ)}


def changes_between(before: Mapping[int, Row], after: Mapping[int, Row], authentic: str) -> list[Change]:
    """Return every change from one reading to the other, in the order of the new text, what has gone at the end."""
    every = dict.fromkeys([*after, *before])
    found = (compare(clause, before.get(clause), after.get(clause), authentic) for clause in every)
    return [change for change in found if change is not None]


def changes_of(version: Any, clauses: Collection[int] | None = None) -> list[Change]:
    """Return every change of a version against `version.previous`, or those of these clauses; of a first version there is none."""
    if version.previous is None:
        return []
    before, after = read_texts(version.previous, clauses), read_texts(version, clauses)
    return changes_between(before, after, version.framework.authentic_language)


def changed_share(version: Any) -> Fraction:
    """Return the share of requirements of `version.previous` and `version` together that are new, retired or changed in substance.

    0 where there is nothing to compare with: whether there has to be something is another guard's question.
    """
    if version.previous is None:
        return Fraction(0)
    before, after = read_texts(version.previous), read_texts(version)
    every = {clause for rows in (before, after) for clause, row in rows.items() if row["level"] in REQUIREMENTS}
    substance = (ChangeKind.NEW, ChangeKind.RETIRED, ChangeKind.SUBSTANTIVE)
    changed = {change.clause for change in changes_between(before, after, version.framework.authentic_language) if change.kind in substance}
    return Fraction(len(changed & every), len(every)) if every else Fraction(0)
