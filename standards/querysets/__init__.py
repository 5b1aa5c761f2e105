"""Readings of frameworks, versions, clauses, rounds and comments. Every list goes through `visible_to`."""

from standards.querysets.access import drafts_of, sees_drafts
from standards.querysets.answers import AnswerQuerySet, AnswerTemplateQuerySet
from standards.querysets.clauses import ClauseRow, ClauseTextQuerySet
from standards.querysets.comments import CommentQuerySet, CommentRow, byline
from standards.querysets.frameworks import FrameworkQuerySet, VersionQuerySet
from standards.querysets.reports import SynopsisQuerySet
from standards.querysets.rounds import Cell, ConsultationQuerySet, hide_small
from standards.querysets.terms import TermsQuerySet

__all__ = [
    "AnswerQuerySet",
    "AnswerTemplateQuerySet",
    "Cell",
    "ClauseRow",
    "ClauseTextQuerySet",
    "CommentQuerySet",
    "CommentRow",
    "ConsultationQuerySet",
    "FrameworkQuerySet",
    "SynopsisQuerySet",
    "TermsQuerySet",
    "VersionQuerySet",
    "byline",
    "drafts_of",
    "hide_small",
    "sees_drafts",
]
