"""Beginning and editing frameworks, versions and rules; moderation."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError, StaleState
from standards.actions.frameworks import begin_version, edit_framework, edit_version, follow_rules, open_framework, write_rules
from standards.actions.moderation import hide_comment, restore_comment
from standards.actions.texts import freeze_version
from standards.desk import rounds
from standards.enums import Stage
from standards.models import Framework, ProcessRules, Version
from tests.factories.standards import say
from tests.support.frameworks import make_framework, make_version


def test_a_framework_begins_with_its_terms_of_reference(secretary):
    rules = write_rules(actor=secretary, time_zone="America/Lima")
    framework = open_framework(
        actor=secretary, slug="agua", code="AGUA", title_es=" Agua\n limpia ", summary_es="Uno\r\ndos\x00", rules=rules
    )
    assert (framework.title_es, framework.summary_es, framework.stage) == ("Agua limpia", "Uno\ndos", Stage.TERMS_OF_REFERENCE)
    assert framework.public is False


def test_editing_writes_what_is_given_and_no_stage(framework, secretary):
    edit_framework(actor=secretary, framework=framework, title_en="Water", public=False)
    framework.refresh_from_db()
    assert (framework.title_en, framework.public, framework.title_es) == ("Water", False, "Marco marco")
    edit_framework(actor=secretary, framework=framework)
    with pytest.raises(ValueError, match="stage"):
        edit_framework(actor=secretary, framework=framework, stage="adopted")


def test_what_is_under_consultation_stays_public(consultation, secretary):
    for act in (
        lambda: edit_framework(actor=secretary, framework=consultation.framework, public=False),
        lambda: edit_version(actor=secretary, version=consultation.version, public=False),
    ):
        with pytest.raises(DomainError):
            act()
    assert Framework.objects.get().public


def test_versions_follow_each_other_in_one_framework(framework, version, secretary):
    later = begin_version(actor=secretary, framework=framework, number="0.3", previous=version)
    assert later.previous == version
    stranger = make_version(make_framework("otro", code="OTRO"))
    with pytest.raises(DomainError):
        begin_version(actor=secretary, framework=framework, number="0.4", previous=stranger)
    with pytest.raises(DomainError):
        edit_version(actor=secretary, version=later, previous=stranger)


def test_of_a_frozen_version_only_its_publicity_changes(version, clause, secretary):
    freeze_version(version=version, actor=secretary)
    edit_version(actor=secretary, version=version, public=False)
    assert not Version.objects.get().public
    with pytest.raises(DomainError):
        edit_version(actor=secretary, version=version, number="0.4")


def test_rules_are_followed_by_another_edition(framework, secretary):
    old = framework.rules
    new = follow_rules(actor=secretary, rules=old, small_cell=7)
    framework.refresh_from_db()
    assert (framework.rules, new.edition, new.small_cell, new.time_zone) == (new, 2, 7, old.time_zone)
    assert ProcessRules.objects.get(pk=old.pk).small_cell == 5
    with pytest.raises(StaleState):
        follow_rules(actor=secretary, rules=old, small_cell=8)


@pytest.mark.parametrize("role", ["miner", "staff"])
def test_only_the_secretariat_edits(role, miner, officer, framework, version):
    user = {"miner": miner.user, "staff": officer}[role]
    for act in (
        lambda: open_framework(actor=user, slug="x"),
        lambda: edit_framework(actor=user, framework=framework),
        lambda: begin_version(actor=user, framework=framework, number="9.9"),
        lambda: edit_version(actor=user, version=version),
        lambda: write_rules(actor=user),
        lambda: follow_rules(actor=user, rules=framework.rules),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_hiding_leaves_reason_and_moderator(miner, consultation, secretary):
    comment = hide_comment(actor=secretary, comment=say(miner, consultation), reason=" Nombra a\x00 alguien. ")
    assert (comment.state, comment.hidden_reason) == ("hidden", "Nombra a alguien.")
    assert AuditEntry.objects.get(verb="standards.comment_hidden").actor == secretary
    restore_comment(actor=secretary, comment=comment)
    assert (comment.state, comment.hidden_reason) == ("sent", "")


@pytest.mark.parametrize("reason", ["", "  ", "\x00"])
def test_hiding_needs_a_reason(miner, consultation, secretary, reason):
    with pytest.raises(DomainError):
        hide_comment(actor=secretary, comment=say(miner, consultation), reason=reason)


def test_moderation_is_for_the_secretariat_and_happens_once(miner, officer, consultation, secretary):
    comment = say(miner, consultation)
    for stranger in (miner.user, officer):
        with pytest.raises(PermissionDenied):
            hide_comment(actor=stranger, comment=comment, reason="x")
        with pytest.raises(PermissionDenied):
            restore_comment(actor=stranger, comment=comment)
    with pytest.raises(StaleState):
        restore_comment(actor=secretary, comment=comment)


def test_the_desk_shows_rounds_and_hidden_comments_to_the_secretariat_alone(miner, officer, consultation, secretary):
    hidden = say(miner, consultation)
    hide_comment(actor=secretary, comment=hidden, reason="x")
    with translation.override("en"):
        piles = [panel.find(secretary) for panel in rounds.PANELS]
    assert [(pile.count, str(pile.first[0].title)) for pile in piles] == [(1, "Framework marco, round 1"), (1, hidden.code)]
    assert piles[0].first[0].at == consultation.closes_on
    assert [panel.find(officer) for panel in rounds.PANELS] == [None, None]
