"""What waits for the secretariat among the events."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from events.models import Event, Registration
from events.querysets import rows_of
from members.models.texts import told
from red_mpe.core.desk import SHOWN, DeskPanel, Pile, Waiting
from red_mpe.core.predicates import is_secretariat


def reports(user: Any) -> Pile | None:
    """Events that were held and of which nothing has been told yet, the longest ago first."""
    if not is_secretariat(user):
        return None
    due = Event.objects.unreported()
    first = [Waiting(row.title.text, f"{row.url}#move", row.ends.date(), row.kind) for row in rows_of(due[:SHOWN])]
    return Pile(due.count(), first, reverse("events:past"))


def approvals(user: Any) -> Pile | None:
    """Registrations that wait for approval while the event is still ahead, the longest waiting first."""
    if not is_secretariat(user):
        return None
    due = Registration.objects.to_approve().select_related("event").order_by("created_at", "pk")
    first = [
        Waiting(row.name, reverse("events:desk_one", args=[row.event.slug, row.code]), row.created_at.date(), told(row.event, "title").text)
        for row in due[:SHOWN]
    ]
    url = reverse("events:desk_list", args=[due[0].event.slug]) + "?state=pending" if first else ""
    return Pile(due.count(), first, url)


PANELS = (
    DeskPanel("events.approvals", _("Registrations to approve"), approvals, _("No registration waits for approval."), rank=35),
    DeskPanel("events.reports", _("Encounters to report on"), reports, _("Every encounter that was held has its report."), rank=60),
)
