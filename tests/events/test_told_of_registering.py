"""What is told of a registration, to whom, and when it is not true any more."""

import pytest
from django.db import transaction
from django.utils import timezone, translation

from events.enums import RegistrationState
from events.models import Registration
from events.notifications import registering as told
from red_mpe.core.models import AuditEntry
from red_mpe.notifications import registry
from red_mpe.notifications.actions import announce, follow, mute, set_preferences
from red_mpe.notifications.actions.spreading import spread_waiting
from red_mpe.notifications.enums import Category, Frequency
from red_mpe.notifications.mailing.press import Press
from red_mpe.notifications.mailing.words import load_targets
from red_mpe.notifications.models import OutgoingMail
from tests.factories.events import LINK, announced, hybrid, stored
from tests.factories.registrations import registered, terms

OWN = [told.REGISTERED, told.WAITLISTED, told.OFFERED, told.ENDING, told.LAPSED, told.UNREGISTERED, told.DECLINED, told.PENDING]


def entry(thing, verb=told.REGISTERED, **data):
    one = AuditEntry.objects.create(verb=verb, target=thing, data=data)
    load_targets([one])
    return one


def letter(one, language="en"):
    with translation.override(language):
        press = Press()
        press.words.describe([one])
        return press.single(one)


def test_message_goes_to_who_is_registered(miner, db):
    assert told.registrant(entry(registered(stored("uno"), miner.user))) == [miner.user.pk]


def test_message_of_somebody_brought_along_goes_to_who_brings_them(miner):
    host = registered(event := stored("uno"), miner.user)
    assert told.registrant(entry(registered(event, guest_of=host))) == [miner.user.pk]


def test_who_has_no_account_has_no_inbox(db):
    assert told.registrant(entry(registered(stored("uno")))) == []


def test_request_goes_to_who_calls_the_meetings_of_the_group(chair, seated, secretary, group):
    one = entry(registered(stored("uno", groups=[group]), seated), told.NEW_PENDING)
    assert told.organisers(one) == {chair.pk}


def test_request_goes_to_the_secretariat_where_there_is_no_group(miner, secretary):
    assert told.organisers(entry(registered(stored("uno"), miner.user), told.NEW_PENDING)) == {secretary.pk}


@pytest.mark.parametrize("verb", [*OWN, told.NEW_PENDING])
@pytest.mark.parametrize("language", ["es", "en", "pt-br"])
def test_every_mail_names_the_event_and_never_the_link(secretary, miner, verb, language):
    event = hybrid(secretary, title_en="Water", title_pt="Água")
    words = letter(entry(registered(event, miner.user, state=told.STILL[verb]), verb), language)
    title = {"es": "Encuentro del agua", "en": "Water", "pt-br": "Água"}[language]
    assert all(title in some for some in (words.subject, words.text, words.html))
    assert LINK not in words.text + words.html


@pytest.mark.parametrize("verb", [told.OPENED, told.CLOSING])
@pytest.mark.parametrize(("language", "day"), [("es", "lunes"), ("en", "Monday"), ("pt-br", "segunda-feira")])
def test_open_registration_is_told_with_its_end_by_the_clock_of_the_event(secretary, verb, language, day):
    event = announced(secretary, title_en="Water", title_pt="Água")
    terms(event)
    text = letter(entry(event, verb), language).text
    assert day in text  # 17 March 03:30 in UTC is still the 16th in Lima
    assert "22:30" in text


@pytest.mark.parametrize("verb", OWN)
@pytest.mark.parametrize("state", RegistrationState)
def test_message_is_shown_while_it_is_true(miner, verb, state):
    one = entry(registered(stored("uno"), miner.user, state=state), verb)
    assert (one.pk in registry.get(verb).visible([one], miner.user)) == (told.STILL[verb] == state)


def test_message_is_shown_to_nobody_else(miner, scholar):
    one = entry(registered(stored("uno"), miner.user))
    assert registry.get(told.REGISTERED).visible([one], scholar.user) == set()


