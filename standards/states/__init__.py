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
from standards.states.frameworks import (
    ABANDON_FRAMEWORK,
    BEGIN_DRAFTING,
    BY_HAND,
    DRAFT_AGAIN,
    FINISH_DRAFT,
    LISTENING,
    RESUME_FRAMEWORK,
    START_CONSULTATION,
    START_RESPONSE,
    SUSPEND_FRAMEWORK,
    WITH_REASON,
    resumed,
)
from standards.states.rounds import ANNOUNCE_ROUND, CLOSE_ROUND, OPEN_ROUND

__all__ = [
    "ABANDON_FRAMEWORK",
    "ANNOUNCE_ROUND",
    "ANSWER_AGAIN",
    "ASSIGN_ANSWER",
    "BEGIN_DRAFTING",
    "BY_HAND",
    "CLOSE_ANSWER",
    "CLOSE_ROUND",
    "DRAFT_AGAIN",
    "DRAFT_ANSWER",
    "FINISH_DRAFT",
    "HIDE_COMMENT",
    "LISTENING",
    "OBJECT_TO_ANSWER",
    "OPEN_ROUND",
    "PUBLISH_ANSWER",
    "RESTORE_COMMENT",
    "RESUME_FRAMEWORK",
    "RETURN_ANSWER",
    "START_CONSULTATION",
    "START_RESPONSE",
    "SUSPEND_FRAMEWORK",
    "UNFOLD_ANSWER",
    "VALIDATE_ANSWER",
    "WITHDRAW_COMMENT",
    "WITH_REASON",
    "resumed",
]
