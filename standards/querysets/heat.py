"""The map of a round: clause by chamber, the clauses on which chambers differ most on top. Counts are never votes.

Comments are counted even where they are few: each is public with its chamber, however its author is shown, so that the count says
nothing that the thread does not. Support is people, and people are not counted where they are few.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from django.apps import apps
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from standards.enums import PUBLIC_ANSWERS, AnswerState, Stance
from standards.querysets.queue import outline_of
from standards.querysets.rounds import hide_small

#: What a stance counts for: the mean of a chamber lies between -1 and 1.
WEIGHT = {Stance.AGREE: 1, Stance.CHANGES: 0, Stance.DISAGREE: -1}


@dataclass(slots=True)
class HeatCell:
    """One chamber on one clause: its comments, and the people who support one (0 where so few are not shown)."""

    code: str
    name: str
    comments: int
    support: int
    level: int = 0  # 0 to 4: how much of the busiest cell of the map
    mean: float | None = None


@dataclass(slots=True)
class HeatRow:
    """One clause, or the text in general: a cell for each chamber, what is unresolved, and how far the chambers are apart."""

    label: str
    title: str
    url: str
    cells: list[HeatCell] = field(default_factory=list)
    unresolved: int = 0
    apart: float | None = None

    @property
    def volume(self) -> int:
        """Comments of all chambers."""
        return sum(cell.comments for cell in self.cells)

    @property
    def percent(self) -> int | None:
        """How far the chambers are apart, of the largest distance there can be."""
        return None if self.apart is None else round(100 * self.apart)


def heat_map(consultation: Any) -> list[HeatRow]:
    """Return the rows of a round's map, without late, withdrawn and hidden comments: five queries whatever the number of comments.

    Near-duplicates count once, as soon as the answer that says so is public. Sorted by how far apart the chambers are.
    """
    told = _Told(consultation)
    clauses: list[dict[str, Any]] = [{"clause_id": None, "label": "", "title": _("On the whole text")}, *outline_of(consultation.version)]
    found = [told.row(text) for text in clauses if text["clause_id"] in told.spoken]
    _shade(found)
    return sorted(found, key=lambda row: (row.apart is None, -(row.apart or 0), -row.volume))


class _Told:
    """What was said in a round, by clause and chamber."""

    def __init__(self, consultation: Any) -> None:
        comments = consultation.comments.filter(state="sent", late=False).order_by()
        counted = comments.filter(parent=None).exclude(answer__folded=True, answer__state__in=PUBLIC_ANSWERS)
        support = apps.get_model("standards", "Support").objects.filter(comment__in=comments).order_by()
        chambers = consultation.comments.model.chamber.field.related_model.objects.order_by("position")
        self.chambers = list(chambers)
        args = [consultation.framework.slug, consultation.version.number, "LABEL"]
        self.place = reverse("standards:clause_detail", args=args).rsplit("LABEL", 1)
        self.smallest = consultation.framework.rules.small_cell
        self.stances: dict[Any, dict[str, int]] = defaultdict(dict)
        self.volume = _pairs(counted.values_list("clause_id", "chamber__code").annotate(Count("pk")))
        self.spoken = {clause for clause, _code in self.volume}
        for clause, code, stance, count in (
            counted.exclude(stance="").values_list("clause_id", "chamber__code", "stance").annotate(Count("pk"))
        ):
            self.stances[clause, code][stance] = count
        self.support = _pairs(support.values_list("comment__clause_id", "chamber__code").annotate(Count("persona", distinct=True)))
        unresolved = Q(answer__state=AnswerState.OBJECTED) | (Q(stance=Stance.DISAGREE) & ~Q(answer__state__in=PUBLIC_ANSWERS))
        self.unresolved = dict(counted.filter(unresolved).values_list("clause_id").annotate(Count("pk")))

    def row(self, text: Mapping[str, Any]) -> HeatRow:
        clause = text["clause_id"]
        agreeing = {side.code: self.support.get((clause, side.code), 0) for side in self.chambers}
        quiet = hide_small(agreeing, self.smallest)
        row = HeatRow(text["label"], text["title"], quote(text["label"] or "general").join(self.place))
        row.unresolved = self.unresolved.get(clause, 0)
        for side in self.chambers:
            support = 0 if side.code in quiet else agreeing[side.code]
            cell = HeatCell(side.code.lower(), side.name, self.volume.get((clause, side.code), 0), support)
            cell.mean = mean(self.stances.get((clause, side.code), {}))
            row.cells.append(cell)
        row.apart = apart([(cell.mean, cell.comments) for cell in row.cells])
        return row


def _pairs(rows: Any) -> dict[tuple[Any, str], int]:
    return {(clause, code): count for clause, code, count in rows}


def _shade(found: list[HeatRow]) -> None:
    """Give each shown cell one of four shades, by how much of the busiest one it holds."""
    busiest = max((cell.comments for row in found for cell in row.cells), default=0)
    for row in found:
        for cell in row.cells:
            cell.level = -(-4 * cell.comments // busiest) if cell.comments else 0


def mean(stances: Mapping[str, int]) -> float | None:
    """Return the mean of stances by their number: 1 all agree, -1 all disagree; None where nobody took one."""
    count = sum(stances.values())
    return sum(WEIGHT[Stance(stance)] * number for stance, number in stances.items()) / count if count else None


def apart(sides: list[tuple[float | None, int]]) -> float | None:
    """Return how far chambers are apart: the spread (standard deviation) of their mean stances, weighted by their comments.

    0 where all stand in one place, 1 where half of the comments come from chambers wholly for and half from chambers wholly
    against. None where fewer than two chambers have taken a stance.
    """
    known = [(value, weight) for value, weight in sides if value is not None and weight]
    if len(known) < 2:
        return None
    whole = sum(weight for _value, weight in known)
    middle = sum(value * weight for value, weight in known) / whole
    spread: float = (sum(weight * (value - middle) ** 2 for value, weight in known) / whole) ** 0.5
    return spread
