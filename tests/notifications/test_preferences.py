"""Preferences, topics, and the pages behind the token of a mail."""

import pytest
from django.test import Client
from django.urls import reverse

from red_mpe.core import audit
from red_mpe.notifications import actions
from red_mpe.notifications.enums import Category, Frequency
from red_mpe.notifications.models import MailBox, Notification, Preference, Subscription
from tests.support.queries import flat

pytestmark = pytest.mark.django_db
PAGE = "notifications:preferences"


@pytest.fixture
def rosa(client, miner):
    client.force_login(miner.user)
    return client


@pytest.fixture
def token(miner):
    actions.queueing.open_boxes([miner.user.pk])
    return MailBox.objects.get(person=miner.user).token


def chosen(person):
    rows = Preference.objects.filter(person=person.user).values_list("category", "frequency")
    return dict(rows)


def everything(frequency, *without):
    return {category: frequency for category in Category if category not in (Category.SECRETARIAT, *without)}


def test_preferences_show_the_defaults(rosa):
    form = rosa.get(reverse(PAGE)).context["form"]
    assert form["clauses"].initial == Frequency.DAILY
    assert "secretariat" not in form.fields


def test_staff_choose_for_the_work_of_the_secretariat(client, secretary):
    client.force_login(secretary)
    assert "secretariat" in client.get(reverse(PAGE)).context["form"].fields


def test_preferences_are_kept(rosa, miner):
    answer = rosa.post(reverse(PAGE), everything("weekly"))
    assert (answer.status_code, answer["Location"]) == (303, reverse(PAGE))
    rosa.post(reverse(PAGE), everything("none"))
    assert chosen(miner) == everything("none")


@pytest.mark.parametrize("data", [{**everything("weekly"), "clauses": "hourly"}, everything("weekly", "clauses")])
def test_unknown_or_missing_choice_is_refused_with_words(rosa, miner, data):
    answer = rosa.post(reverse(PAGE), data)
    assert answer.context["form"].errors.keys() == {"clauses"}
    assert chosen(miner) == {}


def test_topics_are_listed_with_words_or_as_gone(news, rosa, miner):
    actions.follow(person=miner.user, topic="tests:water")
    actions.mute(person=miner.user, topic="tests:gone")
    actions.follow(person=miner.user, topic="nonsense")
    page = rosa.get(reverse(PAGE))
    rows = {row["key"]: (row["muted"], bool(row["topic"])) for row in page.context["topics"]}
    assert rows == {"tests:water": (False, True), "tests:gone": (True, False), "nonsense": (False, False)}
    assert "/es/agua/" in page.content.decode()


def test_preferences_ask_as_often_for_many_topics_as_for_one(news, rosa, miner):
    def more():
        for number in range(3):
            actions.follow(person=miner.user, topic=f"tests:{number}")

    actions.follow(person=miner.user, topic="tests:water")
    flat(lambda: rosa.get(reverse(PAGE)), more, ceiling=16)


@pytest.mark.parametrize(("route", "muted"), [("follow", False), ("mute", True)])
def test_topic_is_followed_or_muted_and_forgotten(news, rosa, miner, route, muted):
    for _ in range(2):
        answer = rosa.post(reverse(f"notifications:{route}"), {"topic": "tests:water", "next": "/es/agua/"})
    assert (answer.status_code, answer["Location"]) == (303, "/es/agua/")
    assert Subscription.objects.standing(miner.user, ["tests:water"]) == {"tests:water": "muted" if muted else "following"}
    rosa.post(reverse("notifications:unfollow"), {"topic": "tests:water"})
    assert Subscription.objects.count() == 0


def test_topic_that_does_not_exist_or_is_hidden_cannot_be_followed(news, rosa):
    for topic in ("tests:gone", "nothing:1", "", "tests:" + "x" * 200):
        assert rosa.post(reverse("notifications:follow"), {"topic": topic}).status_code == 404
    assert rosa.get(reverse("notifications:follow")).status_code == 405


def test_one_click_stops_one_category_without_cookie_redirect_or_login(miner, token):
    stranger = Client(enforce_csrf_checks=True)
    for address in (f"/u/{token}/clauses/", f"/u/{token}/clauses"):
        answer = stranger.post(address, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
    assert chosen(miner) == {"clauses": "none"}


def test_one_click_stops_everything(miner, token, client):
    assert client.post(f"/u/{token}/").status_code == 200
    assert set(chosen(miner).values()) == {"none"}
    assert len(chosen(miner)) == len(Category)


def test_one_click_in_a_digest_stops_what_comes_in_it(miner, token, client):
    actions.set_preferences(person=miner.user, frequencies={Category.ROUNDS: "weekly", Category.REPLIES: "daily"})
    client.post(f"/u/{token}/weekly/")
    assert chosen(miner) == {"rounds": "none", "events": "none", "replies": "daily"}  # encounters come weekly by default


def test_looking_at_an_unsubscribe_page_stops_nothing(miner, token, client):
    answer = client.get(f"/u/{token}/clauses/")
    assert (answer.status_code, chosen(miner)) == (200, {})
    assert '<form method="post">' in answer.content.decode()


def test_token_pages_are_secret_and_in_the_readers_language(scholar, client):
    actions.queueing.open_boxes([scholar.user.pk])
    answer = client.get(reverse("unsubscribe", args=[MailBox.objects.get().token]), headers={"accept-language": "es"})
    assert (answer["Content-Language"], answer["X-Robots-Tag"]) == ("en", "noindex")
    assert "no-store" in answer["Cache-Control"]
    assert '<html lang="en"' in answer.content.decode()


@pytest.mark.parametrize("path", ["/u/nothing/", "/u/nothing/preferences/", "/u/nothing/clauses/", "/u/{token}/nonsense/"])
def test_wrong_token_or_category_is_not_found(client, token, path):
    assert client.get(path.format(token=token)).status_code == 404
    assert client.post(path.format(token=token)).status_code == 404


def test_preferences_by_token_are_kept_without_login(miner, token, client):
    address = reverse("preferences_by_token", args=[token])
    assert client.get(address).context["form"]["clauses"].initial == Frequency.DAILY
    assert client.post(address, everything("weekly")).context["done"] is True
    assert chosen(miner) == everything("weekly")
    assert client.post(address, {"clauses": "hourly"}).context["done"] is False


def test_preferences_by_token_refuse_a_foreign_form(token):
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post(reverse("preferences_by_token", args=[token]), everything("none")).status_code == 403


def test_a_committee_chooses_once_work_has_reached_it(rosa, miner):
    entry = audit.record("members.application_received", actor=None, target=miner)
    Notification.objects.create(entry=entry, recipient=miner.user, category=Category.SECRETARIAT)
    assert "secretariat" in rosa.get(reverse(PAGE)).context["form"].fields
