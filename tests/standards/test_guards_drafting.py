"""What must hold before drafting begins, every guard seen refusing in three languages."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from red_mpe.core.models import Chamber
from red_mpe.core.states import findings, unmet
from standards.models import Framework, TermsOfReference
from standards.states import BEGIN_DRAFTING
from standards.states.guards import committee, terms
from tests.factories.process import again, fill_committee, seat, small_framework, write_terms_of


@pytest.fixture
def begun(clock, db):
    """Everything that drafting needs."""
    return write_terms_of(fill_committee(small_framework()))


def said(framework, guard, language="en"):
    with translation.override(language):
        return [str(words) for words in guard(again(framework))]


def take_section(framework):
    TermsOfReference.objects.update(risks_es="")


def publish_late(framework):
    TermsOfReference.objects.update(published_at=timezone.now() - timedelta(days=29, hours=23))


def take_a_chamber(framework):
    framework.committee.memberships.filter(organisation__category__chamber__code="PRO").delete()


def one_house(framework):
    seats = framework.committee.memberships.filter(organisation__category__chamber__code="SOC")
    seats.update(organisation=seats.first().organisation)


def one_country(framework):
    for membership in framework.committee.memberships.filter(organisation__category__chamber__code="COM").select_related("organisation"):
        type(membership.organisation).objects.filter(pk=membership.organisation_id).update(country="PE")


def take_women(framework):
    for membership in framework.committee.memberships.select_related("person"):
        type(membership.person).objects.filter(pk=membership.person_id).update(gender="m")


SPOILED = [
    (terms.terms_are_complete, take_section),
    (terms.terms_were_public, publish_late),
    (committee.chambers_are_seated, take_a_chamber),
    (committee.organisations_are_several, one_house),
    (committee.no_country_prevails, one_country),
    (committee.women_have_their_share, take_women),
]


def test_a_framework_that_has_everything_may_begin(begun):
    assert unmet(begun, BEGIN_DRAFTING) == []


@pytest.mark.parametrize(("guard", "spoil"), SPOILED, ids=lambda part: getattr(part, "name", ""))
def test_each_guard_refuses_in_three_languages(begun, guard, spoil):
    assert said(begun, guard) == []
    spoil(begun)
    words = {language: said(begun, guard, language) for language in ("es", "en", "pt-br")}
    assert all(words.values())
    assert len({str(one) for one in words.values()}) == 3


def test_every_guard_of_beginning_is_seen_refusing():
    assert {guard for guard, _spoil in SPOILED} == set(BEGIN_DRAFTING.guards)


def test_without_terms_all_sections_are_missing(clock, db):
    words = said(small_framework(), terms.terms_are_complete)
    assert "Need" in words[0]
    assert "Funders" in words[0]


def test_sections_count_in_the_authentic_language(begun):
    Framework.objects.update(authentic_language="en")
    assert said(begun, terms.terms_are_complete)


def test_terms_never_published_are_not_public(begun):
    TermsOfReference.objects.update(published_at=None)
    assert "30 days" in said(begun, terms.terms_were_public)[0]


def test_terms_of_a_hidden_framework_are_not_public(begun):
    Framework.objects.update(public=False)
    assert said(begun, terms.terms_were_public)


def test_terms_tell_how_long_they_have_been_public(begun):
    publish_late(begun)
    assert said(begun, terms.terms_were_public) == ["They have been public for 29 of 30 days."]


def test_terms_are_ripe_at_the_very_instant(begun):
    TermsOfReference.objects.update(published_at=timezone.now() - timedelta(days=30))
    assert said(begun, terms.terms_were_public) == []


def test_without_a_committee_every_voting_chamber_is_missing(clock, db):
    assert len(said(small_framework(), committee.chambers_are_seated)) == Chamber.objects.filter(votes=True).count()


def test_an_empty_committee_has_too_few_women(clock, db):
    assert said(small_framework(), committee.women_have_their_share)


def test_a_seat_without_organisation_counts_for_no_chamber(begun):
    begun.committee.memberships.filter(organisation__category__chamber__code="PRO").update(organisation=None)
    assert said(begun, committee.chambers_are_seated)


def test_a_neutral_chair_counts_for_no_chamber(begun):
    seats = begun.committee.memberships.filter(organisation__category__chamber__code="CAD")
    type(seats.first()).objects.filter(pk=seats.first().pk).update(role="chair")
    assert "1 of 2 seats" in said(begun, committee.chambers_are_seated)[0]


@pytest.mark.parametrize("change", [{"role": "observer"}, {"ends_on": "2026-03-08"}, {"starts_on": "2026-03-11"}])
def test_observers_and_seats_of_other_days_do_not_count(begun, change):
    begun.committee.memberships.filter(organisation__category__chamber__code="PRO").update(**change)
    assert said(begun, committee.chambers_are_seated)


def test_a_suspended_member_holds_no_seat(begun):
    membership = begun.committee.memberships.select_related("person").first()
    type(membership.person).objects.filter(pk=membership.person_id).update(state="suspended")
    assert len(committee.seats_of(again(begun))) == 7


def test_a_chamber_without_vote_is_not_asked_for(begun):
    take_a_chamber(begun)
    Chamber.objects.filter(code="PRO").update(votes=False)
    assert said(begun, committee.chambers_are_seated) == []


def test_exactly_the_share_of_a_country_is_allowed(begun):
    assert {bench.countries for bench in committee.benches(begun, committee.seats_of(begun)) if bench.votes} == {(("PE", 1), ("CO", 1))}
    assert said(begun, committee.no_country_prevails) == []


def test_a_country_is_named_with_its_seats(begun):
    one_country(begun)
    assert "2 of 2 seats are of one country (PE), more than 50 %" in said(begun, committee.no_country_prevails)[0]


@pytest.mark.parametrize(("women", "few"), [(3, True), (4, False)])
def test_the_share_of_women_is_exact(begun, women, few):
    take_women(begun)
    people = [row.person_id for row in begun.committee.memberships.order_by("pk")[:women]]
    type(begun.committee.memberships.first().person).objects.filter(pk__in=people).update(gender="f")
    assert committee.few_women(begun, committee.seats_of(begun)) is few


def test_two_women_of_five_are_forty_percent(clock, db):
    framework = small_framework()
    for number in range(5):
        seat(framework, "PRO", gender="f" if number < 2 else "m")
    assert not committee.few_women(framework, committee.seats_of(framework))


@pytest.mark.parametrize("language", ["es", "en", "pt"])
def test_a_published_reason_stands_for_the_missing_women(begun, language):
    take_women(begun)
    Framework.objects.update(**{f"balance_reason_{language}": "Motivo."})
    assert said(begun, committee.women_have_their_share) == []


def test_the_number_of_women_is_never_told(begun):
    take_women(begun)
    assert said(begun, committee.women_have_their_share) == ["Women hold less than 40 % of the seats, and no reason is published."]


def test_findings_name_what_to_do_and_where(begun):
    take_section(begun)
    found = {one.guard.name: one for one in findings(again(begun), BEGIN_DRAFTING)}
    assert not found["terms_are_complete"].holds
    assert found["terms_are_complete"].guard.place == "terms"
    assert found["chambers_are_seated"].holds
    assert all(one.guard.label and one.guard.advice for one in found.values())
