"""What the home page reads, ready to be shown: nine queries whatever the network's size."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_countries import countries

from events.models import Event
from events.querysets import EventRow, rows_of
from members.models import Group, Organisation
from members.models.texts import Told, told
from publications.enums import RecordKind
from publications.models import Record
from red_mpe.core.locale import COLUMN, zone
from standards.enums import Level
from standards.models import Consultation
from standards.querysets import Cell
from standards.querysets.rounds import participation

COUNTRIES = 12
FEW = 6


@dataclass(frozen=True)
class OpenRound:
    """The round that closes first, with what makes somebody want to take part."""

    consultation: Any
    requirements: int
    days_left: int
    left: str
    bars: list[dict[str, Any]]
    whole: int

    @property
    def last_moment(self) -> datetime:
        """The last minute inside the round, which is what people read as “until”."""
        return self.consultation.closes_at - timedelta(minutes=1)


def open_round(user: Any) -> OpenRound | None:
    """Return the open round that closes first, or None."""
    consultation = Consultation.objects.open_for_home(user).first()
    if consultation is None:
        return None
    today = timezone.localdate(timezone=zone(consultation.time_zone))
    days = max(0, (consultation.closes_on - today).days)
    left = ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days} if days else _("today is the last day")
    cells = participation(consultation)
    requirements = consultation.version.texts.filter(level=Level.REQUIREMENT).count()
    whole = max([1, *(max(cell.people or 0, cell.target or 0) for cell in cells)])
    return OpenRound(consultation, requirements, days, left, [_bar(cell) for cell in cells], whole)


def _bar(cell: Cell) -> dict[str, Any]:
    """Return one bar; a hidden cell says that it is, and its bar is as empty as that of a cell of none."""
    words = _("few: not shown") if cell.people is None else ""
    return {"code": cell.code, "label": cell.name, "value": cell.people or 0, "target": cell.target, "words": words}


def next_events(user: Any) -> list[EventRow]:
    """Return the next three events that the reader may see and that are on."""
    return rows_of(Event.objects.visible_to(user).on_ahead()[:3])


def members_by_country(user: Any) -> list[dict[str, Any]]:
    """Return how many organisations the reader may see in each country, the most first; the last row gathers the rest."""
    rows = Organisation.objects.visible_to(user).order_by().values_list("country").annotate(many=Count("pk")).order_by("-many", "country")
    counted = [{"code": "", "label": countries.name(code), "value": many, "target": None} for code, many in rows]
    first, rest = counted[:COUNTRIES], counted[COUNTRIES:]
    if rest:
        first.append({"code": "", "label": _("Other countries"), "value": sum(row["value"] for row in rest), "target": None})
    return first


def some_groups(user: Any) -> list[Any]:
    """Return a few groups that the reader may see."""
    return list(Group.objects.visible_to(user).order_by("-created_at", "pk")[:FEW])


def newest_records(user: Any) -> list[dict[str, Any]]:
    """Return what came into the library last, with what one line says of each."""
    columns = ("code", "kind", "year", *(f"title_{column}" for column in COLUMN.values()))
    return [
        {
            "title": told(row, "title") or Told(row["code"], "", ""),
            "facts": " · ".join(str(fact) for fact in (RecordKind(row["kind"]).label, row["year"]) if fact),
            "url": reverse("publications:record_detail", args=[row["code"]]),
        }
        for row in Record.objects.listed_for(user).values(*columns)[:FEW]
    ]


def newest_organisations(user: Any) -> list[Any]:
    """Return the organisations that joined last, with what one line says of each."""
    newest = Organisation.objects.visible_to(user).select_related("category").order_by("-created_at", "-pk")
    return list(newest.only("slug", "name", "country", "category__name")[:FEW])
