"""Frameworks with their versions, clauses and process; rounds; comments, the people behind them kept apart, and their answers."""

from standards.models.answers import Answer, AnswerChange, AnswerGroup, AnswerNote, AnswerObjection, AnswerTemplate, CarryForward
from standards.models.clauses import Clause, ClauseLanguage, ClauseText
from standards.models.comments import Comment, Support
from standards.models.discussing import SessionClause
from standards.models.drafting import ClauseLineage, ClauseRevision, Erratum, VersionChange
from standards.models.evidence import ClauseEvidence
from standards.models.frameworks import Framework, ProcessRules, Version
from standards.models.identities import CommentOrigin, Persona, PersonaLink
from standards.models.process import GuardWaiver, RoundExtension, StageEvent
from standards.models.reports import FormSubmission, Letter, Synopsis, SynopsisClause, SynopsisCorrection
from standards.models.rounds import Consultation, ParticipationTarget
from standards.models.terms import TermsOfReference

__all__ = [
    "Answer",
    "AnswerChange",
    "AnswerGroup",
    "AnswerNote",
    "AnswerObjection",
    "AnswerTemplate",
    "CarryForward",
    "Clause",
    "ClauseEvidence",
    "ClauseLanguage",
    "ClauseLineage",
    "ClauseRevision",
    "ClauseText",
    "Comment",
    "CommentOrigin",
    "Consultation",
    "Erratum",
    "FormSubmission",
    "Framework",
    "GuardWaiver",
    "Letter",
    "ParticipationTarget",
    "Persona",
    "PersonaLink",
    "ProcessRules",
    "RoundExtension",
    "SessionClause",
    "StageEvent",
    "Support",
    "Synopsis",
    "SynopsisClause",
    "SynopsisCorrection",
    "TermsOfReference",
    "Version",
    "VersionChange",
]
