"""Frameworks move by hand, with guards, reasons and events that nobody can change."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError, GuardsUnmet, StaleState
from red_mpe.notifications.actions import follow, mute
from standards.actions.rounds import announce_round, turn_rounds, waive_language
from standards.actions.stages import (
    abandon_framework,
    begin_drafting,
    draft_again,
    explain_balance,
    finish_draft,
    resume_framework,
    suspend_framework,
)
from standards.enums import RoundState, Stage, VersionKind
from standards.models import ClauseText, Consultation, Framework, GuardWaiver, ProcessRules, RoundExtension, StageEvent, Version
from standards.notifications.process import STAGE_MOVED, reach
from standards.states import BY_HAND, WITH_REASON, resumed
from tests.factories.process import again, fill_committee, hold_round, small_framework, write_terms_of
from tests.factories.standards import plan, ready_version, say, tell
from tests.support.frameworks import make_framework, make_round

WHY = "Falta dinero para traducir."


@pytest.fixture
def finished(clock, db):
    """A framework in which everything is done for a final draft."""
    framework = small_framework(stage="response")
    hold_round(framework, number=1, days_ago=90)
    hold_round(framework, number=2, days_ago=50)
    return again(framework)


def test_drafting_begins(clock, db, secretary):
    framework = write_terms_of(fill_committee(small_framework()))
    assert begin_drafting(actor=secretary, framework=framework).stage == Stage.DRAFTING
    event = StageEvent.objects.get()
    assert (event.source, event.target, event.actor, event.mail) == ("terms_of_reference", "drafting", secretary, STAGE_MOVED)


def test_a_refused_move_leaves_nothing(clock, db, secretary):
    framework = small_framework()
    with pytest.raises(GuardsUnmet) as refusal:
        begin_drafting(actor=secretary, framework=framework)
    assert len(refusal.value.unmet) > 4
    assert (Framework.objects.get().stage, StageEvent.objects.count()) == (Stage.TERMS_OF_REFERENCE, 0)


def test_the_committee_drafts_again_after_a_round(finished, secretary):
    assert draft_again(actor=secretary, framework=finished).stage == Stage.DRAFTING


def test_the_final_draft_freezes_the_newest_version(finished, secretary):
    assert finish_draft(actor=secretary, framework=finished).stage == Stage.FINAL_DRAFT
    version = Version.objects.get()
    assert (version.kind, version.frozen, len(version.sha256)) == (VersionKind.FINAL_DRAFT, True, 64)
    assert StageEvent.objects.get().version == version


def test_a_final_draft_that_is_refused_stays_soft(finished, secretary):
    ClauseText.objects.update(text_es="", title_es="")
    with pytest.raises(GuardsUnmet):
        finish_draft(actor=secretary, framework=finished)
    assert not Version.objects.get().frozen


def test_a_framework_without_versions_has_no_final_draft(clock, db, secretary):
    with pytest.raises(GuardsUnmet):
        finish_draft(actor=secretary, framework=make_framework("vacio", stage="response"))


def test_a_move_is_made_once(finished, secretary):
    finish_draft(actor=secretary, framework=finished)
    with pytest.raises(StaleState):
        finish_draft(actor=secretary, framework=again(finished))
    assert StageEvent.objects.count() == 1


@pytest.mark.parametrize("act", [begin_drafting, draft_again, finish_draft])
def test_only_who_steers_moves(finished, miner, act):
    with pytest.raises(PermissionDenied):
        act(actor=miner.user, framework=finished)


@pytest.mark.parametrize("act", [suspend_framework, abandon_framework, resume_framework])
def test_only_who_steers_stops_and_resumes(finished, miner, act):
    with pytest.raises(PermissionDenied):
        act(actor=miner.user, framework=finished, reason=WHY)


@pytest.mark.parametrize("act", [suspend_framework, abandon_framework])
@pytest.mark.parametrize("reason", ["", "  \n", "…", "\u200b"])
def test_stopping_needs_a_reason_with_words(finished, secretary, act, reason):
    with pytest.raises(DomainError):
        act(actor=secretary, framework=finished, reason=reason)
    assert again(finished).stage == Stage.RESPONSE


def test_a_suspended_framework_remembers_where_it_stood(finished, secretary):
    suspend_framework(actor=secretary, framework=finished, reason=WHY)
    assert (finished.stage, finished.paused_stage) == (Stage.SUSPENDED, Stage.RESPONSE)
    assert StageEvent.objects.get().reason == WHY


def test_a_resumed_framework_stands_where_it_stood(finished, secretary):
    suspend_framework(actor=secretary, framework=finished, reason=WHY)
    resume_framework(actor=secretary, framework=finished, reason="Ya hay.")
    assert (finished.stage, finished.paused_stage) == (Stage.RESPONSE, "")
    assert list(StageEvent.objects.order_by("pk").values_list("target", flat=True)) == [Stage.SUSPENDED, Stage.RESPONSE]


def test_what_is_not_suspended_is_not_resumed(finished, secretary):
    with pytest.raises(StaleState):
        resume_framework(actor=secretary, framework=finished, reason=WHY)


def test_a_framework_suspended_by_hand_of_old_resumes_too(finished, secretary):
    Framework.objects.update(stage=Stage.SUSPENDED)
    assert resumed(again(finished)).target == Stage.TERMS_OF_REFERENCE
    assert resume_framework(actor=secretary, framework=finished, reason=WHY).stage == Stage.TERMS_OF_REFERENCE


def test_an_abandoned_framework_comes_back_no_more(finished, secretary):
    suspend_framework(actor=secretary, framework=finished, reason=WHY)
    abandon_framework(actor=secretary, framework=finished, reason=WHY)
    assert (finished.stage, finished.paused_stage) == (Stage.ABANDONED, Stage.RESPONSE)
    with pytest.raises(StaleState):
        resume_framework(actor=secretary, framework=finished, reason=WHY)


@pytest.mark.parametrize("stage", [Stage.ADOPTED, Stage.IN_FORCE, Stage.SUPERSEDED])
def test_what_is_adopted_is_not_suspended(finished, secretary, stage):
    Framework.objects.update(stage=stage)
    with pytest.raises(StaleState):
        suspend_framework(actor=secretary, framework=finished, reason=WHY)


def test_an_open_round_gets_back_the_days_it_lost(consultation, secretary, clock):
    suspend_framework(actor=secretary, framework=consultation.framework, reason=WHY)
    clock.shift(timedelta(days=9, hours=1))
    resume_framework(actor=secretary, framework=consultation.framework, reason="Ya hay.")
    found = Consultation.objects.get()
    assert found.closes_on == consultation.closes_on + timedelta(days=10)
    assert (found.extensions, RoundExtension.objects.get().missed) == (0, {})


def test_a_round_that_was_to_open_meanwhile_opens_with_all_its_days(clock, db, secretary):
    consultation = announce_round(actor=secretary, consultation=plan(ready_version(), secretary))
    framework = consultation.framework
    suspend_framework(actor=secretary, framework=framework, reason=WHY)
    clock.move_to(consultation.opens_at + timedelta(days=3))
    turn_rounds()
    resume_framework(actor=secretary, framework=framework, reason="Ya hay.")
    turn_rounds()
    found = Consultation.objects.get()
    assert (found.state, found.closes_on) == (RoundState.OPEN, consultation.closes_on + timedelta(days=3))


def test_a_round_that_opens_after_the_pause_keeps_its_days(clock, db, secretary):
    consultation = announce_round(actor=secretary, consultation=plan(ready_version(), secretary))
    suspend_framework(actor=secretary, framework=consultation.framework, reason=WHY)
    clock.shift(timedelta(days=2))
    resume_framework(actor=secretary, framework=consultation.framework, reason="Ya hay.")
    assert not RoundExtension.objects.exists()


def test_a_round_ends_with_its_abandoned_framework(consultation, secretary):
    abandon_framework(actor=secretary, framework=consultation.framework, reason=WHY)
    assert Consultation.objects.get().state == RoundState.CLOSED


def test_the_move_is_told_to_who_follows_and_who_has_spoken(consultation, secretary, miner, neighbour, scholar):
    say(miner, consultation)
    follow(person=neighbour.user, topic="framework:marco")
    suspend_framework(actor=secretary, framework=consultation.framework, reason=WHY)
    tell()
    entry = AuditEntry.objects.get(verb=STAGE_MOVED)
    assert set(entry.notifications.values_list("recipient__email", flat=True)) == {miner.user.email, neighbour.user.email}
    assert StageEvent.objects.get().readers == 2


def test_reach_leaves_out_who_has_muted(consultation, neighbour):
    follow(person=neighbour.user, topic="framework:marco")
    assert reach(STAGE_MOVED, consultation.framework)["all"] == 1
    mute(person=neighbour.user, topic="framework:marco")
    assert reach(STAGE_MOVED, consultation.framework)["all"] == 0


def test_opening_leaves_an_event_of_the_clock(clock, db, secretary, miner):
    consultation = announce_round(actor=secretary, consultation=plan(ready_version(), secretary))
    clock.move_to(consultation.opens_at)
    turn_rounds()
    event = StageEvent.objects.get()
    assert (event.source, event.target, event.actor, event.readers) == (Stage.DRAFTING, Stage.CONSULTATION, None, 1)
    assert event.consultation.version.kind == VersionKind.CONSULTATION


def test_events_are_never_rewritten(finished, secretary):
    draft_again(actor=secretary, framework=finished)
    for change in (lambda: StageEvent.objects.update(reason="x"), lambda: StageEvent.objects.all().delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_the_reason_for_few_women_is_written_in_each_language(finished, secretary):
    explain_balance(actor=secretary, framework=finished, words={"es": " Pocas.\r\n", "pt": "Poucas."})
    assert (finished.balance_reason_es, finished.balance_reason_en, finished.balance_reason_pt) == ("Pocas.", "", "Poucas.")
    assert AuditEntry.objects.filter(verb="standards.balance_explained").exists()


def test_only_who_steers_explains_the_balance(finished, miner):
    with pytest.raises(PermissionDenied):
        explain_balance(actor=miner.user, framework=finished, words={})


def test_every_move_by_hand_that_says_why_is_known():
    assert set(BY_HAND) >= WITH_REASON


@pytest.fixture
def asked(clock, db, secretary):
    """A planned round that asks for Portuguese."""
    version = ready_version()
    ProcessRules.objects.update(required_languages=["pt"])
    return Consultation.objects.get(pk=plan(version, secretary).pk)


def test_a_language_is_waived_with_a_public_reason(asked, secretary):
    waiver = waive_language(actor=secretary, consultation=asked, language="pt", reason=WHY)
    assert (waiver.reason, waiver.actor, waiver.at) == (WHY, secretary, timezone.now())


def test_a_language_is_waived_once_and_the_first_reason_stays(asked, secretary):
    for reason in (WHY, "Otra cosa."):
        waive_language(actor=secretary, consultation=asked, language="pt", reason=reason)
    assert GuardWaiver.objects.get().reason == WHY
    assert AuditEntry.objects.filter(verb="standards.language_waived").count() == 1


@pytest.mark.parametrize(("language", "reason"), [("pt", " "), ("en", WHY)])
def test_a_waiver_needs_a_reason_and_a_language_of_the_rules(asked, secretary, language, reason):
    with pytest.raises(DomainError):
        waive_language(actor=secretary, consultation=asked, language=language, reason=reason)


def test_an_open_round_waives_nothing(asked, secretary):
    Consultation.objects.update(state=RoundState.OPEN)
    with pytest.raises(StaleState):
        waive_language(actor=secretary, consultation=asked, language="pt", reason=WHY)


def test_only_who_steers_waives(asked, miner):
    with pytest.raises(PermissionDenied):
        waive_language(actor=miner.user, consultation=asked, language="pt", reason=WHY)


def test_suspending_does_not_touch_other_frameworks(consultation, secretary, finished):
    make_round(finished.versions.get(), number=3)
    abandon_framework(actor=secretary, framework=consultation.framework, reason=WHY)
    assert Consultation.objects.get(framework=finished, number=3).state == RoundState.OPEN
