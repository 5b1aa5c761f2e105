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
from red_mpe.portal.demo.clock import at
from red_mpe.portal.demo.network import Network
from red_mpe.portal.demo.reading import rows, translated

LIMA = ZoneInfo("America/Lima")
DRIVING = "gobernanza-minera-grupo-impulsor"
COORDINATOR = "fortunato-letona-ayma"
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
    """Write the monthly meetings of the last year, called by the group's coordinator, and call the next."""
    coordinator, meetings = cast.people[COORDINATOR].user, rows("events/meetings.toml", "meeting")
    first = timezone.now().astimezone(LIMA).date().replace(day=1)
    for number, row in enumerate(meetings):
        begins = datetime.combine(_first_thursday(first, number - len(meetings)), time(18), LIMA)
        report = row["report"] if number < len(meetings) - 1 else None
        _meet(coordinator, cast, begins, row["topic"], report, row)
    following = datetime.combine(timezone.now().astimezone(LIMA).date() + timedelta(days=12), time(18), LIMA)
    topic = {"es": "Después de la ronda", "en": "After the round", "pt": "Depois da rodada"}
    with at(timezone.now() - timedelta(days=1)):
        event = _make(coordinator, cast, begins=following, ends=following + timedelta(hours=2), **_meeting(following, topic, "group"))
        actions.announce_event(actor=coordinator, event=event)


def _first_thursday(first: Any, months: int) -> Any:
    month = first.year * 12 + first.month - 1 + months
    day = first.replace(year=month // 12, month=month % 12 + 1)
    return day + timedelta(days=(3 - day.weekday()) % 7)


def _meet(actor: User, cast: Network, begins: datetime, topic: dict[str, str], report: Any, numbers: dict[str, Any]) -> None:
    with at(begins - timedelta(days=14)):
        event = _make(actor, cast, begins=begins, ends=begins + timedelta(hours=2), **_meeting(begins, topic, "members"))
        actions.announce_event(actor=actor, event=event)
    _finish(event, actor, report, numbers)


def _meeting(begins: datetime, topic: dict[str, str], audience: str) -> dict[str, Any]:
    """What a meeting of the driving group is, its title naming the month in each language."""
    words = {"es": "Reunión del grupo impulsor, {month}", "en": "Meeting of the driving group, {month}"}
    words["pt"] = "Reunião do grupo impulsor, {month}"
    title = {}
    for column, pattern in words.items():
        with translation.override(SITE_LANGUAGE[column]):
            title[column] = pattern.format(month=date_format(begins, pgettext("month and year", "F Y")))
    place = {"venue": "Cámara de Comercio", "municipality": "Moquegua", "country": "PE", "link": "https://sala.demo.example/impulsor"}
    facts = {"kind": "meeting", "mode": "hybrid", "audience": audience, "time_zone": "America/Lima", **place}
    return {
        "row": {"title": title, "summary": topic, "groups": [DRIVING], "themes": ["governance-transparency"], "languages": ["es"], **facts}
    }


def _past(row: dict[str, Any], cast: Network, actor: User) -> None:
    begins, ends = (row[name].replace(tzinfo=LIMA) for name in ("starts", "ends"))
    with at(begins - timedelta(days=row["announced_days_before"])):
        event = _make(actor, cast, begins=begins, ends=ends, row={"time_zone": "America/Lima", **row})
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
        event = _make(actor, cast, begins=begins, ends=ends, row=row)
        if row.get("state") != "draft":
            actions.announce_event(actor=actor, event=event)
    if row.get("state") == "postponed":
        with at(timezone.now() - timedelta(days=1)):
            actions.postpone_event(actor=actor, event=event, reason=row["reason"])


def _make(actor: User, cast: Network, *, begins: datetime, ends: datetime, row: dict[str, Any]) -> Event:
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
        **translated(**{name: row[name] for name in _WORDS if name in row}),
    )
