"""The door as plain forms, tickets, and “I was there”."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from events.actions.attending import attend
from events.models import Attendance, Minutes, Needs
from events.querysets.day import attendance_rows, door_list, found_at_the_door
from tests.conftest import make_organisation
from tests.factories.day import doorkeeper_of, many_registered, registered, session_of, today
from tests.factories.events import held, stored
from tests.support.pages import form_data, text_of, url
from tests.support.queries import flat


@pytest.fixture
def event(db, group):
    return today(groups=[group])


@pytest.fixture
def guest(event):
    return registered(event, "Ángela Ñahui Condori", affiliation="Cooperativa Río Frío", email="angela@example.org")


@pytest.fixture
def door(event, miner, as_user):
    """The doorkeeper's browser."""
    return as_user(doorkeeper_of(event, miner))


def send(client, event, name="check_in_one", **data):
    return client.post(url(f"events:{name}", event.slug), {"once": str(uuid.uuid4()), **data})


def follow(client, response):
    return text_of(client.get(response["Location"]))


@pytest.mark.parametrize("words", ["angela nahui", "CONDORI", "rio frio", "ñahui cooperativa"])
def test_person_is_found_by_a_part_of_name_or_organisation(event, guest, words):
    registered(event, "Otra Persona")
    assert [row.code for row in found_at_the_door(event, words)] == [guest.code]


def test_person_is_found_by_code_and_by_ticket(event, guest):
    address = f"https://red.example.org/es/x/{guest.ticket}/"
    assert [found_at_the_door(event, words)[0].code for words in (guest.code.lower(), guest.ticket, address)] == [guest.code] * 3


def test_person_is_found_by_the_organisation_of_the_network(event):
    registered(event, "Uno", organisation=make_organisation("cooperativa-luz", name="Cooperativa Luz Andina"))
    assert found_at_the_door(event, "luz andina")[0].organisation == "Cooperativa Luz Andina"


def test_nobody_is_found_by_nothing(event, guest):
    assert found_at_the_door(event, "  ") == []


def test_signs_of_a_pattern_are_letters(event, guest):
    assert found_at_the_door(event, "%") == []


@pytest.mark.parametrize("state", ["cancelled", "lapsed", "declined"])
def test_who_does_not_come_any_more_is_not_found(event, chair, state):
    gone = registered(event, "Ida Quispe", state=state)
    assert found_at_the_door(event, "ida quispe") == found_at_the_door(event, gone.code) == door_list(event) == []
    attend(event=event, actor=chair, once=uuid.uuid4(), mode="on-site", seen="search", at=timezone.now(), registration=gone, anyway=True)
    assert [row.code for row in [*found_at_the_door(event, "ida quispe"), *door_list(event)]] == [gone.code] * 2


def test_search_shows_a_button_for_who_is_found(door, event, guest):
    response = door.get(url("events:check_in", event.slug), {"q": "angela"})
    assert guest.name in text_of(response)
    assert f'name="code" value="{guest.code}"' in response.content.decode()


def test_search_that_finds_nobody_says_so(door, event, guest):
    assert "No se encontró a nadie." in text_of(door.get(url("events:check_in", event.slug), {"q": "zzz"}))


def test_button_checks_in_and_says_so(door, event, guest):
    response = send(door, event, code=guest.code)
    assert response.status_code == 303
    assert Attendance.objects.get().seen == "search"
    assert f"Llegada anotada: {guest.name}." in follow(door, response)


def test_second_time_says_since_when_by_the_clock_of_the_place(door, event, guest, clock):
    send(door, event, code=guest.code)
    clock.shift(timedelta(minutes=20))
    assert f"{guest.name} ya está desde las 22:30." in follow(door, send(door, event, code=guest.code))
    assert Attendance.objects.count() == 1


def test_session_and_mode_stay_chosen(door, event, guest):
    session = session_of(event)
    response = send(door, event, code=guest.code, session=session.slug, mode="on-line")
    assert "session=plenaria" in response["Location"]
    assert (Attendance.objects.get().session, Attendance.objects.get().mode) == (session, "on-line")


