"""The page of a registration in each of its states."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from events import actions
from events.models import Event
from tests.factories.after import certificate_of
from tests.factories.events import LINK, held
from tests.factories.registering import ON_LINE, accounts, ask, enrol, enrol_for, full_house, open_event, states_of
from tests.support.queries import flat

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(as_user):
    """Read a page of an event or of a registration as somebody; returns its words."""

    def words_of(name, *arguments, who=None, status=200):
        answer = as_user(who).get(reverse(f"events:{name}", args=arguments))
        assert answer.status_code == status, answer.status_code
        return re.sub(r"\s+", " ", answer.content.decode())

    return words_of


def of(made):
    return made.event.slug, made.code


def test_ticket_ends_with_the_event(read, visitor, clock):
    made = enrol(open_event(), visitor)
    clock.move_to(made.event.ends_at)
    assert '<svg class="qr"' not in read("registration_detail", *of(made), who=visitor)


def test_waiting_one_shows_its_place_and_no_ticket(read):
    _event, (_first, _second, third) = full_house(1, 2)
    words = read("registration_detail", *of(third), who=third.user)
    assert "Puesto 2 en la lista de espera" in words
    assert "48 horas para aceptarlo" in words
    assert '<svg class="qr"' not in words


def test_pending_one_says_what_comes_next(read, visitor):
    made = enrol(open_event(approval=True), visitor)
    assert "Hasta entonces no ocupa ningún lugar." in read("registration_detail", *of(made), who=visitor)


@pytest.fixture
def offered():
    """Somebody who was offered a place."""
    _event, (first, second) = full_house(1, 1)
    actions.cancel_registration(registration=first, actor=first.user)
    second.refresh_from_db()
    return second


def test_offer_tells_its_end_by_the_readers_clock(read, offered):
    offered.user.time_zone = "America/Sao_Paulo"
    offered.user.save()
    assert "12 de marzo de 2026, 00:30" in read("registration_detail", *of(offered), who=offered.user)


def test_offer_is_accepted_with_a_button(as_user, offered):
    answer = as_user(offered.user).post(reverse("events:registration_accept", args=of(offered)), follow=True)
    assert "El lugar está confirmado." in answer.content.decode()
    assert states_of(offered.event)[-1] == "confirmed"


def test_offer_accepted_too_late_says_so(as_user, offered, clock):
    client = as_user(offered.user)
    clock.shift(timedelta(hours=48))
    answer = client.post(reverse("events:registration_accept", args=of(offered)))
    assert answer.status_code == 409
    assert "Pasó el plazo" in answer.content.decode()


def test_lapsed_one_may_come_again(read, offered, clock):
    clock.shift(timedelta(hours=48))
    actions.lapse_offers()
    words = read("registration_detail", *of(offered), who=offered.user)
    assert reverse("events:register", args=[offered.event.slug]) in words


def test_declined_one_reads_the_reason(read, visitor, secretary):
    made = enrol(open_event(approval=True), visitor)
    actions.decline_registration(registration=made, actor=secretary, reason="Es para mineras.")
    assert "Es para mineras." in read("registration_detail", *of(made), who=visitor)


def test_link_is_for_who_has_a_place_on_line(read, visitor):
    made = enrol(open_event(mode="hybrid"), visitor, mode=ON_LINE)
    assert LINK in read("registration_detail", *of(made), who=visitor)


def test_link_is_not_for_who_comes(read, visitor):
    made = enrol(open_event(mode="hybrid"), visitor)
    assert LINK not in read("registration_detail", *of(made), who=visitor)


def test_link_is_not_for_who_waits(read):
    event = open_event(mode="on-line", on_line=1)
    first, second = accounts(2)
    enrol(event, first, mode=ON_LINE)
    made = enrol(event, second, mode=ON_LINE)
    assert LINK not in read("registration_detail", *of(made), who=second)
    assert LINK not in read("event_detail", event.slug, who=second)


def test_host_finds_the_tickets_of_the_guests(read, visitor):
    guest = enrol(open_event(guests=1), visitor, guests=[{"name": "Ana Tito"}]).guests.get()
    assert "Ana Tito" in read("registration_detail", guest.event.slug, guest.guest_of.code, who=visitor)
    assert '<svg class="qr"' in read("registration_detail", *of(guest), who=visitor)


def test_registration_of_others_does_not_exist(read, visitor, miner):
    read("registration_detail", *of(enrol(open_event(), visitor)), who=miner, status=404)


def test_organiser_reads_and_cancels_it(read, as_user, secretary):
    made = enrol_for(open_event(), secretary)
    assert "Dina Flores" in read("registration_detail", *of(made), who=secretary)
    assert as_user(secretary).post(reverse("events:registration_cancel", args=of(made))).status_code == 303


def test_cancelling_asks_first(read, visitor):
    made = enrol(open_event(guests=1), visitor, guests=[{"name": "Ana Tito"}])
    words = read("registration_cancel", *of(made), who=visitor)
    assert "Ana Tito" in words
    assert "El lugar pasa a quien espera" in words


@pytest.mark.parametrize(("sent", "states"), [({"with_guests": "on"}, ["cancelled"] * 2), ({}, ["cancelled", "confirmed"])])
def test_cancelling_takes_the_guests_along_or_not(as_user, visitor, sent, states):
    made = enrol(open_event(guests=1), visitor, guests=[{"name": "Ana"}])
    as_user(visitor).post(reverse("events:registration_cancel", args=of(made)), sent)
    assert states_of(made.event) == states


def test_cancelling_twice_says_so(as_user, visitor):
    made = enrol(open_event(), visitor)
    address = reverse("events:registration_cancel", args=of(made))
    assert [as_user(visitor).post(address).status_code for _time in range(2)] == [303, 409]


def test_needs_are_changed_and_shown_before(as_user, visitor, read):
    made = enrol(open_event(), visitor, needs={"diet": "Vegana"})
    assert 'value="Vegana"' in read("registration_change", *of(made), who=visitor)
    as_user(visitor).post(reverse("events:registration_change", args=of(made)), {"access": "Rampa"})
    made.needs.refresh_from_db()
    assert (made.needs.diet, made.needs.access) == ("", "Rampa")


def test_answers_are_remembered(visitor, read):
    event = open_event()
    line, several = ask(event), ask(event, "several", options="Oro\nPlata")
    made = enrol(event, visitor, answers={line.pk: "Aprender", several.pk: [1]})
    words = read("registration_change", *of(made), who=visitor)
    assert 'value="Aprender"' in words
    assert re.search(r'value="1"[^>]*checked', words)


def test_answers_stand_on_ones_page(visitor, read):
    event = open_event()
    line, several = ask(event, label="¿Qué espera?"), ask(event, "several", options="Oro\nPlata")
    words = read("registration_detail", *of(enrol(event, visitor, answers={line.pk: "Aprender <b>", several.pk: [0, 1]})), who=visitor)
    for part in ("¿Qué espera?", "Aprender &lt;b&gt;", "Oro; Plata"):
        assert part in words


def test_ones_page_asks_as_often_for_many_answers(visitor, as_user):
    event, client = open_event(), as_user(visitor)
    made = enrol(event, visitor)

    def grow():
        for number in range(4):
            made.answers.create(question=ask(event, label=f"¿{number}?"), text="Sí")

    grow()
    flat(lambda: client.get(reverse("events:registration_detail", args=of(made))), grow, ceiling=24)


def test_change_of_what_must_be_answered_is_asked(as_user, visitor):
    event = open_event()
    question = ask(event, required=True)
    made = enrol(event, visitor, answers={question.pk: "Sí"})
    assert as_user(visitor).post(reverse("events:registration_change", args=of(made))).status_code == 422


def test_change_of_what_was_cancelled_is_refused(as_user, visitor):
    made = enrol(open_event(), visitor)
    actions.cancel_registration(registration=made, actor=visitor)
    assert as_user(visitor).post(reverse("events:registration_change", args=of(made))).status_code == 409


def test_mode_is_changed_with_a_button(as_user, visitor):
    made = enrol(open_event(mode="hybrid"), visitor)
    as_user(visitor).post(reverse("events:registration_mode", args=of(made)), {"mode": ON_LINE})
    made.refresh_from_db()
    assert made.mode == ON_LINE


def test_full_mode_is_said_before(read, visitor):
    made = enrol(open_event(mode="hybrid", on_line=0), visitor)
    assert "no tiene lugar ahora" in read("registration_detail", *of(made), who=visitor)


def test_calendar_file_is_ones_own(as_user, visitor):
    made = enrol(open_event(), visitor)
    answer = as_user(visitor).get(reverse("events:registration_calendar", args=of(made)))
    assert answer["Content-Type"].startswith("text/calendar")
    assert visitor.email.encode() in answer.content.replace(b"\r\n ", b"")


def test_who_waits_has_no_calendar_file(read):
    _event, (_first, second) = full_house(1, 1)
    read("registration_calendar", *of(second), who=second.user, status=404)


def test_my_encounters_are_mine_and_my_guests(read, visitor, miner):
    event = open_event(guests=1)
    enrol(event, visitor, guests=[{"name": "Ana Tito"}])
    words = read("my_encounters", who=visitor)
    assert "confirmada" in words
    assert "Ana Tito" in words
    assert "Ninguna inscripción" in read("my_encounters", who=miner)


def test_my_encounters_keep_the_past_apart(read, visitor, clock):
    made = enrol(open_event(), visitor)
    clock.move_to(made.event.ends_at)
    words = read("my_encounters", who=visitor)
    assert words.index("Anteriores") < words.index(made.code)


def test_my_encounters_say_what_is_called_off(read, visitor):
    enrol(open_event(), visitor)
    Event.objects.update(state="cancelled")
    assert '<span class="tag no">' in read("my_encounters", who=visitor)


def test_my_encounters_cost_as_many_queries_for_many(as_user, visitor):
    enrol(open_event("uno"), visitor)
    client, numbers = as_user(visitor), iter(range(100))
    grow = lambda: [enrol(open_event(f"n-{next(numbers)}"), visitor) for _one in range(3)]  # noqa: E731
    flat(lambda: client.get(reverse("events:my_encounters")), grow, ceiling=12)


@pytest.mark.parametrize(("language", "word"), [("es", "Inscribirse"), ("en", "Register"), ("pt-br", "Inscrever-se")])
def test_form_speaks_three_languages(as_user, visitor, language, word):
    event = open_event()
    with translation.override(language):
        address = reverse("events:register", args=[event.slug])
    assert word in as_user(visitor).get(address).content.decode()


def test_my_encounters_name_the_place_of_who_comes_only(read, visitor):
    event = open_event(mode="hybrid")
    made = enrol(event, visitor)
    assert "Cusco" in read("my_encounters", who=visitor)
    actions.change_mode(registration=made, actor=visitor, mode=ON_LINE)
    assert "Cusco" not in read("my_encounters", who=visitor)


def test_my_encounters_lead_to_the_certificate(as_user, visitor):
    event = held("pasado")
    certificate_of(event, user=visitor)
    page = as_user(visitor).get(reverse("events:my_encounters")).content.decode()
    assert reverse("events:my_certificates", args=[event.slug]) in page
