"""Throwing a draft away that nobody was told of."""

from django.db import transaction
from django.utils.translation import gettext as _

from events.enums import EventState
from events.models import Event
from members.models import User
from red_mpe.core import audit
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError


def discard_draft(*, event: Event, actor: User) -> None:
    """Delete a draft with all that was written for it: agenda, terms, questions. Refused of what was ever announced."""
    require(actor, "events.run_event", event)
    with transaction.atomic():
        locked = Event.objects.select_for_update().filter(pk=event.pk).first()
        if locked is None:  # somebody was faster, with the same wish
            return
        if locked.state != EventState.DRAFT or locked.announced_at is not None:
            raise DomainError(_("What was announced is not deleted: it can be cancelled, and its page tells why."))
        audit.record("events.draft_discarded", actor=actor, target=locked, slug=locked.slug)
        locked.delete()
