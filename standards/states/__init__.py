"""How frameworks, rounds, comments and answers move, and what must hold before (process.md)."""

from standards.states.answers import (
    ANSWER_AGAIN,
    ASSIGN_ANSWER,
    CLOSE_ANSWER,
    DRAFT_ANSWER,
    OBJECT_TO_ANSWER,
    PUBLISH_ANSWER,
    RETURN_ANSWER,
    UNFOLD_ANSWER,
    VALIDATE_ANSWER,
)
from standards.states.comments import HIDE_COMMENT, RESTORE_COMMENT, WITHDRAW_COMMENT
from standards.states.frameworks import LISTENING, START_CONSULTATION, START_RESPONSE
from standards.states.rounds import ANNOUNCE_ROUND, CLOSE_ROUND, OPEN_ROUND

__all__ = [
    "ANNOUNCE_ROUND",
    "ANSWER_AGAIN",
    "ASSIGN_ANSWER",
    "CLOSE_ANSWER",
    "CLOSE_ROUND",
    "DRAFT_ANSWER",
    "HIDE_COMMENT",
    "LISTENING",
    "OBJECT_TO_ANSWER",
    "OPEN_ROUND",
    "PUBLISH_ANSWER",
    "RESTORE_COMMENT",
    "RETURN_ANSWER",
    "START_CONSULTATION",
    "START_RESPONSE",
    "UNFOLD_ANSWER",
    "VALIDATE_ANSWER",
    "WITHDRAW_COMMENT",
]
