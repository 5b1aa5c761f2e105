"""Readings of frameworks. Every list goes through `visible_to`."""

from typing import Any

from django.db import models
from django.db.models import Q

from standards.enums import CommentState, RoundState


def sees_drafts(user: Any) -> bool:
    """The secretariat sees what is not public yet."""
    return bool(getattr(user, "is_staff", False) and user.is_active)


class FrameworkQuerySet(models.QuerySet[Any]):
    """Frameworks."""

    def visible_to(self, user: Any) -> "FrameworkQuerySet":
        """Public ones; the secretariat sees all."""
        return self if sees_drafts(user) else self.filter(public=True)


class VersionQuerySet(models.QuerySet[Any]):
    """Versions."""

    def visible_to(self, user: Any) -> "VersionQuerySet":
        """Public versions of public frameworks; the secretariat sees all."""
        return self if sees_drafts(user) else self.filter(public=True, framework__public=True)


class ClauseTextQuerySet(models.QuerySet[Any]):
    """Clause texts."""

    def visible_to(self, user: Any) -> "ClauseTextQuerySet":
        """Those of visible versions."""
        return self if sees_drafts(user) else self.filter(version__public=True, version__framework__public=True)


class ConsultationQuerySet(models.QuerySet[Any]):
    """Rounds."""

    def visible_to(self, user: Any) -> "ConsultationQuerySet":
        """Announced, open and closed ones on visible versions; the secretariat sees the planned ones too."""
        if sees_drafts(user):
            return self
        return self.exclude(state=RoundState.PLANNED).filter(version__public=True, framework__public=True)


class CommentQuerySet(models.QuerySet[Any]):
    """Comments. What somebody may see of one is decided here and in `rules`."""

    def visible_to(self, user: Any) -> "CommentQuerySet":
        """Comments of visible rounds. Withdrawn and hidden ones stay as markers: their words are left out by the row builders."""
        if sees_drafts(user):
            return self
        return self.filter(
            ~Q(consultation__state=RoundState.PLANNED), consultation__version__public=True, consultation__framework__public=True
        )

    def counted(self) -> "CommentQuerySet":
        """Comments that are neither withdrawn nor hidden."""
        return self.filter(state=CommentState.SENT)
