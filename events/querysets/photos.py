"""Photos of events: seen by who sees the event, the ones that were taken down only by who runs it."""

from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from events.enums import PhotoState


class PhotoQuerySet(models.QuerySet[Any]):
    """Photos."""

    def visible_to(self, user: Any) -> "PhotoQuerySet":
        """Those that are shown, of events that `user` sees; and all of those that they run."""
        events = apps.get_model("events", "Event").objects
        seen, run = (rows.order_by().values("pk") for rows in (events.visible_to(user), events.run_by(user)))
        return self.filter(Q(event__in=seen, state=PhotoState.SHOWN) | Q(event__in=run))

    def shown_of(self, event: Any) -> "PhotoQuerySet":
        """Those of an event that are shown, in their order."""
        return self.filter(event=event, state=PhotoState.SHOWN).order_by("position", "pk")