def test_break_is_no_session_to_check_in_at(door, event, guest):
    session_of(event, "pausa", kind="break")
    assert send(door, event, code=guest.code, session="pausa").status_code == 422
    assert not Attendance.objects.exists()


def test_unknown_code_is_refused_and_kept_in_the_field(door, event):
    response = send(door, event, code="NADIE-1")
    assert response.status_code == 409
    assert 'value="NADIE-1"' in response.content.decode()
    assert "No hay inscripción con este código" in text_of(response)


def test_ticket_of_another_encounter_is_refused_by_its_name(door, event):
    other = registered(stored("feria-de-puno"))
    response = send(door, event, code=other.ticket)
    assert response.status_code == 409
    assert "feria-de-puno" in text_of(response)


def test_ticket_of_an_encounter_one_does_not_see_is_not_named(door, event):
    other = registered(stored("reunion-cerrada", audience="group"))
    assert "reunion-cerrada" not in text_of(send(door, event, code=other.ticket)).replace(other.ticket, "")


def test_doorkeeper_is_told_the_state_and_offered_nothing(door, event):
    waiting = registered(event, "Lista Larga", state="waiting")
    response = send(door, event, code=waiting.code)
    assert "Lista Larga no tiene lugar confirmado" in text_of(response)
    assert "Dejar entrar" not in text_of(response)


def test_organiser_is_offered_to_let_in_anyway(as_user, chair, event):
    waiting, client = registered(event, state="waiting"), as_user(chair)
    assert "Dejar entrar de todos modos" in text_of(send(client, event, code=waiting.code))
    assert send(client, event, code=waiting.code, anyway="1").status_code == 303
    assert Attendance.objects.get().registration == waiting


def test_doorkeeper_cannot_let_in_anyway(door, event):
    assert send(door, event, code=registered(event, state="waiting").code, anyway="1").status_code == 403


def test_last_ones_are_shown_with_a_way_back(door, event, guest):
    send(door, event, code=guest.code)
    assert guest.name in text_of(door.get(url("events:check_in", event.slug)))
    send(door, event, "check_in_undo", once=str(Attendance.objects.get().once))
    assert not Attendance.objects.exists()


def test_what_the_minutes_noted_has_no_way_back_at_the_door(door, event, chair, seated):
    row = attend(event=event, actor=chair, once=uuid.uuid4(), mode="on-site", seen="minutes", at=timezone.now(), person=seated.member)
    page = door.get(url("events:check_in", event.slug)).content.decode()
    assert seated.member.name in page
    assert f'value="{row.once}"' not in page


def test_refusal_to_take_back_stands_above_the_door(door, event, guest):
    send(door, event, code=guest.code)
    Minutes.objects.create(event=event, state="approved")
    response = send(door, event, "check_in_undo", once=str(Attendance.objects.get().once))
    assert response.status_code == 409
    assert "acta está aprobada" in text_of(response)


def test_who_runs_it_finds_the_way_to_register_who_just_came(door, event, as_user, chair):
    address, way = url("events:check_in", event.slug), url("events:desk_add", event.slug)
    assert way not in door.get(address).content.decode()
    assert f'href="{way}"' in as_user(chair).get(address).content.decode()


def test_what_is_gone_is_taken_back_without_fault(door, event):
    assert "Ya se había deshecho." in follow(door, send(door, event, "check_in_undo"))


def test_undo_without_a_key_changes_nothing(door, event, guest):
    send(door, event, code=guest.code)
    send(door, event, "check_in_undo", once="x")
    assert Attendance.objects.count() == 1


def test_undo_at_another_door_changes_nothing(door, event, miner):
    other = today("otra")
    row = attend(
        event=other,
        actor=doorkeeper_of(other, miner),
        once=uuid.uuid4(),
        mode="",
        seen="scan",
        at=timezone.now(),
        registration=registered(other),
    )
    send(door, event, "check_in_undo", once=str(row.once))
    assert Attendance.objects.count() == 1


def test_page_for_the_phone_to_keep_has_no_names(door, event, guest):
    send(door, event, code=guest.code)
    door.get(url("events:check_in", event.slug))  # reads the message
    assert guest.name not in text_of(door.get(url("events:check_in", event.slug), {"shell": ""}))


