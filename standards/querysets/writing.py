"""What of a synopsis is written and what is not, without reading its words: for the page on which it is written."""

from typing import Any, NamedTuple

from django.db.models import Q

from red_mpe.core.locale import COLUMN
from standards.querysets.reports import PARAGRAPH, PARTS, clause_places, commented


class Part(NamedTuple):
    """A paragraph for who writes it: its clause (empty for the text as a whole), how many commented, whether it says something."""

    place: str
    title: str
    comments: int
    written: bool


class Written:
    """Which paragraphs of a synopsis have words in which columns, beside the clauses that were commented: three queries."""

    def __init__(self, synopsis: Any) -> None:
        self.synopsis = synopsis
        self.counts, self.places = commented(synopsis.consultation), clause_places(synopsis.consultation)
        self.columns: dict[int | None, set[str]] = _columns(synopsis) if synopsis.pk else {}

    def parts(self) -> list[Part]:
        """Return the paragraphs in the order of the text: those that are begun, and the clauses that were commented."""
        return [self._part(clause) for clause in (None, *self.places) if clause in self.columns or clause in self.counts]

    def _part(self, clause: int | None) -> Part:
        place, there = self.places.get(clause, {"label": "", "title": ""}), self.columns.get(clause, set())
        written = all(any(f"{part}_{column}" in there for column in COLUMN.values()) for part in ("said", "changed"))
        return Part(place["label"], place["title"], sum(self.counts.get(clause, {}).values()), written)

    def unwritten(self, column: str) -> list[int | None]:
        """Return the commented clauses of which it is not said in `column` what was said and what changed, in the order of the text."""
        whole = {f"said_{column}", f"changed_{column}"}
        return [clause for clause in (None, *self.places) if clause in self.counts and not whole <= self.columns.get(clause, set())]

    def lacks(self, column: str) -> bool:
        """Tell whether something is written elsewhere and not in `column`."""
        own = {f"{part}_{language}" for part in PARTS for language in COLUMN.values() if getattr(self.synopsis, f"{part}_{language}")}
        return any(
            f"{part}_{column}" not in there and any(f"{part}_{language}" in there for language in COLUMN.values())
            for there, parts in ((own, PARTS), *((there, ("said", "changed")) for there in self.columns.values()))
            for part in parts
        )


def _columns(synopsis: Any) -> dict[int | None, set[str]]:
    """Return for each paragraph the columns that have words: one query."""
    has = {f"has_{name}": Q(**{f"{name}__gt": ""}) for name in PARAGRAPH}
    rows = synopsis.clauses.order_by().annotate(**has).values_list("clause_id", *has)
    return {clause: {name for name, there in zip(PARAGRAPH, found, strict=True) if there} for clause, *found in rows}
