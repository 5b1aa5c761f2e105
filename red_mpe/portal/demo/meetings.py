"""The year of the driving group: its rhythm, the meetings that came of it with their minutes, and the next one, called."""

import uuid
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from events import actions
from events.actions.attending import attend
from events.actions.series import call_meetings, set_series, skip_day
from events.models import Event, MeetingSeries, Minutes
from events.querysets.series import days_ahead
from members.models import User
from red_mpe.portal.demo.clock import at
from red_mpe.portal.demo.network import Network
from red_mpe.portal.demo.reading import rows, translated

LIMA = ZoneInfo("America/Lima")
DRIVING = "gobernanza-minera-grupo-impulsor"
COORDINATOR = "fortunato-letona-ayma"
HOUR = time(18)
_LEFT_OUT = 3  # of the days ahead: nobody meets in that holiday
_TITLE = {"es": "Reunión del grupo impulsor", "en": "Meeting of the driving group", "pt": "Reunião do grupo impulsor"}
PLACE = {"venue": "Cámara de Comercio", "municipality": "Moquegua", "country": "PE", "link": "https://sala.demo.example/impulsor"}


def first_thursdays(many: int) -> Iterator[date]:
    """Return the last `many` first Thursdays of a month before today, the oldest first."""
    today = timezone.now().astimezone(LIMA).date()
    last = 0 if _first_thursday(today, 0) < today else -1
    return (_first_thursday(today, last + number + 1 - many) for number in range(many))


def _first_thursday(today: date, months: int) -> date:
    month = today.year * 12 + today.month - 1 + months
    day = date(month // 12, month % 12 + 1, 1)
    return day + timedelta(days=(3 - day.weekday()) % 7)


def set_rhythm(cast: Network, coordinator: User, first: date) -> MeetingSeries:
    """Let the driving group meet on the first Thursday of every month, some days before its first meeting."""
    facts: dict[str, Any] = {
        "rule": "FREQ=MONTHLY;BYDAY=1TH",
        "starts_on": first,
        "starts_time": HOUR,
        "minutes": 120,
        "time_zone": "America/Lima",
    }
    how: dict[str, Any] = {"mode": "hybrid", "audience": "group", "languages": ["es"], **PLACE, **translated(title=_TITLE)}
    with at(datetime.combine(first, HOUR, LIMA) - timedelta(days=20)):
        return set_series(group=cast.groups[DRIVING], actor=coordinator, **facts, **how)


def call_next(series: MeetingSeries, coordinator: User) -> None:
    """Call the next meeting of the rhythm, and leave a later one out."""
    with at(timezone.now() - timedelta(days=1)):
        ahead = days_ahead(series, timezone.now() + timedelta(days=1))
        days = [next(ahead) for _number in range(_LEFT_OUT)]
        call_meetings(series=series, actor=coordinator, days=days[:1])
        skip_day(series=series, actor=coordinator, day=days[-1])


def keep_minutes(meetings: list[Event], cast: Network, actor: User) -> None:
    """Write the minutes of each meeting in the days after it; the meeting after approves them; tasks are closed in their time."""
    before: Minutes | None = None
    now = timezone.now()
    for event, row in zip(meetings, rows("events/minutes.toml", "minutes"), strict=True):
        _note_who_was_there(event, row, cast, actor)
        with at(event.ends_at + timedelta(hours=1)):
            minutes = actions.start_minutes(event=event, actor=actor)
            if before is not None:
                actions.approve_minutes(minutes=before, actor=actor, at_event=event)
            closing = [closed for item in row["item"] for closed in _write_item(minutes, item, cast, actor)]
        with at(event.ends_at + timedelta(days=2)):
            before = actions.publish_minutes(minutes=minutes, actor=actor)
        for task, state, days in closing:
            if (closed := event.ends_at + timedelta(days=days)) < now:
                with at(closed):
                    actions.close_task(task=task, actor=actor, state=state)


def _note_who_was_there(event: Event, row: dict[str, Any], cast: Network, actor: User) -> None:
    with at(event.ends_at):
        for mode, names in (("on-site", row["here"]), ("on-line", row.get("remote", []))):
            for slug in names:
                once = uuid.uuid5(event.uid, slug)
                attend(event=event, actor=actor, once=once, mode=mode, seen="minutes", at=event.starts_at, person=cast.people[slug])


def _write_item(minutes: Minutes, row: dict[str, Any], cast: Network, actor: User) -> Iterator[tuple[Any, str, int]]:
    """Write one item, and return the tasks that are closed, how, and how many days later."""
    item = actions.add_item(minutes=minutes, actor=actor, title=row["title"], summary=row["summary"])
    for kind in ("decision", "agreement"):
        for text in row.get(f"{kind}s", []):
            actions.add_resolution(item=item, actor=actor, kind=kind, text=text)
    for one in row.get("tasks", []):
        task = actions.add_task(item=item, actor=actor, text=one["text"], due_on=_due(minutes, one["days"]), **_taker(one, cast))
        for state in ("done", "dropped"):
            if state in one:
                yield task, state, one[state]


def _due(minutes: Minutes, days: int) -> date:
    return minutes.event.starts_on + timedelta(days=days)


def _taker(row: dict[str, Any], cast: Network) -> dict[str, Any]:
    if "person" in row:
        return {"person": cast.people[row["person"]]}
    return {"organisation": cast.organisations[row["organisation"]]} if "organisation" in row else {"who": row["who"]}
