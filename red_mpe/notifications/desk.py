"""What waits for the secretariat on the mail's road."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from red_mpe.core.desk import SHOWN, DeskPanel, Pile, Waiting
from red_mpe.core.predicates import is_secretariat
from red_mpe.notifications.enums import MailState
from red_mpe.notifications.models import OutgoingMail

STUCK = (MailState.FAILED, MailState.UNCERTAIN, MailState.HELD)


def stuck_mails(user: Any) -> Pile | None:
    """Mails that failed, that perhaps left, or that are held: oldest first, without their words."""
    if not is_secretariat(user):
        return None
    rows = OutgoingMail.objects.filter(state__in=STUCK).order_by("pk")
    first = [
        Waiting(mail.kind, reverse("admin:notifications_outgoingmail_change", args=[mail.pk]), mail.created_at, mail.get_state_display())
        for mail in rows.defer("message")[:SHOWN]
    ]
    return Pile(rows.count(), first, reverse("admin:notifications_outgoingmail_changelist") + "?state__in=" + ",".join(STUCK))


PANELS = (DeskPanel("notifications.mails", _("Mails that did not leave"), stuck_mails, _("Every mail has left."), rank=30),)
