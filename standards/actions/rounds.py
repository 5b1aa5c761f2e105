"""Planning, announcing, opening and closing rounds. Opening and closing also happen by the clock, without an actor."""

import logging
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import DatabaseError, transaction
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models import User
from red_mpe.core import audit, states
from red_mpe.core.models import Chamber
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError, Move, StaleState
from red_mpe.core.text import clean
from red_mpe.notifications.actions import announce
from standards.actions.changelog import write_change_log
from standards.actions.extensions import extend_if_unheard, instants
from standards.actions.stages import record_move
from standards.actions.texts import LANGUAGES, freeze_version
from standards.enums import RoundState, Stage, VersionKind
from standards.models import Consultation, Framework, GuardWaiver, ParticipationTarget, Version
from standards.states import ANNOUNCE_ROUND, CLOSE_ROUND, OPEN_ROUND, START_CONSULTATION, START_RESPONSE
from standards.states.guards.rounds import LANGUAGES_GUARD

log = logging.getLogger(__name__)


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


def set_targets(
    *, actor: User, consultation: Consultation, targets: Mapping[Chamber, int], minimums: Mapping[Chamber, int] | None = None
) -> None:
    """Set how many people of each chamber the round wants to hear, replacing what was set. Refused once it has been announced.

    With fewer people of a chamber than its minimum the round will extend itself.
    """
    least = minimums or {}
    require(actor, "standards.steer", consultation)
    with transaction.atomic():
        if not Consultation.objects.select_for_update().filter(pk=consultation.pk, state=RoundState.PLANNED).exists():
            raise StaleState
        consultation.targets.all().delete()
        ParticipationTarget.objects.bulk_create(
            ParticipationTarget(consultation=consultation, chamber=chamber, people=people, minimum=least.get(chamber, 0))
            for chamber, people in targets.items()
        )
        audit.record("standards.targets_set", actor=actor, target=consultation, **{side.code: people for side, people in targets.items()})


def announce_round(*, actor: User, consultation: Consultation) -> Consultation:
    """Tell every member that the round comes. Refused, with every unmet guard named, while it is not ready."""
    require(actor, ANNOUNCE_ROUND.permission, consultation)
    write_change_log(consultation.version)  # kept where it is refused, so that the check-list says the same
    with transaction.atomic():
        states.apply(consultation, ANNOUNCE_ROUND, announced_at=timezone.now())
        announce("standards.round_announced", actor=actor, target=consultation)
    return consultation


def waive_language(*, actor: User, consultation: Consultation, language: str, reason: str) -> GuardWaiver:
    """Let a round open without a reviewed language, with a reason that everybody can read. Refused once it is open.

    Waived twice, the first reason stays.
    """
    require(actor, "standards.steer", consultation)
    words = clean(reason).strip()
    if not any(map(str.isalnum, words)):
        raise DomainError(_("Say why: everybody will be able to read it."))
    if language not in consultation.framework.rules.required_languages:
        raise DomainError(_("The rules do not ask for that language: there is nothing to waive."))
    with transaction.atomic():
        waiting = Consultation.objects.select_for_update().filter(pk=consultation.pk, state__in=[RoundState.PLANNED, RoundState.ANNOUNCED])
        if not waiting.exists():
            raise StaleState
        key = {"consultation": consultation, "guard": LANGUAGES_GUARD, "language": language}
        waiver, new = GuardWaiver.objects.get_or_create(**key, defaults={"reason": words, "actor": actor, "at": timezone.now()})
        if new:
            audit.record("standards.language_waived", actor=actor, target=consultation, language=language)
    return waiver


def open_round(*, consultation: Consultation, actor: User | None = None) -> Consultation:
    """Freeze the version and open it for comments. Without an actor it is the clock that opens.

    Refused before the announced instant, people were told when it opens; while the text is not complete or not reviewed; and where so
    much of it was changed since the announcement that the round is too short for it.
    """
    _require(actor, OPEN_ROUND, consultation)
    write_change_log(consultation.version)  # it says how long the round has to be; kept where the round cannot open
    with transaction.atomic():
        framework = _locked(consultation)
        if timezone.now() < consultation.opens_at:
            raise DomainError(_("A round never opens before the announced instant."))
        Version.objects.select_for_update().get(pk=consultation.version_id)  # nobody writes between the look and the ice
        write_change_log(consultation.version)
        states.apply(consultation, OPEN_ROUND)
        states.apply(framework, START_CONSULTATION, state_field="stage")
        Version.objects.filter(pk=consultation.version_id, kind=VersionKind.WORKING).update(kind=VersionKind.CONSULTATION)
        freeze_version(version=consultation.version, actor=actor)
        _tell(consultation, framework, Stage.DRAFTING, "standards.round_opened", actor)
    return consultation


