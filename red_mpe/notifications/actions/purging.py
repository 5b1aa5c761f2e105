"""Forgetting the words of mails."""

from datetime import timedelta

from django.db.models import Q
from django.db.models.functions import Now

from red_mpe.notifications.enums import MailClass
from red_mpe.notifications.models import OVER, OutgoingMail

KEPT = timedelta(days=30)
CODES_KEPT = timedelta(days=1)


def purge_bodies() -> int:
    """Forget the bytes of mails that have come to rest, after thirty days; of sign-in codes that could not be sent, after one.

    Returns how many. The row stays: that a mail was sent is remembered, what it said is not.
    """
    old = Q(created_at__lt=Now() - KEPT) | Q(created_at__lt=Now() - CODES_KEPT, mail_class=MailClass.CRITICAL)
    return OutgoingMail.objects.filter(old, state__in=OVER, message__isnull=False).update(message=None)
