"""Throwing a draft away that nobody was told of."""

from contextlib import suppress

from django.db import transaction
from django.utils.translation import gettext as _

from events.actions.seats import hold_seats
from events.enums import EventState
from events.models import Event
from members.models import User
from red_mpe.core import audit
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError


def discard_draft(*, event: Event, actor: User) -> None:
    """Delete a draft with all that was written for it: agenda, terms, questions. Refused of what was ever announced."""
    require(actor, "events.run_event", event)
    with suppress(Event.DoesNotExist), transaction.atomic():  # somebody was faster, with the same wish
        locked = hold_seats(event).event  # before the event: the order of locks is the same everywhere
        if locked.state != EventState.DRAFT or locked.announced_at is not None:
            raise DomainError(_("What was announced is not deleted: it can be cancelled, and its page tells why."))
        audit.record("events.draft_discarded", actor=actor, target=locked, slug=locked.slug)
        locked.delete()
