"""What membership announces: to whom, in which language, with which words."""

import pytest
from django.contrib.auth.models import Group as Role

from members.actions import accept_application, decline_application, send_application, suspend_person
from members.notifications import TYPES
from red_mpe.core.locale import speaking
from red_mpe.core.models import AuditEntry
from red_mpe.notifications import registry
from red_mpe.notifications.actions import announce
from red_mpe.notifications.mailing.message import thaw, write
from red_mpe.notifications.mailing.words import Words, visible
from tests.conftest import make_user


def entry(verb):
    return AuditEntry.objects.get(verb=verb)


def mail(verb, language):
    """The mail about the only entry of that verb, in one language."""
    kind, one = registry.get(verb), entry(verb)
    with speaking(language, "America/Lima"):
        item = kind.describe([one])[one.pk]
        context = {"item": item, "url": "http://localhost:8000" + item["url"], "base_url": "http://localhost:8000"}
        return thaw(write(kind.folder, to="x@example.org", context=context, headers={}))


@pytest.fixture
def declined(application, secretary):
    return decline_application(application=application, actor=secretary, reason="Falta el aval de <la> asamblea.")


@pytest.fixture
def accepted(visitor, words, secretary):
    application = send_application(actor=visitor, **{**words, "kind": "organisation", "organisation_name": "Río & Red"})
    return accept_application(application=application, actor=secretary)


def test_new_application_is_told_to_the_secretariat_only(application, secretary, officer, scholar):
    away = make_user("away@example.org", is_staff=True, is_active=False)
    away.groups.add(Role.objects.get(name="secretariat"))
    kind = registry.get("members.application_received")
    assert list(kind.audience(entry(kind.key))) == [secretary.pk]
    assert {user for user in (secretary, officer, scholar.user) if visible([entry(kind.key)], user)} == {secretary}


def test_secretary_who_applies_is_not_told_by_themself(secretary, words):
    send_application(actor=secretary, **words)
    assert registry.get("members.application_received").audience(entry("members.application_received")) == []


def test_answer_is_told_to_the_applicant_only_and_always(declined, visitor, secretary):
    kind = registry.get("members.application_declined")
    assert list(kind.audience(entry(kind.key))) == [visitor.pk]
    assert {user for user in (visitor, secretary) if visible([entry(kind.key)], user)} == {visitor}
    assert kind.always is True


def test_answer_about_what_is_gone_is_told_to_nobody(declined):
    one = entry("members.application_declined")
    declined.delete()
    assert list(registry.get(one.verb).audience(AuditEntry.objects.get(pk=one.pk))) == []
    assert registry.get(one.verb).describe([AuditEntry.objects.get(pk=one.pk)]) == {}


@pytest.mark.parametrize("language", ["es", "en", "pt-br"])
def test_declining_mail_gives_the_reason_in_the_applicants_pages(declined, language):
    message = mail("members.application_declined", language)
    assert "Falta el aval de <la> asamblea." in message.body
    assert "&lt;la&gt;" in message.alternatives[0][0]
    assert f"http://localhost:8000/{language}/" in message.body


@pytest.mark.parametrize("language", ["es", "en", "pt-br"])
def test_accepting_mail_names_the_organisation(accepted, language):
    message = mail("members.application_accepted", language)
    assert "Río & Red" in message.body
    assert "Río &amp; Red" in message.alternatives[0][0]
    assert f"http://localhost:8000/{language}/" in message.body


@pytest.mark.parametrize("language", ["es", "en", "pt-br"])
def test_received_mail_leads_to_the_admin(application, language):
    message = mail("members.application_received", language)
    assert "Delfina Arroyo" in message.body
    assert f"/members/application/{application.pk}/change/" in message.body


def test_spent_budget_mail_names_the_account(scholar, secretary):
    announce("members.budget_spent", actor=scholar.user, target=scholar.user, limit=150)
    message = mail("members.budget_spent", "en")
    assert scholar.user.email in message.body


def test_subjects_are_discreet(accepted):
    assert "Río" not in mail("members.application_accepted", "es").subject
    assert "Delfina" not in mail("members.application_accepted", "es").subject


def test_lines_of_the_inbox_are_escaped(visitor, words, secretary):
    send_application(actor=visitor, **{**words, "name": "<script>alert(1)</script>"})
    maker = Words()
    with speaking("es", "America/Lima"):
        maker.describe([entry("members.application_received")])
        html = maker.line(entry("members.application_received")).html
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_every_type_is_known_and_suspending_announces_nothing(scholar, secretary):
    assert all(registry.known(kind.key) for kind in TYPES)
    suspend_person(person=scholar, actor=secretary)
    assert not registry.known("members.person_suspended")
