"""Planning, announcing, opening and closing rounds. Opening and closing also happen by the clock, without an actor."""

import logging
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import DatabaseError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models import User
from red_mpe.core import audit, states
from red_mpe.core.models import Chamber
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError, Move, StaleState
from red_mpe.notifications.actions import announce
from standards.actions.texts import LANGUAGES, freeze_version
from standards.enums import RoundState
from standards.models import Consultation, Framework, ParticipationTarget, Version
from standards.states import ANNOUNCE_ROUND, CLOSE_ROUND, OPEN_ROUND, START_CONSULTATION, START_RESPONSE

log = logging.getLogger(__name__)


def instants(opens_on: date, closes_on: date, time_zone: str) -> tuple[datetime, datetime]:
    """Return the first instant inside and the first instant outside: 00:00 of the first day, 00:00 after the last one."""
    try:
        zone = ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise DomainError(_("There is no time zone “%(zone)s”.") % {"zone": time_zone}) from error
    return datetime.combine(opens_on, time(), zone), datetime.combine(closes_on + timedelta(days=1), time(), zone)


def plan_round(*, actor: User, version: Version, opens_on: date, closes_on: date, question: dict[str, str] | None = None) -> Consultation:
    """Plan the next round on a version; nothing is told to anybody yet. `question` maps es, en, pt to what the round asks."""
    require(actor, "standards.steer", version)
    _refuse_backwards(opens_on, closes_on)
    framework = version.framework
    opens_at, closes_at = instants(opens_on, closes_on, framework.rules.time_zone)
    with transaction.atomic():
        Framework.objects.select_for_update().get(pk=framework.pk)  # two who plan at once get two numbers
        number = (framework.rounds.aggregate(last=Max("number"))["last"] or 0) + 1
        consultation = Consultation.objects.create(
            framework=framework,
            version=version,
            number=number,
            opens_on=opens_on,
            closes_on=closes_on,
            time_zone=framework.rules.time_zone,
            opens_at=opens_at,
            closes_at=closes_at,
            **{f"question_{language}": words for language, words in (question or {}).items()},
        )
        audit.record("standards.round_planned", actor=actor, target=consultation)
    return consultation


def reschedule_round(*, actor: User, consultation: Consultation) -> Consultation:
    """Write the dates and the question that `consultation` carries, with the instants that follow from them.

    Refused once the round has been announced.
    """
    require(actor, "standards.steer", consultation)
    _refuse_backwards(consultation.opens_on, consultation.closes_on)
    opens_at, closes_at = instants(consultation.opens_on, consultation.closes_on, consultation.time_zone)
    dates = {"opens_on": consultation.opens_on, "closes_on": consultation.closes_on, "opens_at": opens_at, "closes_at": closes_at}
    question = {f"question_{language}": getattr(consultation, f"question_{language}") for language in LANGUAGES}
    with transaction.atomic():
        if not Consultation.objects.filter(pk=consultation.pk, state=RoundState.PLANNED).update(**dates, **question):
            raise StaleState
        audit.record("standards.round_rescheduled", actor=actor, target=consultation)
    consultation.refresh_from_db()
    return consultation


def _refuse_backwards(opens_on: date, closes_on: date) -> None:
    if closes_on < opens_on:
        raise DomainError(_("The round would close before it opens. Choose a later closing date."))


def set_targets(*, actor: User, consultation: Consultation, targets: Mapping[Chamber, int]) -> None:
    """Set how many people of each chamber the round wants to hear, replacing what was set. Refused once it has been announced."""
    require(actor, "standards.steer", consultation)
    with transaction.atomic():
        if not Consultation.objects.select_for_update().filter(pk=consultation.pk, state=RoundState.PLANNED).exists():
            raise StaleState
        consultation.targets.all().delete()
        ParticipationTarget.objects.bulk_create(
            ParticipationTarget(consultation=consultation, chamber=chamber, people=people) for chamber, people in targets.items()
        )
        audit.record("standards.targets_set", actor=actor, target=consultation, **{side.code: people for side, people in targets.items()})


def announce_round(*, actor: User, consultation: Consultation) -> Consultation:
    """Tell every member that the round comes. Refused, with every unmet guard named, while it is not ready."""
    require(actor, ANNOUNCE_ROUND.permission, consultation)
    with transaction.atomic():
        states.apply(consultation, ANNOUNCE_ROUND, announced_at=timezone.now())
        announce("standards.round_announced", actor=actor, target=consultation)
    return consultation


def open_round(*, consultation: Consultation, actor: User | None = None) -> Consultation:
    """Freeze the version and open it for comments. Without an actor it is the clock that opens.

    Refused before the announced instant: people were told when it opens.
    """
    _require(actor, OPEN_ROUND, consultation)
    if timezone.now() < consultation.opens_at:
        raise DomainError(_("A round never opens before the announced instant."))
    with transaction.atomic():
        states.apply(consultation, OPEN_ROUND)
        states.apply(consultation.framework, START_CONSULTATION, state_field="stage")
        freeze_version(version=consultation.version, actor=actor)
        announce("standards.round_opened", actor=actor, target=consultation)
    return consultation


def close_round(*, consultation: Consultation, actor: User | None = None) -> Consultation:
    """Close the round; the framework goes on to the answers. Refused before the announced instant: there is no early closing."""
    _require(actor, CLOSE_ROUND, consultation)
    if timezone.now() < consultation.closes_at:
        raise DomainError(_("A round never closes before the announced instant."))
    with transaction.atomic():
        states.apply(consultation, CLOSE_ROUND)
        states.apply(consultation.framework, START_RESPONSE, state_field="stage")
        announce("standards.round_closed", actor=actor, target=consultation)
    return consultation


def _require(actor: User | None, move: Move, consultation: Consultation) -> None:
    if actor is not None:
        require(actor, move.permission, consultation)


def turn_rounds() -> None:
    """Open, close and remind of every round whose instant has come. One that cannot move is logged and does not stop the others."""
    now = timezone.now()
    due = Consultation.objects.select_related("framework__rules", "version")
    for consultation in due.filter(state=RoundState.ANNOUNCED, opens_at__lte=now):
        _turn(open_round, consultation)
    for consultation in due.filter(state=RoundState.OPEN, closes_at__lte=now):
        _turn(close_round, consultation)
    for days, marker in ((7, "reminded_week_at"), (1, "reminded_day_at")):
        _remind(days, marker, now)


def _turn(action: object, consultation: Consultation) -> None:
    try:
        action(consultation=consultation)  # type: ignore[operator]
    except DomainError as error:
        log.warning("Round %s could not turn: %s", consultation, error)
    except DatabaseError:
        log.exception("Round %s could not turn; it is tried again", consultation)


def _remind(days: int, marker: str, now: datetime) -> None:
    """Remind once of rounds that close within `days` days: by range and sent marker, so that a late clock still reminds."""
    due = Consultation.objects.filter(state=RoundState.OPEN, closes_at__gt=now, closes_at__lte=now + timedelta(days=days), **{marker: None})
    for consultation in due:
        with transaction.atomic():
            if Consultation.objects.filter(pk=consultation.pk, **{marker: None}).update(**{marker: now}):
                if days == 7 and consultation.closes_at <= now + timedelta(days=1):
                    continue  # the reminder of the last day says it better
                left = -((now - consultation.closes_at) // timedelta(days=1))
                announce("standards.round_closing", actor=None, target=consultation, days=left)
