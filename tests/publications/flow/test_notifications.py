"""Who is told of what, in which words; whether they may still see it is asked again."""

import re
from datetime import timedelta

import pytest

from publications.actions import access, deciding, proposing
from publications.models import AccessRequest, Record
from red_mpe.core.locale import network_day, speaking
from red_mpe.core.models import AuditEntry
from red_mpe.notifications import registry
from red_mpe.notifications.mailing.message import thaw, write
from red_mpe.notifications.mailing.words import visible
from tests.factories.library_flow import accepted, proposed, published, returned
from tests.factories.publications import make_record
from tests.support.pages import url

LANGUAGES = ["es", "en", "pt-br"]
#: Where the next hand is needed, by step; what is published has its own page.
NEXT = {"return": "record_edit", "accept": "my_records", "decline": "my_records"}
STEPS = ["return", "accept", "publish", "embargo", "decline", "withdraw"]


def latest(verb):
    return AuditEntry.objects.filter(verb=verb).order_by("-pk")[0]


def moved(step, person, editor):
    """A record that has just made that step."""
    acts = {
        "return": lambda: returned(person, editor, "zqpregunta"),
        "accept": lambda: accepted(person, editor),
        "publish": lambda: published(person, editor),
        "embargo": lambda: deciding.embargo_record(
            record=accepted(person, editor), actor=editor, until=deciding.network_day() + timedelta(days=9)
        ),
        "decline": lambda: deciding.decline_record(record=proposed(person), actor=editor, reason="zqmotivo"),
        "withdraw": lambda: deciding.withdraw_record(record=published(person, editor), actor=editor, reason="zqmotivo"),
    }
    return acts[step]()


def answered(step, person, editor):
    """A request that has just been answered so."""
    asked = access.ask_access(record=make_record("Con permiso", access="request"), actor=person.user, reason="zqmotivo")
    if step == "refuse":
        return access.refuse_access(request=asked, actor=editor, answer="zqrespuesta")
    granted = access.grant_access(request=asked, actor=editor, until=network_day() + timedelta(days=9))
    return access.end_access(request=granted, actor=editor, answer="zqrespuesta") if step == "end" else granted


def mail(verb, language):
    kind, entry = registry.get(verb), latest(verb)
    with speaking(language, "America/Lima"):
        item = kind.describe([entry])[entry.pk]
        context = {"item": item, "url": f"http://x.example{item['url']}", "base_url": "http://x.example"}
        return thaw(write(kind.folder, to="x@example.org", context=context, headers={}))


def body(message):
    return message.body + message.alternatives[0][0]


def seen_by(verb, *users):
    return [user for user in users if visible([latest(verb)], user)]


def test_a_proposal_is_told_to_the_editors(miner, editor, secretary, officer):
    proposed(miner)
    kind = registry.get("publications.record_proposed")
    assert set(kind.audience(latest(kind.key))) == {editor.pk, secretary.pk}
    assert seen_by(kind.key, editor, secretary, officer, miner.user) == [editor, secretary]


def test_an_editor_who_proposes_does_not_tell_themself(editor, secretary):
    record = make_record(state="draft", proposed_by=editor, licence="all-rights-reserved")
    proposing.propose_record(record=record, actor=editor)
    assert list(registry.get("publications.record_proposed").audience(latest("publications.record_proposed"))) == [secretary.pk]


def test_a_proposal_that_was_decided_waits_for_nobody(miner, editor, secretary):
    accepted(miner, editor)
    assert seen_by("publications.record_proposed", editor, secretary) == []


@pytest.mark.parametrize("step", STEPS)
def test_each_step_is_told_to_who_proposed_it_and_to_nobody_else(miner, neighbour, editor, step):
    moved(step, miner, editor)
    kind = registry.get("publications.record_moved")
    assert list(kind.audience(latest(kind.key))) == [miner.user.pk]
    assert seen_by(kind.key, miner.user, neighbour.user, editor) == [miner.user]


def test_a_step_after_which_another_came_is_told_no_more(miner, editor):
    record = returned(miner, editor)
    proposing.propose_record(record=record, actor=miner.user)
    assert seen_by("publications.record_moved", miner.user) == []


def test_what_one_did_oneself_is_not_told(editor):
    record = make_record(state="proposed", proposed_by=editor, licence="all-rights-reserved")
    deciding.accept_record(record=record, actor=editor)
    assert list(registry.get("publications.record_moved").audience(latest("publications.record_moved"))) == []


def test_a_record_whose_proposer_is_gone_tells_nobody(editor):
    deciding.accept_record(record=make_record(state="proposed", licence="all-rights-reserved"), actor=editor)
    assert list(registry.get("publications.record_moved").audience(latest("publications.record_moved"))) == []


