"""What waits for the secretariat among the events."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Event, MeetingSeries, Minutes, Registration, Task
from events.querysets import rows_of
from events.querysets.compiling import meetings_of
from events.querysets.minuted import task_rows
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


def unapproved(user: Any) -> Pile | None:
    """Published minutes that no later meeting of the group has approved although there was one, the oldest first."""
    if not is_secretariat(user):
        return None
    due = Minutes.objects.unapproved()
    first = [Waiting(row.title.text, row.url, None, row.day) for row in meetings_of(due[:SHOWN])]
    return Pile(due.count(), first)


def overdue(user: Any) -> Pile | None:
    """Tasks of meetings whose day has passed, the longest ago first."""
    if not is_secretariat(user):
        return None
    late = Task.objects.overdue()
    rows = {row.pk: row for row in task_rows(late[:SHOWN], user)}
    slugs = dict(Minutes.objects.filter(pk__in=[row.minutes for row in rows.values()]).values_list("pk", "event__slug"))
    first = [Waiting(row.text.text, _at(slugs[row.minutes], row.code), row.due_on, row.who) for row in rows.values()]
    return Pile(late.count(), first)


def _at(slug: str, code: str) -> str:
    return f"{reverse('events:minutes', args=[slug])}#{code}"


def approvals(user: Any) -> Pile | None:
    """Registrations that wait for approval while the event is still ahead, the longest waiting first; each event has its own list."""
    if not is_secretariat(user):
        return None
    due = Registration.objects.to_approve().select_related("event").order_by("created_at", "pk")
    first = [
        Waiting(row.name, reverse("events:desk_one", args=[row.event.slug, row.code]), row.created_at.date(), told(row.event, "title").text)
        for row in due[:SHOWN]
    ]
    return Pile(due.count(), first)


PANELS = (
    DeskPanel("events.approvals", _("Registrations to approve"), approvals, _("No registration waits for approval."), rank=35),
    DeskPanel("events.reports", _("Encounters to report on"), reports, _("Every encounter that was held has its report."), rank=60),
    DeskPanel("events.meetings", _("Meetings of groups to call"), meetings, _("Every meeting that is near has been called."), rank=61),
    DeskPanel(
        "events.minutes", _("Minutes to approve"), unapproved, _("Every meeting has approved the minutes of the one before."), rank=62
    ),
    DeskPanel("events.tasks", _("Tasks of meetings that are overdue"), overdue, _("No task of a meeting is overdue."), rank=64),
)
