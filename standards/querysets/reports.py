"""Readings of synopses."""

from typing import Any

from django.db import models
from django.db.models import Q

from standards.enums import RoundState
from standards.querysets.access import drafts_of, sees_drafts


class SynopsisQuerySet(models.QuerySet[Any]):
    """Synopses."""

    def visible_to(self, user: Any) -> "SynopsisQuerySet":
        """Published ones of visible versions; the secretariat sees all, a committee those it writes."""
        if sees_drafts(user):
            return self
        shown = Q(published_at__isnull=False) & ~Q(consultation__state=RoundState.PLANNED)
        shown &= Q(consultation__version__public=True, consultation__framework__public=True)
        return self.filter(shown | drafts_of(user, "consultation__framework__"))
