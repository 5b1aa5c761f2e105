"""Minutes across the meetings of a group: what was minuted, what was resolved, what is to be done; and to take away."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.enums import TaskState
from events.exports import minutes as exports
from events.exports import minutes_pdf
from events.models import Minutes
from events.querysets.compiling import Compiled, meetings_of
from events.querysets.minuted import resolution_rows, task_rows
from events.views.minutes import FILES
from events.views.papers import paper
from members.models import Group
from members.models.texts import told
from red_mpe.core.http import Request, number_of
from red_mpe.core.limits import refuse_too_many
from red_mpe.core.listing import page_of, query_without

SHOWS = ("minutes", "resolutions", "tasks")
MOST = 5000  # resolutions, and tasks, of one file
MEETINGS = 60  # whose minutes are set into one PDF: five years of a group that meets every month


def _group(request: Request, slug: str) -> Group:
    group: Group | None = Group.objects.visible_to(request.user).filter(slug=slug).first()
    if group is None:
        raise Http404
    return group


def _asked(request: Request, group: Group) -> tuple[Compiled, dict[str, str]]:
    """What was asked for; a term that means nothing asks for nothing."""
    year = number_of(request.GET.get("year", ""))
    words = request.GET.get("q", "")[:200].replace("\0", "")
    compiled = Compiled(group, request.user, year=year if year and year < 10_000 else None, words=words)
    show, state = request.GET.get("show", ""), request.GET.get("state", "")
    who = request.GET.get("who", "")
    asked = {
        "show": show if show in SHOWS else "minutes",
        "state": state if state in (TaskState.OPEN, "closed") else "",
        "who": who if who in dict(compiled.takers()) else "",
    }
    return compiled, asked


@require_safe
@login_not_required
def group_minutes(request: Request, slug: str) -> HttpResponse:
    """The minutes of a group's meetings as far as the reader sees them: by meeting, by what was resolved, or by what is to be done."""
    group = _group(request, slug)
    compiled, asked = _asked(request, group)
    context = {
        "group": group,
        "name": told(group, "name"),
        "compiled": compiled,
        **asked,
        **_listed(request, compiled, asked),
        "years": compiled.years(),
        "takers": compiled.takers(),
        "tabs": _tabs(request, asked["show"]),
        "query": query_without(request, "page", "show"),
    }
    return render(request, "events/minutes/group.html", context)


def _listed(request: Request, compiled: Compiled, asked: dict[str, str]) -> dict[str, Any]:
    """One page of what is shown, each row with its meeting."""
    if asked["show"] == "minutes":
        page = page_of(request, compiled.minutes())
        return {"page": page, "meetings": meetings_of(page.object_list)}
    if asked["show"] == "resolutions":
        page = page_of(request, compiled.resolutions())
        rows: list[Any] = resolution_rows(_among(page, compiled.resolutions()))
    else:
        tasks = compiled.tasks(state=asked["state"], who=asked["who"])
        page = page_of(request, tasks)
        rows = task_rows(_among(page, tasks), request.user)
    meetings = _meetings(rows)
    return {"page": page, "rows": [(row, meetings[row.minutes]) for row in rows]}


def _among(page: Any, rows: Any) -> Any:
    return rows.filter(pk__in=[row.pk for row in page.object_list])


def _meetings(rows: list[Any]) -> dict[int, Any]:
    keys = {row.minutes for row in rows}
    return {meeting.pk: meeting for meeting in meetings_of(Minutes.objects.filter(pk__in=keys).order_by("-event__starts_at", "-pk"))}


def _tabs(request: Request, show: str) -> list[dict[str, Any]]:
    labels = {"minutes": _("Meetings"), "resolutions": _("Decisions and agreements"), "tasks": _("Tasks")}
    rest = query_without(request, "show", "page", "state", "who")
    return [{"url": f"?show={name}&{rest}".rstrip("&"), "label": labels[name], "current": name == show} for name in SHOWS]


@require_safe
@login_not_required
def group_minutes_file(request: Request, slug: str, format: str) -> HttpResponse:
    """What was asked for as a file: `csv` for a spreadsheet, `md` as words; as `pdf` the whole minutes of each meeting."""
    group = _group(request, slug)
    if format not in ("csv", "md", "pdf"):
        raise Http404
    refuse_too_many(request, "minutes-file", FILES, 3600)
    compiled, asked = _asked(request, group)
    if format == "pdf":
        return _paper(request, group, compiled)
    resolutions = resolution_rows(compiled.resolutions()[:MOST])
    tasks = task_rows(compiled.tasks(state=asked["state"], who=asked["who"])[:MOST], request.user)
    meetings = _meetings([*resolutions, *tasks])
    title = _("%(group)s: decisions, agreements and tasks") % {"group": told(group, "name").text}
    body = exports.table(resolutions, tasks, meetings) if format == "csv" else exports.words(title, resolutions, tasks, meetings)
    kind = "text/csv" if format == "csv" else "text/markdown"
    response = HttpResponse(body, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{group.slug}-{get_language()}.{format}"'
    return response


def _paper(request: Request, group: Group, compiled: Compiled) -> HttpResponse:
    """The minutes that were asked for, the last meeting first, one after the other."""
    rows = compiled.minutes().select_related("event")
    many, listed = rows.count(), list(rows[:MEETINGS])
    if not listed:
        raise Http404
    words = ngettext("%(many)s meeting", "%(many)s meetings", many) % {"many": many}
    if many > MEETINGS:
        words = _("The last %(most)s of %(many)s meetings; those of one year can be had by themselves.") % {"most": MEETINGS, "many": many}
    head = [words, str(compiled.year or ""), f"“{compiled.words}”" if compiled.words else ""]
    name = minutes_pdf.file_name(group.slug, many=True, year=compiled.year)
    back = reverse("events:group_minutes", args=[group.slug])
    return paper(request, lambda: minutes_pdf.compiled_pdf(group, listed, request.user, head), name, back)
