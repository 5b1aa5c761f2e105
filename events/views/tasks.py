"""One's own tasks, and closing them."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from events import actions
from events.models import Minutes, Task
from events.querysets.compiling import meetings_of
from events.querysets.minuted import task_rows
from events.states import TASK_MOVES
from red_mpe.core.http import MemberRequest, done, safe_next
from red_mpe.core.listing import page_of


@require_safe
def my_tasks(request: MemberRequest) -> HttpResponse:
    """What one took, and what the organisations took that one speaks for: open ones by their day, then what is closed."""
    closed = request.GET.get("show") == "closed"
    mine = Task.objects.taken_by(request.user)
    page = page_of(request, mine.closed() if closed else mine.open())
    keys = [task.pk for task in page.object_list]
    order = {pk: place for place, pk in enumerate(keys)}
    rows = sorted(task_rows(Task.objects.filter(pk__in=keys), request.user), key=lambda row: order[row.pk])
    here = reverse("events:my_tasks")
    context = {
        "page": page,
        "rows": with_meetings(request, rows),
        "closed": closed,
        "tabs": [
            {"url": here, "label": _("To do"), "current": not closed, "count": mine.open().count()},
            {"url": f"{here}?show=closed", "label": _("Closed"), "current": closed, "count": mine.closed().count()},
        ],
    }
    return render(request, "events/minutes/my_tasks.html", context)


def with_meetings(request: MemberRequest, rows: list[Any]) -> list[tuple[Any, Any]]:
    """Return each row with the meeting in the minutes of which it stands, where the reader reads those."""
    read = Minutes.objects.visible_to(request.user).filter(pk__in={row.minutes for row in rows})
    meetings = {meeting.pk: meeting for meeting in meetings_of(read)}
    return [(row, meetings.get(row.minutes)) for row in rows]


@require_POST
def task_move(request: MemberRequest, code: str, move: str) -> HttpResponse:
    """Let a task be done or dropped, or open it again; `next` says where to go on."""
    task = Task.objects.visible_to(request.user).select_related("item__minutes__event", "organisation").filter(code=code).first()
    if task is None or move not in TASK_MOVES:
        raise Http404
    words = {"done": _("The task is done."), "dropped": _("The task is dropped."), "reopen": _("The task is open again.")}
    acts: dict[str, Any] = {"reopen": lambda: actions.reopen_task(task=task, actor=request.user)}
    act = acts.get(move, lambda: actions.close_task(task=task, actor=request.user, state=move))
    return done(request, act, words[move], safe_next(request, reverse("events:my_tasks")))
