"""Organisations, who belongs to them, and seats in groups."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from members import actions
from members.models import Affiliation, Group, GroupMembership
from red_mpe.core.models import AuditEntry, Theme
from red_mpe.core.states import DomainError, StaleState


@pytest.fixture
def claim(scholar, cooperative):
    return Affiliation.objects.create(person=scholar, organisation=cooperative, confirmed=False, starts_on=date(2024, 1, 1))


@pytest.fixture
def group(db):
    return Group.objects.create(slug="comite", name_es="Comité", kind="committee")


def verb():
    return AuditEntry.objects.order_by("-pk").first().verb


def test_representative_confirms_grants_withdraws_and_ends(claim, miner):
    actions.confirm_affiliation(affiliation=claim, actor=miner.user)
    assert (claim.confirmed, verb()) == (True, "members.affiliation_confirmed")
    actions.grant_speaking(affiliation=claim, actor=miner.user)
    assert (claim.speaks, verb()) == (True, "members.speaking_granted")
    actions.withdraw_speaking(affiliation=claim, actor=miner.user)
    assert (claim.speaks, verb()) == (False, "members.speaking_withdrawn")
    actions.end_affiliation(affiliation=claim, actor=miner.user)
    assert claim.ends_on == timezone.localdate() - timedelta(days=1)


def test_granting_the_word_confirms(claim, miner):
    actions.grant_speaking(affiliation=claim, actor=miner.user)
    claim.refresh_from_db()
    assert claim.confirmed is True


def test_second_to_decide_is_told_that_somebody_was_faster(claim, miner, secretary):
    twin = Affiliation.objects.get(pk=claim.pk)
    actions.grant_speaking(affiliation=claim, actor=miner.user)
    with pytest.raises(StaleState):
        actions.grant_speaking(affiliation=twin, actor=secretary)


def test_ended_affiliation_does_not_change(claim, miner):
    Affiliation.objects.filter(pk=claim.pk).update(ends_on=date(2024, 6, 1))
    with pytest.raises(StaleState):
        actions.confirm_affiliation(affiliation=claim, actor=miner.user)


def test_person_leaves_by_themself_but_does_not_confirm_themself(claim, scholar):
    with pytest.raises(PermissionDenied):
        actions.confirm_affiliation(affiliation=claim, actor=scholar.user)
    actions.end_affiliation(affiliation=claim, actor=scholar.user)
    assert not Affiliation.objects.on(timezone.localdate()).filter(pk=claim.pk).exists()


def test_affiliation_of_today_ends_today(scholar, cooperative, miner):
    today = timezone.localdate()
    affiliation = Affiliation.objects.create(person=scholar, organisation=cooperative, speaks=True, starts_on=today)
    actions.end_affiliation(affiliation=affiliation, actor=miner.user)
    assert (affiliation.ends_on, affiliation.speaks) == (today, False)


def test_secretariat_affiliates_once(scholar, cooperative, secretary):
    actions.add_affiliation(person=scholar, organisation=cooperative, actor=secretary, role="Asesora")
    with pytest.raises(DomainError):
        actions.add_affiliation(person=scholar, organisation=cooperative, actor=secretary)
    assert scholar.affiliations.count() == 1


def test_secretariat_corrects_an_affiliation(claim, secretary):
    actions.change_affiliation(affiliation=claim, actor=secretary, role="Tesorera")
    claim.refresh_from_db()
    assert (claim.role, verb()) == ("Tesorera", "members.affiliation_changed")


def test_representative_edits_the_organisation(cooperative, miner, scholar):
    water = Theme.objects.get(code="water")
    actions.edit_organisation(organisation=cooperative, actor=miner.user, acronym="COC", description_en="Gold.", themes=[water])
    cooperative.refresh_from_db()
    assert (cooperative.acronym, cooperative.description_en, list(cooperative.themes.all())) == ("COC", "Gold.", [water])
    assert AuditEntry.objects.get().data == {"fields": ["acronym", "description_en"]}
    with pytest.raises(PermissionDenied):
        actions.edit_organisation(organisation=cooperative, actor=scholar.user, acronym="X")


def test_organisation_edited_without_themes_keeps_them(cooperative, miner):
    cooperative.themes.set(Theme.objects.filter(code="water"))
    actions.edit_organisation(organisation=cooperative, actor=miner.user, acronym="COC")
    assert cooperative.themes.count() == 1


def test_secretariat_adds_an_organisation(secretary, cooperative):
    made = actions.add_organisation(actor=secretary, name="Río Nuevo", country="PE", category=cooperative.category)
    assert (made.slug, verb()) == ("rio-nuevo", "members.organisation_added")


def test_group_is_opened_edited_and_filled(secretary, scholar, cooperative):
    group = actions.open_group(actor=secretary, slug="g", name_es="G", kind="committee")
    actions.edit_group(group=group, actor=secretary, cadence="monthly")
    seat = actions.seat_member(group=group, person=scholar, actor=secretary, organisation=cooperative, role="chair")
    actions.change_seat(seat=seat, actor=secretary, role="observer")
    seat.refresh_from_db()
    assert (group.cadence, seat.role, seat.starts_on) == ("monthly", "observer", timezone.localdate())
    assert verb() == "members.seat_changed"


def test_nobody_sits_twice(group, scholar, secretary):
    actions.seat_member(group=group, person=scholar, actor=secretary)
    with pytest.raises(DomainError):
        actions.seat_member(group=group, person=scholar, actor=secretary)
    assert GroupMembership.objects.count() == 1


def test_term_ends_once(group, scholar, secretary, miner):
    seat = actions.seat_member(group=group, person=scholar, actor=secretary, starts_on=date(2024, 1, 1))
    with pytest.raises(PermissionDenied):
        actions.unseat_member(seat=seat, actor=miner.user)
    actions.unseat_member(seat=seat, actor=secretary, ends_on=date(2024, 6, 30))
    assert (seat.ends_on, verb()) == (date(2024, 6, 30), "members.member_unseated")
    with pytest.raises(StaleState):
        actions.unseat_member(seat=seat, actor=secretary)
