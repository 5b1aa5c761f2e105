"""What the secretariat does with mails that wait for a person."""

from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from red_mpe.core import audit, states
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError, Move
from red_mpe.notifications.actions.waking import PUMP, wake_on_commit
from red_mpe.notifications.enums import Reason
from red_mpe.notifications.models import OutgoingMail
from red_mpe.notifications.states import ABORT, MANAGE, RELEASE, RETRY


def retry_mail(*, mail: OutgoingMail, actor: Any) -> OutgoingMail:
    """Queue a failed or uncertain mail again, with the same Message-ID. Refused when its bytes are gone and nothing can be written."""
    if mail.notification_id is None and mail.digest_id is None and mail.message is None:
        raise DomainError(_("This mail cannot be sent again: its words were forgotten on purpose."))
    return _move(mail, RETRY, actor, "notifications.mail_retried", attempts=0, due_at=Now(), note="")


def release_mail(*, mail: OutgoingMail, actor: Any) -> OutgoingMail:
    """Let a mail pass that the brake holds."""
    return _move(mail, RELEASE, actor, "notifications.mail_released", released_at=Now(), due_at=Now(), note="")


def abort_mail(*, mail: OutgoingMail, actor: Any) -> OutgoingMail:
    """Stop a mail that has not left; its bytes are forgotten."""
    return _move(mail, ABORT, actor, "notifications.mail_aborted", note=Reason.ABORTED, message=None)


def _move(mail: OutgoingMail, move: Move, actor: Any, verb: str, **changes: Any) -> OutgoingMail:
    require(actor, MANAGE, mail)
    with transaction.atomic():
        states.apply(mail, move, **changes)
        audit.record(verb, actor=actor, target=mail)
        wake_on_commit(PUMP)
    return mail