def test_a_record_that_is_gone_tells_nothing(miner, editor):
    record = returned(miner, editor)
    Record.objects.filter(pk=record.pk).delete()
    kind, entry = registry.get("publications.record_moved"), latest("publications.record_moved")
    assert list(kind.audience(entry)) == []
    assert kind.describe([entry]) == {}
    assert not visible([entry], miner.user)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("step", STEPS)
def test_the_mail_of_each_step_has_its_words_and_a_discreet_subject(miner, editor, step, language):
    record = moved(step, miner, editor)
    message = mail("publications.record_moved", language)
    assert record.code in message.subject
    assert record.title_es not in message.subject
    told = {"return": "zqpregunta", "decline": "zqmotivo", "withdraw": "zqmotivo"}.get(step, "Oro sin mercurio")
    assert body(message).count(told) >= 2


def test_the_mail_leads_to_where_one_goes_on(miner, editor):
    with speaking("es", "America/Lima"):
        returned(miner, editor)
        kind, entry = registry.get("publications.record_moved"), latest("publications.record_moved")
        assert kind.describe([entry])[entry.pk]["url"].endswith("/editar/")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_mail_to_the_editors_names_the_record(miner, editor, language):
    record = proposed(miner)
    message = mail("publications.record_proposed", language)
    assert record.code in message.subject
    assert "Oro sin mercurio" in body(message)
    assert "Rosa" not in body(message)


def test_a_request_is_told_to_the_editors(miner, editor, secretary, officer):
    access.ask_access(record=make_record(access="request"), actor=miner.user, reason="zqmotivo")
    kind = registry.get("publications.access_asked")
    assert set(kind.audience(latest(kind.key))) == {editor.pk, secretary.pk}
    assert seen_by(kind.key, editor, secretary, officer, miner.user) == [editor, secretary]


def test_a_request_that_was_answered_waits_for_nobody(miner, editor):
    answered("grant", miner, editor)
    assert seen_by("publications.access_asked", editor) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_mail_of_a_request_tells_neither_who_nor_what_for(miner, editor, language):
    answered("grant", miner, editor)
    message = mail("publications.access_asked", language)
    assert "zqmotivo" not in body(message)
    assert "Rosa" not in body(message)


@pytest.mark.parametrize("step", ["grant", "refuse", "end"])
def test_each_answer_is_told_to_who_asked_alone(miner, neighbour, editor, step):
    answered(step, miner, editor)
    kind = registry.get("publications.access_answered")
    assert list(kind.audience(latest(kind.key))) == [miner.user.pk]
    assert seen_by(kind.key, miner.user, neighbour.user, editor) == [miner.user]


def test_an_answer_that_no_longer_holds_is_told_no_more(miner, editor):
    granted = answered("grant", miner, editor)
    first = latest("publications.access_answered")
    access.end_access(request=granted, actor=editor, answer="x")
    assert not visible([first], miner.user)


def test_an_editor_who_answers_themself_is_not_told(editor):
    asked = AccessRequest.objects.create(record=make_record(access="request"), user=editor, reason="x")
    access.refuse_access(request=asked, actor=editor, answer="x")
    assert list(registry.get("publications.access_answered").audience(latest("publications.access_answered"))) == []


def test_a_request_that_is_gone_tells_nothing(miner, editor):
    granted = answered("grant", miner, editor)
    AccessRequest.objects.filter(pk=granted.pk).delete()
    kind, entry = registry.get("publications.access_answered"), latest("publications.access_answered")
    assert list(kind.audience(entry)) == []
    assert kind.describe([entry]) == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("step", ["grant", "refuse", "end"])
def test_the_mail_of_each_answer_has_its_words_and_a_discreet_subject(miner, editor, step, language):
    answered(step, miner, editor)
    message = mail("publications.access_answered", language)
    assert "Con permiso" not in message.subject
    assert ("Con permiso" if step == "grant" else "zqrespuesta") in body(message)


@pytest.mark.parametrize("verb", ["publications.record_proposed", "publications.record_moved"])
def test_many_are_described_with_as_many_queries_as_one(miner, editor, verb, django_assert_num_queries):
    for number in range(3):
        deciding.return_record(record=proposed(miner, f"Oro {number}"), actor=editor, question="x")
    entries = list(AuditEntry.objects.filter(verb=verb))
    with django_assert_num_queries(1):
        assert len(registry.get(verb).describe(entries)) == 3


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("step", STEPS)
def test_the_line_of_the_inbox_leads_to_what_is_next(client, miner, editor, step, language, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        record = moved(step, miner, editor)
    client.force_login(miner.user)
    words = client.get(url("notifications:inbox", language=language)).content.decode()
    lines = dict(re.findall(r'<p><a href="([^"]+)">(.*?)</a></p>', words, re.DOTALL))
    name = NEXT.get(step, "record_detail")
    address = url(f"publications:{name}", *([] if name == "my_records" else [record.code]), language=language)
    assert "Oro sin mercurio" in lines[address]
