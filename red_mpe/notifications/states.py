"""How the secretariat moves mails. What the road itself does to them is in the actions of delivery."""

from red_mpe.core.states import Move
from red_mpe.notifications.enums import MailState

MANAGE = "notifications.manage_mail"

RETRY = Move(frozenset({MailState.FAILED, MailState.UNCERTAIN}), MailState.QUEUED, MANAGE)
RELEASE = Move(frozenset({MailState.HELD}), MailState.QUEUED, MANAGE)
ABORT = Move(frozenset({MailState.QUEUED, MailState.HELD, MailState.FAILED, MailState.UNCERTAIN}), MailState.SUPPRESSED, MANAGE)
