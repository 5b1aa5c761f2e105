"""Profiles, standing, accounts, slugs, budgets."""

import pytest
from django.contrib.auth.models import Group as Role
from django.core.cache import cache
from django.core.exceptions import PermissionDenied

from members.actions import (
    BudgetSpent,
    close_account,
    edit_profile,
    reopen_account,
    restore_person,
    set_audiences,
    set_language,
    set_roles,
    spend_profile_view,
    suspend_person,
)
from members.actions.budgets import PROFILES_A_DAY
from members.actions.slugs import organisation_slug, person_slug
from members.models import Organisation, Person, User
from red_mpe.core.models import AuditEntry, Theme
from red_mpe.core.states import StaleState


def last():
    return AuditEntry.objects.order_by("-pk").first()


def test_homonyms_have_addresses_that_tell_nothing_of_each_other():
    one, two = person_slug("María Núñez"), person_slug("María Núñez")
    assert one != two
    assert (one[:-5], len(one)) == ("maria-nunez-", 17)


@pytest.mark.parametrize("name", ["李娜", "Ñandú ' OR 1=1 --", "😀", "a" * 120])
def test_any_name_has_an_address(name):
    slug = person_slug(name)
    assert slug.isascii()
    assert 7 <= len(slug) <= 80


@pytest.mark.django_db
def test_organisations_of_one_name_have_two_addresses(cooperative):
    assert organisation_slug(Organisation, "Río Nuevo") == "rio-nuevo"
    assert organisation_slug(Organisation, "Cooperativa Oro Claro").startswith("cooperativa-oro-claro-")
    assert len(organisation_slug(Organisation, "李")) == 7


def test_profile_changes_are_audited_by_name_of_field_only(scholar):
    water = Theme.objects.get(code="water")
    edit_profile(person=scholar, actor=scholar.user, bio_en="Geologist.", country="CA", themes=[water])
    assert (last().verb, last().data) == ("members.profile_edited", {"fields": ["bio_en"]})
    assert list(scholar.themes.all()) == [water]
    assert scholar.slug == "ann-lee"


def test_left_name_does_not_live_on_in_the_address(scholar):
    edit_profile(person=scholar, actor=scholar.user, name="Alex Lee")
    scholar.refresh_from_db()
    assert scholar.slug.startswith("alex-lee-")


def test_profile_is_ones_own(scholar, miner):
    with pytest.raises(PermissionDenied):
        edit_profile(person=scholar, actor=miner.user, bio_en="x")
    with pytest.raises(PermissionDenied):
        set_audiences(person=scholar, actor=miner.user, bio="public")


def test_audiences_left_out_stay(scholar):
    set_audiences(person=scholar, actor=scholar.user, bio="public")
    scholar.refresh_from_db()
    assert (scholar.bio_audience, scholar.name_audience) == ("public", "members")
    with pytest.raises(ValueError, match="colour"):
        set_audiences(person=scholar, actor=scholar.user, colour="public")


def test_language_is_kept_with_the_clock(visitor):
    set_language(user=visitor, language="pt-br", time_zone="America/Belem")
    set_language(user=visitor, language="en")
    visitor.refresh_from_db()
    assert (visitor.language, visitor.time_zone) == ("en", "America/Belem")


def test_suspended_person_is_a_member_no_more_until_restored(scholar, secretary):
    suspend_person(person=scholar, actor=secretary)
    assert User.objects.get(pk=scholar.user_id).member is None
    assert last().verb == "members.person_suspended"
    with pytest.raises(StaleState):
        suspend_person(person=scholar, actor=secretary)
    restore_person(person=scholar, actor=secretary)
    assert User.objects.get(pk=scholar.user_id).member == scholar


def test_closed_account_opens_again(scholar, secretary):
    close_account(user=scholar.user, actor=secretary)
    assert User.objects.get(pk=scholar.user_id).is_active is False
    with pytest.raises(StaleState):
        close_account(user=scholar.user, actor=secretary)
    reopen_account(user=scholar.user, actor=secretary)
    assert [last().verb, scholar.user.is_active] == ["members.account_reopened", True]


def test_roles_are_given_by_a_superuser_only(readers):
    user, roles = readers["account"], Role.objects.filter(name="secretariat")
    given = {"user": user, "is_staff": True, "is_superuser": False, "roles": roles}
    with pytest.raises(PermissionDenied):
        set_roles(actor=readers["secretariat"], **given)
    set_roles(actor=readers["superuser"], **given)
    assert User.objects.get(pk=user.pk).in_group("secretariat")
    assert last().data == {"staff": True, "superuser": False, "roles": ["secretariat"]}


def test_budget_is_told_once_and_holds(scholar, secretary):
    for _ in range(PROFILES_A_DAY):
        spend_profile_view(actor=scholar.user)
    for _ in range(3):
        with pytest.raises(BudgetSpent):
            spend_profile_view(actor=scholar.user)
    assert AuditEntry.objects.filter(verb="members.budget_spent", target_id=scholar.user.pk).count() == 1


def test_secretariat_has_no_budget(secretary):
    for _ in range(PROFILES_A_DAY + 5):
        spend_profile_view(actor=secretary)
    assert not AuditEntry.objects.exists()


def test_budget_survives_a_flushed_cache(scholar, monkeypatch):
    monkeypatch.setattr(cache, "add", lambda *args: False)
    spend_profile_view(actor=scholar.user)
    assert not AuditEntry.objects.exists()


def test_person_of_a_name_only_needs_a_name(db):
    assert {constraint.name for constraint in Person._meta.constraints} == {"person_has_a_name"}
