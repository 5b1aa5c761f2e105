"""The member's pages: the part on the event, the form, one's registration, one's encounters."""

import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from events import actions
from events.models import Event, Registration
from tests.factories.events import LINK, stored
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


def fields(event, **more):
    """A form as the browser sends it."""
    return {"once": uuid.uuid4(), "mode": "on-site", "name": "Rosa Quispe", **more}


def send(client, event, **more):
    return client.post(reverse("events:register", args=[event.slug]), fields(event, **more))


# --- on the page of the event


def test_event_without_terms_says_nothing(read):
    assert "Inscripción" not in read("event_detail", stored("libre").slug)


def test_early_event_says_when_it_opens(read, visitor):
    event = open_event(state="announced", opens_at=timezone.now() + timedelta(days=1))
    assert "La inscripción abre:" in read("event_detail", event.slug, who=visitor)


def test_opening_is_told_by_the_readers_clock(read, visitor):
    visitor.time_zone = "Europe/Lisbon"
    visitor.save()
    late = timezone.now() + timedelta(days=60)
    days = {"starts_at": late, "ends_at": late + timedelta(hours=2)}
    event = open_event(state="announced", opens_at=timezone.now() + timedelta(days=30), **days)  # in summer time there, not here
    assert "9 de abril de 2026, 04:30" in read("event_detail", event.slug, who=visitor)


def test_open_event_tells_the_places_apart(read, visitor):
    event = open_event(on_site=3, on_line=None, mode="hybrid")
    enrol(event, accounts(1)[0])
    words = read("event_detail", event.slug, who=visitor)
    assert "2 lugares libres" in words
    assert "lugar para todo el mundo" in words


def test_open_event_lets_a_stranger_sign_in_first(read):
    event = open_event()
    words = read("event_detail", event.slug)
    assert f"?next={reverse('events:register', args=[event.slug])}" in words


def test_full_event_offers_the_list(read, visitor):
    event, _made = full_house(1, 0)
    assert "sin lugar: se puede esperar uno" in read("event_detail", event.slug, who=visitor)


def test_closed_event_says_so(read, visitor, clock):
    event = open_event()
    clock.move_to(event.terms.closes_at)
    assert "La inscripción cerró." in read("event_detail", event.slug, who=visitor)


def test_announced_event_after_its_opening_is_closed(read, visitor):
    assert "La inscripción cerró." in read("event_detail", open_event(state="announced").slug, who=visitor)


def test_called_off_event_offers_nothing(read, visitor):
    assert "Inscribirse" not in read("event_detail", open_event(state="cancelled").slug, who=visitor)


def test_own_registration_stands_on_the_event(read):
    event, (_first, _second, third) = full_house(1, 2)
    words = read("event_detail", event.slug, who=third.user)
    assert "puesto 2 en la lista de espera" in words
    assert reverse("events:registration_detail", args=of(third)) in words


def test_approval_is_said_beforehand(read, visitor):
    assert "Quienes organizan revisan cada inscripción." in read("event_detail", open_event(approval=True).slug, who=visitor)


def test_part_costs_as_many_queries_for_many_registrations(as_user, visitor):
    event = open_event(on_site=2)
    client = as_user(visitor)
    numbers = iter(range(100))
    grow = lambda: [enrol(event, one) for one in accounts(3, f"mas-{next(numbers)}")]  # noqa: E731
    flat(lambda: client.get(event.get_absolute_url()), grow, ceiling=34)


# --- the form


def test_form_knows_the_name_and_the_organisations(read, miner):
    words = read("register", open_event().slug, who=miner.user)
    assert 'value="Rosa Quispe"' in words
    assert "Cooperativa Oro Claro" in words


def test_form_of_an_account_without_person_has_no_organisations(read, visitor):
    assert 'name="organisation"' not in read("register", open_event().slug, who=visitor)


def test_form_of_what_takes_no_registrations_does_not_exist(read, visitor):
    read("register", stored("libre").slug, who=visitor, status=404)


def test_form_says_how_long_needs_are_kept(read, visitor):
    assert "Se borra 9 días después" in read("register", open_event(keep_days=9).slug, who=visitor)


def test_consent_to_photos_is_not_ticked(read, visitor):
    words = read("register", open_event().slug, who=visitor)
    assert "checked" not in re.search(r'<input[^>]*name="photos"[^>]*>', words)[0]


def test_form_has_a_row_for_each_guest(read, visitor):
    words = read("register", open_event(guests=2).slug, who=visitor)
    assert [f'name="guest{number}_name"' in words for number in (1, 2, 3)] == [True, True, False]


def test_hybrid_form_tells_the_places(read, visitor):
    words = read("register", open_event(on_site=7, on_line=0, mode="hybrid").slug, who=visitor)
    assert "lugares libres: 7" in words
    assert "En línea · lista de espera" in words


def test_form_sent_registers_and_leads_to_the_registration(as_user, visitor):
    event = open_event()
    answer = send(as_user(visitor), event)
    assert answer.status_code == 303
    assert answer.url == reverse("events:registration_detail", args=of(Registration.objects.get(user=visitor)))


