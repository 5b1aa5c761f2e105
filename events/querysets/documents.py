"""Records of the library that belong to events, seen from both sides."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.enums import DocumentRole
from members.models.texts import told
from publications.registry import UsedBy, UseSource
from red_mpe.core.locale import COLUMN, short_day


class EventDocumentQuerySet(models.QuerySet[Any]):
    """Documents of events."""

    def visible_to(self, user: Any) -> "EventDocumentQuerySet":
        """Those of which `user` sees the event and finds the record in the library."""
        events = apps.get_model("events", "Event").objects.visible_to(user)
        records = apps.get_model("publications", "Record").objects.listed_for(user)
        return self.filter(event__in=events.order_by().values("pk"), record__in=records.order_by().values("pk"))

    def with_records(self) -> "EventDocumentQuerySet":
        """With the record, in the order of what they were: programme, handed out, what came of it."""
        order = {role: place for place, role in enumerate(DocumentRole)}
        place = models.Case(*(models.When(role=role, then=models.Value(number)) for role, number in order.items()), default=len(order))
        return self.select_related("record").order_by(place, "id")


def events_of(records: Iterable[int], user: Any) -> list[UsedBy]:
    """Return the events that each of `records` belongs to, the last first. One query."""
    rows = apps.get_model("events", "EventDocument").objects.visible_to(user).filter(record__in=list(records))
    titles = {f"title_{column}": F(f"event__title_{column}") for column in COLUMN.values()}
    found = rows.order_by("-event__starts_on", "id").values("record", "role", "event__slug", "event__starts_on", **titles)
    return [_used(row) for row in found]


def _used(row: dict[str, Any]) -> UsedBy:
    words = {
        DocumentRole.PROGRAMME: _("programme of “%(event)s”, %(day)s"),
        DocumentRole.MATERIAL: _("handed out at “%(event)s”, %(day)s"),
        DocumentRole.OUTCOME: _("came of “%(event)s”, %(day)s"),
    }
    title = told(row, "title").text or row["event__slug"]
    label = words[DocumentRole(row["role"])] % {"event": title, "day": short_day(row["event__starts_on"])}
    return UsedBy(row["record"], label, reverse("events:event_detail", args=[row["event__slug"]]))


USES = (UseSource("events.documents", gettext_lazy("Encounters"), events_of, rank=20),)
