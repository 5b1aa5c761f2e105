"""Stands: whose, where, what they hand out."""

import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from events.actions import stands
from events.models import Stand
from events.querysets.stands import stands_of
from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError, StaleState
from tests.conftest import make_organisation
from tests.factories.agenda import long_event, stand
from tests.factories.publications import make_record
from tests.support.pages import text_of, url
from tests.support.queries import flat


@pytest.fixture
def fair(db):
    return long_event("feria", kind="fair")


def hand_out(row, actor, record):
    return stands.add_stand_document(stand=row, actor=actor, code=record.code)


def test_a_stand_is_put_up_once(fair, secretary):
    once = uuid.uuid4()
    both = [stands.add_stand(event=fair, actor=secretary, once=once, name_es="Agua", place="12") for _ in range(2)]
    assert both[0] == both[1]
    assert AuditEntry.objects.filter(verb="events.stand_added").count() == 1


def test_a_stand_of_nobody_is_refused(fair, secretary):
    with pytest.raises(DomainError):
        stand(fair, secretary, name="")


def test_an_organisation_is_name_enough(fair, secretary, cooperative):
    stand(fair, secretary, name="", organisation=cooperative)
    assert stands_of(fair, secretary)[0].name.text == cooperative.name


def test_one_place_has_one_stand(fair, secretary):
    stand(fair, secretary, place="A1")
    with pytest.raises(DomainError, match="otro puesto"):
        stand(fair, secretary, place="A1")
    assert stand(fair, secretary) != stand(fair, secretary)


def test_another_refusal_of_the_database_is_not_dressed_up(fair, secretary):
    row = stand(fair, secretary)
    with pytest.raises(IntegrityError):
        stands._save(Stand(event=fair, once=row.once))


def test_stands_are_of_who_runs_the_event(fair, miner):
    with pytest.raises(PermissionDenied):
        stand(fair, miner.user)


def test_a_stand_is_changed(fair, secretary):
    row = stand(fair, secretary)
    changed = stands.change_stand(stand=row, actor=secretary, seen=row.updated_at.isoformat(), name_es="Otro", place="7")
    assert (changed.name_es, changed.place) == ("Otro", "7")


def test_who_saves_a_stand_late_is_told(fair, secretary):
    with pytest.raises(StaleState):
        stands.change_stand(stand=stand(fair, secretary), actor=secretary, seen="2020-01-01", name_es="Otro")


def test_a_stand_that_is_gone_is_not_changed(fair, secretary):
    row = stand(fair, secretary)
    Stand.objects.all().delete()
    with pytest.raises(StaleState):
        stands.change_stand(stand=row, actor=secretary, name_es="Otro")


def test_a_stand_goes_once(fair, secretary):
    row = stand(fair, secretary)
    for _ in range(2):
        stands.remove_stand(stand=Stand(pk=row.pk, event=fair), actor=secretary)
    assert AuditEntry.objects.filter(verb="events.stand_removed").count() == 1


def test_a_stand_hands_a_record_out_once(fair, secretary):
    row, record = stand(fair, secretary), make_record()
    hand_out(row, secretary, record)
    with pytest.raises(DomainError):
        hand_out(row, secretary, record)


def test_a_stand_hands_a_record_out_no_more(fair, secretary):
    row, record = stand(fair, secretary), make_record()
    hand_out(row, secretary, record)
    for _ in range(2):
        stands.remove_stand_document(stand=row, actor=secretary, code=record.code)
    assert AuditEntry.objects.filter(verb="events.stand_document_removed").count() == 1


def test_a_hidden_organisation_is_not_named(fair, secretary):
    stand(fair, secretary, name="", place="9", organisation=make_organisation("zqoculta", audience="nobody"))
    assert stands_of(fair, AnonymousUser())[0].name.text == "Puesto 9"


def test_what_one_does_not_find_in_the_library_is_not_handed_out(fair, secretary):
    hand_out(stand(fair, secretary), secretary, make_record(access="members"))
    assert stands_of(fair, AnonymousUser())[0].papers == ()


def test_stands_are_visible_with_their_event(group, secretary, seated):
    stand(long_event("cerrada", audience="group", groups=[group]), secretary)
    assert not Stand.objects.visible_to(AnonymousUser()).exists()
    assert Stand.objects.visible_to(seated).count() == 1


# --- pages
def test_the_page_of_stands_shows_them(client, fair, secretary):
    row = stand(fair, secretary, place="A1", description_es="<script>alert(1)</script> Crisoles")
    hand_out(row, secretary, make_record("Guía de crisoles"))
    response = client.get(url("events:stands", fair.slug))
    assert all(words in text_of(response) for words in ("Mercurio cero", "Puesto A1", "Crisoles", "Guía de crisoles"))
    assert "<script>alert" not in response.content.decode()


def test_the_page_of_stands_is_flat(client, fair, secretary):
    def grow():
        for _ in range(3):
            hand_out(stand(fair, secretary, organisation=make_organisation(f"o-{uuid.uuid4().hex[:6]}")), secretary, make_record())

    grow()
    flat(lambda: client.get(url("events:stands", fair.slug)), grow, ceiling=8)


def test_the_page_of_stands_says_when_there_are_none(client, fair):
    assert "Todavía no hay puestos" in text_of(client.get(url("events:stands", fair.slug)))


def test_the_page_of_an_event_names_its_stands(client, fair, secretary):
    stand(fair, secretary)
    assert "Mercurio cero" in text_of(client.get(fair.get_absolute_url()))


def test_a_stand_is_added_and_changed_on_the_desk(as_user, fair, secretary):
    asked = as_user(secretary)
    assert asked.post(url("events:stand_add", fair.slug), {"once": str(uuid.uuid4()), "name_es": "Agua"}).status_code == 303
    row = Stand.objects.get()
    edit = url("events:stand_edit", fair.slug, row.once)
    assert asked.post(edit, {"name_es": "Río", "seen": row.updated_at.isoformat()}).status_code == 303
    assert "Río" in text_of(asked.get(url("events:stand_desk", fair.slug)))
    assert "Río" in text_of(asked.get(edit))


def test_a_refused_stand_keeps_its_words(as_user, fair, secretary):
    stand(fair, secretary, place="A1")
    response = as_user(secretary).post(url("events:stand_add", fair.slug), {"once": str(uuid.uuid4()), "name_es": "Zqagua", "place": "A1"})
    assert response.status_code == 409
    assert "Zqagua" in response.content.decode()


def test_a_late_change_of_a_stand_keeps_its_words(as_user, fair, secretary):
    row = stand(fair, secretary)
    response = as_user(secretary).post(url("events:stand_edit", fair.slug, row.once), {"name_es": "Zqrío", "seen": "2020-01-01"})
    assert response.status_code == 409
    assert "Zqrío" in response.content.decode()


def test_a_record_is_handed_out_on_the_desk(as_user, fair, secretary):
    row, record, asked = stand(fair, secretary), make_record(), as_user(secretary)
    assert asked.post(url("events:stand_document_add", fair.slug, row.once), {"code": record.code}).status_code == 303
    assert record.code in text_of(asked.get(url("events:stand_edit", fair.slug, row.once)))
    assert asked.post(url("events:stand_document_add", fair.slug, row.once), {"code": record.code}).status_code == 409
    asked.post(url("events:stand_document_remove", fair.slug, row.once, record.code))
    assert not row.documents.exists()


def test_a_stand_is_taken_away_on_the_desk(as_user, fair, secretary):
    as_user(secretary).post(url("events:stand_remove", fair.slug, stand(fair, secretary).once))
    assert not Stand.objects.exists()
