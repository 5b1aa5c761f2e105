"""Asking for files and answering, on their pages."""

from datetime import timedelta

import pytest
from django.urls import reverse

from publications.actions.access import ask_access, end_access, grant_access, refuse_access
from publications.enums import Access, RequestState
from publications.models import AccessRequest
from red_mpe.core.locale import network_day
from tests.factories.publications import make_record
from tests.support.pages import form_data, text_of
from tests.support.queries import flat


def at(name, *args):
    return reverse(f"publications:{name}", args=args)


def in_days(days):
    return network_day() + timedelta(days=days)


@pytest.fixture
def record(db):
    return make_record("Con permiso", access=Access.REQUEST)


@pytest.fixture
def asked(record, miner):
    return ask_access(record=record, actor=miner.user, reason="Para mi tesis.")


@pytest.fixture
def member(client, miner):
    client.force_login(miner.user)
    return client


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def answer(client, asked, name, **words):
    return client.post(at("access_move", asked.pk, name), {f"{name}-{field}": value for field, value in words.items()})


def test_a_member_asks(member, record):
    sent = member.post(at("access_ask", record.code), {"reason": "Para mi tesis."})
    assert sent["Location"] == at("access_ask", record.code)
    assert "The editors have your request" in text_of(member.get(at("access_ask", record.code)))


def test_asking_without_words_is_told(member, record):
    assert member.post(at("access_ask", record.code), {"reason": " "}).status_code == 422
    assert not AccessRequest.objects.exists()


def test_who_has_access_is_told_so(member, record, asked, editor):
    grant_access(request=asked, actor=editor, until=in_days(30), answer="Con gusto.")
    sent = member.post(at("access_ask", record.code), {"reason": "Otra vez."})
    assert sent.status_code == 409
    assert "Con gusto." in text_of(sent)


def test_too_many_requests_are_slowed(member, record, monkeypatch):
    monkeypatch.setattr("publications.views.asking.ASKED_A_DAY", 1)
    assert [member.post(at("access_ask", record.code), {"reason": "x"}).status_code for _ in range(2)] == [303, 429]


def test_a_no_is_read_and_one_may_ask_again(member, record, asked, editor):
    refuse_access(request=asked, actor=editor, answer="Falta la carta.")
    page = member.get(at("access_ask", record.code))
    assert "Falta la carta." in text_of(page)
    assert "reason" in form_data(page)


def test_an_end_is_read(member, record, asked, editor):
    grant_access(request=asked, actor=editor, until=in_days(30))
    end_access(request=asked, actor=editor, answer="Ya es pública.")
    assert "Your access has ended" in text_of(member.get(at("access_ask", record.code)))


def test_a_grant_that_is_past_is_told(member, record, asked):
    AccessRequest.objects.update(state=RequestState.GRANTED, until=in_days(-1))
    assert "you can ask again" in text_of(member.get(at("access_ask", record.code)))


def test_there_is_nothing_to_ask_of_an_open_record(member):
    assert member.get(at("access_ask", make_record().code)).status_code == 403


def test_what_waits_stands_first(desk, asked):
    assert [row["request"] for row in desk.get(at("access_list")).context["rows"]] == [asked]


def test_each_state_has_its_tab(desk, asked, editor):
    grant_access(request=asked, actor=editor, until=in_days(30))
    assert "No requests here" in text_of(desk.get(at("access_list")))
    assert "Rosa Quispe" in text_of(desk.get(at("access_list"), {"state": "granted"}))


def test_a_grant_that_is_past_is_marked_in_the_list(desk, asked):
    AccessRequest.objects.update(state=RequestState.GRANTED, until=in_days(-1))
    assert "its day is past" in text_of(desk.get(at("access_list"), {"state": "granted"}))


def test_the_list_asks_no_more_for_more_requests(desk, asked, record, visitor, neighbour, scholar):
    def more():
        for user in (visitor, neighbour.user, scholar.user):
            AccessRequest.objects.create(record=record, user=user, reason="x")

    flat(lambda: desk.get(at("access_list")), more, ceiling=13)


def test_access_is_granted_until_a_day(desk, asked):
    assert answer(desk, asked, "grant", until=in_days(30).isoformat(), answer="Con gusto.")["Location"] == at("access_list")
    asked.refresh_from_db()
    assert (asked.state, asked.until, asked.answer) == (RequestState.GRANTED, in_days(30), "Con gusto.")


def test_a_day_too_far_is_told_and_the_words_stay(desk, asked):
    sent = answer(desk, asked, "grant", until=in_days(500).isoformat(), answer="Con gusto.")
    assert sent.status_code == 409
    assert "a year at most" in text_of(sent)
    assert "Con gusto." in text_of(sent)


def test_a_no_needs_words(desk, asked):
    assert answer(desk, asked, "refuse", answer="").status_code == 422


def test_who_was_slower_is_told_and_keeps_their_words(desk, asked, editor):
    grant_access(request=asked, actor=editor, until=in_days(3))
    sent = answer(desk, asked, "refuse", answer="Falta la carta.")
    assert sent.status_code == 409
    assert "Falta la carta." in text_of(sent)


def test_access_is_taken_back(desk, asked, editor):
    grant_access(request=asked, actor=editor, until=in_days(3))
    answer(desk, asked, "end", answer="Ya es pública.")
    asked.refresh_from_db()
    assert asked.state == RequestState.ENDED


def test_an_answer_that_does_not_exist_is_none(desk, asked):
    assert answer(desk, asked, "burn").status_code == 404


def test_the_page_of_a_request_shows_the_others_of_the_same_person(desk, asked, miner):
    other = make_record("Otra con permiso", access=Access.REQUEST)
    ask_access(record=other, actor=miner.user, reason="También.")
    assert "Otra con permiso" in text_of(desk.get(at("access_answer", asked.pk)))


def test_an_answered_request_shows_by_whom(desk, asked, editor):
    refuse_access(request=asked, actor=editor, answer="Falta la carta.")
    assert "biblioteca@example.org" in text_of(desk.get(at("access_answer", asked.pk)))
