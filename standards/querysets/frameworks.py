"""Readings of frameworks and versions."""

from typing import Any

from django.db import models
from django.db.models import Count, Q

from standards.querysets.access import sees_drafts


class FrameworkQuerySet(models.QuerySet[Any]):
    """Frameworks."""

    def visible_to(self, user: Any) -> "FrameworkQuerySet":
        """Public ones; the secretariat sees all."""
        return self if sees_drafts(user) else self.filter(public=True)

    def for_list(self) -> "FrameworkQuerySet":
        """With the number of requirements of each public version's text."""
        return self.prefetch_related("versions", "rounds")

    def for_detail(self) -> "FrameworkQuerySet":
        """With what the framework's page shows."""
        return self.select_related("rules", "committee")


class VersionQuerySet(models.QuerySet[Any]):
    """Versions."""

    def visible_to(self, user: Any) -> "VersionQuerySet":
        """Public versions of public frameworks; the secretariat sees all."""
        return self if sees_drafts(user) else self.filter(public=True, framework__public=True)

    def with_requirements(self) -> "VersionQuerySet":
        """With `requirements`, the number of requirements in the text."""
        return self.annotate(requirements=Count("texts", filter=Q(texts__level="requirement")))
