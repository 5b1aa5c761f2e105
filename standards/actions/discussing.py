"""What a session of an encounter discusses of a framework: said and taken back by who runs the encounter."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from events.models import Session
from red_mpe.core import audit
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError
from standards.models import ClauseText, SessionClause, Version


def pin_clause(*, session: Session, actor: Any, version: Version, label: str = "") -> SessionClause:
    """Say that a session discusses a clause of a version, or without a `label` the whole version.

    Refused: a version that `actor` may not read, a clause that it does not have, and what is said already.
    """
    require(actor, "events.change_event", session.event)
    if not Version.objects.visible_to(actor).filter(pk=version.pk).exists():
        raise DomainError(_("Choose one of the versions that you may read."))
    clause = ClauseText.objects.filter(version=version, label=label).values_list("clause", flat=True).first() if label else None
    if label and clause is None:
        raise DomainError(_("This version has no clause with this number."))
    try:
        with transaction.atomic():
            pin: SessionClause = SessionClause.objects.create(session=session, version=version, clause_id=clause)
            audit.record(
                "standards.clause_pinned", actor=actor, target=session.event, session=session.slug, version=version.pk, label=label
            )
    except IntegrityError as error:
        raise DomainError(_("The session says so already.")) from error
    return pin


def unpin_clause(*, session: Session, actor: Any, number: int) -> None:
    """Take it back. What is not said any more is no fault."""
    require(actor, "events.change_event", session.event)
    with transaction.atomic():
        gone, _each = SessionClause.objects.filter(session=session, pk=number).delete()
        if gone:
            audit.record("standards.clause_unpinned", actor=actor, target=session.event, session=session.slug, pin=number)