def close_round(*, consultation: Consultation, actor: User | None = None) -> Consultation:
    """Close the round; the framework goes on to the answers. Refused before the announced instant: there is no early closing.

    A round that too few people of some chamber have spoken in extends itself instead, as often as the rules allow.
    """
    _require(actor, CLOSE_ROUND, consultation)
    with transaction.atomic():
        framework = _locked(consultation)
        if timezone.now() < consultation.closes_at:
            raise DomainError(_("A round never closes before the announced instant."))
        if consultation.state != RoundState.OPEN or not extend_if_unheard(consultation):
            states.apply(consultation, CLOSE_ROUND)
            states.apply(framework, START_RESPONSE, state_field="stage")
            _tell(consultation, framework, Stage.CONSULTATION, "standards.round_closed", actor)
    consultation.refresh_from_db()
    return consultation


def _locked(consultation: Consultation) -> Framework:
    """Lock framework and round, in this order everywhere, and read both anew: two clocks may strike at once."""
    framework = Framework.objects.select_for_update(no_key=True, of=("self",)).select_related("rules").get(pk=consultation.framework_id)
    fresh = Consultation.objects.select_for_update(no_key=True).get(pk=consultation.pk)
    for name in ("state", "opens_on", "closes_on", "opens_at", "closes_at", "extensions"):
        setattr(consultation, name, getattr(fresh, name))
    consultation.framework = framework
    return framework


def _tell(consultation: Consultation, framework: Framework, source: str, verb: str, actor: User | None) -> None:
    """Write the event of the move and announce it."""
    record_move(
        framework=framework,
        source=source,
        actor=actor,
        mail=verb,
        thing=consultation,
        consultation=consultation,
        version=consultation.version,
    )
    announce(verb, actor=actor, target=consultation)


def _require(actor: User | None, move: Move, consultation: Consultation) -> None:
    if actor is not None:
        require(actor, move.permission, consultation)


def turn_rounds() -> None:
    """Open, close and remind of every round whose instant has come. One that cannot move is logged and does not stop the others."""
    now = timezone.now()
    due = _awake().select_related("framework__rules", "version")
    for consultation in due.filter(state=RoundState.ANNOUNCED, opens_at__lte=now):
        _turn(open_round, consultation)
    for consultation in due.filter(state=RoundState.OPEN, closes_at__lte=now):
        _turn(close_round, consultation)
    for days, marker in ((7, "reminded_week_at"), (1, "reminded_day_at")):
        _remind(days, marker, now)


def _awake() -> QuerySet[Consultation]:
    """Rounds of frameworks that are neither suspended nor given up: the others wait."""
    return Consultation.objects.exclude(framework__stage__in=[Stage.SUSPENDED, Stage.ABANDONED])


def _turn(action: object, consultation: Consultation) -> None:
    try:
        action(consultation=consultation)  # type: ignore[operator]
    except DomainError as error:
        log.warning("Round %s could not turn: %s", consultation, error)
    except DatabaseError:
        log.exception("Round %s could not turn; it is tried again", consultation)


def _remind(days: int, marker: str, now: datetime) -> None:
    """Remind once of rounds that close within `days` days: by range and sent marker, so that a late clock still reminds."""
    due = _awake().filter(state=RoundState.OPEN, closes_at__gt=now, closes_at__lte=now + timedelta(days=days), **{marker: None})
    for consultation in due:
        with transaction.atomic():
            if Consultation.objects.filter(pk=consultation.pk, **{marker: None}).update(**{marker: now}):
                if days == 7 and consultation.closes_at <= now + timedelta(days=1):
                    continue  # the reminder of the last day says it better
                left = -((now - consultation.closes_at) // timedelta(days=1))
                announce("standards.round_closing", actor=None, target=consultation, days=left)
