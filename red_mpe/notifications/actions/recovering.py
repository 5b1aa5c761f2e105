"""Mails whose process died: a lease that ended tells how far it had come."""

import logging

from django.db.models.functions import Now

from red_mpe.notifications import registry
from red_mpe.notifications.enums import MailClass, MailState, Reason
from red_mpe.notifications.models import OutgoingMail
from red_mpe.notifications.registry import Fate

log = logging.getLogger(__name__)


def recover_lost() -> None:
    """Take over mails whose lease has ended: the claimed are queued again, of those being handed over the relay is asked.

    Where the relay does not know either, critical and personal mails are sent again with the same Message-ID and bytes; a
    digest or a broadcast is not, and waits as uncertain for a person.
    """
    OutgoingMail.objects.lost(MailState.CLAIMED).update(state=MailState.QUEUED, lease_until=None)
    for mail in OutgoingMail.objects.lost(MailState.HANDING).defer("message"):
        _resolve(mail)


def _resolve(mail: OutgoingMail) -> None:
    fate = _ask(mail.message_id)
    again = MailState.QUEUED if mail.mail_class <= MailClass.PERSONAL else MailState.UNCERTAIN
    state = {Fate.ARRIVED: MailState.SENT, Fate.MISSING: MailState.QUEUED, Fate.UNKNOWN: again}[fate]
    sent_at = Now() if state == MailState.SENT else None
    same = OutgoingMail.objects.lost(MailState.HANDING).filter(pk=mail.pk, attempts=mail.attempts)
    same.update(state=state, sent_at=sent_at, lease_until=None, note=Reason.UNKNOWN if fate == Fate.UNKNOWN else "")


def _ask(message_id: str) -> Fate:
    try:
        return registry.probe(message_id)
    except Exception:
        log.exception("The relay could not be asked")
        return Fate.UNKNOWN
