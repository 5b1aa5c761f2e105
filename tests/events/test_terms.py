"""Terms of registration: set, opened and closed by hand and by the clock, and moved along with the event."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from events import actions
from events.models import Event, RegistrationTerms
from events.tasks import open_registrations
from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError, GuardsUnmet, StaleState
from red_mpe.notifications.models import Announcement
from tests.events.test_moves import WHY
from tests.factories.events import announced, held, stored
from tests.factories.registering import accounts, enrol, full_house, open_event

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def words(event, **more):
    """Terms that fit an event ten days from now."""
    now = timezone.now()
    known = {"opens_at": now + DAY, "closes_at": event.starts_at - DAY, "approval": False, "guests": 2, "accept_hours": 48, "keep_days": 14}
    return known | more


def put(event, actor, **more):
    return actions.set_terms(event=event, actor=actor, **words(event, **more))


def with_terms(slug="uno", *, state="announced", **more):
    """An event with terms that open tomorrow."""
    event = stored(slug, state=state)
    RegistrationTerms.objects.create(event=event, **words(event, **more))
    return event


def told():
    return Announcement.objects.filter(entry__verb="events.registration_opened").count()


def test_terms_are_kept_and_audited(secretary):
    event = stored("uno")
    put(event, secretary, guests=3)
    assert RegistrationTerms.objects.get(event=event).guests == 3
    assert AuditEntry.objects.filter(verb="events.terms_set", target_id=event.pk).count() == 1


def test_terms_set_again_are_the_same_row(secretary):
    event = stored("uno")
    assert put(event, secretary).pk == put(event, secretary, approval=True).pk
    assert RegistrationTerms.objects.get(event=event).approval


def test_terms_are_set_for_a_draft(secretary):
    assert put(stored("uno", state="draft"), secretary).keep_days == 14


def test_member_sets_no_terms(miner):
    with pytest.raises(PermissionDenied):
        put(stored("uno"), miner.user)


def test_chair_sets_terms_of_the_own_group_only(chair, group):
    assert put(stored("uno", groups=[group]), chair)
    with pytest.raises(PermissionDenied):
        put(stored("dos"), chair)


@pytest.mark.parametrize(
    "wrong",
    [
        {"guests": 11},
        {"guests": -1},
        {"accept_hours": 0},
        {"accept_hours": 337},
        {"keep_days": 91},
        {"keep_days": -1},
        {"closes_at": timezone.make_aware(timezone.datetime(2026, 3, 1))},
        {"closes_at": timezone.make_aware(timezone.datetime(2027, 1, 1))},
    ],
)
def test_terms_out_of_bounds_are_refused(secretary, wrong):
    event = stored("uno")
    with pytest.raises(DomainError):
        put(event, secretary, **wrong)
    assert not RegistrationTerms.objects.exists()


@pytest.mark.parametrize("most", [{"guests": 10}, {"accept_hours": 336}, {"keep_days": 90}, {"keep_days": 0}])
def test_terms_at_their_bounds_are_kept(secretary, most):
    assert put(stored("uno"), secretary, **most)


def test_registration_may_close_when_the_event_ends(secretary):
    event = stored("uno")
    assert put(event, secretary, closes_at=event.ends_at).closes_at == event.ends_at


@pytest.mark.parametrize("state", ["held", "reported", "cancelled"])
def test_what_is_over_takes_no_terms(secretary, state):
    with pytest.raises(DomainError):
        put(held("uno", state=state), secretary)


@pytest.mark.parametrize("state", ["open", "full"])
def test_open_registration_is_not_moved_into_the_future(secretary, state):
    event = stored("uno", state=state)
    with pytest.raises(DomainError):
        put(event, secretary)
    assert put(event, secretary, opens_at=timezone.now() - DAY)


def test_terms_change_nothing_for_who_is_registered(secretary):
    event, _made = full_house(1, 1)
    terms = event.terms
    put(event, secretary, approval=True, opens_at=terms.opens_at)
    assert list(event.registrations.order_by("number").values_list("state", flat=True)) == ["confirmed", "waiting"]


def test_opening_tells_whom_the_event_is_for(secretary):
    event = with_terms()
    assert actions.open_registration(event=event, actor=secretary).state == "open"
    assert told() == 1


def test_opening_early_takes_the_hour_of_opening_along(secretary):
    event = with_terms()
    actions.open_registration(event=event, actor=secretary)
    assert RegistrationTerms.objects.get(event=event).opens_at == timezone.now()


def test_opening_late_leaves_the_hour_of_opening(secretary):
    before = timezone.now() - DAY
    event = with_terms(opens_at=before)
    actions.open_registration(event=event, actor=secretary)
    assert RegistrationTerms.objects.get(event=event).opens_at == before


def test_one_can_register_right_after_an_early_opening(secretary):
    event = with_terms()
    actions.open_registration(event=event, actor=secretary)
    assert enrol(event, accounts(1)[0]).state == "confirmed"


def test_without_terms_nothing_is_opened(secretary):
    with pytest.raises(GuardsUnmet):
        actions.open_registration(event=stored("uno"), actor=secretary)


def test_after_its_hour_of_closing_nothing_is_opened(secretary):
    event = with_terms(opens_at=timezone.now() - 2 * DAY, closes_at=timezone.now() - DAY)
    with pytest.raises(GuardsUnmet):
        actions.open_registration(event=event, actor=secretary)


def test_opening_twice_is_refused_and_told_once(secretary):
    event = with_terms()
    actions.open_registration(event=event, actor=secretary)
    with pytest.raises(StaleState):
        actions.open_registration(event=event, actor=secretary)
    assert told() == 1


def test_member_neither_opens_nor_closes(miner):
    for act, event in ((actions.open_registration, with_terms()), (actions.close_registration, open_event("dos"))):
        with pytest.raises(PermissionDenied):
            act(event=event, actor=miner.user)


def test_opening_an_event_whose_places_are_taken_makes_it_full(secretary):
    event, _made = full_house(1, 0)
    actions.close_registration(event=event, actor=secretary)
    RegistrationTerms.objects.update(closes_at=timezone.now() + DAY)
    assert actions.open_registration(event=event, actor=secretary).state == "full"


@pytest.mark.parametrize("state", ["open", "full"])
def test_closing_by_hand_is_for_good(secretary, state):
    event = open_event(state=state)
    assert actions.close_registration(event=event, actor=secretary).state == "announced"
    assert RegistrationTerms.objects.get(event=event).closes_at == timezone.now()
    assert actions.open_due() == 0


def test_closing_right_after_opening_holds(secretary):
    event = with_terms()
    actions.open_registration(event=event, actor=secretary)
    actions.close_registration(event=event, actor=secretary)
    assert actions.open_due() == 0


def test_closing_tells_nobody_and_is_audited(secretary):
    event = open_event()
    actions.close_registration(event=event, actor=secretary)
    assert not Announcement.objects.exists()
    assert AuditEntry.objects.filter(verb="events.registration_closed", target_id=event.pk).exists()


def test_closing_what_is_not_open_is_refused(secretary):
    with pytest.raises(StaleState):
        actions.close_registration(event=with_terms(), actor=secretary)


def test_closing_after_its_hour_leaves_the_hour(secretary):
    closed = timezone.now() - timedelta(hours=1)
    event = open_event(closes_at=closed)
    actions.close_registration(event=event, actor=secretary)
    assert RegistrationTerms.objects.get(event=event).closes_at == closed


def test_closing_frees_nobody_and_keeps_the_line(secretary):
    event, _made = full_house(1, 1)
    actions.close_registration(event=event, actor=secretary)
    assert list(event.registrations.order_by("number").values_list("state", flat=True)) == ["confirmed", "waiting"]


def test_clock_opens_what_is_due_once(clock):
    with_terms()
    assert actions.open_due() == 0
    clock.shift(DAY)
    assert [actions.open_due(), actions.open_due()] == [1, 0]
    assert told() == 1


def test_task_opens_and_can_run_twice(clock):
    event = with_terms()
    clock.shift(DAY)
    open_registrations()
    open_registrations()
    event.refresh_from_db()
    assert (event.state, told()) == ("open", 1)


@pytest.mark.parametrize("state", ["draft", "postponed", "cancelled", "held"])
def test_clock_opens_only_what_is_announced(clock, state):
    with_terms(state=state)
    clock.shift(DAY)
    assert actions.open_due() == 0


def test_clock_opens_nothing_that_has_begun(clock):
    event = with_terms()
    RegistrationTerms.objects.update(closes_at=event.ends_at)
    clock.move_to(event.starts_at)
    assert actions.open_due() == 0


def test_clock_opens_nothing_that_has_closed(clock):
    event = with_terms()
    clock.move_to(event.terms.closes_at)
    assert actions.open_due() == 0


def test_clock_passes_over_what_cannot_open(clock, monkeypatch):
    event = with_terms()
    clock.shift(DAY)
    due = Event.objects.due_to_open()
    assert list(due) == [event]
    Event.objects.filter(pk=event.pk).update(state="cancelled")
    monkeypatch.setattr(type(Event.objects), "due_to_open", lambda self: due)
    assert actions.open_due() == 0


def test_opening_counts_as_no_change_for_calendars_and_reminders(secretary):
    event = with_terms()
    before = (event.sequence, event.moved_at, event.updated_at)
    actions.open_registration(event=event, actor=secretary)
    event.refresh_from_db()
    assert (event.sequence, event.moved_at, event.updated_at) == before


def moved(event, actor, days, **more):
    step = timedelta(days=days)
    return actions.change_event(actor=actor, event=event, starts_at=event.starts_at + step, ends_at=event.ends_at + step, **more)


@pytest.mark.parametrize("days", [-3, 5, 40])
def test_hours_to_come_move_along_with_the_event(secretary, days):
    event = with_terms(opens_at=timezone.now() + 4 * DAY)
    opens, closes = event.terms.opens_at, event.terms.closes_at
    moved(event, secretary, days)
    after = RegistrationTerms.objects.get(event=event)
    assert (after.opens_at - opens, after.closes_at - closes) == (timedelta(days=days),) * 2


def test_a_later_date_does_not_close_an_open_registration(secretary):
    event = open_event()
    opens = event.terms.opens_at
    moved(event, secretary, 30)
    assert RegistrationTerms.objects.get(event=event).opens_at == opens


def test_a_later_date_does_not_open_a_closed_registration(secretary):
    event = open_event(closes_at=timezone.now() - timedelta(minutes=5))
    moved(event, secretary, 30)
    assert RegistrationTerms.objects.get(event=event).closes_at < timezone.now()


def test_registration_never_closes_after_the_end(secretary):
    event = open_event(closes_at=timezone.now() + 10 * DAY)
    shorter = event.starts_at + timedelta(hours=1)
    RegistrationTerms.objects.update(closes_at=event.ends_at)
    actions.change_event(actor=secretary, event=event, ends_at=shorter)
    assert RegistrationTerms.objects.get(event=event).closes_at == shorter


def test_hours_stay_in_order_whatever_the_move(secretary):
    event = with_terms(opens_at=timezone.now() + 8 * DAY, closes_at=timezone.now() + 9 * DAY)
    moved(event, secretary, -9)
    after = RegistrationTerms.objects.get(event=event)
    assert after.opens_at < after.closes_at <= Event.objects.get(pk=event.pk).ends_at


def test_another_clock_of_the_same_instants_moves_nothing(secretary):
    event = with_terms()
    before = RegistrationTerms.objects.values_list("opens_at", "closes_at").get()
    actions.change_event(actor=secretary, event=event, time_zone="America/Bogota")
    assert RegistrationTerms.objects.values_list("opens_at", "closes_at").get() == before
    assert not AuditEntry.objects.filter(verb="events.terms_shifted").exists()


def test_new_dates_of_a_postponed_event_move_the_hours(secretary):
    event = with_terms()
    closes = event.terms.closes_at
    actions.postpone_event(actor=secretary, event=event, reason=WHY)
    later = {"starts_at": event.starts_at + 30 * DAY, "ends_at": event.ends_at + 30 * DAY}
    actions.reschedule_event(actor=secretary, event=event, time_zone="America/Lima", **later)
    assert RegistrationTerms.objects.get(event=event).closes_at == closes + 30 * DAY


def test_event_without_terms_moves_alone(secretary):
    event = announced(secretary)
    moved(event, secretary, 3)
    assert not RegistrationTerms.objects.exists()


def test_shift_is_audited(secretary):
    moved(with_terms(), secretary, 3)
    assert AuditEntry.objects.filter(verb="events.terms_shifted").count() == 1
