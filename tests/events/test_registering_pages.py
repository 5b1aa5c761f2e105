"""The member's pages: the part on the event, the form, one's registration, one's encounters."""

import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from events import actions
from events.models import Event, Registration
from tests.factories.events import stored
from tests.factories.registering import accounts, ask, enrol, full_house, open_event
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


@pytest.fixture
def offered():
    """Somebody who was offered a place."""
    _event, (first, second) = full_house(1, 1)
    actions.cancel_registration(registration=first, actor=first.user)
    second.refresh_from_db()
    return second
