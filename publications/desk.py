"""What waits in the library for its editors."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from publications.models import Record
from publications.rules import is_editor
from red_mpe.core.desk import SHOWN, DeskPanel, Pile, Waiting


def proposals(user: Any) -> Pile | None:
    """Records that members proposed, oldest first."""
    if not is_editor(user):
        return None
    rows = Record.objects.visible_to(user).waiting()
    first = [Waiting(str(one), one.get_absolute_url(), one.proposed_at) for one in rows[:SHOWN]]
    return Pile(rows.count(), first, reverse("publications:library"))


PANELS = (
    DeskPanel("publications.proposals", _("Records proposed for the library"), proposals, _("Nothing waits for an editor."), rank=45),
)
