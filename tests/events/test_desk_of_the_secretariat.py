"""What of registration reaches other pages: the secretariat's desk, the moves, the page where an event is changed."""

import pytest
from django.core.exceptions import PermissionDenied

from events.actions import approving
from events.actions.approving import Approved, approve_many
from events.desk import approvals
from events.models import Registration
from red_mpe.core.states import DomainError
from tests.factories.events import stored
from tests.factories.organising import crowd
from tests.factories.registering import accounts, enrol, open_event
from tests.support.pages import text_of, url
from tests.support.queries import flat


def test_desk_of_the_secretariat_shows_who_waits_longest(secretary):
    events = [open_event("otro", approval=True), *[open_event(approval=True)] * 6]
    made = [enrol(event, user) for event, user in zip(events, accounts(7), strict=True)]
    pile = approvals(secretary)
    assert (pile.count, len(pile.first)) == (7, 5)
    assert pile.first[0].title == made[0].name
    assert [one.url for one in pile.first] == [url("events:desk_one", row.event.slug, row.code) for row in made[:5]]
    assert pile.url == ""  # a list of one event would leave the others out


def test_panel_is_the_secretariats(miner, db):
    assert approvals(miner.user) is None


def test_panel_is_empty_where_nobody_waits(secretary):
    crowd(open_event(), 1)
    pile = approvals(secretary)
    assert (pile.count, pile.first, pile.url) == (0, [], "")


@pytest.mark.parametrize("state", ["held", "cancelled", "postponed"])
def test_panel_leaves_out_what_does_not_take_place(secretary, state):
    crowd(open_event(state=state), 1, state="pending")
    assert approvals(secretary).count == 0


def test_panel_leaves_out_what_has_ended(secretary, clock):
    event = open_event()
    crowd(event, 1, state="pending")
    clock.move_to(event.ends_at)
    assert approvals(secretary).count == 0


def test_panel_asks_the_same_however_many_wait(secretary):
    event = open_event()
    crowd(event, 1, state="pending")
    flat(lambda: approvals(secretary), lambda: crowd(event, 3, state="pending"), ceiling=4)


def test_moves_page_of_opening_shows_what_is_missing_and_where(as_user, secretary):
    event = stored("uno")
    answer = as_user(secretary).get(url("events:event_move", event.slug, "open"))
    assert url("events:desk_terms", event.slug) in answer.content.decode()
    assert "faltan las condiciones" in text_of(answer).lower()


def test_moves_page_of_opening_says_whom_it_mails(as_user, secretary, miner):
    event = open_event(state="announced")
    answer = as_user(secretary).get(url("events:event_move", event.slug, "open"))
    assert answer.context["reach"]["all"] == 1


def test_moves_page_of_closing_says_that_nobody_is_told(as_user, secretary):
    answer = as_user(secretary).get(url("events:event_move", open_event().slug, "close"))
    assert answer.context["reach"] is None
    assert "No se avisa a nadie" in text_of(answer)


@pytest.mark.parametrize(
    ("state", "move", "after"), [("announced", "open", "open"), ("open", "close", "announced"), ("full", "close", "announced")]
)
def test_registration_is_opened_and_closed_on_its_page(as_user, secretary, state, move, after):
    event = open_event(state=state)
    assert as_user(secretary).post(url("events:event_move", event.slug, move)).status_code == 303
    event.refresh_from_db()
    assert event.state == after


def test_opening_without_terms_is_refused_on_its_page(as_user, secretary):
    answer = as_user(secretary).post(url("events:event_move", stored("uno").slug, "open"))
    assert answer.status_code == 409


def test_changing_an_event_tells_how_many_are_registered(as_user, secretary):
    event = open_event()
    address = url("events:event_edit", event.slug)
    assert "inscripciones: la nueva fecha" not in text_of(as_user(secretary).get(address))
    crowd(event, 3)
    crowd(event, 1, state="cancelled")
    assert "Hay 3 inscripciones: la nueva fecha" in text_of(as_user(secretary).get(address))


def test_new_dates_tell_how_many_are_registered(as_user, secretary):
    event = open_event(state="postponed")
    crowd(event, 2)
    assert "Hay 2 inscripciones" in text_of(as_user(secretary).get(url("events:event_move", event.slug, "reschedule")))


def test_hundred_at_once_and_no_more(secretary):
    event = open_event()
    assert approve_many(event=event, actor=secretary, codes=[f"x{n}" for n in range(100)]) == Approved(passed=100)
    with pytest.raises(DomainError):
        approve_many(event=event, actor=secretary, codes=[f"x{n}" for n in range(101)])


def test_approving_many_passes_over_who_has_cancelled(secretary):
    event = open_event(on_site=9, approval=True)
    first, second = (enrol(event, user) for user in accounts(2))
    Registration.objects.filter(pk=first.pk).update(state="cancelled")
    assert approve_many(event=event, actor=secretary, codes=[first.code, second.code]) == Approved(confirmed=1, passed=1)


def test_approving_many_goes_by_arrival(secretary):
    event = open_event(on_site=1, approval=True)
    made = [enrol(event, user) for user in accounts(3)]
    approve_many(event=event, actor=secretary, codes=[one.code for one in reversed(made)])
    assert list(event.registrations.order_by("number").values_list("state", flat=True)) == ["confirmed", "waiting", "waiting"]


def test_approving_many_touches_no_other_event(secretary):
    other = crowd(open_event("otro"), 1, state="pending")[0]
    assert approve_many(event=open_event(), actor=secretary, codes=[other.code]).confirmed == 0


def test_approving_many_is_for_who_runs_the_event(miner):
    with pytest.raises(PermissionDenied):
        approve_many(event=open_event(), actor=miner.user, codes=[])


def test_one_that_cannot_be_approved_stops_nobody_else(secretary, monkeypatch):
    event = open_event(on_site=9, approval=True)
    first, second = (enrol(event, user) for user in accounts(2))

    def approve(*, registration, actor, real=approving.approve_registration):
        if registration == first:
            raise DomainError("no")
        return real(registration=registration, actor=actor)

    monkeypatch.setattr(approving, "approve_registration", approve)
    assert approve_many(event=event, actor=secretary, codes=[first.code, second.code]) == Approved(confirmed=1, passed=1)
