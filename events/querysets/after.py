"""Who was there, whose certificate is whose, and what was thought of an event without anybody being recognised."""

from typing import Any

from django.db import models
from django.db.models import Q

from events.querysets.agenda import run_events
from red_mpe.core.predicates import is_present


def owned_by(user: Any) -> Q:
    """Return the condition for what belongs to `user`: their own, and those of the people whom they brought along."""
    brought = Q(registration__guest_of__isnull=False, registration__made_by=user.pk)
    return Q(registration__user=user.pk) | brought | Q(person__user=user.pk)


class CertificateQuerySet(models.QuerySet[Any]):
    """Certificates of attendance."""

    def visible_to(self, user: Any) -> "CertificateQuerySet":
        """One's own, and those of the events that one runs. Whoever has a code verifies that one certificate, and finds no other."""
        if not is_present(user):
            return self.none()
        return self.filter(owned_by(user) | Q(event__in=run_events(user)))

    def of(self, user: Any) -> "CertificateQuerySet":
        """One's own, and those of the people whom one brought along."""
        return self.filter(owned_by(user)) if is_present(user) else self.none()

    def valid(self) -> "CertificateQuerySet":
        """Those that have not been revoked."""
        return self.filter(revoked_at=None)
