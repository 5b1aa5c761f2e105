"""Who was there: for who runs the event, and oneself."""

from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from red_mpe.core.predicates import is_present


class AttendanceQuerySet(models.QuerySet[Any]):
    """Attendances."""

    def visible_to(self, user: Any) -> "AttendanceQuerySet":
        """One's own, and those of the events that one runs. How many there were is a number of its own."""
        if not is_present(user):
            return self.none()
        run = apps.get_model("events", "Event").objects.run_by(user).order_by().values("pk")
        own = Q(registration__user=user.pk) | Q(person__user=user.pk)
        return self.filter(own | Q(event__in=run))
