"""The terms of reference: written together, published once, every later edit recorded in public."""

import pytest
from django.core.exceptions import PermissionDenied

from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError, StaleState
from standards.actions.terms import publish_terms, write_terms
from standards.enums import TermsSection
from standards.models import TermsOfReference
from standards.querysets.process import edits_of_terms
from tests.factories.process import write_terms_of
from tests.support.pages import text_of, url

WORDS = {f"{section}_es": f"Sobre {section}." for section in TermsSection}


def write(actor, framework, **words):
    found = TermsOfReference.objects.filter(framework=framework).first()
    return write_terms(actor=actor, framework=framework, words=words, seen=found and found.updated_at)


def test_terms_are_written_in_three_languages(framework, secretary):
    terms = write(secretary, framework, need_es=" Hace\x00 falta.\r\n", need_pt="Falta.")
    assert (terms.need_es, terms.need_pt, terms.published_at) == ("Hace falta.", "Falta.", None)


def test_a_second_writer_overwrites_nothing(framework, secretary, clock):
    seen = write(secretary, framework, need_es="Uno.").updated_at
    clock.shift(1)
    TermsOfReference.objects.get().save()
    with pytest.raises(DomainError):
        write_terms(actor=secretary, framework=framework, words={"need_es": "Dos."}, seen=seen)
    with pytest.raises(DomainError):
        write_terms(actor=secretary, framework=framework, words={"need_es": "Dos."}, seen=None)
    assert TermsOfReference.objects.get().need_es == "Uno."


def test_what_is_not_given_stays(framework, secretary):
    write(secretary, framework, need_es="Uno.")
    assert write(secretary, framework, scope_es="Dos.").need_es == "Uno."


def test_members_outside_the_committee_do_not_write(framework, miner):
    with pytest.raises(PermissionDenied):
        write(miner.user, framework, need_es="Uno.")


def test_terms_are_published_once(framework, secretary):
    write(secretary, framework, **WORDS)
    terms = publish_terms(actor=secretary, framework=framework)
    assert terms.published_by == secretary
    with pytest.raises(StaleState):
        publish_terms(actor=secretary, framework=framework)


@pytest.mark.parametrize("words", [{}, {**WORDS, "funders_es": " "}])
def test_terms_with_gaps_are_not_published(framework, secretary, words):
    write(secretary, framework, **words)
    with pytest.raises(DomainError):
        publish_terms(actor=secretary, framework=framework)


def test_terms_that_nobody_wrote_are_not_published(framework, secretary):
    with pytest.raises(DomainError):
        publish_terms(actor=secretary, framework=framework)


def test_only_who_steers_publishes(framework, miner):
    with pytest.raises(PermissionDenied):
        publish_terms(actor=miner.user, framework=framework)


def test_an_edit_after_publishing_is_recorded(framework, secretary):
    write_terms_of(framework)
    write(secretary, framework, need_es="Otra.", need_en="Other.", risks_es="Más.")
    [(at, sections)] = edits_of_terms(TermsOfReference.objects.get())
    assert sections == ["need", "risks"]
    assert at == AuditEntry.objects.get(verb="standards.terms_changed").at


def test_saving_the_same_words_is_no_edit(framework, secretary):
    write_terms_of(framework)
    write(secretary, framework, need_es="Sobre need.")
    assert edits_of_terms(TermsOfReference.objects.get()) == []


def test_edits_before_publishing_are_not_told(framework, secretary):
    write(secretary, framework, need_es="Uno.")
    assert edits_of_terms(TermsOfReference.objects.get()) == []


def test_everybody_reads_published_terms(client, framework):
    write_terms_of(framework)
    page = client.get(url("standards:terms", "marco"))
    assert "Sobre funders." in text_of(page)


def test_terms_in_another_language_are_marked(client, framework):
    write_terms_of(framework)
    assert "In Español" in text_of(client.get(url("standards:terms", "marco", language="en")))


def test_unpublished_terms_are_hidden_from_strangers(client, framework):
    TermsOfReference.objects.create(framework=framework)
    assert client.get(url("standards:terms", "marco")).status_code == 404


def test_the_secretariat_reads_them_before(as_user, secretary, framework):
    TermsOfReference.objects.create(framework=framework, need_es="Falta.")
    page = text_of(as_user(secretary).get(url("standards:terms", "marco", language="en")))
    assert "Not public yet" in page
    assert "Not written yet." in page


def test_changes_after_publishing_stand_on_the_page(client, framework, secretary):
    write_terms_of(framework)
    write(secretary, framework, risks_es="Más.")
    assert "Changed after publishing" in text_of(client.get(url("standards:terms", "marco", language="en")))


def test_the_form_saves_and_comes_back(as_user, secretary, framework):
    there = as_user(secretary)
    address = url("standards:work_terms", "marco", language="en")
    seen = there.get(address).context["form"].initial["seen"]
    answer = there.post(address, {"seen": seen, "need_es": "Falta."})
    assert answer.status_code == 303
    assert there.get(address).context["form"].initial["need_es"] == "Falta."


def test_a_stale_form_keeps_every_word(as_user, secretary, framework):
    write(secretary, framework, need_es="Uno.")
    answer = as_user(secretary).post(url("standards:work_terms", "marco", language="en"), {"seen": "", "need_es": "Lo mío."})
    assert answer.status_code == 409
    assert "Lo mío." in answer.content.decode()
    assert "Somebody else saved this in the meantime" in answer.content.decode()


def test_who_has_seen_both_terms_may_save(as_user, secretary, framework):
    write(secretary, framework, need_es="Lo suyo.", risks_es="Pocos.")
    address, mine = url("standards:work_terms", "marco", language="en"), {"need_es": "Lo mío."}
    answer = as_user(secretary).post(address, {"seen": "", **mine})
    assert [row["theirs"] for row in answer.context["both"]] == ["Lo suyo.", "Pocos."]
    mark = answer.context["form"]["seen"].value()
    assert as_user(secretary).post(address, {"seen": mark, **mine}).status_code == 303
    assert TermsOfReference.objects.get().need_es == "Lo mío."


@pytest.mark.parametrize("seen", ["nonsense", "2026-13-45T00:00:00"])
def test_a_broken_mark_is_a_stale_form(as_user, secretary, framework, seen):
    write(secretary, framework, need_es="Uno.")
    answer = as_user(secretary).post(url("standards:work_terms", "marco"), {"seen": seen, "need_es": "x"})
    assert answer.status_code == 409


def test_words_over_the_limit_are_kept(as_user, secretary, framework):
    answer = as_user(secretary).post(url("standards:work_terms", "marco", language="en"), {"seen": "", "need_es": "x" * 20_001})
    assert answer.status_code == 422
    assert "x" * 20_001 in answer.content.decode()


def test_the_page_publishes_what_is_complete(as_user, secretary, framework):
    write(secretary, framework, **WORDS)
    there = as_user(secretary)
    assert "Publish them" in text_of(there.get(url("standards:work_terms", "marco", language="en")))
    there.post(url("standards:work_terms_publish", "marco"))
    assert TermsOfReference.objects.get().published_at
    assert "Publish them" not in text_of(there.get(url("standards:work_terms", "marco", language="en")))


def test_publishing_with_gaps_says_so(as_user, secretary, framework):
    answer = as_user(secretary).post(url("standards:work_terms_publish", "marco", language="en"), follow=True)
    assert "Some sections are still empty" in text_of(answer)
