"""What the phone at the door fetches and sends: nothing private in it, everything settled once, in any order."""

import gzip
import json
import random
import uuid
from datetime import timedelta
from hashlib import sha256

import pytest
from django.test import Client
from django.utils import timezone

from events.actions.attending import attend, undo_attendance
from events.models import Attendance, Needs
from tests.factories.day import doorkeeper_of, many_registered, registered, session_of, today
from tests.factories.events import stored
from tests.support.pages import url
from tests.support.queries import flat


@pytest.fixture
def event(db, group):
    return today(groups=[group])


@pytest.fixture
def guest(event):
    return registered(event, email="ana@example.org")


@pytest.fixture
def keeper(event, miner):
    return doorkeeper_of(event, miner)


@pytest.fixture
def phone(keeper, as_user):
    return as_user(keeper)


def fetch(client, event, **headers):
    return client.get(url("events:check_in_list", event.slug), headers=headers)


def item(code="", **more):
    known = {"once": str(uuid.uuid4()), "code": code, "session": "", "mode": "on-site", "seen": "search", "at": timezone.now().isoformat()}
    return known | more


def send(client, event, *items):
    return client.post(url("events:check_in_record", event.slug), json.dumps({"items": items}), content_type="application/json")


def outcomes(response):
    return [result["outcome"] for result in response.json()["results"]]


def test_list_names_who_is_registered(phone, event, guest):
    row = fetch(phone, event).json()["rows"][0]
    assert row == [guest.code, sha256(guest.ticket.encode()).hexdigest(), guest.name, "", "on-site", "confirmed"]


def test_list_holds_no_ticket_no_address_and_no_needs(phone, event, guest):
    Needs.objects.create(registration=guest, diet="sin maní", access="silla de ruedas", childcare="una niña")
    words = fetch(phone, event).content.decode()
    assert not [secret for secret in (guest.ticket, "ana@example.org", "maní", "silla", "niña") if secret in words]


def test_list_tells_who_is_there_already_by_session(phone, keeper, event, guest):
    session = session_of(event)
    attend(event=event, actor=keeper, once=uuid.uuid4(), mode="", seen="scan", at=timezone.now(), registration=guest, session=session)
    assert fetch(phone, event).json()["seen"] == {"plenaria": {guest.code: timezone.now().isoformat()}}


def test_list_counts_who_is_there_in_each_mode(phone, event, guest):
    send(phone, event, item(guest.code, mode="on-line"))
    assert fetch(phone, event).json()["present"] == {"total": 1, "here": 0, "there": 1}


def test_phone_that_has_the_list_is_told_so(phone, event, guest):
    known = fetch(phone, event)["ETag"]
    assert fetch(phone, event, if_none_match=known).status_code == 304
    registered(event, "Nueva")
    assert fetch(phone, event, if_none_match=known).status_code == 200


def test_list_is_kept_by_no_store_on_the_way(phone, event):
    assert "no-store" in fetch(phone, event)["Cache-Control"]


def test_list_asks_no_more_for_six_hundred(phone, event):
    flat(lambda: fetch(phone, event), lambda: many_registered(event, 600), ceiling=16)


def test_list_of_six_hundred_is_small(phone, event):
    many_registered(event, 600)
    body = fetch(phone, event).content
    assert len(body) < 120_000
    assert len(gzip.compress(body)) < 40_000


def test_check_in_is_settled(phone, event, guest):
    sent = item(guest.code)
    assert send(phone, event, sent).json()["results"] == [{"once": sent["once"], "outcome": "new", "since": "22:30", "code": guest.code}]
    assert Attendance.objects.get().seen == "search"


def test_moment_is_the_one_of_the_phone(phone, event, guest):
    send(phone, event, item(guest.code, at=(timezone.now() - timedelta(minutes=40)).isoformat()))
    assert Attendance.objects.get().at == timezone.now() - timedelta(minutes=40)


@pytest.mark.parametrize("at", ["2099-01-01T00:00:00Z", "1970-01-01T00:00:00Z"])
def test_clock_that_is_wrong_is_no_fault_of_the_guest(phone, event, guest, at):
    assert outcomes(send(phone, event, item(guest.code, at=at))) == ["new"]
    assert Attendance.objects.get().at == timezone.now()


def test_answer_that_was_lost_is_given_again(phone, event, guest):
    sent = item(guest.code)
    assert outcomes(send(phone, event, sent)) == outcomes(send(phone, event, sent)) == ["new"]
    assert Attendance.objects.count() == 1


def test_other_phone_was_faster(phone, event, guest):
    assert outcomes(send(phone, event, item(guest.code), item(guest.code))) == ["new", "there"]


def test_same_ticket_scanned_by_two_phones_is_there(phone, event, guest):
    hashed = sha256(guest.ticket.encode()).hexdigest()
    assert outcomes(send(phone, event, item(hash=hashed, seen="scan"), item(guest.ticket, seen="scan"))) == ["new", "there"]