@pytest.mark.parametrize("verb", OWN)
def test_what_concerns_oneself_is_mailed_at_once_whoever_did_it(miner, verb):
    set_preferences(person=miner.user, frequencies={Category.EVENT_CHANGES: Frequency.NONE})
    registration = registered(event := stored("uno"), miner.user, state=told.STILL[verb])
    mute(person=miner.user, topic=event.topic)
    with transaction.atomic():
        announce(verb, actor=miner.user, target=registration)
    spread_waiting(seconds=0)
    assert [mail.kind for mail in OutgoingMail.objects.filter(recipient=miner.user)] == [verb]


def test_message_that_is_no_longer_true_goes_to_no_outsider(db):
    registration = registered(stored("uno"), email="dina@example.org", state="waiting")
    assert [who.email for who in told.outsider(entry(registration, told.WAITLISTED))] == ["dina@example.org"]
    assert told.outsider(entry(registration, told.REGISTERED)) == []


def test_outsiders_with_neither_account_nor_address_get_nothing(db):
    assert told.outsider(entry(registered(stored("uno")))) == []


def test_message_of_a_deleted_registration_goes_to_nobody(miner):
    registration = registered(stored("uno"), miner.user)
    one = entry(registration)
    Registration.objects.all().delete()
    assert told.registrant(AuditEntry.objects.get(pk=one.pk)) == []


def test_offer_says_until_when_it_holds(secretary, miner):
    text = letter(entry(registered(announced(secretary), miner.user, state="offered"), told.OFFERED)).text
    assert "held until Wednesday 11 March 2026, 22:30 (Lima time)" in text


def test_reminder_of_an_offer_says_its_end_by_both_clocks(secretary, miner):
    one = entry(registered(announced(secretary), miner.user, state="offered"), told.ENDING)
    with timezone.override("Europe/Madrid"):
        words = letter(one)
    assert "still held, until Wednesday 11 March 2026, 22:30 (Lima time)" in words.text
    assert "By your clock: until Thursday 12 March 2026, 04:30 (Madrid time)" in words.text
    assert "Accept the place" in words.html


def test_reminder_of_an_offer_says_one_clock_where_both_agree(secretary, miner):
    one = entry(registered(announced(secretary), miner.user, state="offered"), told.ENDING)
    with timezone.override("America/Bogota"):
        assert "By your clock" not in letter(one).text


def test_refusal_gives_its_reason(secretary, miner):
    one = entry(registered(announced(secretary), miner.user, state="declined", reason="Cupo para mineras."), told.DECLINED)
    words = letter(one)
    assert "Cupo para mineras." in words.text
    assert "Cupo para mineras." in words.html


def test_host_reads_who_it_is_about(secretary, miner):
    host = registered(event := announced(secretary), miner.user)
    assert "Dina Flores" in letter(entry(registered(event, guest_of=host))).text


def test_one_reads_no_name_in_mail_about_oneself(secretary, miner):
    assert miner.name not in letter(entry(registered(announced(secretary), miner.user, name=miner.name))).text


@pytest.mark.parametrize(("state", "seen"), [("open", True), ("announced", False), ("full", False), ("cancelled", False)])
def test_open_registration_is_told_while_one_can_register(miner, state, seen):
    one = entry(stored("uno", state=state), told.OPENED)
    assert (one.pk in registry.get(told.OPENED).visible([one], miner.user)) == seen


def test_open_registration_is_told_to_nobody_who_may_not_see_the_event(miner, group):
    one = entry(stored("uno", state="open", audience="group", groups=[group]), told.OPENED)
    assert registry.get(told.OPENED).visible([one], miner.user) == set()


def test_closing_is_told_to_followers_who_have_not_registered(miner, scholar, neighbour):
    event = stored("uno")
    for person in (miner, scholar, neighbour):
        follow(person=person.user, topic=event.topic)
    registered(event, miner.user)
    registered(event, scholar.user, state="cancelled")
    assert told.unregistered(entry(event, told.CLOSING)) == {scholar.user.pk, neighbour.user.pk}


def test_what_is_gone_is_not_described(miner):
    registration = registered(stored("uno"), miner.user)
    one = entry(registration)
    registration.delete()
    assert told.describe([one]) == {}
