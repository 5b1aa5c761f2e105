"""Registrations: one's own, and those of the events that one runs."""

from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from events.enums import LIVE, SEATED
from red_mpe.core.predicates import is_present


class RegistrationQuerySet(models.QuerySet[Any]):
    """Registrations."""

    def visible_to(self, user: Any) -> "RegistrationQuerySet":
        """One's own, those one made for others, and those of the events that one runs."""
        if not is_present(user):
            return self.none()
        run = apps.get_model("events", "Event").objects.run_by(user).order_by().values("pk")
        return self.filter(Q(user=user.pk) | Q(made_by=user.pk) | Q(event__in=run))

    def live(self) -> "RegistrationQuerySet":
        """Those that hold a place or may still get one."""
        return self.filter(state__in=LIVE)

    def seated(self) -> "RegistrationQuerySet":
        """Those that hold a place."""
        return self.filter(state__in=SEATED)

    def outside(self) -> "RegistrationQuerySet":
        """Those of people without an account who gave an address."""
        return self.filter(user=None).exclude(email="").order_by("pk")
