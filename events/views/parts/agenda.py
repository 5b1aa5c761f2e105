"""On the page of an event: the next hours of its agenda."""

from typing import Any, Final

from django.urls import reverse
from django.utils import timezone

from events.enums import SessionKind
from events.models import Event
from events.querysets.sessions import day_name, hours
from events.views.parts.part import Part
from members.models.texts import told
from red_mpe.core.http import Request
from red_mpe.core.locale import COLUMN

_SHOWN: Final = 6
_TEXTS: Final = tuple(f"{name}_{column}" for name in ("title", "room__name") for column in COLUMN.values())


def agenda_part(request: Request, event: Event) -> Part | None:
    """The first day on which something is still to come; of what is over, its first day. One query."""
    order = ("starts_at", "room__position", "pk")
    rows = list(event.sessions.order_by(*order).values("slug", "kind", "starts_at", "ends_at", *_TEXTS))
    if not rows:
        return None
    ahead = [row for row in rows if row["ends_at"] > timezone.now()] or rows
    day = ahead[0]["starts_at"].astimezone(event.zone).date()
    shown = [row for row in ahead if row["starts_at"].astimezone(event.zone).date() == day][:_SHOWN]
    whole = {"url": reverse("events:agenda", args=[event.slug]), "total": len(rows)}
    return Part("events/_agenda.html", {"day": day_name(day), "rows": [_row(row, event) for row in shown], **whole})


def _row(row: dict[str, Any], event: Event) -> dict[str, Any]:
    return {
        "url": reverse("events:session_detail", args=[event.slug, row["slug"]]),
        "title": told(row, "title").text or str(SessionKind(row["kind"]).label),
        "lang": told(row, "title").lang if told(row, "title") else "",
        "room": told(row, "room__name").text,
        "hours": hours(row["starts_at"], row["ends_at"], event.zone),
        "is_break": row["kind"] == SessionKind.BREAK,
    }
