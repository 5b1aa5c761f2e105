"""What a list shows and what a page opens are the same, for every reader and every state."""

from datetime import date
from itertools import product

import pytest

from members.enums import ApplicationState, Audience, PersonState
from members.models import Affiliation, Application, Group, GroupMembership, Organisation, Person
from members.rules import may_see_field
from tests.conftest import make_organisation, make_person
from tests.members.conftest import ROLES

DAY = date(2020, 1, 1)


def agree(readers, model, permission):
    """Fail unless `visible_to` and the permission say the same of every row for every reader."""
    for role, user in readers.items():
        listed = set(model.objects.visible_to(user).values_list("pk", flat=True))
        opened = {thing.pk for thing in model.objects.all() if user.has_perm(permission, thing)}
        assert listed == opened, role


def test_people_are_listed_as_they_are_opened(readers):
    for state, audience in product(PersonState, Audience):
        make_person(f"p-{state}-{audience}", state=state, name_audience=audience)
    agree(readers, Person, "members.view_person")


def test_organisations_are_listed_as_they_are_opened(readers):
    for audience in Audience:
        make_organisation(f"o-{audience}", audience=audience)
    agree(readers, Organisation, "members.view_organisation")


def test_groups_are_listed_as_they_are_opened(readers):
    for audience in Audience:
        Group.objects.create(slug=f"g-{audience}", name_es=audience, kind="committee", audience=audience)
    agree(readers, Group, "members.view_group")


def test_affiliations_are_listed_as_they_are_opened(readers, miner, cooperative):
    houses = [cooperative, *(make_organisation(f"o-{audience}", audience=audience) for audience in Audience)]
    for number, (state, name, organisation) in enumerate(product(PersonState, Audience, Audience)):
        person = make_person(f"p-{number}", state=state, name_audience=name, organisation_audience=organisation)
        for house, confirmed in product(houses, (True, False)):
            Affiliation.objects.create(
                person=person, organisation=house, confirmed=confirmed, starts_on=DAY, ends_on=None if confirmed else DAY
            )
    Affiliation.objects.create(person=readers["suspended"].person, organisation=cooperative, speaks=True, confirmed=False, starts_on=DAY)
    agree(readers, Affiliation, "members.view_affiliation")


def test_seats_are_listed_as_they_are_opened(readers):
    groups = [Group.objects.create(slug=f"g-{one}", name_es=one, kind="committee", audience=one) for one in Audience]
    people = [make_person(f"p-{s}-{a}", state=s, name_audience=a) for s, a in product(PersonState, Audience)]
    own = [user.person for user in readers.values() if hasattr(user, "person")]
    for group, person in product(groups, [*people, *own]):
        GroupMembership.objects.create(group=group, person=person, starts_on=DAY)
    agree(readers, GroupMembership, "members.view_groupmembership")


def test_applications_are_listed_as_they_are_opened(readers, words):
    for number, (user, state) in enumerate(product(list(readers.values())[1:], ApplicationState)):
        key = f"00000000-0000-4000-8000-{number:012d}"
        Application.objects.create(applicant=user, state=state, reason="x", **{**words, "once": key})
    agree(readers, Application, "members.view_application")


@pytest.mark.parametrize(
    ("audience", "expected"),
    [
        ("nobody", {"secretariat", "superuser"}),
        ("members", {"member", "representative", "secretariat", "superuser"}),
        ("public", set(ROLES)),
    ],
)
def test_field_is_seen_by_its_audience_only(readers, neighbour, audience, expected):
    neighbour.bio_audience = audience
    assert {role for role, user in readers.items() if may_see_field(user, neighbour, "bio")} == expected


def test_own_field_is_always_seen(readers):
    assert may_see_field(readers["member"], readers["member"].person, "bio")


def test_organisations_spoken_for_are_those_of_today(readers, miner, cooperative, scholar):
    Affiliation.objects.create(person=scholar, organisation=cooperative, speaks=True, starts_on=DAY, ends_on=date(2021, 1, 1))
    spoken = {role: list(Organisation.objects.spoken_for_by(user)) for role, user in readers.items()}
    assert {role for role, houses in spoken.items() if houses} == {"representative"}
