"""Minutes and tasks: published ones for who sees the event, drafts for who runs it."""

from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from events.enums import MinutesState
from events.querysets.agenda import seen_events


def _run_events(user: Any) -> Any:
    return apps.get_model("events", "Event").objects.run_by(user).order_by().values("pk")


class MinutesQuerySet(models.QuerySet[Any]):
    """Minutes."""

    def visible_to(self, user: Any) -> "MinutesQuerySet":
        """Published minutes of whatever `user` sees; drafts of whatever `user` runs."""
        out = ~Q(state=MinutesState.DRAFT) & Q(event__in=seen_events(user))
        return self.filter(out | Q(event__in=_run_events(user)))


class TaskQuerySet(models.QuerySet[Any]):
    """Tasks."""

    def visible_to(self, user: Any) -> "TaskQuerySet":
        """The tasks of the minutes that `user` reads."""
        return self.filter(item__minutes__in=apps.get_model("events", "Minutes").objects.visible_to(user).order_by().values("pk"))
