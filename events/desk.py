"""What waits for the secretariat among the events."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Event, MeetingSeries
from events.querysets import rows_of
from events.querysets.series import uncalled
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


def meetings(user: Any) -> Pile | None:
    """Groups whose next meeting is near and not called yet, the next first."""
    if not is_secretariat(user):
        return None
    due = uncalled(MeetingSeries.objects.visible_to(user), timezone.now())
    first = [Waiting(told(series.group, "name").text, series.get_absolute_url(), day) for day, series in due[:SHOWN]]
    return Pile(len(due), first, reverse("members:group_list"))


PANELS = (
    DeskPanel("events.reports", _("Encounters to report on"), reports, _("Every encounter that was held has its report."), rank=60),
    DeskPanel("events.meetings", _("Meetings of groups to call"), meetings, _("Every meeting that is near has been called."), rank=61),
)
