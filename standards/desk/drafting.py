"""What waits for the secretariat in the text that is written."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from red_mpe.core.desk import SHOWN, DeskPanel, Pile, Waiting
from red_mpe.core.predicates import is_secretariat
from standards.enums import TextState
from standards.models import ClauseLanguage


def stale_translations(user: Any) -> Pile | None:
    """Languages of clauses that are older than the original, in versions that are still written; a round cannot open before."""
    if not is_secretariat(user):
        return None
    rows = ClauseLanguage.objects.filter(state=TextState.STALE, clause_text__version__frozen_at=None)
    rows = rows.order_by("clause_text__updated_at", "pk")
    shown = list(rows.select_related("clause_text__clause", "clause_text__version__framework")[:SHOWN])
    first = [
        Waiting(
            f"{row.clause_text.version.framework} · {row.clause_text.label}",
            reverse("standards:translation", args=[row.clause_text.version.framework.slug, row.language, row.clause_text.clause.uuid]),
            note=row.language,
        )
        for row in shown
    ]
    url = reverse("standards:translations", args=[shown[0].clause_text.version.framework.slug]) if shown else ""
    return Pile(rows.count(), first, url)


PANELS = (
    DeskPanel(
        "standards.stale", _("Translations gone stale"), stale_translations, _("Every translation is as new as its original."), rank=30
    ),
)
