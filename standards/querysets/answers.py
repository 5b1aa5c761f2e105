"""Readings of answers: public once published, the committee's before."""

from typing import Any

from django.db import models
from django.db.models import Q

from standards.enums import PUBLIC_ANSWERS, RoundState
from standards.querysets.access import drafts_of, sees_drafts


class AnswerQuerySet(models.QuerySet[Any]):
    """Answers."""

    def visible_to(self, user: Any) -> "AnswerQuerySet":
        """Published ones of visible versions; the secretariat sees all, a committee those it writes."""
        if sees_drafts(user):
            return self
        shown = Q(state__in=PUBLIC_ANSWERS) & ~Q(comment__consultation__state=RoundState.PLANNED)
        shown &= Q(comment__consultation__version__public=True, comment__consultation__framework__public=True)
        return self.filter(shown | drafts_of(user, "comment__consultation__framework__"))
