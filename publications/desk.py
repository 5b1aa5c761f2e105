"""What waits in the library for its editors."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from publications.models import AccessRequest, Record
from publications.rules import is_editor
from red_mpe.core.desk import SHOWN, DeskPanel, Pile, Waiting


def proposals(user: Any) -> Pile | None:
    """Records that members proposed, oldest first."""
    if not is_editor(user):
        return None
    rows = Record.objects.visible_to(user).waiting()
    first = [Waiting(str(one), reverse("publications:record_desk", args=[one.code]), one.proposed_at) for one in rows[:SHOWN]]
    return Pile(rows.count(), first, reverse("publications:record_queue"))


def requests(user: Any) -> Pile | None:
    """Requests for access that nobody has answered, oldest first; who asks is told on their own page."""
    if not is_editor(user):
        return None
    rows = AccessRequest.objects.visible_to(user).waiting().select_related("record")
    first = [Waiting(str(one.record), reverse("publications:access_answer", args=[one.pk]), one.created_at) for one in rows[:SHOWN]]
    return Pile(rows.count(), first, reverse("publications:access_list"))


PANELS = (
    DeskPanel("publications.proposals", _("Records proposed for the library"), proposals, _("Nothing waits for an editor."), rank=45),
    DeskPanel("publications.requests", _("Requests for access to files"), requests, _("Nobody waits for an answer."), rank=46),
)
