"""The agenda of an event, a session of it, and one's own agenda."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from events.actions.agenda import mark_session, unmark_session
from events.enums import CALLED_OFF, SessionKind
from events.filters import Asked, choices, tabs
from events.models import Event, Session
from events.querysets.grids import grid_of
from events.querysets.sessions import SessionRow, agenda_of, day_name, days_of_agenda, overlapping
from events.views.details import find_event
from members.models.texts import told
from red_mpe.core.http import MemberRequest, Request, safe_next, see_other
from red_mpe.core.locale import COLUMN
from red_mpe.core.predicates import is_present

_TITLES = tuple(f"title_{column}" for column in COLUMN.values())


def find_session(user: Any, slug: str, session: str) -> Session:
    """Return a session for whoever may see its event; to anybody else it does not exist."""
    event = find_event(user, slug)
    found: Session | None = event.sessions.filter(slug=session).first()
    if found is None:
        raise Http404
    found.event = event
    return found


def told_of(event: Event, user: Any) -> dict[str, Any]:
    """Return what every page below an event needs to say of it."""
    return {
        "event": event,
        "title": told(event, "title"),
        "is_off": event.state in CALLED_OFF,
        "may_mark": is_present(user) and event.state not in CALLED_OFF,
        "zone": event.time_zone,
        "runs": user.has_perm("events.run_event", event),
    }


@require_safe
@login_not_required
def agenda(request: Request, slug: str) -> HttpResponse:
    """The agenda day by day, as a list or as a table of hours and rooms; `?mine=1` shows what one has put into one's own."""
    event, asked = find_event(request.user, slug), Asked.by(request)
    rows = agenda_of(event, request.user)
    shown = asked.among(rows)
    days = days_of_agenda(shown)
    context = {
        **told_of(event, request.user),
        "asked": asked,
        "total": len(rows),
        "days": days,
        "grids": [(day, grid_of(day.rows, event.zone)) for day in days] if asked.grid else [],
        "overlaps": overlapping(shown) if asked.mine else [],
        "choices": choices(rows, asked),
        "tabs": tabs(asked, request.path, present=request.user.is_authenticated),
        "two_clocks": any(row.here for row in shown),
        "path": request.path,
        "whole": request.path + asked.query(day="", track="", language=""),
        "next": request.get_full_path(),
    }
    return render(request, "events/agenda/agenda.html", context)


@require_safe
@login_not_required
def session_detail(request: Request, slug: str, session: str) -> HttpResponse:
    """One session: what it is about, who speaks, what lies beside it; and what comes before and after it."""
    found = find_session(request.user, slug, session)
    rows = agenda_of(found.event, request.user, found.event.sessions.filter(pk=found.pk))
    row = rows[0]
    context = {
        **told_of(found.event, request.user),
        "row": row,
        "day": day_name(row.day),
        **_around(found),
    }
    return render(request, "events/agenda/session.html", context)


def _around(session: Session) -> dict[str, Any]:
    """Return the sessions before and after one in the order of the agenda."""
    rows = list(session.event.sessions.order_by("starts_at", "room__position", "pk").values("pk", "slug", "kind", *_TITLES))
    here = next(number for number, row in enumerate(rows) if row["pk"] == session.pk)
    before, after = rows[here - 1] if here else None, rows[here + 1] if here + 1 < len(rows) else None
    return {"before": _link(session.event, before), "after": _link(session.event, after)}


def _link(event: Event, row: dict[str, Any] | None) -> dict[str, Any] | None:
    if row is None:
        return None
    url = reverse("events:session_detail", args=[event.slug, row["slug"]])
    return {"url": url, "title": told(row, "title").text or SessionKind(row["kind"]).label}


@require_POST
def session_mark(request: MemberRequest, slug: str, session: str) -> HttpResponse:
    """Put a session into one's own agenda."""
    found = find_session(request.user, slug, session)
    mark_session(session=found, actor=request.user)
    messages.success(request, _("It is in your agenda."))
    return _back(request, found)


@require_POST
def session_unmark(request: MemberRequest, slug: str, session: str) -> HttpResponse:
    """Take a session out of one's own agenda."""
    found = find_session(request.user, slug, session)
    unmark_session(session=found, actor=request.user)
    messages.success(request, _("It is not in your agenda any more."))
    return _back(request, found)


def _back(request: MemberRequest, session: Session) -> HttpResponse:
    return see_other(safe_next(request, session.get_absolute_url()))


def row_of(session: Session, user: Any) -> SessionRow:
    """Return one session as agendas show it."""
    return agenda_of(session.event, user, session.event.sessions.filter(pk=session.pk))[0]
