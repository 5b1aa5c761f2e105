"""Joining the network."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from members.actions import accept_application, decline_application, send_application, withdraw_application
from members.models import Affiliation, Application, Organisation, Person
from red_mpe.core.models import AuditEntry, Theme
from red_mpe.core.states import DomainError, GuardsUnmet, StaleState

HOUSE = {
    "kind": "organisation",
    "organisation_name": "Asociación Remo y Red",
    "organisation_acronym": "ARR",
    "organisation_description": "Cuarenta pescadoras.",
    "role": "Presidenta",
}


def verbs():
    return list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))


def test_sending_leaves_an_announcement(application, visitor):
    assert application.state == "sent"
    entry = AuditEntry.objects.get(verb="members.application_received")
    assert (entry.target_id, entry.actor, entry.data) == (application.pk, visitor, {})


def test_double_submit_sends_once(visitor, words):
    first, second = (send_application(actor=visitor, **words) for _ in range(2))
    assert first == second
    assert verbs().count("members.application_received") == 1


def test_key_of_somebody_else_is_not_an_answer(visitor, scholar, words):
    send_application(actor=scholar.user, **{**words, **HOUSE})
    with pytest.raises(DomainError):
        send_application(actor=visitor, **words)
    assert not Application.objects.filter(applicant=visitor).exists()


def test_second_application_is_refused_while_one_waits(application, visitor, words):
    with pytest.raises(DomainError):
        send_application(actor=visitor, **{**words, "once": uuid.uuid4()})
    assert Application.objects.count() == 1


def test_member_does_not_join_twice(scholar, words):
    with pytest.raises(DomainError):
        send_application(actor=scholar.user, **words)
    assert not Application.objects.exists()


def test_organisation_without_a_name_is_a_fault_of_the_caller(visitor, words):
    with pytest.raises(IntegrityError):
        send_application(actor=visitor, **{**words, "kind": "organisation"})


def test_anonymous_does_not_apply(readers, words):
    with pytest.raises(PermissionDenied):
        send_application(actor=readers["anonymous"], **words)


def test_accepting_makes_a_person_who_shows_nothing_to_the_public(application, secretary, visitor):
    accept_application(application=application, actor=secretary)
    person = visitor.person
    assert (person.name, person.country.code, person.state) == ("Delfina Arroyo", "PE", "member")
    assert "public" not in {getattr(person, f"{field}_audience") for field in Person.AUDIENCE_FIELDS}
    assert application.decided_by == secretary
    assert application.decided_at is not None
    assert verbs()[-1] == "members.application_accepted"


def test_accepting_an_organisation_lets_its_first_person_speak(visitor, secretary, words):
    visitor.language = "pt-br"
    visitor.save()
    application = send_application(actor=visitor, **{**words, **HOUSE})
    accept_application(application=application, actor=secretary)
    organisation = Organisation.objects.get(name="Asociación Remo y Red")
    assert (organisation.slug, organisation.description_pt, organisation.acronym) == (
        "asociacion-remo-y-red",
        "Cuarenta pescadoras.",
        "ARR",
    )
    affiliation = Affiliation.objects.get(person=visitor.person, organisation=organisation)
    assert (affiliation.speaks, affiliation.confirmed, affiliation.role) == (True, True, "Presidenta")


def test_member_of_a_member_organisation_waits_for_its_word(visitor, secretary, cooperative, words):
    application = send_application(actor=visitor, member_organisation=cooperative, **words)
    accept_application(application=application, actor=secretary)
    affiliation = visitor.person.affiliations.get()
    assert (affiliation.organisation, affiliation.speaks, affiliation.confirmed) == (cooperative, False, False)


def test_member_brings_an_organisation_and_stays_the_same_person(scholar, secretary, words):
    application = send_application(actor=scholar.user, **{**words, **HOUSE})
    accept_application(application=application, actor=secretary)
    assert Person.objects.filter(user=scholar.user).count() == 1
    assert scholar.affiliations.get().speaks is True


def test_themes_go_with_the_application(visitor, secretary, words):
    water = Theme.objects.get(code="water")
    application = send_application(actor=visitor, themes=[water], **words)
    accept_application(application=application, actor=secretary)
    assert list(visitor.person.themes.all()) == [water]


def test_accepting_a_member_again_is_refused_with_the_reason(application, visitor, scholar, secretary):
    Person.objects.filter(pk=scholar.pk).update(user=visitor)
    application = Application.objects.get(pk=application.pk)
    with pytest.raises(GuardsUnmet) as refusal:
        accept_application(application=application, actor=secretary)
    assert len(refusal.value.unmet) == 1
    application.refresh_from_db()
    assert application.state == "sent"


def test_accepting_a_closed_account_is_refused(application, visitor, secretary):
    visitor.is_active = False
    visitor.save()
    application = Application.objects.get(pk=application.pk)
    with pytest.raises(GuardsUnmet):
        accept_application(application=application, actor=secretary)
    assert not Person.objects.exists()


def test_declining_keeps_the_reason(application, secretary):
    decline_application(application=application, actor=secretary, reason=" Falta el aval. ")
    assert (application.state, application.reason) == ("declined", "Falta el aval.")
    assert verbs()[-1] == "members.application_declined"


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_declining_without_a_reason_is_refused(application, secretary, reason):
    with pytest.raises(DomainError):
        decline_application(application=application, actor=secretary, reason=reason)
    application.refresh_from_db()
    assert application.state == "sent"


def test_withdrawing_is_the_applicants(application, visitor, scholar):
    with pytest.raises(PermissionDenied):
        withdraw_application(application=application, actor=scholar.user)
    withdraw_application(application=application, actor=visitor)
    assert application.state == "withdrawn"
    assert verbs()[-1] == "members.application_withdrawn"


@pytest.mark.parametrize("decide", [accept_application, withdraw_application])
def test_decided_application_does_not_move_again(application, secretary, visitor, decide):
    decline_application(application=application, actor=secretary, reason="No.")
    with pytest.raises(StaleState):
        decide(application=application, actor=visitor if decide is withdraw_application else secretary)
    assert not Person.objects.exists()


def test_waiting_are_the_oldest_first(application, scholar, words):
    younger = send_application(actor=scholar.user, **{**words, **HOUSE, "once": uuid.uuid4()})
    assert list(Application.objects.waiting()) == [application, younger]
    assert Application.objects.latest_of(scholar.user) == younger
