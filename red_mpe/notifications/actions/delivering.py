"""Delivery: each queued mail leaves exactly once, in the order of its class, and what became of it stands in its row.

No SMTP inside a transaction. A row is claimed, judged and written, and marked as being handed over at the last moment at which
the relay has certainly not taken it; a process that dies leaves a lease behind, from which `recovering` goes on.
"""

import logging
import time
from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from red_mpe.notifications.actions.bouncing import count_bounce, is_dead
from red_mpe.notifications.actions.recovering import recover_lost
from red_mpe.notifications.enums import MailClass, MailState, Reason
from red_mpe.notifications.mailing.batch import Batch
from red_mpe.notifications.mailing.message import envelope
from red_mpe.notifications.mailing.relay import AwayError, CutError, RefusedError, Relay
from red_mpe.notifications.models import OutgoingMail

BATCH = 200
CLAIM_LEASE = timedelta(seconds=60)  # may end while we work: who claims later overtakes us, and we notice
HANDING_LEASE = timedelta(seconds=60)  # above what the relay's time limits allow for taking one message
SECONDS = 240  # of one round of the pump, far below the hard limit of a task
_MINUTES = (1, 5, 15, 60, 180, 360, 360, 360, 720, 720, 720, 720)  # four days
_CRITICAL = (1 / 6, 1 / 2, 1, 5, 15, 60)  # a code is awaited by somebody at a screen

log = logging.getLogger(__name__)


class OvertakenError(RuntimeError):
    """Another process has claimed the mail in the meantime."""


def pump(*, seconds: float = SECONDS) -> int:
    """Send what is due until nothing is left or `seconds` are over; return how many mails left.

    Any number of pumps may run. While the relay cannot be reached nothing is claimed and no attempt is counted. With
    MAIL_HELD nothing leaves.
    """
    if settings.MAIL_HELD:
        return 0
    recover_lost()
    if not OutgoingMail.objects.due().exists():
        return 0
    end, sent = time.monotonic() + seconds, 0
    try:
        with Relay() as relay:
            while time.monotonic() < end and (mails := claim()):
                sent += _deliver_all(relay, mails, end)
    except AwayError as error:
        log.warning("The mail relay is away (%s), the queue waits", error)
    return sent


def claim(size: int = BATCH) -> list[OutgoingMail]:
    """Claim the next mails for this process, after holding what the brake stops, and return them."""
    with transaction.atomic():
        room = _brake()
        due = OutgoingMail.objects.due().select_for_update(skip_locked=True).values_list("pk", flat=True)
        ids = list(due[: min(size, room)])
        OutgoingMail.objects.filter(pk__in=ids).update(state=MailState.CLAIMED, lease_until=Now() + CLAIM_LEASE, attempts=F("attempts") + 1)
    return list(OutgoingMail.objects.filter(pk__in=ids).for_delivery())


def _brake() -> int:
    """Return how many mails may leave now; once too many left lately, what is not critical waits for a person."""
    limit, minutes = settings.MAIL_BRAKE
    room: int = limit - OutgoingMail.objects.braked().lately(minutes).count()
    if room > 0:
        return room
    stopped = OutgoingMail.objects.braked().due().order_by()
    if held := stopped.update(state=MailState.HELD, note=Reason.BRAKE):
        log.error("The brake holds %s mails: more than %s in %s minutes", held, limit, minutes)
    return BATCH


def _deliver_all(relay: Relay, mails: list[OutgoingMail], end: float) -> int:
    """Send claimed mails until `end`; what is left over, or what a relay that went away left over, is given back."""
    batch, waiting, sent = Batch(mails), list(mails), 0
    try:
        while waiting and time.monotonic() < end:
            sent += _deliver(relay, batch, waiting[0])
            waiting.pop(0)
    finally:
        left = OutgoingMail.objects.filter(pk__in=[mail.pk for mail in waiting], state=MailState.CLAIMED)
        left.update(state=MailState.QUEUED, lease_until=None)
    return sent


