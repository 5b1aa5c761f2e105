"""What who runs an event does at the desk: moving registrations, registering somebody without an account, taking the list away."""

import uuid

import pytest

from events.models import Needs, Registration
from red_mpe.core.models import AuditEntry
from tests.factories.organising import crowd
from tests.factories.registering import accounts, enrol, enrol_for, full_house, open_event
from tests.support.pages import form_data, text_of, url


def page(as_user, who, name, event, /, *args):
    return as_user(who).get(url(f"events:desk_{name}", event.slug, *args))


def send(as_user, who, name, event, /, *args, **data):
    return as_user(who).post(url(f"events:desk_{name}", event.slug, *args), data)


@pytest.mark.parametrize(("move", "state"), [("approve", "confirmed"), ("decline", "declined"), ("cancel", "cancelled")])
def test_pending_registration_is_moved(as_user, secretary, move, state):
    event = open_event(approval=True)
    made = enrol(event, accounts(1)[0])
    answer = send(as_user, secretary, "move", event, made.code, move, reason="Ya no hay transporte")
    made.refresh_from_db()
    assert (answer.status_code, made.state) == (303, state)


def test_reason_is_kept_and_shown(as_user, secretary):
    event = open_event()
    made = enrol_for(event, secretary)
    send(as_user, secretary, "move", event, made.code, "cancel", reason="Ya no hay transporte")
    assert "Ya no hay transporte" in text_of(page(as_user, secretary, "one", event, made.code))


def test_move_that_came_too_late_is_refused_and_keeps_the_reason(as_user, secretary):
    event = open_event()
    made = enrol_for(event, secretary)
    answer = send(as_user, secretary, "move", event, made.code, "decline", reason="Porque sí")
    assert answer.status_code == 409


def test_refused_cancellation_keeps_what_was_written(as_user, secretary, clock):
    event = open_event()
    made = enrol_for(event, secretary)
    clock.move_to(event.ends_at)
    answer = send(as_user, secretary, "move", event, made.code, "cancel", reason="Porque llovió")
    assert answer.status_code == 409
    assert "Porque llovió" in answer.content.decode()


def test_too_long_a_reason_is_refused(as_user, secretary):
    event = open_event()
    made = enrol_for(event, secretary)
    assert send(as_user, secretary, "move", event, made.code, "cancel", reason="x" * 501).status_code == 422


def test_unknown_move_is_not_found(as_user, secretary):
    event = open_event()
    made = crowd(event, 1)[0]
    assert send(as_user, secretary, "move", event, made.code, "fly").status_code == 404


def test_ticked_ones_are_approved_and_told_apart(as_user, secretary):
    event = open_event(on_site=1, approval=True)
    made = [enrol(event, user) for user in accounts(3)]
    answer = as_user(secretary).post(url("events:desk_approve", event.slug), {"pick": [one.code for one in made]}, follow=True)
    assert "1 persona tiene lugar. 2 personas están en lista de espera." in text_of(answer)


def test_nobody_ticked_says_so(as_user, secretary):
    event = open_event()
    answer = as_user(secretary).post(url("events:desk_approve", event.slug), follow=True)
    assert "No se marcó" in text_of(answer)


def test_too_many_ticked_are_refused(as_user, secretary):
    event = open_event()
    answer = as_user(secretary).post(url("events:desk_approve", event.slug), {"pick": [f"c{n}" for n in range(101)]}, follow=True)
    assert "cien" in text_of(answer)


def test_approving_comes_back_to_those_that_wait(as_user, secretary):
    answer = send(as_user, secretary, "approve", open_event(), state="pending")
    assert answer["Location"].endswith("?state=pending")


def test_only_those_that_wait_can_be_ticked(as_user, secretary):
    event = open_event()
    crowd(event, 1)
    assert 'name="pick"' not in page(as_user, secretary, "list", event).content.decode()
    waits = crowd(event, 1, state="pending")[0]
    assert f'name="pick" value="{waits.code}"' in page(as_user, secretary, "list", event).content.decode()


def new(**more):
    known = {"once": uuid.uuid4(), "name": "Dina Flores", "mode": "on-site", "language": "es"}
    return known | more


def test_somebody_without_mail_is_registered(as_user, secretary):
    event = open_event()
    answer = send(as_user, secretary, "add", event, **new(diet="Sin sal"))
    made = Registration.objects.get()
    assert answer["Location"].endswith(f"/{made.code}/")
    assert (made.state, made.email, made.user, made.made_by) == ("confirmed", "", None, secretary)
    assert Needs.objects.get().diet == "Sin sal"


def test_same_form_sent_twice_registers_once(as_user, secretary):
    event, data = open_event(), new()
    for _ in range(2):
        assert send(as_user, secretary, "add", event, **data).status_code == 303
    assert Registration.objects.count() == 1


def test_organisation_of_the_network_brings_its_chamber(as_user, secretary, cooperative):
    send(as_user, secretary, "add", open_event(), **new(organisation=cooperative.pk))
    assert Registration.objects.get().chamber.code == "PRO"


def test_who_finds_no_place_waits(as_user, secretary):
    event, _made = full_house(1, 0)
    send(as_user, secretary, "add", event, **new())
    assert Registration.objects.get(name="Dina Flores").state == "waiting"


def test_unnamed_person_is_refused_and_nothing_is_lost(as_user, secretary):
    answer = send(as_user, secretary, "add", open_event(), **new(name="", diet="Sin sal"))
    assert answer.status_code == 422
    assert form_data(answer)["diet"] == "Sin sal"


def test_refusal_of_the_engine_stands_above_the_form(as_user, secretary):
    event = open_event()
    enrol_for(event, secretary, email="dina@example.org")
    answer = send(as_user, secretary, "add", event, **new(email="Dina@example.org"))
    assert answer.status_code == 409
    assert form_data(answer)["name"] == "Dina Flores"


def test_mode_that_an_event_has_not_is_refused(as_user, secretary):
    assert send(as_user, secretary, "add", open_event(), **new(mode="on-line")).status_code == 422


def test_export_is_noted(as_user, secretary):
    event = open_event()
    crowd(event, 1, needs=True)
    send(as_user, secretary, "export", event, format="csv", needs="on")
    assert AuditEntry.objects.get(verb="events.registrations_taken_away").data == {"format": "csv", "needs": True}


def test_export_of_no_format_is_refused_and_not_noted(as_user, secretary):
    assert send(as_user, secretary, "export", open_event(), format="exe").status_code == 303
    assert not AuditEntry.objects.filter(verb="events.registrations_taken_away").exists()


@pytest.mark.parametrize(("kind", "begins"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")])
def test_export_is_a_file_to_keep(as_user, secretary, kind, begins):
    event = open_event()
    answer = send(as_user, secretary, "export", event, format=kind)
    assert answer["Content-Disposition"] == f'attachment; filename="{event.slug}.{kind}"'
    assert answer.content.startswith(begins)
