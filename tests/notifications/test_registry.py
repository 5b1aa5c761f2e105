"""What apps make known, and what readers follow."""

import pytest
from django.contrib.auth.models import AnonymousUser

from red_mpe.core.models import AuditEntry
from red_mpe.notifications import registry
from red_mpe.notifications.enums import Category
from red_mpe.notifications.mailing.words import Words, visible
from red_mpe.notifications.models import Notification, Subscription
from red_mpe.notifications.registry import NotificationType, Topic


def kind(key, **more):
    return NotificationType(key=key, category=Category.ROUNDS, audience=lambda entry: [], describe=lambda entries: {}, **more)


@pytest.fixture(autouse=True)
def _own_registry(monkeypatch):
    monkeypatch.setattr(registry, "_types", {})
    monkeypatch.setattr(registry, "_resolvers", {})


def test_types_are_known_by_their_key_and_sorted_by_how_binding_they_are():
    late, early = kind("a.late", rank=60), kind("b.early", rank=5)
    registry.register(late, early)
    assert registry.get("a.late") is late
    assert (registry.known("a.late"), registry.known("a.other")) == (True, False)
    assert registry.every() == [early, late]
    assert early.folder == "b/early"


def test_nothing_is_registered_twice():
    registry.register(kind("a.b"))
    registry.register_topics("a", lambda found, person: {})
    with pytest.raises(ValueError, match=r"a\.b"):
        registry.register(kind("a.b"))
    with pytest.raises(ValueError, match="a:"):
        registry.register_topics("a", lambda found, person: {})


def test_topics_are_resolved_with_one_question_for_each_prefix():
    asked = []
    registry.register_topics("a", lambda found, person: asked.append(list(found)) or {"1": Topic("One", "/1/")})
    found = registry.resolve(["a:1", "b:1", "a:2", "nonsense"], None)
    assert (found, asked) == ({"a:1": Topic("One", "/1/")}, [["1", "2"]])


def test_visibility_can_be_asked_for_many_at_once():
    registry.register(kind("a.b", may_see_many=lambda entries, person: [entry.pk for entry in entries if entry.pk > 1]))
    entries = [AuditEntry(pk=pk, verb=verb) for pk, verb in ((1, "a.b"), (2, "a.b"), (3, "unknown"))]
    assert visible(entries, None) == {2}


def test_what_a_type_does_not_describe_has_no_line():
    registry.register(kind("a.b"))
    words, entry = Words(), AuditEntry(pk=1, verb="a.b")
    words.describe([entry, AuditEntry(pk=2, verb="unknown")])
    assert (words.line(entry), words.grouped([entry, AuditEntry(pk=2, verb="unknown")])) == (None, [])


@pytest.mark.django_db
def test_followers_are_those_who_follow_one_topic_and_mute_none(miner, scholar, neighbour):
    rows = [(miner, "a:1", False), (miner, "a:2", False), (scholar, "a:1", False), (scholar, "a:2", True), (neighbour, "a:3", False)]
    Subscription.objects.bulk_create([Subscription(person=person.user, topic=topic, muted=muted) for person, topic, muted in rows])
    assert list(Subscription.objects.followers(["a:1", "a:2"])) == [miner.user.pk]
    assert list(Subscription.objects.mutes(["a:1", "a:2"])) == [scholar.user.pk]
    assert Subscription.objects.standing(scholar.user, ["a:1", "a:2", "a:3"]) == {"a:1": "following", "a:2": "muted"}


@pytest.mark.django_db
def test_visitor_has_neither_inbox_nor_subscriptions():
    visitor = AnonymousUser()
    assert Notification.objects.unread_count(visitor) == 0
    assert Subscription.objects.standing(visitor, ["a:1"]) == {}
