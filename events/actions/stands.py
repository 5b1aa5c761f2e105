"""The stands of a fair: whose, where, and what they hand out."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from events.actions.agenda import lock_agenda
from events.actions.agenda_clashes import constraint_of
from events.actions.documents import find_record
from events.models import Event, Stand, StandDocument
from events.states import LANGUAGES
from members.models import User
from red_mpe.core import audit
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError, StaleState


def add_stand(*, event: Event, actor: User, once: UUID, **facts: Any) -> Stand:
    """Put up a stand, once: the same `once` sent again returns what it made the first time.

    Refused without a name or an organisation, and at a place where another stand is.
    """
    require(actor, "events.change_event", event)
    _refuse_nameless(facts)
    with transaction.atomic():
        locked = lock_agenda(event)
        if earlier := Stand.objects.filter(once=once).first():
            return earlier
        last = locked.stands.aggregate(last=Max("position"))["last"]
        stand = Stand(event=locked, once=once, position=0 if last is None else last + 1, **facts)
        _save(stand)
        audit.record("events.stand_added", actor=actor, target=locked, stand=stand.pk)
    return stand


def change_stand(*, stand: Stand, actor: User, seen: str = "", **facts: Any) -> Stand:
    """Change what is said of a stand; `seen` is when it was last saved as far as the writer knows.

    Refused as `add_stand` is, and where somebody else saved in between.
    """
    require(actor, "events.change_event", stand.event)
    _refuse_nameless(facts)
    with transaction.atomic():
        locked = lock_agenda(stand.event)
        found: Stand | None = Stand.objects.filter(pk=stand.pk).first()
        if found is None or (seen and seen != found.updated_at.isoformat()):
            raise StaleState
        for name, value in facts.items():
            setattr(found, name, value)
        _save(found)
        audit.record("events.stand_changed", actor=actor, target=locked, stand=found.pk)
    return found


def remove_stand(*, stand: Stand, actor: User) -> None:
    """Take a stand away. What is not there any more is no fault."""
    require(actor, "events.change_event", stand.event)
    with transaction.atomic():
        locked = lock_agenda(stand.event)
        gone, _each = Stand.objects.filter(pk=stand.pk).delete()
        if gone:
            audit.record("events.stand_removed", actor=actor, target=locked, stand=stand.pk)


def add_stand_document(*, stand: Stand, actor: User, code: str) -> StandDocument:
    """Let a stand hand out a record of the library. Refused: a code that `actor` does not find there, and one that it has already."""
    require(actor, "events.change_event", stand.event)
    record = find_record(code, actor)
    try:
        with transaction.atomic():
            document: StandDocument = StandDocument.objects.create(stand=stand, record=record)
            audit.record("events.stand_document_added", actor=actor, target=stand.event, stand=stand.pk, code=record.code)
    except IntegrityError as error:
        raise DomainError(_("This record lies there already.")) from error
    return document


def remove_stand_document(*, stand: Stand, actor: User, code: str) -> None:
    """Let a stand hand out a record no more; in the library it stays. What is not there any more is no fault."""
    require(actor, "events.change_event", stand.event)
    with transaction.atomic():
        gone, _each = stand.documents.filter(record__code=code).delete()
        if gone:
            audit.record("events.stand_document_removed", actor=actor, target=stand.event, stand=stand.pk, code=code)


def _refuse_nameless(facts: dict[str, Any]) -> None:
    if facts.get("organisation") is None and not any(facts.get(f"name_{language}") for language in LANGUAGES):
        raise DomainError(_("Choose the organisation, or write a name in at least one language."))


def _save(stand: Stand) -> None:
    try:
        with transaction.atomic():
            stand.save()
    except IntegrityError as error:
        if constraint_of(error) != "one_stand_a_place":
            raise
        raise DomainError(_("At this place there is another stand already.")) from error