def test_hash_of_no_ticket_is_refused_in_words(phone, event, guest):
    result = send(phone, event, item(hash="0" * 64)).json()["results"][0]
    assert (result["outcome"], result["words"]) == ("refused", "No hay inscripción con este código o esta entrada.")


@pytest.mark.parametrize("seed", range(10))
def test_queues_of_three_phones_in_any_order_end_the_same(phone, event, seed):
    guests = [registered(event, f"P{number}") for number in range(5)]
    start = timezone.now() - timedelta(minutes=30)
    sent = [item(guest.code, at=(start + timedelta(minutes=n)).isoformat()) for guest in guests for n in range(3)]
    sent += random.Random(seed).sample(sent, 8)
    random.Random(seed).shuffle(sent)
    for cut in range(0, len(sent), 4):
        send(phone, event, *sent[cut : cut + 4])
    assert list(Attendance.objects.values_list("registration", "at").order_by("registration")) == [(one.pk, start) for one in guests]


@pytest.mark.parametrize(("away", "status"), [(-25, 403), (-24, 200), (72, 200), (73, 403)])
def test_list_is_there_while_the_door_is_open(event, guest, keeper, as_user, clock, away, status):
    clock.move_to((event.starts_at if away < 0 else event.ends_at) + timedelta(hours=away))
    assert fetch(as_user(keeper), event).status_code == status


def test_who_runs_the_event_has_the_list_at_any_time(as_user, chair, group):
    assert fetch(as_user(chair), stored("lejos", groups=[group])).status_code == 200


def test_one_that_is_refused_holds_up_nobody(phone, event, guest):
    waiting, other = registered(event, "Espera", state="waiting"), registered(stored("lejos"))
    sent = send(phone, event, item(waiting.code), item(other.ticket), item("NADIE"), item(guest.code))
    assert outcomes(sent) == ["no-place", "refused", "refused", "new"]


def test_phone_lets_nobody_in_anyway(as_user, chair, event):
    waiting = registered(event, state="waiting")
    assert outcomes(send(as_user(chair), event, item(waiting.code, anyway=True))) == ["no-place"]


def test_what_was_taken_back_stays_so(phone, keeper, event, guest):
    sent = item(guest.code)
    send(phone, event, sent)
    undo_attendance(attendance=Attendance.objects.get(), actor=keeper)
    assert outcomes(send(phone, event, sent)) == ["undone"]
    assert not Attendance.objects.exists()


@pytest.mark.parametrize("wrong", [{"once": "x"}, {"at": "ayer"}, {"code": ""}, {"session": "no-hay"}, {"mode": "volando"}, {"hash": "zz"}])
def test_item_that_makes_no_sense_is_refused_in_words(phone, event, guest, wrong):
    result = send(phone, event, item(guest.code) | wrong).json()["results"][0]
    assert result["outcome"] == "refused"
    assert result["words"]


@pytest.mark.parametrize("body", ["", "no", "[]", "{}", '{"items": 3}', '{"items": [1]}', "\udcff".encode("utf-8", "surrogateescape")])
def test_body_that_is_no_list_is_refused(phone, event, body):
    response = phone.post(url("events:check_in_record", event.slug), body, content_type="application/json")
    assert response.status_code == 400


def test_hundred_at_once_and_no_more(phone, event, guest):
    assert send(phone, event, *[item(guest.code)] * 101).status_code == 413
    assert not Attendance.objects.exists()


def test_session_that_ended_is_told_to_the_script(client, event, guest):
    assert send(client, event, item(guest.code)).status_code == 401
    assert fetch(client, event).json()["error"].startswith("La sesión terminó.")


def test_who_lost_the_door_is_told_so(phone, event, guest):
    event.doorkeepers.all().delete()
    assert send(phone, event, item(guest.code)).status_code == fetch(phone, event).status_code == 403


def test_door_that_is_not_there_is_not_found(phone):
    hidden = stored("oculto", audience="group")
    assert fetch(phone, hidden).status_code == 404
    assert phone.get(url("events:check_in_list", "no-hay")).status_code == 404


def test_record_asks_for_the_token(keeper, event, guest):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(keeper)
    assert send(strict, event, item(guest.code)).status_code == 403
    assert not Attendance.objects.exists()


def test_event_on_site_only_takes_its_own_mode(as_user, miner):
    event = today("sede", mode="on-site")
    guest = registered(event)
    assert outcomes(send(as_user(doorkeeper_of(event, miner)), event, item(guest.code, mode=""))) == ["new"]
    assert Attendance.objects.get().mode == "on-site"


def test_worker_is_a_script_below_the_door(client, event):
    response = client.get(url("events:check_in_worker", event.slug))
    assert response["Content-Type"].startswith("text/javascript")
    assert url("events:check_in_worker", event.slug).startswith(url("events:check_in", event.slug))


def test_policy_allows_a_worker_of_our_own(phone, event):
    policy = phone.get(url("events:check_in", event.slug))["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "worker-src" not in policy
