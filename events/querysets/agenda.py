"""Sessions and stands of the events that one sees."""

from typing import Any

from django.apps import apps
from django.db import models

from red_mpe.core.predicates import is_present


def seen_events(user: Any) -> Any:
    """Return the keys of the events that `user` sees, as a query."""
    return apps.get_model("events", "Event").objects.visible_to(user).order_by().values("pk")


def run_events(user: Any) -> Any:
    """Return the keys of the events that `user` runs, as a query."""
    return apps.get_model("events", "Event").objects.run_by(user).order_by().values("pk")


class SessionQuerySet(models.QuerySet[Any]):
    """Sessions."""

    def visible_to(self, user: Any) -> "SessionQuerySet":
        """The agenda of whatever `user` sees."""
        return self.filter(event__in=seen_events(user))

    def marked_by(self, user: Any) -> "SessionQuerySet":
        """What `user` put into their own agenda and still sees, the next first."""
        if not is_present(user):
            return self.none()
        marks = apps.get_model("events", "AgendaMark").objects.filter(user=user.pk)
        return self.visible_to(user).filter(pk__in=marks.values("session")).order_by("starts_at", "pk")


class StandQuerySet(models.QuerySet[Any]):
    """Stands."""

    def visible_to(self, user: Any) -> "StandQuerySet":
        """The stands of whatever `user` sees."""
        return self.filter(event__in=seen_events(user))
