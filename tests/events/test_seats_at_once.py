"""Many hands at the last seats, each on a connection of its own: no seat is given twice, no place in the line is lost."""

import uuid
from collections import Counter
from functools import partial
from random import Random

import pytest
from django.utils import timezone

from events import actions
from events.models import Event, Registration
from events.querysets.registering import capacity
from red_mpe.celery import app
from red_mpe.core.states import DomainError
from tests.factories.registering import ON_LINE, ON_SITE, accounts, enrol, enrol_for, full_house, open_event
from tests.support.together import crowd, together

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
TIMES, PEOPLE, SEATS = 50, 200, 10


@pytest.fixture(autouse=True)
def _broker():
    """A broker that really is asked, as on a server: nobody's mail is made while seats are given."""
    app.conf.task_always_eager = False
    app.control.purge()
    yield
    app.control.purge()
    app.conf.task_always_eager = True


def arrivals(event):
    return list(event.registrations.order_by("number").values_list("number", "state"))


def test_200_at_once_for_10_seats_give_10_and_a_line_of_190_fifty_times():
    people = accounts(PEOPLE)
    seated = [(number, "confirmed") for number in range(1, SEATS + 1)]
    line = [(number, "waiting") for number in range(SEATS + 1, PEOPLE + 1)]
    for time in range(TIMES):
        event = open_event(f"vez-{time}", on_site=SEATS)
        made = crowd([partial(enrol, event, person) for person in people])
        assert Counter(type(one) for one in made) == {Registration: PEOPLE}
        assert arrivals(event) == seated + line
        assert actions.seats_agree(event)
        assert Event.objects.get(pk=event.pk).state == "full"


def test_same_form_from_20_hands_is_one_registration():
    event, person, once = open_event(), accounts(1)[0], uuid.uuid4()
    made = crowd([partial(enrol, event, person, once=once)] * 20)
    assert len({one.pk for one in made}) == Registration.objects.count() == 1


def test_same_person_from_20_forms_is_one_registration():
    event, person = open_event(), accounts(1)[0]
    made = crowd([partial(enrol, event, person)] * 20)
    assert Counter(type(one) for one in made) == {Registration: 1, actions.AlreadyRegistered: 19}


def test_last_seat_of_two_modes_is_given_once_each():
    event = open_event(on_site=1, on_line=1, mode="hybrid")
    crowd([partial(enrol, event, person, mode=(ON_SITE, ON_LINE)[number % 2]) for number, person in enumerate(accounts(20))])
    assert Counter(event.registrations.values_list("mode", "state"))[ON_SITE, "confirmed"] == 1
    assert actions.seats_agree(event)


def test_two_who_cancel_at_once_free_two_seats():
    event, (first, second, *_line) = full_house(2, 3)
    together(*(partial(actions.cancel_registration, registration=one, actor=one.user) for one in (first, second)))
    assert [state for _number, state in arrivals(event)] == ["cancelled"] * 2 + ["offered"] * 2 + ["waiting"]


def test_one_cancelled_twice_at_once_frees_one_seat():
    event, (first, *_line) = full_house(1, 2)
    act = lambda: actions.cancel_registration(registration=Registration.objects.get(pk=first.pk), actor=first.user)  # noqa: E731
    results = together(act, act)
    assert sum(isinstance(one, DomainError) for one in results) == 1
    assert actions.seats_agree(event)


def test_two_clocks_at_once_lapse_each_once(clock):
    event, made = full_house(3, 3, accept_hours=1)
    [actions.cancel_registration(registration=one, actor=one.user) for one in made[:3]]
    clock.shift(3700)
    assert sum(together(actions.lapse_offers, actions.lapse_offers)) == 3
    assert actions.seats_agree(event)


def test_acceptance_and_lapse_at_once_never_both(clock):
    event, (first, second, _third) = full_house(1, 2, accept_hours=1)
    actions.cancel_registration(registration=first, actor=first.user)
    Registration.objects.filter(pk=second.pk).update(offered_until=timezone.now())
    together(lambda: actions.accept_offer(registration=second, actor=second.user), actions.lapse_offers)
    assert [state for _number, state in arrivals(event)] == ["cancelled", "lapsed", "offered"]


def anybody(random, event, secretary, people):
    """One act that somebody does to this event, by chance."""
    person, mode = random.choice(people), random.choice([ON_SITE, ON_LINE])
    places = {"places_on_site": random.randint(1, 8), "places_on_line": random.choice([None, 2, 5])}
    of = lambda act, **more: act(registration=random.choice(list(event.registrations.all())), actor=secretary, **more)  # noqa: E731
    acts = [
        *[lambda: enrol(event, person, mode=mode, guests=[{"name": "Ana"}] * random.randint(0, 2))] * 6,
        *[lambda: of(actions.cancel_registration)] * 4,
        lambda: enrol_for(event, secretary, mode=mode),
        lambda: of(actions.accept_offer),
        lambda: of(actions.change_mode, mode=mode),
        lambda: of(actions.approve_registration),
        lambda: actions.change_event(actor=secretary, event=event, **places),
        lambda: event.registrations.filter(state="offered").update(offered_until=timezone.now()) and actions.lapse_offers(),
    ]
    return random.choice(acts)


@pytest.mark.parametrize("seed", range(6))
def test_whatever_happens_at_once_no_seat_is_oversold_or_lost(secretary, seed):
    random, people = Random(seed), accounts(40)
    event = open_event(on_site=8, on_line=5, mode="hybrid", guests=2, approval=seed % 3 == 2)
    outcomes = crowd([anybody(random, event, secretary, people) for _act in range(150)], hands=12)
    wrong = [one for one in outcomes if isinstance(one, Exception) and not isinstance(one, (DomainError, IndexError))]
    assert wrong == []
    numbers = event.registrations.values_list("number", flat=True)
    assert len(set(numbers)) == len(numbers)
    assert actions.seats_agree(event)
    actions.fill_seats(event)
    event.refresh_from_db()
    for mode, free in actions.free_seats(event).items():
        seated = event.registrations.seated().filter(mode=mode).count()
        waits = Registration.objects.waiting(event, mode).exists()
        assert not (waits and seated < (capacity(event, mode) or 10**6)), "somebody waits before a free seat"
        assert free == 0 or not waits