def _deliver(relay: Relay, batch: Batch, mail: OutgoingMail) -> bool:
    """Send one claimed mail and settle its row; tell whether it left. Whatever is wrong with it stays its own trouble."""
    try:
        if reason := _refusal(mail) or batch.reason(mail):
            return _settle(mail, MailState.SUPPRESSED, note=reason)
        raw = bytes(mail.message) if mail.message is not None else batch.write(mail)
        if not _may_mail(raw):
            return _settle(mail, MailState.SUPPRESSED, note=Reason.STAGING)
        relay.send(raw, partial(_hand, mail, raw))
    except AwayError:
        raise
    except OvertakenError:
        return False
    except RefusedError as refusal:
        return _refused(mail, refusal)
    except CutError as cut:
        return _cut(mail, cut)
    except Exception:
        log.exception("Mail %s cannot be written", mail.pk)
        return _settle(mail, MailState.FAILED, note=Reason.UNWRITABLE)
    # A code has done its work when it is sent: it must not lie about.
    forget = {"message": None} if mail.mail_class == MailClass.CRITICAL else {}
    _settle(mail, MailState.SENT, sent_at=Now(), note="", **forget)
    return True


def _refusal(mail: OutgoingMail) -> Reason | None:
    """Return why this reader gets no mail now. Finished messages ask nothing: a code also goes to a closed account."""
    if mail.recipient is None or (mail.notification_id is None and mail.digest_id is None):
        return None
    if not mail.recipient.is_active:
        return Reason.INACTIVE
    return Reason.BOUNCES if is_dead(mail.recipient) else None


def _may_mail(raw: bytes) -> bool:
    """Tell whether this site may mail the addresses of a message: a staging site mails only its own domains."""
    allowed = {domain.lower() for domain in settings.MAIL_ONLY_TO}
    return not allowed or all(address.rpartition("@")[2].lower() in allowed for address in envelope(raw)[1])


def _hand(mail: OutgoingMail, raw: bytes) -> None:
    """Write down, committed, that the relay is getting these bytes now. Refused when the claim was taken over."""
    ours = OutgoingMail.objects.filter(pk=mail.pk, state=MailState.CLAIMED, attempts=mail.attempts)
    if not ours.update(state=MailState.HANDING, message=raw, lease_until=Now() + HANDING_LEASE):
        raise OvertakenError


def _refused(mail: OutgoingMail, refusal: RefusedError) -> bool:
    if not refusal.is_final:
        return _postpone(mail, str(refusal))
    if mail.recipient_id is not None:
        count_bounce(person=mail.recipient_id, weight=refusal.bounce)
    return _settle(mail, MailState.FAILED, note=str(refusal))


def _cut(mail: OutgoingMail, cut: CutError) -> bool:
    """While being handed over its fate is unknown: the lease stays, and `recover_lost` decides when it ends."""
    if not cut.handing:
        return _postpone(mail, Reason.AWAY)
    OutgoingMail.objects.filter(pk=mail.pk, attempts=mail.attempts, state=MailState.HANDING).update(note=Reason.UNKNOWN)
    return False


def _postpone(mail: OutgoingMail, note: str) -> bool:
    """Try again later, and later each time; after the last time it has failed."""
    waits = _CRITICAL if mail.mail_class == MailClass.CRITICAL else _MINUTES
    if mail.attempts > len(waits):
        return _settle(mail, MailState.FAILED, note=Reason.GAVE_UP)
    return _settle(mail, MailState.QUEUED, note=note, due_at=Now() + timedelta(minutes=waits[mail.attempts - 1]))


def _settle(mail: OutgoingMail, state: MailState, **changes: Any) -> bool:
    """Write what became of a mail, unless its claim was taken over; never True, so that callers can return it."""
    OutgoingMail.objects.filter(pk=mail.pk, attempts=mail.attempts).update(state=state, lease_until=None, **changes)
    return False