def test_form_sent_twice_registers_once(as_user, visitor):
    event, once = open_event(), uuid.uuid4()
    answers = [send(as_user(visitor), event, once=once).url for _time in range(2)]
    assert len(set(answers)) == Registration.objects.count() == 1


def test_second_form_of_the_same_person_leads_to_what_they_have(as_user, visitor):
    event = open_event()
    made = enrol(event, visitor)
    answer = as_user(visitor).post(reverse("events:register", args=[event.slug]), fields(event), follow=True)
    assert answer.redirect_chain == [(reverse("events:registration_detail", args=of(made)), 303)]
    assert "ya está inscrita" in answer.content.decode()


def test_who_is_registered_finds_no_second_form(as_user, visitor):
    made = enrol(open_event(), visitor)
    answer = as_user(visitor).get(reverse("events:register", args=[made.event.slug]))
    assert (answer.status_code, answer.url) == (303, reverse("events:registration_detail", args=of(made)))


def test_everything_of_the_form_is_kept(as_user, miner, cooperative):
    event = open_event(guests=2)
    question = ask(event, "text")
    words = {"organisation": cooperative.pk, "diet": "Vegana", "interpretation": "qu", "photos": "on", f"q{question.pk}": "Aprender"}
    send(as_user(miner), event, guest2_name="Ana", guest2_affiliation="Mina Sol", **words)
    made = Registration.objects.get(user=miner.user)
    assert (made.organisation, made.photos, made.needs.diet, made.answers.get().text) == (cooperative, True, "Vegana", "Aprender")
    assert list(made.guests.values_list("name", "affiliation")) == [("Ana", "Mina Sol")]


def test_mistakes_keep_every_word(as_user, visitor):
    event = open_event(guests=1)
    ask(event, required=True)
    answer = send(as_user(visitor), event, diet="Vegana", guest1_affiliation="Mina Sol", name="")
    words = answer.content.decode()
    assert answer.status_code == 422
    assert all(kept in words for kept in ("Vegana", "Mina Sol", "Falta escribir el nombre", '<details class="extra" open>'))


def test_refusal_keeps_every_word(as_user, visitor, clock):
    event = open_event()
    client = as_user(visitor)
    clock.move_to(event.terms.closes_at)
    answer = send(client, event, diet="Vegana")
    assert answer.status_code == 409
    assert "La inscripción cerró." in answer.content.decode()
    assert "Vegana" in answer.content.decode()


def test_event_called_off_in_between_keeps_every_word(as_user, visitor):
    event = open_event(state="cancelled")
    answer = send(as_user(visitor), event, diet="Vegana")
    assert answer.status_code == 409
    assert "Vegana" in answer.content.decode()


@pytest.mark.parametrize(("kind", "sent", "kept"), [("one", "1", [1]), ("yes", "0", [0]), ("scale", "4", [4])])
def test_one_choice_is_kept_by_its_place(as_user, visitor, kind, sent, kept):
    event = open_event()
    question = ask(event, kind, options="Oro\nPlata")
    send(as_user(visitor), event, **{f"q{question.pk}": sent})
    assert Registration.objects.get().answers.get().chosen == kept


def test_several_choices_are_kept_by_their_places(as_user, visitor):
    event = open_event()
    question = ask(event, "several", options="Oro\nPlata\nCobre")
    send(as_user(visitor), event, **{f"q{question.pk}": ["2", "0"]})
    assert Registration.objects.get().answers.get().chosen == [0, 2]


def test_choice_that_is_none_is_refused(as_user, visitor):
    event = open_event()
    question = ask(event, "one", options="Oro")
    assert send(as_user(visitor), event, **{f"q{question.pk}": "9"}).status_code == 422


# --- one's registration


def test_confirmed_one_has_a_ticket_with_its_code(read, visitor):
    made = enrol(open_event(), visitor)
    words = read("registration_detail", *of(made), who=visitor)
    assert '<svg class="qr"' in words
    assert made.code in words


def test_ticket_leads_to_the_door(visitor):
    from events.views.tickets import ticket_address

    made = enrol(open_event(), visitor)
    assert ticket_address(made).endswith(reverse("events:check_in_ticket", args=[made.event.slug, made.ticket]))


def test_secret_of_the_ticket_is_not_written_out(read, visitor):
    made = enrol(open_event(), visitor)
    assert made.ticket not in read("registration_detail", *of(made), who=visitor)


@pytest.mark.parametrize("state", ["cancelled", "postponed"])
def test_ticket_of_what_is_called_off_says_so(read, visitor, state):
    made = enrol(open_event(), visitor)
    Event.objects.update(state=state, reason_es="Hay paro en la vía.")
    words = read("registration_detail", *of(made), who=visitor)
    assert '<svg class="qr"' not in words
    assert "Hay paro en la vía." in words


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


# --- my encounters


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
