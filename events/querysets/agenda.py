"""Sessions and stands of the events that one sees."""

from typing import Any

from django.apps import apps
from django.db import models


def seen_events(user: Any) -> Any:
    """Return the keys of the events that `user` sees, as a query."""
    return apps.get_model("events", "Event").objects.visible_to(user).order_by().values("pk")


class SessionQuerySet(models.QuerySet[Any]):
    """Sessions."""

    def visible_to(self, user: Any) -> "SessionQuerySet":
        """The agenda of whatever `user` sees."""
        return self.filter(event__in=seen_events(user))


class StandQuerySet(models.QuerySet[Any]):
    """Stands."""

    def visible_to(self, user: Any) -> "StandQuerySet":
        """The stands of whatever `user` sees."""
        return self.filter(event__in=seen_events(user))
