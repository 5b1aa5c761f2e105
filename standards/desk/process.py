"""What waits for the secretariat in the process: moves that are ready or held up, and extended rounds."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from red_mpe.core.desk import SHOWN, DeskPanel, Pile, Waiting
from red_mpe.core.predicates import is_secretariat
from red_mpe.core.states import Move, findings
from standards.enums import RoundState, Stage
from standards.models import Framework, RoundExtension
from standards.states import BEGIN_DRAFTING, FINISH_DRAFT

#: The move that leads on from a stage; between drafting and the answers it is the clock that moves.
_NEXT: dict[str, Move] = {
    Stage.TERMS_OF_REFERENCE: BEGIN_DRAFTING,
    Stage.DRAFTING: FINISH_DRAFT,
    Stage.RESPONSE: FINISH_DRAFT,
}


def moves(user: Any) -> Pile | None:
    """Frameworks with a move ahead of them, each with the first guard that does not hold.

    Of the first few only, as the guards ask the database for each.
    """
    if not is_secretariat(user):
        return None
    rows = Framework.objects.filter(stage__in=_NEXT).select_related("rules", "terms").order_by("updated_at", "pk")
    first = [Waiting(str(row), reverse("standards:workspace", args=[row.slug]), note=_standing(row)) for row in rows[:SHOWN]]
    return Pile(rows.count(), first, reverse("admin:standards_framework_changelist"))


def _standing(framework: Framework) -> str:
    for found in findings(framework, _NEXT[framework.stage]):
        if not found.holds:
            return str(found.missing[0])
    return str(_("ready for the next stage"))


def extended(user: Any) -> Pile | None:
    """Open rounds that have been extended, with their new last day."""
    if not is_secretariat(user):
        return None
    rows = RoundExtension.objects.filter(consultation__state=RoundState.OPEN).select_related("consultation__framework")
    rows = rows.order_by("-at")
    first = [
        Waiting(
            _("%(framework)s, round %(number)s") % {"framework": row.consultation.framework, "number": row.consultation.number},
            reverse("standards:work_round", args=[row.consultation.framework.slug, row.consultation.number]),
            row.new_closes_on,
            _("closes"),
        )
        for row in rows[:SHOWN]
    ]
    return Pile(rows.count(), first, reverse("admin:standards_consultation_changelist") + "?state__exact=open")


PANELS = (
    DeskPanel("standards.extended", _("Extended rounds"), extended, _("No open round has been extended."), rank=30),
    DeskPanel("standards.moves", _("Stages"), moves, _("No framework has a stage ahead of it."), rank=35),
)
