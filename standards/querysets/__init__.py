"""Readings of frameworks, versions, clauses, rounds and comments. Every list goes through `visible_to`."""

from standards.querysets.access import sees_drafts
from standards.querysets.clauses import ClauseRow, ClauseTextQuerySet
from standards.querysets.comments import CommentQuerySet, CommentRow, byline
from standards.querysets.frameworks import FrameworkQuerySet, VersionQuerySet
from standards.querysets.rounds import Cell, ConsultationQuerySet, hide_small

__all__ = [
    "Cell",
    "ClauseRow",
    "ClauseTextQuerySet",
    "CommentQuerySet",
    "CommentRow",
    "ConsultationQuerySet",
    "FrameworkQuerySet",
    "VersionQuerySet",
    "byline",
    "hide_small",
    "sees_drafts",
]
