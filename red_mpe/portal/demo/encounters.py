"""What the network met for, and what is coming: written through the same actions as on the site, each at its time."""

import uuid
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import pgettext

from events import actions
from events.models import Event
from members.models import User
from red_mpe.core.locale import SITE_LANGUAGE
from red_mpe.portal.demo import meetings
from red_mpe.portal.demo.clock import at
from red_mpe.portal.demo.network import Network
from red_mpe.portal.demo.reading import rows, translated

LIMA = ZoneInfo("America/Lima")
_WORDS = ("title", "summary", "description", "access", "costs")
_FACTS = ("kind", "mode", "venue", "address", "municipality", "country", "link", "places_on_site", "places_on_line")
_LISTS = ("languages", "interpretation", "countries")


def write_encounters(cast: Network) -> None:
    """Write past encounters with their reports, the year of the driving group, and what is ahead."""
    secretary = User.objects.get(email="secretaria@demo.example")
    for row in rows("events/real.toml", "event"):
        _past(row, cast, secretary)
    write_meetings(cast)
    for row in rows("events/coming.toml", "event"):
        _ahead(row, cast, secretary)


def write_meetings(cast: Network) -> None:
    """Write the monthly meetings of the last year with their minutes, called by the group's coordinator, and call the next."""
    coordinator, told = cast.people[meetings.COORDINATOR].user, rows("events/meetings.toml", "meeting")
    days = list(meetings.first_thursdays(len(told)))
    series = meetings.set_rhythm(cast, coordinator, days[0])
    held = []
    for day, row in zip(days, told, strict=True):
        begins = datetime.combine(day, meetings.HOUR, LIMA)
        report = row["report"] if row is not told[-1] else None
        held.append(_meet(coordinator, cast, begins, row["topic"], report, row, series=series, occurs_on=day))
    meetings.keep_minutes(held, cast, coordinator)
    meetings.call_next(series, coordinator)


def _meet(
    actor: User, cast: Network, begins: datetime, topic: dict[str, str], report: Any, numbers: dict[str, Any], **rhythm: Any
) -> Event:
    with at(begins - timedelta(days=14)):
        event = make(actor, cast, begins=begins, ends=begins + timedelta(hours=2), row=_meeting(begins, topic), **rhythm)
        actions.announce_event(actor=actor, event=event)
    _finish(event, actor, report, numbers)
    return event


def _meeting(begins: datetime, topic: dict[str, str]) -> dict[str, Any]:
    """What a meeting of the driving group is, its title naming the month in each language."""
    words = {"es": "Reunión del grupo impulsor, {month}", "en": "Meeting of the driving group, {month}"}
    words["pt"] = "Reunião do grupo impulsor, {month}"
    title = {}
    for column, pattern in words.items():
        with translation.override(SITE_LANGUAGE[column]):
            title[column] = pattern.format(month=date_format(begins, pgettext("month and year", "F Y")))
    facts = {"kind": "meeting", "mode": "hybrid", "audience": "members", "time_zone": "America/Lima", **meetings.PLACE}
    about = {"groups": [meetings.DRIVING], "themes": ["governance-transparency"], "languages": ["es"]}
    return {"title": title, "summary": topic, **about, **facts}


def _past(row: dict[str, Any], cast: Network, actor: User) -> None:
    begins, ends = (row[name].replace(tzinfo=LIMA) for name in ("starts", "ends"))
    with at(begins - timedelta(days=row["announced_days_before"])):
        event = make(actor, cast, begins=begins, ends=ends, row={"time_zone": "America/Lima", **row})
        actions.announce_event(actor=actor, event=event)
    _finish(event, actor, row["report"], row)


def _finish(event: Event, actor: User, report: Any, numbers: dict[str, Any]) -> None:
    """Let it be held, and some days later reported on."""
    with at(event.ends_at + timedelta(minutes=5)):
        actions.hold_events()
    event.refresh_from_db()
    if report:
        figures = {name: numbers.get(name) for name in ("attended", "women", "men")}
        with at(event.ends_at + timedelta(days=3)):
            actions.report_event(actor=actor, event=event, report=report, figures=figures)


def _ahead(row: dict[str, Any], cast: Network, actor: User) -> None:
    zone = ZoneInfo(row["time_zone"])
    first = timezone.now().astimezone(zone).date() + timedelta(days=row["in_days"])
    begins = datetime.combine(first, time.fromisoformat(row["from"]), zone)
    ends = datetime.combine(first + timedelta(days=row["days"] - 1), time.fromisoformat(row["to"]), zone)
    told = row.get("announced_days_ago", 2)
    with at(timezone.now() - timedelta(days=told)):
        event = make(actor, cast, begins=begins, ends=ends, row=row)
        if row.get("state") != "draft":
            actions.announce_event(actor=actor, event=event)
    if row.get("state") == "postponed":
        with at(timezone.now() - timedelta(days=1)):
            actions.postpone_event(actor=actor, event=event, reason=row["reason"])


def make(actor: User, cast: Network, *, begins: datetime, ends: datetime, row: dict[str, Any], **rhythm: Any) -> Event:
    facts = {name: row[name] for name in (*_FACTS, *_LISTS, "audience", "time_zone") if name in row}
    return actions.make_event(
        actor=actor,
        once=uuid.uuid5(uuid.NAMESPACE_URL, f"{row['title']['es']} {begins.isoformat()}"),
        starts_at=begins.astimezone(UTC),
        ends_at=ends.astimezone(UTC),
        groups=[cast.groups[slug] for slug in row.get("groups", [])],
        hosts=[cast.organisations[slug] for slug in row.get("hosts", [])],
        themes=[cast.themes[code] for code in row.get("themes", [])],
        **facts,
        **rhythm,
        **translated(**{name: row[name] for name in _WORDS if name in row}),
    )
