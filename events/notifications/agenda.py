"""What is told of an agenda: sessions that moved or were taken away, to who has them in theirs or speaks in them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from events.enums import ON
from events.models import AgendaNews, Event
from events.notifications.events import topics_of
from events.querysets import here, when
from members.models.texts import told
from red_mpe.core.models import AuditEntry
from red_mpe.notifications.enums import Category, MailClass
from red_mpe.notifications.registry import Item, NotificationType

MOVED: Final = "events.sessions_moved"


def havers(entry: AuditEntry) -> set[int]:
    """To whom these moves matter."""
    return set(AgendaNews.objects.get(pk=entry.target_id).people)


def topics(entry: AuditEntry) -> list[str]:
    """It belongs to its event, and to what that belongs to."""
    return topics_of(AgendaNews.objects.filter(pk=entry.target_id).values_list("event", flat=True).first())


def still_having(entries: Sequence[AuditEntry], person: Any) -> list[int]:
    """What is on and what the reader may still see."""
    rows = AgendaNews.objects.filter(event__in=Event.objects.visible_to(person).filter(state__in=ON))
    there = set(rows.filter(pk__in=[entry.target_id for entry in entries]).values_list("pk", flat=True))
    return [entry.pk for entry in entries if entry.target_id in there]


def describe(entries: Sequence[AuditEntry]) -> dict[int, Item]:
    """Of which event, and of each session what was and what is now."""
    rows = AgendaNews.objects.select_related("event").prefetch_related("moves__session__room")
    found = rows.in_bulk([entry.target_id for entry in entries])
    return {entry.pk: _item(found[entry.target_id]) for entry in entries if entry.target_id in found}


def _item(news: Any) -> Item:
    event, moves = news.event, sorted(news.moves.all(), key=lambda move: (move.starts_at, move.pk))
    return {
        "url": event.get_absolute_url(),
        "group": _("Encounters"),
        "section": "",
        "title": told(event, "title").text,
        "moves": [_move(move, event.time_zone) for move in moves],
    }


def _move(move: Any, zone: str) -> dict[str, str]:
    now = move.session
    known = {"title": told(now or move, "title").text, "was": _span(move.starts_at, move.ends_at, zone), "was_in": told(move, "room").text}
    if now is None:
        return {**known, "now": "", "now_in": ""}
    return {**known, "now": _span(now.starts_at, now.ends_at, zone), "now_in": told(now.room, "name").text if now.room else ""}


def _span(starts_at: datetime, ends_at: datetime, zone: str) -> str:
    """Return both ends by the clock of the event, and by the reader's where that shows another hour."""
    words = when(starts_at, ends_at, zone)
    return f"{words} · {when(starts_at, ends_at, str(timezone.get_current_timezone()))}" if here(starts_at, zone) else words


TYPES = (
    NotificationType(
        key=MOVED,
        category=Category.EVENT_CHANGES,
        audience=havers,
        describe=describe,
        may_see_many=still_having,
        topics=topics,
        mail_class=MailClass.BROADCAST,
        rank=8,
    ),
)
