"""What waits for the secretariat among the events."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from events.models import Event
from events.querysets import rows_of
from red_mpe.core.desk import SHOWN, DeskPanel, Pile, Waiting
from red_mpe.core.predicates import is_secretariat


def reports(user: Any) -> Pile | None:
    """Events that were held and of which nothing has been told yet, the longest ago first."""
    if not is_secretariat(user):
        return None
    due = Event.objects.unreported()
    first = [Waiting(row.title.text, f"{row.url}#move", row.ends.date(), row.kind) for row in rows_of(due[:SHOWN])]
    return Pile(due.count(), first, reverse("events:past"))


PANELS = (DeskPanel("events.reports", _("Encounters to report on"), reports, _("Every encounter that was held has its report."), rank=60),)
