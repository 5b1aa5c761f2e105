"""How an author is shown, and that nobody else can walk from the voice to the person."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils import translation

from members.models import Affiliation, Group, GroupMembership
from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError
from red_mpe.notifications.models import Subscription
from standards.actions.comments import hide_identity
from standards.actions.identities import (
    give_pseudonym,
    own_contributions,
    own_persona,
    own_personas,
    people_behind,
    person_behind,
    persona_for,
    shown_of,
)
from standards.enums import ShownAs
from standards.models import Comment, Persona
from standards.querysets import byline
from tests.conftest import make_organisation, make_person, make_user
from tests.factories.standards import fresh, say

NAME, ORGANISATION, PSEUDONYM, PROTECTED = (ShownAs(mode) for mode in ("name", "organisation", "pseudonym", "protected"))


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def shown(comment):
    return byline(Comment.objects.for_list().get(pk=comment.pk))


@pytest.fixture
def table(miner, cooperative):
    """Rosa sits at a table, for her cooperative."""
    group = Group.objects.create(slug="mesa", name="Mesa del agua", kind="committee")
    return GroupMembership.objects.create(group=group, person=miner, organisation=cooperative, starts_on=date(2020, 1, 1))


@pytest.mark.parametrize(
    ("mode", "own", "behalf", "group"),
    [
        (NAME, "Rosa Quispe", "Rosa Quispe, for Cooperativa Oro Claro", "Rosa Quispe, for Mesa del agua"),
        (
            ORGANISATION,
            "Someone from Cooperativa Oro Claro, Bolivia",
            "Cooperativa Oro Claro, Bolivia",
            "Mesa del agua, Bolivia",
        ),
        (PROTECTED, "Protected voice", "Protected voice", "Protected voice"),
    ],
)
def test_each_mode_shows_what_it_promises(miner, consultation, table, mode, own, behalf, group):
    voices = (None, miner.affiliations.get(), table)
    assert [shown(say(miner, consultation, shown_as=mode, voice=voice)) for voice in voices] == [own, behalf, group]


def test_without_an_organisation_sector_and_country_are_shown(neighbour, consultation):
    comment = say(neighbour, consultation)
    assert shown(comment) == f"{comment.category.name}, Brazil"


@pytest.mark.parametrize(
    "fields",
    [{"confirmed": False}, {"ends_on": date(2026, 3, 8)}, {"starts_on": date(2026, 3, 11)}],
)
def test_an_organisation_that_is_not_ones_own_today_is_not_named(neighbour, consultation, fields):
    organisation = make_organisation("gran-empresa")
    Affiliation.objects.create(person=neighbour, organisation=organisation, **{"starts_on": date(2020, 1, 1), **fields})
    assert say(neighbour, consultation).shown_organisation is None


@pytest.mark.parametrize("audience", ["members", "nobody"])
def test_an_organisation_that_hides_is_named_to_nobody(miner, consultation, cooperative, audience):
    comment = say(miner, consultation, voice=miner.affiliations.get())
    type(cooperative).objects.update(audience=audience)
    assert "Oro Claro" not in shown(comment)


def test_what_a_mode_does_not_show_is_not_in_the_comment(miner, consultation):
    for mode in (PSEUDONYM, PROTECTED):
        comment = say(miner, consultation, shown_as=mode, voice=miner.affiliations.get())
        assert (comment.shown_name, comment.shown_organisation, comment.shown_group, comment.on_behalf) == ("", None, None, False)


def test_side_and_country_are_those_of_the_organisation_spoken_for(neighbour, consultation):
    organisation = make_organisation("refineria", category="buyers", country="CH")
    voice = Affiliation.objects.create(person=neighbour, organisation=organisation, speaks=True, starts_on=date(2020, 1, 1))
    own, behalf = (shown_of(neighbour, given, ORGANISATION) for given in (None, voice))
    assert (own.chamber.code, own.country, behalf.chamber.code, behalf.country) == ("COM", "BR", "CAD", "CH")


def test_a_pseudonym_is_given_once_a_round(miner, consultation, clause):
    first, second = (say(miner, consultation, clause, shown_as=PSEUDONYM) for _ in range(2))
    assert shown(first) == shown(second) == f"Participant {Persona.objects.get().pseudonym}"


def test_a_pseudonym_leaves_out_the_country_of_few(miner, consultation):
    say(miner, consultation, shown_as=PSEUDONYM)
    assert Persona.objects.get().pseudonym.startswith("PRO-")


def test_a_pseudonym_names_the_country_of_many(miner, consultation):
    for number in range(4):
        make_person(f"minera-{number}", country="BO")
    make_person("otra", country="BO", state="suspended")
    say(miner, consultation, shown_as=PSEUDONYM)
    assert Persona.objects.get().pseudonym.startswith("BO-PRO-")


def test_pseudonyms_are_random_and_never_meet(consultation):
    for _ in range(120):
        give_pseudonym(Persona.objects.create(consultation=consultation), chamber="PRO", country="BO", small_cell=5)
    names = list(Persona.objects.order_by("pk").values_list("pseudonym", flat=True))
    assert len(set(names)) == 120
    assert names != sorted(names)


def test_a_pseudonym_given_at_the_same_time_is_kept(miner, consultation):
    persona = persona_for(miner.user, consultation)
    stale = Persona.objects.get(pk=persona.pk)
    for one in (persona, stale):
        give_pseudonym(one, chamber="PRO", country="BO", small_cell=5)
    assert persona.pseudonym == stale.pseudonym != ""


@pytest.mark.parametrize(
    ("before", "after", "allowed"),
    [(a, b, ia < ib) for ia, a in enumerate(ShownAs.values) for ib, b in enumerate(ShownAs.values)] + [("name", "xx", False)],
)
def test_one_may_only_become_less_visible(miner, consultation, clause, before, after, allowed):
    comment = say(miner, consultation, clause, shown_as=before)
    if allowed:
        assert hide_identity(actor=miner.user, comment=comment, shown_as=after).shown_as == after
    else:
        with pytest.raises(DomainError):
            hide_identity(actor=miner.user, comment=comment, shown_as=after)
        assert Comment.objects.get().shown_as == before


def test_a_page_that_has_gone_stale_brings_nobody_back(miner, consultation):
    comment = say(miner, consultation, shown_as=NAME)
    stale = Comment.objects.get()
    hide_identity(actor=miner.user, comment=comment, shown_as=PROTECTED)
    with pytest.raises(DomainError):
        hide_identity(actor=miner.user, comment=stale, shown_as=ORGANISATION)
    assert Comment.objects.get().shown_as == PROTECTED


def test_hiding_wipes_what_was_shown(miner, consultation, clause):
    comment = say(miner, consultation, clause, shown_as=NAME, voice=miner.affiliations.get())
    hide_identity(actor=miner.user, comment=comment, shown_as=ORGANISATION)
    assert (comment.shown_name, comment.shown_organisation.slug) == ("", "cooperativa-oro-claro")
    hide_identity(actor=miner.user, comment=comment, shown_as=PSEUDONYM)
    assert (comment.shown_name, comment.shown_organisation, comment.on_behalf) == ("", None, False)
    assert shown(comment).startswith("Participant PRO-")
    assert not AuditEntry.objects.filter(verb="standards.identity_hidden").exclude(actor=None).exists()


def test_hiding_stops_following_unless_one_still_speaks_openly(miner, consultation, clause):
    first, second = (say(miner, consultation, clause) for _ in range(2))
    hide_identity(actor=miner.user, comment=first, shown_as=PROTECTED)
    assert Subscription.objects.count() == 1
    hide_identity(actor=miner.user, comment=second, shown_as=PSEUDONYM)
    assert Subscription.objects.count() == 0


def test_hiding_a_general_comment_leaves_subscriptions_alone(miner, consultation):
    Subscription.objects.create(person=miner.user, topic="framework:marco")
    hide_identity(actor=miner.user, comment=say(miner, consultation), shown_as=PROTECTED)
    assert Subscription.objects.count() == 1


@pytest.mark.parametrize("who", ["neighbour", "secretary", "superuser"])
def test_only_the_author_hides(miner, neighbour, secretary, consultation, who):
    comment = say(miner, consultation)
    root = make_user("root@example.org", is_staff=True, is_superuser=True)
    with pytest.raises(PermissionDenied):
        hide_identity(
            actor={"neighbour": neighbour.user, "secretary": secretary, "superuser": root}[who], comment=comment, shown_as=PROTECTED
        )


def test_one_counts_ones_own_contributions_only(miner, neighbour, consultation):
    say(miner, consultation), say(miner, consultation), say(neighbour, consultation)
    found = [own_contributions(who, consultation) for who in (fresh(miner.user), neighbour.user, AnonymousUser())]
    assert found == [2, 1, 0]


def test_who_has_not_spoken_has_no_contributions(miner, consultation, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert own_contributions(miner.user, consultation) == 0


def test_one_finds_ones_own_persona_only(miner, neighbour, visitor, consultation):
    comment = say(miner, consultation)
    assert own_persona(fresh(miner.user), consultation) == comment.persona
    assert own_persona(neighbour.user, consultation) is None
    assert (own_personas(miner.user), own_personas(neighbour.user)) == ([comment.persona_id], [])
    assert people_behind(comment.persona_id) == {miner.user_id}


@pytest.mark.parametrize("mode", [NAME, ORGANISATION, PSEUDONYM])
def test_the_secretariat_sees_who_speaks_unless_protected(miner, neighbour, secretary, consultation, mode):
    comment = say(miner, consultation, shown_as=mode)
    assert person_behind(actor=secretary, comment=comment) == miner.user
    with pytest.raises(PermissionDenied):
        person_behind(actor=neighbour.user, comment=comment)


def test_a_protected_author_is_opened_by_the_officer_alone_and_leaves_a_trace(miner, secretary, officer, consultation):
    comment = say(miner, consultation, shown_as=PROTECTED)
    root = make_user("root@example.org", is_staff=True, is_superuser=True)
    for stranger in (secretary, root):
        with pytest.raises(PermissionDenied):
            person_behind(actor=stranger, comment=comment, reason="Because I would like to know it.")
    with pytest.raises(DomainError):
        person_behind(actor=officer, comment=comment, reason="why not")
    assert person_behind(actor=officer, comment=comment, reason="The author has asked us for protection.") == miner.user
    entry = AuditEntry.objects.get(verb="standards.identity_opened")
    assert (entry.actor, entry.target, entry.data["reason"]) == (officer, comment, "The author has asked us for protection.")


def test_a_page_that_has_gone_stale_does_not_open_a_protected_author(miner, secretary, consultation):
    comment = say(miner, consultation, shown_as=NAME)
    Comment.objects.update(shown_as=PROTECTED, shown_name="")
    with pytest.raises(PermissionDenied):
        person_behind(actor=secretary, comment=comment)
