"""Moving an event on: each move is audited, and tells whom it concerns."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.actions.agenda_moves import Frame, move_agenda
from events.actions.editing import days_of, refuse_evaluated
from events.actions.needs import forget_said
from events.actions.terms import shift_terms
from events.enums import EventState
from events.models import Event
from events.notifications import ANNOUNCED, CALLED_OFF, CHANGED, REPORTED
from events.states import ANNOUNCE, CANCEL, LANGUAGES, POSTPONE, REPORT, RESCHEDULE
from members.models import User
from red_mpe.core import audit, states
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError, Move, StaleState
from red_mpe.core.text import clean
from red_mpe.notifications.actions import announce


def announce_event(*, actor: User, event: Event) -> Event:
    """Let its audience see it, and tell those it is for. Refused, with every unmet guard named, while something is missing."""
    return _move(actor, event, ANNOUNCE, ANNOUNCED, {"announced_at": timezone.now()})


def postpone_event(*, actor: User, event: Event, reason: dict[str, str]) -> Event:
    """Take it off its date, with a reason that everybody can read; new dates come later."""
    return _move(actor, event, POSTPONE, CALLED_OFF, _reason(reason))


def cancel_event(*, actor: User, event: Event, reason: dict[str, str]) -> Event:
    """Call it off for good, with a reason that everybody can read. Calendars strike it out; what people needed and answered is deleted."""
    return _move(actor, event, CANCEL, CALLED_OFF, _reason(reason))


def reschedule_event(*, actor: User, event: Event, starts_at: datetime, ends_at: datetime, time_zone: str) -> Event:
    """Give a postponed one its new dates, and tell those who knew the old ones. Its sessions move along.

    Refused where somebody has evaluated it: it took place.
    """
    require(actor, RESCHEDULE.permission, event)
    refuse_evaluated(event)
    dates = {"starts_at": starts_at, "ends_at": ends_at, "time_zone": time_zone, **days_of(starts_at, ends_at, time_zone)}
    return _move(actor, event, RESCHEDULE, CHANGED, {**dates, **{f"reason_{language}": "" for language in LANGUAGES}})


def report_event(*, actor: User, event: Event, report: dict[str, str], figures: dict[str, int | None]) -> Event:
    """Publish what came of it, and how many were there; written again, it is corrected and nobody is told a second time."""
    columns: dict[str, Any] = {f"report_{language}": clean(report.get(language, "")).strip() for language in LANGUAGES}
    columns |= {name: figures.get(name) for name in ("attended", "women", "men", "speakers", "organisers")}
    if event.state != EventState.REPORTED:
        return _move(actor, event, REPORT, REPORTED, columns)
    require(actor, REPORT.permission, event)
    if not any(columns[f"report_{language}"] for language in LANGUAGES):
        raise DomainError(_("Write the report, in at least one language."))
    with transaction.atomic():
        Event.objects.filter(pk=event.pk).update(**columns, updated_at=timezone.now())
        audit.record("events.report_corrected", actor=actor, target=event)
    event.refresh_from_db()
    return event


def _move(actor: User, event: Event, move: Move, mail: str, changes: dict[str, Any]) -> Event:
    """Make a move by hand: permission, lock, guards on what it will be, UPDATE, announcement (which is its audit)."""
    require(actor, move.permission, event)
    now = timezone.now()
    with transaction.atomic():
        locked = Event.objects.select_for_update().get(pk=event.pk)
        if not states.can_start(locked, move):
            raise StaleState
        before, began = Frame.of(locked), locked.starts_at
        for name, value in changes.items():
            setattr(locked, name, value)
        states.apply(locked, move, **changes, moved_at=now, updated_at=now, sequence=F("sequence") + 1)
        move_agenda(locked, before, actor)
        shift_terms(locked, began)
        if move is CANCEL:
            forget_said(locked)
        announce(mail, actor=actor, target=locked, state=move.target)
    event.refresh_from_db()
    return event


def _reason(words: dict[str, str]) -> dict[str, Any]:
    reason = {f"reason_{language}": clean(words.get(language, "")).strip() for language in LANGUAGES}
    if not any(any(map(str.isalnum, text)) for text in reason.values()):
        raise DomainError(_("Say why, in at least one language: everybody will be able to read it."))
    return reason
