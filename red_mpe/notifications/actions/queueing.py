"""Putting mail into the queue. Nobody who makes a page speaks SMTP."""

import secrets
from collections.abc import Iterable
from typing import Any

from django.core.mail import EmailMessage
from django.db import transaction

from red_mpe.notifications.actions.waking import PUMP, wake_on_commit
from red_mpe.notifications.enums import MailClass
from red_mpe.notifications.mailing.message import as_bytes, new_message_id
from red_mpe.notifications.models import MailBox, OutgoingMail


def queue_message(*, recipient: Any | None, message: EmailMessage, kind: str) -> OutgoingMail:
    """Queue a finished message, for instance a sign-in code, to leave within a second or two; its bytes are frozen here.

    `recipient` is None for an address without an account. It is of the first class: it asks no preference, and its bytes are
    forgotten as soon as it is sent. `kind` is its name in the mail log.
    """
    mail = OutgoingMail(recipient=recipient, kind=kind[:60], mail_class=MailClass.CRITICAL, message_id=new_message_id())
    message.extra_headers.update({"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"})
    mail.message = as_bytes(message)
    with transaction.atomic():
        mail.save()
        wake_on_commit(PUMP)
    return mail


def queue_mails(mails: Iterable[OutgoingMail]) -> int:
    """Queue mails whose words are made when they leave, each once, in the caller's transaction; return how many were given."""
    rows = list(mails)
    open_boxes({row.recipient_id for row in rows if row.recipient_id})
    return len(OutgoingMail.objects.bulk_create(rows, ignore_conflicts=True))


def open_boxes(people: Iterable[int]) -> None:
    """Give each of `people` the opaque token of their unsubscribe link; who has one keeps it."""
    boxes = [MailBox(person_id=person, token=secrets.token_urlsafe(32)) for person in sorted(people)]
    MailBox.objects.bulk_create(boxes, ignore_conflicts=True)
