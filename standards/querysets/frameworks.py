"""Readings of frameworks and versions."""

from typing import Any

from django.db import models
from django.db.models import Count, Q

from standards.querysets.access import drafts_of, sees_drafts
from standards.querysets.carrying import undecided_count


class FrameworkQuerySet(models.QuerySet[Any]):
    """Frameworks."""

    def visible_to(self, user: Any) -> "FrameworkQuerySet":
        """Public ones; the secretariat sees all, a committee its own."""
        return self if sees_drafts(user) else self.filter(Q(public=True) | drafts_of(user))


class VersionQuerySet(models.QuerySet[Any]):
    """Versions."""

    def visible_to(self, user: Any) -> "VersionQuerySet":
        """Public versions of public frameworks; the secretariat sees all, a committee those it writes."""
        if sees_drafts(user):
            return self
        return self.filter(Q(public=True, framework__public=True) | drafts_of(user, "framework__"))

    def with_undecided(self) -> "VersionQuerySet":
        """Those in drafting after another one, with `undecided` comments to carry forward; the one with most first."""
        drafts = self.filter(frozen_at=None, previous__isnull=False).select_related("framework").annotate(undecided=undecided_count())
        return drafts.filter(undecided__gt=0).order_by("-undecided", "pk")

    def with_clause_count(self) -> "VersionQuerySet":
        """With `clause_count`, the number of clauses of any level."""
        return self.annotate(clause_count=Count("texts"))


def number_key(number: str) -> tuple[int, int]:
    """Return what version numbers are sorted by: 0.10 follows 0.9. A number without two parts is refused with ValueError."""
    major, minor = number.split(".")
    if not (major.isdecimal() and minor.isdecimal() and number.isascii()):
        raise ValueError(number)
    return int(major), int(minor)
