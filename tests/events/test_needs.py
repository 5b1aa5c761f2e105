"""What people need is forgotten in time."""

from datetime import timedelta

import pytest

from events import actions
from events.models import Answer, Event, Needs
from events.tasks import forget_needs
from red_mpe.core.models import AuditEntry
from red_mpe.core.states import StaleState
from tests.factories.registering import accounts, ask, enrol, enrol_for, open_event

DAY = timedelta(days=1)
DIET = {"diet": "Sin sal"}


@pytest.fixture
def event(db):
    return open_event(on_site=20, keep_days=3)


def test_needs_go_when_their_days_are_over(event, clock):
    enrol(event, accounts(1)[0], needs=DIET)
    clock.move_to(event.ends_at + 3 * DAY - timedelta(seconds=1))
    assert actions.forget_needs() == 0
    clock.shift(timedelta(seconds=1))
    assert actions.forget_needs() == 1
    assert not Needs.objects.exists()


def test_task_forgets_once_and_notes_how_many(event, clock):
    for user in accounts(2):
        enrol(event, user, needs=DIET)
    clock.move_to(event.ends_at + 3 * DAY)
    forget_needs()
    forget_needs()
    assert AuditEntry.objects.get(verb="events.needs_forgotten").data == {"people": 2}


def test_answers_go_with_the_needs_and_are_counted_once(event, clock):
    question = ask(event)
    enrol(event, accounts(1)[0], needs=DIET, answers={question.pk: "Aprender"})
    clock.move_to(event.ends_at + 3 * DAY)
    assert actions.forget_needs() == 1
    assert not Answer.objects.exists()


def test_answers_alone_go_too(event, clock):
    question = ask(event)
    enrol(event, accounts(1)[0], answers={question.pk: "Aprender"})
    clock.move_to(event.ends_at + 3 * DAY)
    assert actions.forget_needs() == 1
    assert not Answer.objects.exists()


def test_address_goes_where_there_is_no_account(event, secretary, clock):
    account = accounts(1)[0]
    mine, other = enrol(event, account), enrol_for(event, secretary, email="dina@example.org")
    clock.move_to(event.ends_at + 3 * DAY)
    assert actions.forget_needs() == 1
    for one in (mine, other):
        one.refresh_from_db()
    assert (mine.email, other.email) == (account.email, "")


def test_answers_go_at_once_with_a_cancellation(event):
    question = ask(event)
    made = enrol(event, accounts(1)[0], answers={question.pk: "Aprender"})
    actions.cancel_registration(registration=made, actor=made.user)
    assert not Answer.objects.exists()


def test_all_that_was_said_goes_when_the_event_is_cancelled(event, secretary):
    question = ask(event)
    enrol(event, accounts(1)[0], needs=DIET, answers={question.pk: "Aprender"})
    outside = enrol_for(event, secretary, email="dina@example.org")
    actions.cancel_event(actor=secretary, event=event, reason={"es": "Lluvias."})
    assert not Needs.objects.exists()
    assert not Answer.objects.exists()
    outside.refresh_from_db()
    assert outside.email == "dina@example.org"  # who is told that it is off


def test_what_is_said_stays_while_the_event_is_only_postponed(event, secretary):
    enrol(event, accounts(1)[0], needs=DIET)
    actions.postpone_event(actor=secretary, event=event, reason={"es": "Lluvias."})
    assert Needs.objects.exists()


def test_nothing_more_is_said_of_a_cancelled_event(event, secretary):
    made = enrol(event, accounts(1)[0])
    actions.cancel_event(actor=secretary, event=event, reason={"es": "Lluvias."})
    with pytest.raises(StaleState):
        actions.change_registration(registration=made, actor=made.user, needs=DIET)
    assert not Needs.objects.exists()


def test_zero_days_forget_at_the_end(clock, db):
    event = open_event(keep_days=0)
    enrol(event, accounts(1)[0], needs=DIET)
    clock.move_to(event.ends_at)
    assert actions.forget_needs() == 1


def test_needs_of_another_event_stay(event, clock):
    other = open_event("otro", keep_days=90)
    enrol(event, accounts(1)[0], needs=DIET)
    enrol(other, accounts(1, "otra")[0], needs=DIET)
    clock.move_to(event.ends_at + 3 * DAY)
    assert actions.forget_needs() == 1
    assert Needs.objects.get().registration.event == other


def test_without_terms_needs_are_kept_a_fortnight(event, clock):
    enrol(event, accounts(1)[0], needs=DIET)
    event.terms.delete()
    clock.move_to(event.ends_at + 13 * DAY)
    assert actions.forget_needs() == 0
    clock.shift(DAY)
    assert actions.forget_needs() == 1


@pytest.mark.parametrize("state", ["cancelled", "postponed", "held", "reported"])
def test_needs_go_whatever_became_of_the_event(event, clock, state):
    enrol(event, accounts(1)[0], needs=DIET)
    Event.objects.update(state=state)
    clock.move_to(event.ends_at + 3 * DAY)
    assert actions.forget_needs() == 1


def test_needs_go_at_once_with_a_cancellation(event, secretary):
    made = enrol_for(event, secretary, needs=DIET)
    actions.cancel_registration(registration=made, actor=secretary)
    assert not Needs.objects.exists()


def test_needs_go_at_once_with_a_refusal(secretary, db):
    event = open_event(approval=True)
    made = enrol(event, accounts(1)[0], needs=DIET)
    actions.decline_registration(registration=made, actor=secretary)
    assert not Needs.objects.exists()


def test_somebody_faster_leaves_nothing_to_note(event, clock, monkeypatch):
    enrol(event, accounts(1)[0], needs=DIET)
    clock.move_to(event.ends_at + 3 * DAY)
    due = list(Event.objects.to_forget())
    Needs.objects.all().delete()
    monkeypatch.setattr(type(Event.objects), "to_forget", lambda self: due)
    assert actions.forget_needs() == 0
    assert not AuditEntry.objects.filter(verb="events.needs_forgotten").exists()
