"""The secretariat's room for standard-setting. Every change of state goes through an action; what is frozen can only be read."""

from standards.admin.clauses import ClauseTextAdmin
from standards.admin.comments import CommentAdmin
from standards.admin.frameworks import FrameworkAdmin, ProcessRulesAdmin
from standards.admin.rounds import ConsultationAdmin
from standards.admin.versions import VersionAdmin

__all__ = ["ClauseTextAdmin", "CommentAdmin", "ConsultationAdmin", "FrameworkAdmin", "ProcessRulesAdmin", "VersionAdmin"]
