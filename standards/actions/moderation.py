"""Moderation: hiding leaves the reason and the moderator, and the author is told. Criticism of the content is never a reason."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.models import User
from red_mpe.core import audit, states
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError
from red_mpe.core.text import clean
from red_mpe.notifications.actions import announce
from standards.models import Comment
from standards.states import HIDE_COMMENT, RESTORE_COMMENT


def hide_comment(*, actor: User, comment: Comment, reason: str) -> Comment:
    """Hide a comment's words behind a marker that shows the reason. Refused without one."""
    require(actor, HIDE_COMMENT.permission, comment)
    reason = clean(reason).strip()
    if not reason:
        raise DomainError(_("Say why this comment is hidden: its author and every reader will see the reason."))
    with transaction.atomic():
        states.apply(comment, HIDE_COMMENT, hidden_reason=reason)
        announce("standards.comment_hidden", actor=actor, target=comment)
    return comment


def restore_comment(*, actor: User, comment: Comment) -> Comment:
    """Show a hidden comment again."""
    require(actor, RESTORE_COMMENT.permission, comment)
    with transaction.atomic():
        states.apply(comment, RESTORE_COMMENT, hidden_reason="")
        audit.record("standards.comment_restored", actor=actor, target=comment)
    return comment
