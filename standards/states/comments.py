"""How comments move. They are never deleted."""

from red_mpe.core.states import Move
from standards.enums import CommentState

WITHDRAW_COMMENT = Move(frozenset({CommentState.SENT}), CommentState.WITHDRAWN, "standards.withdraw_comment")
HIDE_COMMENT = Move(frozenset({CommentState.SENT}), CommentState.HIDDEN, "standards.moderate_comment")
RESTORE_COMMENT = Move(frozenset({CommentState.HIDDEN}), CommentState.SENT, "standards.moderate_comment")
