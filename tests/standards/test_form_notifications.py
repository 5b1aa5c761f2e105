import pytest

from red_mpe.core.models import AuditEntry, Theme
from red_mpe.notifications.actions import announce
from red_mpe.notifications.models import Notification, Subscription
from standards.notifications.exchange import TYPES, describe_forms, form_topics
from tests.factories.standards import tell

[KIND] = TYPES


@pytest.fixture
def entry(consultation, clause, django_capture_on_commit_callbacks):
    clause.themes.add(Theme.objects.first())
    announce("standards.form_received", actor=None, target=consultation, rows=3, clauses=[clause.clause_id])
    return AuditEntry.objects.get(verb="standards.form_received")


def test_form_belongs_to_framework_clauses_and_themes(entry, clause):
    assert form_topics(entry) == ["framework:marco", clause.clause.topic, f"theme:{Theme.objects.first().code}"]


def test_form_tells_how_many_and_where(entry):
    item = describe_forms([entry])[entry.pk]
    assert (item["rows"], item["round"], item["framework"]) == (3, 1, "Marco marco")


@pytest.mark.parametrize("topic", ["framework", "clause", "theme"])
def test_follower_of_any_of_them_is_told_once(entry, neighbour, clause, topic):
    topics = {kind.partition(":")[0]: kind for kind in form_topics(entry)}
    Subscription.objects.create(person=neighbour.user, topic=topics[topic])
    tell()
    assert Notification.objects.get().recipient == neighbour.user


def test_follower_of_all_of_them_is_told_once(entry, neighbour):
    for topic in form_topics(entry):
        Subscription.objects.create(person=neighbour.user, topic=topic)
    tell()
    assert Notification.objects.count() == 1


def test_nobody_else_is_told(entry, neighbour):
    tell()
    assert not Notification.objects.exists()


def test_round_that_is_private_again_is_not_told(entry, consultation, neighbour):
    type(consultation.framework).objects.update(public=False)
    assert KIND.visible([entry], neighbour.user) == set()


def test_round_that_is_gone_is_left_out(entry):
    entry.target_id = 0
    assert describe_forms([entry]) == {}
