"""The secret address of one's own calendar."""

import secrets

from django.db import transaction
from django.utils import timezone

from events.models import CalendarLink
from members.models import User
from red_mpe.core import audit
from red_mpe.core.permissions import require


def renew_calendar(*, actor: User) -> CalendarLink:
    """Give the actor an address for their calendar; an earlier one stops at once."""
    require(actor, "events.hold_calendar")
    fields = {"token": secrets.token_urlsafe(32), "created_at": timezone.now()}
    with transaction.atomic():
        link, _made = CalendarLink.objects.update_or_create(person=actor, defaults=fields)
        audit.record("events.calendar_renewed", actor=actor, target=actor)
    return link


def revoke_calendar(*, actor: User) -> None:
    """Close the actor's address; done twice it is the same."""
    require(actor, "events.hold_calendar")
    with transaction.atomic():
        CalendarLink.objects.filter(person=actor).delete()
        audit.record("events.calendar_revoked", actor=actor, target=actor)
