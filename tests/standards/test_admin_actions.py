"""The actions behind the admin, where no page stands in between."""

import pytest
from django.core.exceptions import PermissionDenied

from red_mpe.core.models import AuditEntry, Chamber, Theme
from red_mpe.core.states import DomainError
from standards.actions.frameworks import begin_version, edit_framework, edit_version, follow_rules, open_framework, write_rules
from standards.actions.identities import person_behind
from standards.actions.rounds import plan_round, set_targets
from standards.actions.texts import add_clause_text, freeze_version, save_clause_text
from standards.models import ClauseText, ProcessRules
from tests.support.frameworks import make_clause, make_framework, make_round, make_version
from tests.support.secretariat import say


@pytest.fixture
def version(db):
    return make_version(make_framework())


def labels(version):
    return list(version.texts.order_by("position").values_list("label", flat=True))


def test_first_clause_of_a_version_stands_at_the_beginning(secretary, version):
    text = add_clause_text(actor=secretary, version=version, label=" 1 ", level="principle", title_es="Legalidad")
    assert (text.label, text.position, text.depth, text.parent) == ("1", 0, 0, None)


def test_clause_without_parent_stands_at_the_end(secretary, version):
    make_clause(version, "1")
    add_clause_text(actor=secretary, version=version, label="2", level="principle")
    assert labels(version) == ["1", "2"]


def test_clause_under_the_last_one_stands_at_the_end(secretary, version):
    parent = make_clause(version, "1")
    add_clause_text(actor=secretary, version=version, label="1.1", level="criterion", parent=parent)
    assert labels(version) == ["1", "1.1"]


def test_clauses_that_follow_move_on_by_one(secretary, version):
    first, second = make_clause(version, "1"), make_clause(version, "2")
    add_clause_text(actor=secretary, version=version, label="1.1", level="criterion", parent=first)
    before = second.position
    second.refresh_from_db()
    assert second.position == before + 1


def test_new_clause_gets_its_themes(secretary, version):
    theme = Theme.objects.first()
    text = add_clause_text(actor=secretary, version=version, label="1", level="principle", themes=[theme])
    assert list(text.themes.all()) == [theme]


@pytest.mark.parametrize("label", ["general", "a/b", "..."])
def test_label_that_no_address_can_hold_is_refused(secretary, version, label):
    with pytest.raises(DomainError):
        add_clause_text(actor=secretary, version=version, label=label, level="principle")


def test_label_is_given_once(secretary, version):
    make_clause(version, "1")
    with pytest.raises(DomainError, match="1"):
        add_clause_text(actor=secretary, version=version, label="1", level="principle")


def test_clause_of_another_version_is_no_parent(secretary, version):
    stranger = make_clause(make_version(version.framework, "0.3"), "1")
    with pytest.raises(DomainError):
        add_clause_text(actor=secretary, version=version, label="1.1", level="criterion", parent=stranger)


def test_frozen_version_takes_no_clause(secretary, version):
    make_clause(version, "1")
    freeze_version(version=version, actor=None)
    with pytest.raises(DomainError):
        add_clause_text(actor=secretary, version=version, label="2", level="principle")
    assert labels(version) == ["1"]


def test_members_add_no_clause(miner, version):
    with pytest.raises(PermissionDenied):
        add_clause_text(actor=miner.user, version=version, label="1", level="principle")


def test_words_are_normalised_when_they_are_saved(secretary, version):
    text = make_clause(version, "1")
    text.title_es, text.text_es = "Una\u202e  línea\n", "Con\r\nretorno\x07 "
    save_clause_text(actor=secretary, text=text)
    saved = ClauseText.objects.get()
    assert (saved.title_es, saved.text_es) == ("Una línea", "Con\nretorno")


def test_saving_without_themes_leaves_them(secretary, version):
    text = make_clause(version, "1")
    text.themes.set(Theme.objects.all()[:2])
    save_clause_text(actor=secretary, text=text)
    assert text.themes.count() == 2


