"""Readings of rounds and of who takes part in them."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery

from standards.enums import CommentState, RoundState
from standards.querysets.access import drafts_of, sees_drafts


@dataclass(frozen=True)
class Cell:
    """How many people of one chamber spoke in a round; `people` is None where the cell is hidden to protect few."""

    code: str
    name: str
    people: int | None
    target: int | None


class ConsultationQuerySet(models.QuerySet[Any]):
    """Rounds."""

    def visible_to(self, user: Any) -> "ConsultationQuerySet":
        """Announced, open and closed ones on visible versions; the secretariat and the committee see the planned ones too."""
        if sees_drafts(user):
            return self
        shown = ~Q(state=RoundState.PLANNED) & Q(version__public=True, framework__public=True)
        return self.filter(shown | drafts_of(user, "framework__"))

    def open_for_home(self, user: Any) -> "ConsultationQuerySet":
        """Open rounds, the one that closes first on top; not of frameworks that are suspended."""
        rounds = self.visible_to(user).filter(state=RoundState.OPEN, framework__paused_stage="")
        return rounds.select_related("framework__rules", "version").order_by("closes_at")

    def due_soon(self) -> "ConsultationQuerySet":
        """Announced and open rounds by their next instant, for the desk."""
        return self.filter(state__in=[RoundState.ANNOUNCED, RoundState.OPEN]).select_related("framework", "version").order_by("closes_at")


def participation(consultation: Any) -> list[Cell]:
    """Return the people who spoke in the round by chamber, against its targets, without late, withdrawn and hidden comments.

    Groups under the rules' smallest number are hidden together with one other, so that they cannot be subtracted.
    """
    target = consultation.targets.filter(chamber=OuterRef("pk")).values("people")
    chambers = consultation.comments.model.chamber.field.related_model.objects.annotate(target=Subquery(target)).order_by("position")
    found = people_who_spoke(consultation)
    people = {side.code: found.get(side.code, 0) for side in chambers}
    hidden = hide_small(people, consultation.framework.rules.small_cell)
    return [Cell(side.code, side.name, None if side.code in hidden else people[side.code], side.target) for side in chambers]


def people_who_spoke(consultation: Any) -> dict[str, int]:
    """Return how many people of each chamber spoke on time, by its code. Not for a page: small groups are in it."""
    spoke = Q(state=CommentState.SENT, late=False)
    rows = consultation.comments.filter(spoke).order_by().values_list("chamber__code").annotate(people=Count("persona", distinct=True))
    return dict(rows)


def hide_small(counts: dict[str, int], smallest: int) -> set[str]:
    """Return the cells to hide: those between 1 and `smallest` - 1, and one complementary cell if only one would be hidden."""
    small = {code for code, count in counts.items() if 0 < count < smallest}
    if len(small) == 1:
        others = sorted((count, code) for code, count in counts.items() if code not in small and count)
        small |= {code for _count, code in others[:1]}
    return small