def test_door_page_tells_neither_address_nor_needs(door, event, guest):
    Needs.objects.create(registration=guest, diet="sin maní", access="silla de ruedas")
    words = door.get(url("events:check_in", event.slug), {"q": "angela"}).content.decode()
    assert not [secret for secret in ("angela@example.org", "maní", "silla") if secret in words]


def test_stranger_may_not_and_hidden_event_is_not_there(as_user, neighbour, event):
    client = as_user(neighbour)
    assert client.get(url("events:check_in", event.slug)).status_code == 403
    hidden = stored("oculto", audience="group")
    assert client.get(url("events:check_in", hidden.slug)).status_code == 404
    assert client.get(url("events:check_in", "no-hay")).status_code == 404


def test_doorkeeper_of_a_closed_meeting_opens_its_door(as_user, neighbour):
    meeting = today("cerrada", audience="group")
    assert as_user(doorkeeper_of(meeting, neighbour)).get(url("events:check_in", meeting.slug)).status_code == 200


def test_door_page_asks_no_more_for_more_people(door, event):
    many_registered(event, 30)
    flat(lambda: door.get(url("events:check_in", event.slug), {"q": "cooperativa"}), lambda: many_registered(event, 570), ceiling=24)


def test_list_of_the_last_is_one_query(event, guest, django_assert_num_queries, chair):
    attend(event=event, actor=chair, once=uuid.uuid4(), mode="on-site", seen="search", at=timezone.now(), registration=guest)
    with django_assert_num_queries(1):
        assert attendance_rows(event)[0].name == guest.name


# --- tickets


def ticket(client, event, registration):
    return client.get(url("events:check_in_ticket", event.slug, registration.ticket))


def test_owner_finds_the_qr_code(as_user, event, visitor):
    response = ticket(as_user(visitor), event, registered(event, user=visitor))
    assert 'class="qr"' in response.content.decode()
    assert "Anotar llegada" not in text_of(response)


def test_owner_of_a_waiting_place_finds_its_state_and_no_code(as_user, event, visitor):
    response = ticket(as_user(visitor), event, registered(event, user=visitor, state="waiting"))
    assert "lista de espera" in text_of(response)
    assert 'class="qr"' not in response.content.decode()


def test_door_finds_the_button_and_no_code(door, event, guest):
    response = ticket(door, event, guest)
    assert "Anotar llegada" in text_of(response)
    assert 'class="qr"' not in response.content.decode()
    assert form_data(response)["seen"] == "scan"


def test_button_of_a_ticket_checks_in_as_scanned(door, event, guest):
    door.post(url("events:check_in_one", event.slug), form_data(ticket(door, event, guest)))
    assert Attendance.objects.get().seen == "scan"


def test_ticket_that_was_seen_says_when(door, event, guest):
    send(door, event, code=guest.code)
    assert f"22:30 · {Attendance.objects.get().get_seen_display()}" in text_of(ticket(door, event, guest))


def test_ticket_of_another_encounter_has_no_button(door, event):
    response = ticket(door, event, registered(stored("otro-lugar")))
    assert "Esta entrada es de otro encuentro." in text_of(response)
    assert "Anotar llegada" not in text_of(response)


def test_nobody_else_finds_a_ticket(as_user, event, guest, neighbour):
    assert ticket(as_user(neighbour), event, guest).status_code == 404


def test_ticket_that_does_not_exist_is_not_found(door, event):
    assert door.get(url("events:check_in_ticket", event.slug, "x" * 43)).status_code == 404


def test_who_brought_a_guest_shows_their_ticket(as_user, event, visitor):
    host = registered(event, user=visitor)
    assert ticket(as_user(visitor), event, registered(event, "Invitada", made_by=visitor, guest_of=host)).status_code == 200


# --- I was there


def test_registered_one_says_it_on_the_page(as_user, event, visitor):
    registered(event, user=visitor, mode="on-line")
    client = as_user(visitor)
    data = form_data(client.get(event.get_absolute_url()), "day-said")
    client.post(url("events:was_there", event.slug), data)
    assert (Attendance.objects.get().seen, Attendance.objects.get().mode) == ("self", "on-line")


