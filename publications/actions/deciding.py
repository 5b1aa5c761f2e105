"""What editors decide of a record: every step tells whoever proposed it."""

from datetime import date

from django.db import transaction
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext_lazy as _

from members.models import User
from publications.actions.moving import lock, move, words_of
from publications.models import Record
from publications.states import ACCEPT, DECLINE, EMBARGO, PUBLISH, RETURN, WITHDRAW
from red_mpe.core.locale import network_day
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError, GuardsUnmet, StaleState


def return_record(*, record: Record, actor: User, question: str) -> Record:
    """Give a proposal back with what the editors ask. Refused without words: whoever proposed it reads them."""
    question = words_of(question, _("Write what you ask: whoever proposed the record reads it."))
    with transaction.atomic():
        held = lock(record)
        require(actor, RETURN.permission, held)
        move(held, RETURN, "return", actor=actor, told=True, note=question)
    return _fresh(record)


def accept_record(*, record: Record, actor: User) -> Record:
    """Take a proposal into the library; nobody reads it yet. Refused while something is missing."""
    with transaction.atomic():
        held = lock(record)
        require(actor, ACCEPT.permission, held)
        move(held, ACCEPT, "accept", actor=actor, told=True)
    return _fresh(record)


def publish_record(*, record: Record, actor: User) -> Record:
    """Let readers find an accepted record; one under embargo opens early. Refused while something is missing or a file is malicious."""
    with transaction.atomic():
        held = lock(record)
        require(actor, PUBLISH.permission, held)
        _publish(held, actor)
    return _fresh(record)


def accept_and_publish_record(*, record: Record, actor: User) -> Record:
    """Accept and publish in one step: whoever proposed it is told once."""
    with transaction.atomic():
        held = lock(record)
        require(actor, ACCEPT.permission, held)
        move(held, ACCEPT, "accept", actor=actor, told=False)
        _publish(held, actor)
    return _fresh(record)


def _publish(held: Record, actor: User | None) -> None:
    since = Coalesce("published_at", Now())
    move(held, PUBLISH, "publish", actor=actor, told=True, published_at=since, embargo_until=None)


def decline_record(*, record: Record, actor: User, reason: str) -> Record:
    """Answer no, with the reason that whoever proposed it reads. Refused without one."""
    reason = words_of(reason, _("Write the reason: whoever proposed the record reads it."))
    with transaction.atomic():
        held = lock(record)
        require(actor, DECLINE.permission, held)
        move(held, DECLINE, "decline", actor=actor, told=True, note=reason)
    return _fresh(record)


def embargo_record(*, record: Record, actor: User, until: date) -> Record:
    """Publish the description now and the files on `until`, a day to come by the library's clock. Refused for a day that is not."""
    if until <= network_day():
        raise DomainError(_("An embargo ends on a day to come."))
    with transaction.atomic():
        held = lock(record)
        require(actor, EMBARGO.permission, held)
        since = Coalesce("published_at", Now())
        move(held, EMBARGO, "embargo", actor=actor, told=True, embargo_until=until, published_at=since)
    return _fresh(record)


def withdraw_record(*, record: Record, actor: User, reason: str) -> Record:
    """Take a record out of the library; its address keeps a tombstone with the reason. Refused without one."""
    reason = words_of(reason, _("Write why: the reason stays at the address of the record, for everybody to read."))
    with transaction.atomic():
        held = lock(record)
        require(actor, WITHDRAW.permission, held)
        move(held, WITHDRAW, "withdraw", actor=actor, told=True, withdrawn_reason=reason, withdrawn_at=Now())
    return _fresh(record)


def release_due_embargoes() -> int:
    """Publish every record whose embargo has ended by the library's clock; return how many. Safe at any time, twice and at once.

    One that may not go out, because a file of it turned out malicious, stays under embargo and waits for an editor.
    """
    return sum(_released(pk) for pk in Record.objects.due(network_day()).order_by("pk").values_list("pk", flat=True))


def _released(pk: int) -> bool:
    try:
        with transaction.atomic():
            held = Record.objects.due(network_day()).select_for_update(of=("self",), no_key=True, skip_locked=True).filter(pk=pk).first()
            if held is None:
                return False
            _publish(held, None)
    except (GuardsUnmet, StaleState):
        return False
    return True


def _fresh(record: Record) -> Record:
    record.refresh_from_db()
    return record
