"""What sessions of encounters discuss of frameworks, seen from both sides."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.apps import apps
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.enums import CALLED_OFF, EventState, SessionKind
from events.registry import Discussed, DiscussedSource
from members.models.texts import told
from red_mpe.core.locale import COLUMN, short_day
from standards.querysets.evidence import label_key

RECENT: Final = timedelta(days=366)  # so long does a clause tell that it was discussed
_SHOWN: Final = 10
_FRAMEWORKS: Final = tuple(f"version__framework__title_{column}" for column in COLUMN.values())
_SESSIONS: Final = {
    f"{what}_title_{column}": F(f"{way}title_{column}")
    for what, way in (("session", "session__"), ("event", "session__event__"))
    for column in COLUMN.values()
}


class SessionClauseQuerySet(models.QuerySet[Any]):
    """What is discussed in sessions."""

    def visible_to(self, user: Any) -> "SessionClauseQuerySet":
        """Where `user` sees both the event and the version."""
        sessions = apps.get_model("events", "Session").objects.visible_to(user).order_by()
        versions = apps.get_model("standards", "Version").objects.visible_to(user).order_by()
        return self.filter(session__in=sessions.values("pk"), version__in=versions.values("pk"))

    def with_labels(self) -> "SessionClauseQuerySet":
        """With the `label` that the clause has in its version; one that has left the version is left out."""
        texts = apps.get_model("standards", "ClauseText").objects.filter(version=OuterRef("version"), clause=OuterRef("clause"))
        return self.annotate(label=Subquery(texts.values("label")[:1])).filter(Q(clause=None) | Q(label__isnull=False))

    def recent(self) -> "SessionClauseQuerySet":
        """Of encounters that were announced and not called off, to come or at most a year ago."""
        rows = self.exclude(session__event__state__in=[*CALLED_OFF, EventState.DRAFT])
        return rows.filter(session__ends_at__gte=timezone.now() - RECENT)


def discussed_in(sessions: Iterable[int], user: Any) -> list[Discussed]:
    """Return what of frameworks each of `sessions` discusses, in the order of labels. One query."""
    return [one for _pk, one in pins_of(sessions, user)]


def pins_of(sessions: Iterable[int], user: Any) -> list[tuple[int, Discussed]]:
    """Return the same with the key by which each is taken back."""
    rows = apps.get_model("standards", "SessionClause").objects.visible_to(user).filter(session__in=list(sessions)).with_labels()
    named = {"slug": F("version__framework__slug"), "number": F("version__number")}
    found = rows.values("pk", "session", "label", *_FRAMEWORKS, **named)
    return [
        (row["pk"], _discussed(row)) for row in sorted(found, key=lambda row: (row["slug"], row["number"], label_key(row["label"] or "")))
    ]


def _discussed(row: dict[str, Any]) -> Discussed:
    named = {"label": row["label"], "number": row["number"], "framework": told(row, "version__framework__title").text or row["slug"]}
    if row["label"] is None:
        return Discussed(row["session"], _("%(framework)s, version %(number)s") % named, _version(row))
    url = reverse("standards:clause_detail", args=[row["slug"], row["number"], row["label"]])
    return Discussed(row["session"], _("clause %(label)s of %(framework)s, version %(number)s") % named, url)


def _version(row: dict[str, Any]) -> str:
    return reverse("standards:version_detail", args=[row["slug"], row["number"]])


@dataclass(frozen=True, slots=True)
class Meeting:
    """A session that discusses a clause, as the clause's page names it."""

    url: str
    title: str
    event: str
    when: str


def meetings_of(clause: int, user: Any) -> list[Meeting]:
    """Return the sessions to come and of the last year that discuss a clause in any of its versions, the last first. One query."""
    rows = apps.get_model("standards", "SessionClause").objects.visible_to(user).filter(clause=clause).recent()
    named = {"slug": F("session__slug"), "kind": F("session__kind"), "at": F("session__starts_at"), "event": F("session__event__slug")}
    found = rows.order_by("-session__starts_at", "-session").values("session", zone=F("session__event__time_zone"), **named, **_SESSIONS)
    once = {row["session"]: row for row in found}  # named once, however many versions of it were discussed
    return [_meeting(row) for row in list(once.values())[:_SHOWN]]


def _meeting(row: dict[str, Any]) -> Meeting:
    day = short_day(row["at"].astimezone(ZoneInfo(row["zone"])).date())
    title = told(row, "session_title").text or str(SessionKind(row["kind"]).label)
    return Meeting(
        reverse("events:session_detail", args=[row["event"], row["slug"]]), title, told(row, "event_title").text or row["event"], day
    )


def _choose(event: str, session: str) -> str:
    return reverse("standards:session_clauses", args=[event, session])


DISCUSSED: Final = (DiscussedSource("standards.clauses", gettext_lazy("Name what is discussed of a framework"), discussed_in, _choose, 10),)