def test_who_sits_in_the_group_says_it_on_the_page(as_user, event, seated):
    client = as_user(seated)
    client.post(url("events:was_there", event.slug), form_data(client.get(event.get_absolute_url()), "day-said"))
    assert Attendance.objects.get().person == seated.member


def test_one_says_it_of_a_session(as_user, event, visitor):
    registered(event, user=visitor)
    send(as_user(visitor), event, "was_there", session=session_of(event).slug)
    assert Attendance.objects.get().session.slug == "plenaria"


def test_who_has_nothing_to_do_with_it_is_refused_in_words(as_user, event, visitor, scholar):
    for person in (visitor, scholar):
        client = as_user(person)
        response = send(client, event, "was_there")
        assert "Solo puede decirlo quien se inscribió" in follow(client, response)


def test_session_that_is_not_there_is_refused_in_words(as_user, event, visitor):
    client = as_user(visitor)
    assert "Elegir la sesión otra vez." in follow(client, send(client, event, "was_there", session="otra"))


def test_one_takes_back_what_one_said(as_user, event, visitor):
    registered(event, user=visitor)
    client = as_user(visitor)
    send(client, event, "was_there")
    send(client, event, "was_there_undo", once=str(Attendance.objects.get().once))
    assert not Attendance.objects.exists()


def test_one_takes_nothing_else_back(as_user, event, visitor, chair):
    own = registered(event, user=visitor)
    row = attend(event=event, actor=chair, once=uuid.uuid4(), mode="on-site", seen="scan", at=timezone.now(), registration=own)
    send(as_user(visitor), event, "was_there_undo", once=str(row.once))
    send(as_user(visitor), event, "was_there_undo", once="x")
    assert Attendance.objects.count() == 1


def test_what_one_said_stays_once_the_minutes_are_approved(as_user, event, visitor):
    registered(event, user=visitor)
    client = as_user(visitor)
    send(client, event, "was_there")
    Minutes.objects.create(event=event, state="approved")
    response = send(client, event, "was_there_undo", once=str(Attendance.objects.get().once))
    page = client.get(response["Location"])
    assert "acta está aprobada" in text_of(page)
    assert url("events:was_there_undo", event.slug) not in page.content.decode()


def test_page_offers_the_ticket_from_a_day_before(as_user, visitor, clock):
    event = stored("pronto", mode="on-site")
    own = registered(event, user=visitor)
    client = as_user(visitor)
    assert own.ticket not in client.get(event.get_absolute_url()).content.decode()
    clock.move_to(event.starts_at - timedelta(hours=12))
    words = as_user(visitor).get(event.get_absolute_url()).content.decode()
    assert own.ticket in words
    assert "day-said" not in words


def test_page_offers_the_door_to_who_keeps_it(as_user, event, miner, scholar):
    assert "Anotar llegadas" in text_of(as_user(doorkeeper_of(event, miner)).get(event.get_absolute_url()))
    assert "Anotar llegadas" not in text_of(as_user(scholar).get(event.get_absolute_url()))


def test_page_of_a_cancelled_event_offers_nothing(as_user, visitor, group):
    event = today("nada", state="cancelled", groups=[group])
    registered(event, user=visitor)
    assert "day-said" not in as_user(visitor).get(event.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("many", "told"), [(4, False), (5, True)])
def test_page_tells_afterwards_how_many_unless_few(client, secretary, many, told):
    event = held("ayer", days_ago=1)
    for number in range(many):
        guest = registered(event, f"P{number}")
        attend(event=event, actor=secretary, once=uuid.uuid4(), mode="on-site", seen="scan", at=event.starts_at, registration=guest)
    assert ("Quiénes estuvieron" in text_of(client.get(event.get_absolute_url()))) is told


def test_report_takes_the_place_of_what_was_noted(client, secretary):
    event = held("ayer", days_ago=1, attended=600)
    for number in range(6):
        guest = registered(event, f"P{number}")
        attend(event=event, actor=secretary, once=uuid.uuid4(), mode="on-site", seen="scan", at=event.starts_at, registration=guest)
    assert text_of(client.get(event.get_absolute_url())).count("Quiénes estuvieron") == 1
