"""What a reader asks of an agenda: a day, a track, a language, only what is theirs; as a list or as a table."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from events.querysets.sessions import SessionRow, day_name
from members.enums import Spoken
from red_mpe.core.http import Request, number_of
from red_mpe.core.predicates import is_present


@dataclass(frozen=True)
class Asked:
    """The question of an address; what makes no sense is as if it was not asked."""

    day: date | None = None
    track: int | None = None
    language: str = ""
    mine: bool = False
    grid: bool = False

    @classmethod
    def by(cls, request: Request) -> "Asked":
        """Return what a request asks."""
        asked = request.GET
        language = asked.get("language", "")
        return cls(
            day=_day(asked.get("day", "")),
            track=number_of(asked.get("track", "")),
            language=language if language in Spoken.values else "",
            mine=asked.get("mine") == "1" and is_present(request.user),
            grid=asked.get("view") == "grid",
        )

    def among(self, rows: Iterable[SessionRow]) -> list[SessionRow]:
        """Return the sessions that are asked for; a break belongs to every track and every language."""
        return [row for row in rows if self._fits(row)]

    def _fits(self, row: SessionRow) -> bool:
        if (self.day and row.day != self.day) or (self.mine and not row.marked):
            return False
        if row.is_break:
            return True
        return (not self.track or row.track_id == self.track) and (not self.language or self.language in row.codes)

    @property
    def narrows(self) -> bool:
        """Whether less than the whole agenda is asked for."""
        return bool(self.day or self.track or self.language)

    def query(self, **other: Any) -> str:
        """Return the question as the end of an address, with `other` in place of what is asked."""
        asked = {"day": self.day and self.day.isoformat(), "track": self.track, "language": self.language}
        asked |= {"mine": "1" if self.mine else "", "view": "grid" if self.grid else "", **other}
        words = urlencode({name: value for name, value in asked.items() if value})
        return f"?{words}" if words else ""


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


def choices(rows: list[SessionRow], asked: Asked) -> list[dict[str, Any]]:
    """Return the lists to choose from, each with what there is in the agenda; one with a single choice is left out."""
    days = {row.day.isoformat(): day_name(row.day) for row in sorted(rows, key=lambda row: row.day)}
    tracks = {str(row.track_id): row.track.text for row in sorted(rows, key=lambda row: row.track.text) if row.track_id}
    codes = sorted({code for row in rows for code in row.codes})
    named = (
        ("day", _("Day"), days, asked.day and asked.day.isoformat()),
        ("track", _("Track"), tracks, str(asked.track or "")),
        ("language", _("Language"), {code: str(Spoken(code).label) for code in codes}, asked.language),
    )
    return [
        {"name": name, "label": label, "options": [(value, words, value == chosen) for value, words in found.items()]}
        for name, label, found, chosen in named
        if len(found) > 1
    ]


def tabs(asked: Asked, path: str, *, present: bool) -> list[dict[str, Any]]:
    """Return the ways to look at an agenda; one's own only for who has one."""
    ways = [
        (_("List"), {"view": "", "mine": ""}, not asked.grid and not asked.mine),
        (_("Table"), {"view": "grid", "mine": ""}, asked.grid),
    ]
    if present:
        ways.append((_("My agenda"), {"view": "", "mine": "1"}, asked.mine and not asked.grid))
    return [{"url": path + asked.query(**change), "label": label, "current": current} for label, change, current in ways]
