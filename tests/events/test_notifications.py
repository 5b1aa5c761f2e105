"""Whom an announcement reaches, in which words, and what it never holds."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import translation

from events import actions
from events.notifications.events import (
    ANNOUNCED,
    CALLED_OFF,
    CHANGED,
    NEAR,
    REPORTED,
    TYPES,
    describe,
    followed_events,
    interested,
    invited,
)
from events.notifications.events import event_topics as topics
from members.notifications import group_topics, reach
from red_mpe.core.models import AuditEntry
from red_mpe.notifications import registry
from red_mpe.notifications.actions import follow, mute
from red_mpe.notifications.actions.choosing import set_preferences
from red_mpe.notifications.actions.spreading import spread_waiting
from red_mpe.notifications.enums import Category, Frequency
from red_mpe.notifications.mailing.press import Press
from red_mpe.notifications.mailing.words import load_targets
from red_mpe.notifications.models import Notification, OutgoingMail
from tests.factories.events import LINK, announced, draft, held, hybrid, make_group, sit, stored
from tests.factories.registrations import registered

WHY = {"es": "Las lluvias cortaron el camino.", "en": "The rains cut the road."}


def entry(event, verb=ANNOUNCED, **data):
    return AuditEntry(verb=verb, target_id=event.pk, data=data)


def told(verb):
    return set(Notification.objects.filter(entry__verb=verb).values_list("recipient", flat=True))


def test_event_of_the_network_is_for_every_member(miner, scholar, seated, visitor, secretary, group):
    event = stored("uno", groups=[group])
    assert invited(entry(event)) == {miner.user.pk, scholar.user.pk, seated.pk}


@pytest.mark.parametrize("fields", [{"kind": "meeting"}, {"audience": "group"}])
def test_meeting_is_for_who_sits_in_the_group(miner, seated, chair, group, fields):
    event = stored("uno", groups=[group], **fields)
    assert invited(entry(event)) == {seated.pk, chair.pk}


def test_seat_that_has_ended_invites_nobody(seated, group):
    group.memberships.update(ends_on="2026-01-01")
    assert invited(entry(stored("uno", kind="meeting", groups=[group]))) == set()


def test_followers_of_a_group_are_invited_to_its_meetings(miner, seated, group):
    follow(person=miner.user, topic="group:mesa")
    assert invited(entry(stored("uno", kind="meeting", groups=[group]))) == {miner.user.pk, seated.pk}


def test_interested_are_followers_and_the_group(miner, scholar, neighbour, seated, group):
    event = stored("uno", groups=[group])
    follow(person=miner.user, topic=event.topic)
    assert interested(entry(event)) == {miner.user.pk, seated.pk}


def test_topics_are_the_event_and_its_groups(group):
    event = stored("uno", groups=[group, make_group("agua")])
    assert topics(entry(event)) == ["event:uno", "group:agua", "group:mesa"]


def test_who_has_muted_the_group_hears_nothing(seated, chair, group):
    mute(person=seated, topic="group:mesa")
    announced(chair, kind="meeting", groups=[group])
    spread_waiting(seconds=0)
    assert told(ANNOUNCED) == set()


def test_actor_is_not_told(seated, chair, group):
    announced(chair, kind="meeting", groups=[group])
    spread_waiting(seconds=0)
    assert told(ANNOUNCED) == {seated.pk}


def test_announcement_waits_for_the_weekly_digest(miner, secretary):
    announced(secretary)
    spread_waiting(seconds=0)
    assert Notification.objects.get(recipient=miner.user).frequency == Frequency.WEEKLY
    assert not OutgoingMail.objects.exists()


def test_calling_off_is_mailed_at_once_to_all_who_were_told(miner, scholar, secretary):
    actions.cancel_event(actor=secretary, event=announced(secretary), reason=WHY)
    spread_waiting(seconds=0)
    assert told(CALLED_OFF) == told(ANNOUNCED) == {miner.user.pk, scholar.user.pk}
    assert OutgoingMail.objects.filter(kind=CALLED_OFF).count() == 2


def test_who_chose_no_mail_gets_none(miner, secretary):
    set_preferences(person=miner.user, frequencies={Category.EVENT_CHANGES: Frequency.NONE})
    actions.cancel_event(actor=secretary, event=announced(secretary), reason=WHY)
    spread_waiting(seconds=0)
    assert told(CALLED_OFF) == {miner.user.pk}
    assert not OutgoingMail.objects.exists()


def test_reach_counts_whom_the_page_promises(miner, scholar, secretary):
    set_preferences(person=miner.user, frequencies={Category.EVENTS: Frequency.INSTANT})
    assert reach(ANNOUNCED, draft(secretary)) == {"at_once": 1, "digest": 1, "inbox": 0, "all": 2}


def test_reach_leaves_out_who_has_muted(miner, secretary):
    event = announced(secretary)
    mute(person=miner.user, topic=event.topic)
    assert reach(CALLED_OFF, event)["all"] == 0


def test_reach_counts_who_is_registered_whatever_they_chose(miner, scholar, secretary):
    for person in (miner, scholar):
        set_preferences(person=person.user, frequencies={Category.EVENT_CHANGES: Frequency.NONE})
    event = announced(secretary)
    registered(event, miner.user)
    mute(person=miner.user, topic=event.topic)
    assert reach(CALLED_OFF, event) == {"at_once": 1, "digest": 0, "inbox": 1, "all": 2}


def described(event, verb=ANNOUNCED, **data):
    one = AuditEntry.objects.create(verb=verb, target=event, data=data)
    load_targets([one])
    return one


@pytest.mark.parametrize("verb", [ANNOUNCED, CHANGED, CALLED_OFF, NEAR, REPORTED])
@pytest.mark.parametrize("language", ["es", "en", "pt-br"])
def test_every_mail_names_the_event_and_never_the_link(secretary, verb, language):
    event = hybrid(secretary, title_en="Water", title_pt="Água")
    one = described(event, verb, days=7)
    with translation.override(language):
        press = Press()
        press.words.describe([one])
        letter = press.single(one)
    title = {"es": "Encuentro del agua", "en": "Water", "pt-br": "Água"}[language]
    assert all(title in words for words in (letter.subject, letter.text, letter.html))
    assert LINK not in letter.text + letter.html


def test_mail_of_a_cancelled_event_gives_the_reason(secretary):
    event = actions.cancel_event(actor=secretary, event=announced(secretary), reason=WHY)
    one = described(event, CALLED_OFF)
    with translation.override("en"):
        press = Press()
        press.words.describe([one])
        letter = press.single(one)
    assert "is cancelled" in letter.text
    assert WHY["en"] in letter.text


def test_mail_of_a_postponed_event_says_that_dates_come(secretary):
    event = actions.postpone_event(actor=secretary, event=announced(secretary), reason=WHY)
    one = described(event, CALLED_OFF)
    with translation.override("en"):
        press = Press()
        press.words.describe([one])
        assert "new dates are to come" in press.single(one).text


@pytest.mark.parametrize(("days", "words"), [(7, "Within 7 days"), (1, "Within a day")])
def test_reminder_says_how_near_it_is(secretary, days, words):
    one = described(announced(secretary), NEAR, days=days)
    with translation.override("en"):
        press = Press()
        press.words.describe([one])
        assert press.single(one).subject.startswith(words)


def test_what_is_gone_is_not_described(secretary):
    event = announced(secretary)
    one = described(event)
    event.delete()
    assert describe([one]) == {}


def kind(key):
    return next(one for one in TYPES if one.key == key)


def test_what_one_may_no_longer_see_is_not_told(miner, secretary):
    event = announced(secretary)
    one = described(event)
    actions.change_event(actor=secretary, event=event, audience="group", groups=[make_group()])
    assert kind(ANNOUNCED).visible([one], miner.user) == set()
    assert kind(ANNOUNCED).visible([one], secretary) == {one.pk}


def test_what_everybody_may_see_is_asked_once(secretary):
    one, other = described(announced(secretary)), described(stored("dos", audience="members"))
    assert kind(ANNOUNCED).open_to_all([one, other]) == {one.pk}


def test_reminder_of_what_was_called_off_is_hidden(miner, secretary):
    event = announced(secretary)
    one = described(event, NEAR, days=7)
    assert kind(NEAR).visible([one], miner.user) == {one.pk}
    actions.cancel_event(actor=secretary, event=event, reason=WHY)
    assert kind(NEAR).visible([one], miner.user) == set()


def test_reminder_is_never_open_to_all(secretary):
    assert kind(NEAR).open_to_all([described(announced(secretary), NEAR, days=7)]) == set()


def test_reminder_reaches_only_who_follows(miner, scholar, secretary, clock):
    event = announced(secretary)
    follow(person=miner.user, topic=event.topic)
    clock.move_to(event.starts_at)
    clock.shift(-86400 * 6)
    actions.send_reminders()
    spread_waiting(seconds=0)
    assert told(NEAR) == {miner.user.pk}


def test_followed_event_is_listed_with_its_title(miner, secretary):
    event = announced(secretary)
    assert followed_events([event.slug], miner.user)[event.slug].label == "Encuentro del agua"


def test_event_one_may_not_see_cannot_be_followed(miner, secretary):
    assert registry.resolve([draft(secretary).topic], miner.user) == {}


def test_followed_group_is_listed_with_its_name(miner, group):
    assert group_topics(["mesa"], miner.user)["mesa"].label == "Grupo mesa"


def test_hidden_group_cannot_be_followed(miner):
    make_group("oculto", audience="nobody")
    assert registry.resolve(["group:oculto"], miner.user) == {}


def test_report_is_told_to_who_follows_the_group(miner, secretary, group):
    follow(person=miner.user, topic="group:mesa")
    actions.report_event(actor=secretary, event=held("uno", groups=[group]), report={"es": "Bien."}, figures={})
    spread_waiting(seconds=0)
    assert told(REPORTED) == {miner.user.pk}


def test_nobody_signed_in_resolves_public_events_only(secretary):
    event, hidden = announced(secretary), stored("dos", audience="members")
    assert set(followed_events([event.slug, hidden.slug], AnonymousUser())) == {event.slug}


def test_who_joins_the_group_later_is_told_of_changes(secretary, group):
    event = announced(secretary, kind="meeting", groups=[group])
    late = sit(group, "llega-tarde")
    actions.cancel_event(actor=secretary, event=event, reason=WHY)
    spread_waiting(seconds=0)
    assert told(CALLED_OFF) == {late.pk}
