"""Readings of terms of reference."""

from typing import Any

from django.db import models
from django.db.models import Q

from standards.querysets.access import drafts_of, sees_drafts


class TermsQuerySet(models.QuerySet[Any]):
    """Terms of reference."""

    def visible_to(self, user: Any) -> "TermsQuerySet":
        """Published ones of public frameworks; the secretariat sees all, a committee its own."""
        if sees_drafts(user):
            return self
        return self.filter(Q(framework__public=True, published_at__isnull=False) | drafts_of(user, "framework__"))
