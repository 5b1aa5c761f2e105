"""Two hands on one application at the same moment, on connections of their own."""

from threading import Barrier

import pytest
from django.db import transaction

from members.actions import accept_application, decline_application, send_application
from members.models import Application, User
from red_mpe.core.models import AuditEntry
from red_mpe.core.states import StaleState
from tests.support.together import together


def verbs():
    return list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_people_deciding_at_once_decide_once(application, secretary):
    first, second = (Application.objects.get(pk=application.pk) for _ in range(2))
    other = User.objects.create_superuser("root@example.org", "x")
    results = together(
        lambda: accept_application(application=first, actor=secretary),
        lambda: decline_application(application=second, actor=other, reason="No."),
    )
    assert sum(isinstance(result, StaleState) for result in results) == 1
    assert sum(verb.startswith("members.application_") for verb in verbs()) == 2  # received, and one decision


@pytest.mark.slow
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_race_is_seen_without_the_condition(application, secretary):
    """The negative control: a plain check before a plain write lets both decide."""
    barrier = Barrier(2)

    def careless(state):
        with transaction.atomic():
            waits = Application.objects.get(pk=application.pk).state == "sent"
            barrier.wait()
            return waits and Application.objects.filter(pk=application.pk).update(state=state, reason="x")

    assert together(lambda: careless("accepted"), lambda: careless("declined")) == [1, 1]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_same_form_sent_twice_at_once_is_one_application(visitor, words):
    results = together(*(lambda: send_application(actor=visitor, **words) for _ in range(3)))
    assert {result.pk for result in results} == {Application.objects.get().pk}
    assert verbs().count("members.application_received") == 1
