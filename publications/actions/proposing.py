"""Proposing a record: begun, sent to the editors, taken back, thrown away."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from members.models import Organisation, User
from members.rules import speaks_for
from publications.actions.codes import next_code
from publications.actions.editing import write_fields
from publications.actions.indexing import index_record
from publications.actions.moving import lock, move
from publications.models import Record
from publications.states import PROPOSE, TAKE_BACK
from red_mpe.core import audit, states
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError, StaleState
from red_mpe.core.text import clean
from red_mpe.notifications.actions import announce

PROPOSED = "publications.record_proposed"


def start_record(*, actor: User, once: UUID, kind: str, organisation: Organisation | None = None, **more: Any) -> Record:
    """Begin a record, once: the same `once` sent again returns what it made the first time.

    In the name of an `organisation` only by who speaks for it. `more` is what `save_record` takes.
    """
    require(actor, "publications.add_record")
    if earlier := Record.objects.filter(once=once, proposed_by=actor).first():
        return earlier
    if organisation is not None and not speaks_for(actor, organisation):
        raise DomainError(_("You do not speak for that organisation."))
    try:
        with transaction.atomic():
            record = Record.objects.create(code=next_code(), once=once, kind=kind, proposed_by=actor, proposed_for=organisation)
            write_fields(record, actor, more)
            index_record(record)
            audit.record("publications.record_started", actor=actor, target=record)
    except IntegrityError as error:
        if same := Record.objects.filter(once=once, proposed_by=actor).first():
            return same
        if Record.objects.filter(once=once).exists():
            raise DomainError(_("This form has gone stale. Reload the page and send it again.")) from error
        raise
    record.refresh_from_db()
    return record


def propose_record(*, record: Record, actor: User, message: str = "") -> Record:
    """Send a record to the editors, with a word for them where there is one. Refused while something is missing."""
    with transaction.atomic():
        held = lock(record)
        require(actor, PROPOSE.permission, held)
        states.apply(held, PROPOSE, proposed_at=Now(), message=clean(message).strip())
        announce(PROPOSED, actor=actor, target=held)
    return _fresh(record)


def take_back_record(*, record: Record, actor: User) -> Record:
    """Take a proposal back to work on it, while nobody has accepted it."""
    with transaction.atomic():
        held = lock(record)
        require(actor, TAKE_BACK.permission, held)
        move(held, TAKE_BACK, "take-back", actor=actor, told=False)
    return _fresh(record)


def discard_record(*, record: Record, actor: User) -> None:
    """Throw away a draft of one's own that was never sent. Refused once the editors have seen it, and while another record refers to it."""
    with transaction.atomic():
        held = lock(record)
        require(actor, TAKE_BACK.permission, held)
        if held.proposed_at is not None or held.state != TAKE_BACK.target:
            raise StaleState
        if held.inverse_relations.exists():
            raise DomainError(_("Another record refers to this one. Take that relation out first."))
        audit.record("publications.record_discarded", actor=actor, target=held, code=held.code)
        held.delete()


def _fresh(record: Record) -> Record:
    record.refresh_from_db()
    return record
