"""Moving a framework from stage to stage (process.md). Every move leaves an event that nobody can change."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models import User
from red_mpe.core import audit, states
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError, Move, StaleState
from red_mpe.core.text import clean
from red_mpe.notifications.actions import announce
from standards.actions.changelog import write_change_log
from standards.actions.extensions import put_off
from standards.actions.overwriting import refuse_overwriting
from standards.actions.texts import LANGUAGES, freeze_version
from standards.enums import RoundState, Stage, VersionKind
from standards.models import Consultation, Framework, StageEvent, Version
from standards.notifications.process import STAGE_MOVED, reach
from standards.states import (
    ABANDON_FRAMEWORK,
    BEGIN_DRAFTING,
    DRAFT_AGAIN,
    FINISH_DRAFT,
    SUSPEND_FRAMEWORK,
    resumed,
)
from standards.states.guards.changes import newest_version

LIVE = (RoundState.ANNOUNCED, RoundState.OPEN)


def record_move(
    *,
    framework: Framework,
    source: str,
    actor: User | None,
    mail: str,
    thing: Any,
    consultation: Consultation | None = None,
    version: Version | None = None,
    reason: str = "",
) -> StageEvent:
    """Write the event of a move that has just been made, with how many people its mail `mail` about `thing` reaches."""
    return StageEvent.objects.create(
        framework=framework,
        source=source,
        target=framework.stage,
        consultation=consultation,
        version=version,
        reason=reason,
        mail=mail,
        readers=reach(mail, thing)["all"],
        actor=actor,
        at=timezone.now(),
    )


def begin_drafting(*, actor: User, framework: Framework) -> Framework:
    """Let the committee draft: the terms of reference were public long enough, and the committee is seated."""
    return _move(actor, framework, BEGIN_DRAFTING)


def draft_again(*, actor: User, framework: Framework) -> Framework:
    """Go back to drafting after a round, to write what its answers promise. Late comments are not taken any more."""
    return _move(actor, framework, DRAFT_AGAIN)


def finish_draft(*, actor: User, framework: Framework) -> Framework:
    """Make the newest version the final draft and freeze it. Refused, with every unmet guard named, while anything is open."""
    require(actor, FINISH_DRAFT.permission, framework)
    newest = newest_version(framework)
    if newest is not None:
        write_change_log(newest)  # kept where the move is refused, so that the check-list says the same
    with transaction.atomic():
        Framework.objects.select_for_update(no_key=True).get(pk=framework.pk)
        newest = newest_version(framework)
        version = Version.objects.select_for_update().filter(pk=newest and newest.pk).first()  # nobody writes before the ice
        if version is not None:
            write_change_log(version)
        _move(actor, framework, FINISH_DRAFT, version=version)
        if version is not None:  # a guard has seen to it
            Version.objects.filter(pk=version.pk).update(kind=VersionKind.FINAL_DRAFT)
            freeze_version(version=version, actor=actor)
    return framework


def suspend_framework(*, actor: User, framework: Framework, reason: str) -> Framework:
    """Let a framework rest where it stands, with a reason that everybody can read. Its rounds neither open nor close meanwhile."""
    return _move(actor, framework, SUSPEND_FRAMEWORK, reason=_reason(reason), keep=True)


def abandon_framework(*, actor: User, framework: Framework, reason: str) -> Framework:
    """Give a framework up before adoption, with a reason that everybody can read. Rounds that are on end with it."""
    require(actor, ABANDON_FRAMEWORK.permission, framework)
    with transaction.atomic():
        _move(actor, framework, ABANDON_FRAMEWORK, reason=_reason(reason), keep=True)
        Consultation.objects.filter(framework=framework, state__in=LIVE).update(state=RoundState.CLOSED)
    return framework


def resume_framework(*, actor: User, framework: Framework, reason: str) -> Framework:
    """Take a suspended framework up again where it stood. A round that was on is extended by the days it has lost."""
    with transaction.atomic():
        locked = Framework.objects.select_for_update(no_key=True).get(pk=framework.pk)
        since = framework.events.filter(target=Stage.SUSPENDED).order_by("-pk").first()
        _move(actor, framework, resumed(locked), reason=_reason(reason))
        if since is not None:
            _make_up(framework, timezone.now() - since.at)
    return framework


def explain_balance(*, actor: User, framework: Framework, words: dict[str, str], seen: str | None = None) -> Framework:
    """Publish why the committee has fewer women than the rules ask. `words` maps es, en, pt to the reason.

    `seen` marks what its writer had before them; refused with OverwrittenError where that is no longer what stands.
    """
    require(actor, "standards.steer", framework)
    said = {language: clean(words.get(language, "")).strip() for language in LANGUAGES}
    columns = {f"balance_reason_{language}": reason for language, reason in said.items()}
    with transaction.atomic():
        locked = Framework.objects.select_for_update(no_key=True).get(pk=framework.pk)
        refuse_overwriting(balance_words(locked), said, seen)
        Framework.objects.filter(pk=framework.pk).update(**columns)
        audit.record("standards.balance_explained", actor=actor, target=framework)
    framework.refresh_from_db(fields=list(columns))
    return framework


def balance_words(framework: Framework) -> dict[str, str]:
    """Return the published reason by language."""
    return {language: getattr(framework, f"balance_reason_{language}") or "" for language in LANGUAGES}


def _move(
    actor: User, framework: Framework, move: Move, *, reason: str = "", version: Version | None = None, keep: bool = False
) -> Framework:
    """Make a move by hand: lock, guards, UPDATE, event, announcement. `keep` remembers the stage it came from."""
    require(actor, move.permission, framework)
    with transaction.atomic():
        locked = Framework.objects.select_for_update(no_key=True).select_related("rules").get(pk=framework.pk)
        source = locked.stage
        if not states.can_start(locked, move, "stage"):
            raise StaleState
        kept = locked.paused_stage if source == Stage.SUSPENDED else source
        states.apply(locked, move, state_field="stage", paused_stage=kept if keep else "")
        event = record_move(framework=locked, source=source, actor=actor, mail=STAGE_MOVED, thing=locked, version=version, reason=reason)
        announce(STAGE_MOVED, actor=actor, target=locked, event=event.pk)
    framework.refresh_from_db(fields=["stage", "paused_stage"])
    return framework


def _reason(words: str) -> str:
    reason = clean(words).strip()
    if not any(map(str.isalnum, reason)):
        raise DomainError(_("Say why: everybody will be able to read it."))
    return reason


def _make_up(framework: Framework, lost: timedelta) -> None:
    """Put off the closing of rounds that were on, or should have opened, while the framework was suspended: by whole days."""
    now = timezone.now()
    for consultation in Consultation.objects.select_for_update(of=("self",)).filter(framework=framework, state__in=LIVE):
        away = lost if consultation.state == RoundState.OPEN else now - consultation.opens_at
        if away > timedelta(0):
            put_off(consultation, consultation.closes_on + timedelta(days=-(-away // timedelta(days=1))), {})
