"""Reminders: each in its range, once, to whom it helps; the link to nobody else."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from events import actions
from events.models import ClosingReminder
from events.notifications import CLOSING, NEAR, SOON
from events.notifications import events as told
from events.tasks import remind_followers
from red_mpe.core.models import AuditEntry
from red_mpe.notifications import registry
from red_mpe.notifications.actions import follow
from red_mpe.notifications.actions.spreading import spread_waiting
from red_mpe.notifications.mailing.press import Press
from red_mpe.notifications.mailing.words import load_targets
from red_mpe.notifications.models import Notification, OutgoingMail
from tests.factories.events import LINK, announced, hybrid, moment, stored
from tests.factories.registrations import registered, terms


def entry(event, verb=SOON, **data):
    one = AuditEntry.objects.create(verb=verb, target=event, data=data)
    load_targets([one])
    return one


def announcements(verb):
    return list(AuditEntry.objects.filter(verb=verb).order_by("pk").values_list("data__days", flat=True))


def near(minutes=50, **more):
    start = timezone.now() + timedelta(minutes=minutes)
    return stored("uno", **{"mode": "hybrid", "link": LINK, "starts_at": start, "ends_at": start + timedelta(hours=1), **more})


def closing(*, days=10, **more):
    """An event that is open for registration, which closes in so many days and has been open for long."""
    event = stored("uno", state="open", starts_at=moment(2026, 5, 1, 9), ends_at=moment(2026, 5, 1, 12), **more)
    now = timezone.now()
    terms(event, opens_at=now - timedelta(days=30), closes_at=now + timedelta(days=days))
    return event


@pytest.mark.parametrize(("minutes", "sent"), [(61, 0), (60, 1), (5, 1), (0, 0), (-5, 0)])
def test_link_is_sent_within_the_hour_before(db, minutes, sent):
    near(minutes)
    assert actions.send_reminders() == sent


@pytest.mark.parametrize("fields", [{"mode": "on-site", "link": ""}, {"mode": "on-site"}, {"link": ""}, {"state": "cancelled"}])
def test_no_link_is_sent_where_there_is_none(db, fields):
    near(**fields)
    assert actions.send_reminders() == 0


def test_link_is_sent_even_of_what_was_announced_a_moment_ago(db):
    near(moved_at=timezone.now())
    remind_followers()
    assert announcements(SOON) == [0]


def test_hour_is_recalled_once_however_often_the_clock_strikes(db, clock):
    near()
    for _ in range(3):
        remind_followers()
        clock.shift(300)
    assert announcements(SOON) == [0]


def test_week_day_and_hour_are_three_reminders(secretary, clock):
    event = hybrid(secretary)
    for before in (timedelta(days=7), timedelta(days=1), timedelta(minutes=58)):
        clock.move_to(event.starts_at - before)
        remind_followers()
        remind_followers()
    assert (announcements(NEAR), announcements(SOON)) == ([7, 1], [0])


def test_event_moved_by_an_hour_is_recalled_again(secretary, clock):
    event = hybrid(secretary)
    clock.move_to(event.starts_at - timedelta(minutes=58))
    remind_followers()
    later = event.starts_at + timedelta(hours=3)
    actions.change_event(actor=secretary, event=event, starts_at=later, ends_at=later + timedelta(hours=1))
    clock.move_to(later - timedelta(minutes=58))
    remind_followers()
    assert announcements(SOON) == [0, 0]


def test_link_goes_to_who_has_a_confirmed_place_on_line(miner, scholar, neighbour):
    event = near()
    terms(event)
    registered(event, miner.user, mode="on-line")
    registered(event, scholar.user, mode="on-site")
    registered(event, neighbour.user, mode="on-line", state="waiting")
    assert told.connecting(entry(event)) == {miner.user.pk}


def test_link_goes_to_the_group_where_nobody_registers(seated, chair, miner, group):
    event = near(kind="meeting", groups=[group])
    follow(person=miner.user, topic=event.topic)
    one = entry(event)
    assert told.connecting(one) == {seated.pk, chair.pk, miner.user.pk}
    assert [who.pk for who in (seated, chair, miner.user) if told.still_connecting([one], who)] == [seated.pk, chair.pk]


def test_link_goes_to_outsiders_with_a_place_on_line_while_it_is_on(db):
    event = near()
    registered(event, mode="on-line", email="dina@example.org", language="en")
    registered(event, mode="on-site", email="otra@example.org")
    assert [(who.email, who.language) for who in told.connecting_outside(entry(event))] == [("dina@example.org", "en")]
    event.state = "cancelled"
    event.save()
    assert told.connecting_outside(entry(event)) == []


@pytest.mark.parametrize("state", ["cancelled", "postponed", "held"])
def test_link_is_told_to_nobody_of_what_is_not_on(seated, group, state):
    one = entry(near(kind="meeting", groups=[group], state=state))
    assert told.still_connecting([one], seated) == []


@pytest.mark.parametrize("language", ["es", "en", "pt-br"])
def test_mail_of_the_hour_has_the_link_and_its_line_has_not(db, language):
    one = entry(near(title_en="Water", title_pt="Água"))
    with translation.override(language):
        press = Press()
        press.words.describe([one])
        letter, line = press.single(one), press.words.line(one)
    assert LINK in letter.text
    assert LINK in letter.html
    assert LINK not in str(line.html) + letter.subject


def test_stranger_never_gets_the_mail_of_the_hour(visitor, scholar):
    event = near(kind="meeting")
    for user in (visitor, scholar.user):
        follow(person=user, topic=event.topic)
    remind_followers()
    spread_waiting(seconds=0)
    assert not OutgoingMail.objects.filter(kind=SOON).exists()


def test_who_has_a_place_is_recalled_and_who_waits_is_not(miner, scholar, neighbour):
    event = near()
    registered(event, miner.user)
    registered(event, scholar.user, state="waiting")
    registered(event, email="dina@example.org")
    registered(event, email="otra@example.org", state="waiting")
    follow(person=neighbour.user, topic=event.topic)
    one = entry(event, NEAR, days=1)
    assert told.recalled(one) == {miner.user.pk, neighbour.user.pk}
    assert [who.email for who in told.recalled_outside(one)] == ["dina@example.org"]


def test_changes_reach_who_is_registered_though_they_are_no_member(visitor, secretary):
    event = announced(secretary)
    registered(event, visitor, state="waiting")
    assert visitor.pk not in told.invited(entry(event))
    assert visitor.pk in told.concerned(entry(event))


@pytest.mark.parametrize("state", ["cancelled", "declined", "lapsed"])
def test_who_gave_up_is_not_told_as_registered(visitor, secretary, state):
    event = announced(secretary)
    registered(event, visitor, state=state)
    assert told.registered(entry(event)) == set()


@pytest.mark.parametrize(("hours", "days"), [(73, []), (72, [3]), (37, [3]), (36, []), (25, []), (24, [1]), (1, [1]), (0, [])])
def test_closing_is_recalled_within_its_range(db, clock, hours, days):
    event = closing()
    clock.move_to(event.terms.closes_at - timedelta(hours=hours))
    remind_followers()
    assert announcements(CLOSING) == days


def test_closing_is_recalled_once(db, clock):
    event = closing()
    for days in (3, 2, 1):
        clock.move_to(event.terms.closes_at - timedelta(days=days))
        remind_followers()
        remind_followers()
    assert announcements(CLOSING) == [3, 1]
    assert sorted(ClosingReminder.objects.values_list("days", flat=True)) == [1, 3]


def test_other_closing_is_recalled_again(db):
    event = closing(days=1)
    remind_followers()
    event.terms.closes_at += timedelta(hours=-2)
    event.terms.save()
    remind_followers()
    assert announcements(CLOSING) == [1, 1]


@pytest.mark.parametrize("state", ["announced", "full", "cancelled", "draft"])
def test_closing_is_not_recalled_where_nobody_can_register(db, state):
    event = closing(days=1)
    event.state = state
    event.save()
    assert actions.send_reminders() == 0


def test_registration_that_opened_within_the_range_needs_no_reminder(db):
    event = closing(days=1)
    event.terms.opens_at = timezone.now() - timedelta(hours=1)
    event.terms.save()
    event.terms.closes_at = timezone.now() + timedelta(hours=12)
    event.terms.save()
    assert actions.send_reminders() == 0


def test_event_without_terms_closes_nothing(db):
    stored("uno", state="open", starts_at=moment(2026, 5, 1, 9), ends_at=moment(2026, 5, 1, 12))
    assert actions.send_reminders() == 0


def test_closing_reaches_followers_who_have_not_registered(miner, scholar):
    event = closing(days=1)
    for person in (miner, scholar):
        follow(person=person.user, topic=event.topic)
    registered(event, scholar.user)
    remind_followers()
    spread_waiting(seconds=0)
    assert [line.recipient for line in Notification.objects.filter(entry__verb=CLOSING)] == [miner.user]


def test_marker_of_a_closing_names_its_terms(db):
    event = closing()
    assert str(ClosingReminder.objects.create(terms=event.terms, days=3, closes_at=event.terms.closes_at)) == f"{event.terms.pk}: 3"


def test_what_is_told_of_a_deleted_event_is_not_described(db):
    event = near()
    one = entry(event)
    event.delete()
    assert told.describe_link([one]) == {}


def test_hour_leaves_before_what_can_wait():
    assert registry.get(SOON).mail_class < registry.get(NEAR).mail_class
