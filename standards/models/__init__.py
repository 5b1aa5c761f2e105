"""Frameworks with their versions and clauses; rounds; comments and the people behind them, kept apart."""

from standards.models.clauses import Clause, ClauseLanguage, ClauseText
from standards.models.comments import Comment, Support
from standards.models.frameworks import Framework, ProcessRules, Version
from standards.models.identities import CommentOrigin, Persona, PersonaLink
from standards.models.rounds import Consultation, ParticipationTarget

__all__ = [
    "Clause",
    "ClauseLanguage",
    "ClauseText",
    "Comment",
    "CommentOrigin",
    "Consultation",
    "Framework",
    "ParticipationTarget",
    "Persona",
    "PersonaLink",
    "ProcessRules",
    "Support",
    "Version",
]