def test_edition_of_rules_moves_every_framework_that_stands_on_it(secretary, version):
    other = make_framework("agua")
    type(other).objects.filter(pk=other.pk).update(rules=version.framework.rules)
    new = follow_rules(actor=secretary, rules=version.framework.rules, announced_days=21)
    assert new.frameworks.count() == 2
    assert AuditEntry.objects.filter(verb="standards.rules_followed").count() == 2


def test_edition_keeps_what_was_not_changed(secretary, version):
    ProcessRules.objects.update(required_languages=["es", "en"], small_cell=8)
    rules = ProcessRules.objects.get()
    new = follow_rules(actor=secretary, rules=rules, announced_days=21)
    assert (new.required_languages, new.small_cell, new.announced_days) == (["es", "en"], 8, 21)


def test_version_with_an_announced_round_stays_public(secretary, version):
    make_round(version, state="announced")
    with pytest.raises(DomainError):
        edit_version(actor=secretary, version=version, public=False)


def test_version_without_a_round_can_be_hidden_again(secretary, version):
    edit_version(actor=secretary, version=version, public=False)
    version.refresh_from_db()
    assert not version.public


def test_frozen_version_keeps_its_number(secretary, version):
    freeze_version(version=version, actor=None)
    with pytest.raises(DomainError):
        edit_version(actor=secretary, version=version, number="7.0")


def test_editing_nothing_writes_nothing(secretary, version):
    before = version.framework.updated_at
    edit_framework(actor=secretary, framework=version.framework)
    version.framework.refresh_from_db()
    assert version.framework.updated_at == before


def test_members_begin_nothing(miner, version):
    attempts = [
        lambda actor: open_framework(actor=actor, slug="agua", code="AGUA", rules=version.framework.rules),
        lambda actor: begin_version(actor=actor, framework=version.framework, number="0.9"),
        lambda actor: edit_version(actor=actor, version=version, public=False),
        lambda actor: write_rules(actor=actor),
        lambda actor: follow_rules(actor=actor, rules=version.framework.rules),
    ]
    for attempt in attempts:
        with pytest.raises(PermissionDenied):
            attempt(miner.user)


def test_targets_replace_those_before(secretary, version):
    consultation = make_round(version, state="planned", targets={Chamber.objects.first(): 3})
    last = Chamber.objects.last()
    set_targets(actor=secretary, consultation=consultation, targets={last: 9})
    assert list(consultation.targets.values_list("chamber", "people")) == [(last.pk, 9)]
    assert AuditEntry.objects.get(verb="standards.targets_set").data == {last.code: 9}


def test_members_set_no_targets_and_plan_no_round(miner, version):
    consultation = make_round(version, state="planned")
    with pytest.raises(PermissionDenied):
        set_targets(actor=miner.user, consultation=consultation, targets={})
    with pytest.raises(PermissionDenied):
        plan_round(actor=miner.user, version=version, opens_on=consultation.opens_on, closes_on=consultation.closes_on)


@pytest.mark.parametrize("shown_as", ["name", "organisation", "pseudonym"])
def test_secretariat_is_told_who_wrote_unless_protected(secretary, version, miner, shown_as):
    comment = say(miner, make_round(version), shown_as=shown_as)
    assert person_behind(actor=secretary, comment=comment) == miner.user
    assert not AuditEntry.objects.filter(verb="standards.identity_opened").exists()


def test_members_are_told_nobody(miner, neighbour, version):
    comment = say(miner, make_round(version))
    with pytest.raises(PermissionDenied):
        person_behind(actor=neighbour.user, comment=comment)


def test_officer_is_told_nobody_who_is_not_protected(officer, miner, version):
    comment = say(miner, make_round(version))
    with pytest.raises(PermissionDenied):
        person_behind(actor=officer, comment=comment, reason="Una razón bastante larga para abrirla.")
