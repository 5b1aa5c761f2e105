"""What is announced after an event: in which words, with which address, and to whom no more."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.utils import translation

from events.actions import certificates as acts
from events.models import Certificate, Event
from events.notifications.after import CERTIFICATE_ISSUED, EVALUATION_WANTED, TAKEN_DOWN, TYPES, asked, owned, owners, present, run, running
from red_mpe.core.models import AuditEntry
from red_mpe.notifications import registry
from red_mpe.notifications.actions.spreading import spread_waiting
from red_mpe.notifications.mailing.press import Press
from red_mpe.notifications.mailing.words import load_targets
from red_mpe.notifications.models import Notification
from tests.factories.after import asked as ask
from tests.factories.after import certificate_of, was_there
from tests.factories.day import registered
from tests.factories.events import held, stored
from tests.support.pages import url

PAGES = {CERTIFICATE_ISSUED: "events:my_certificates", EVALUATION_WANTED: "events:evaluation", TAKEN_DOWN: "events:images"}


@pytest.fixture
def event(db):
    event = held("feria", title_en="Gold fair", title_pt="Feira do ouro")
    Event.objects.update(title_es="Feria del oro")
    return event


def entry(event, verb=CERTIFICATE_ISSUED, **data):
    return AuditEntry(verb=verb, target_id=event.pk, data=data)


def test_owners_are_those_of_this_issue_with_an_account(event, miner, neighbour):
    certificate_of(event, user=neighbour.user)
    new = [certificate_of(event, user=miner.user), certificate_of(event)]
    assert owners(entry(event, certificates=[row.pk for row in new])) == {miner.user.pk}


def test_member_noted_by_name_is_an_owner(event, miner):
    row = Certificate.objects.create(event=event, person=miner, code="A" * 12, name="Rosa", mode="on-site")
    assert owners(entry(event, certificates=[row.pk])) == {miner.user.pk}


def test_issue_reaches_its_owner(event, secretary, miner):
    was_there(event, secretary, "Rosa", user=miner.user)
    acts.issue_certificates(event=event, actor=secretary)
    spread_waiting(seconds=0)
    assert list(Notification.objects.values_list("recipient", flat=True)) == [miner.user.pk]


def test_certificate_that_was_revoked_is_not_told_of(event, secretary, miner):
    certificate = certificate_of(event, user=miner.user)
    saved = AuditEntry.objects.create(verb=CERTIFICATE_ISSUED, target_id=event.pk, data={})
    assert owned([saved], miner.user) == [saved.pk]
    acts.revoke_certificate(certificate=certificate, actor=secretary, reason="Error.")
    assert owned([saved], miner.user) == []


def test_certificate_is_told_to_its_owner_who_does_not_see_the_event(group, miner, neighbour):
    event = held("interna", groups=[group], audience="group")
    certificate_of(event, user=miner.user)
    saved = AuditEntry.objects.create(verb=CERTIFICATE_ISSUED, target_id=event.pk, data={})
    assert [owned([saved], who) for who in (miner.user, neighbour.user, AnonymousUser())] == [[saved.pk], [], []]


def test_present_are_the_registered_and_the_seen(event, miner, neighbour, scholar):
    registered(event, "Rosa", user=miner.user)
    registered(event, "Ann", user=scholar.user, state="cancelled")
    registered(event, "Sin cuenta")
    event.attendances.create(person=neighbour, mode="on-line", seen="minutes", at=event.starts_at, once="0" * 32)
    assert present(entry(event)) == {miner.user.pk, neighbour.user.pk}


def test_who_has_no_time_left_is_not_asked(event, secretary, miner, clock):
    ask(event, secretary)
    registered(event, "Rosa", user=miner.user)
    saved = AuditEntry.objects.create(verb=EVALUATION_WANTED, target_id=event.pk, data={})
    assert asked([saved], miner.user) == [saved.pk]
    clock.shift(40 * 86400)
    assert asked([saved], miner.user) == []


def test_who_runs_it_no_more_does_not_decide(group, chair, seated):
    event = stored("reunion", groups=[group])
    saved = AuditEntry.objects.create(verb=TAKEN_DOWN, target_id=event.pk, data={})
    assert running(saved) == {chair.pk}
    assert [run([saved], who) for who in (chair, seated)] == [[saved.pk], []]


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.key)
def test_news_lead_to_the_page_where_something_is_to_be_done(kind, event):
    item = kind.describe([AuditEntry(pk=1, verb=kind.key, target_id=event.pk, data={})])[1]
    assert item["url"] == url(PAGES[kind.key], event.slug)
    assert item["title"] == "Feria del oro"


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.key)
def test_news_of_an_event_that_is_gone_are_not_described(kind, db):
    assert kind.describe([AuditEntry(pk=1, verb=kind.key, target_id=0, data={})]) == {}


@pytest.mark.parametrize(("language", "title"), [("es", "Feria del oro"), ("en", "Gold fair"), ("pt-br", "Feira do ouro")])
@pytest.mark.parametrize("key", PAGES)
def test_mail_is_written_in_the_language_of_who_reads(key, language, title, event):
    kind = ContentType.objects.get_for_model(event)
    saved = AuditEntry.objects.create(verb=key, target_id=event.pk, target_type=kind, data={})
    load_targets([saved])
    with translation.override(language):
        press = Press()
        press.words.describe([saved])
        letter = press.single(saved)
    assert title in letter.subject
    assert url(PAGES[key], event.slug, language=language) in letter.text


def test_types_are_registered():
    assert all(registry.known(key) for key in PAGES)
