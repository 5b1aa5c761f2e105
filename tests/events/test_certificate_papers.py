"""Certificates on paper and on their pages."""

import re

import pytest

from events.actions import certificates as acts
from events.exports.certificates import certificate_name, days_in_words, how_in_words, write_certificates
from events.readers import spaced_code
from red_mpe.core import press
from tests.conftest import make_organisation
from tests.factories.after import certificate_of, was_there
from tests.factories.events import held, moment, stored
from tests.support.pages import text_of, url
from tests.support.pdf import letters, unpacked
from tests.support.queries import flat


def issue(event, actor, *also):
    return acts.issue_certificates(event=event, actor=actor, also=also)


@pytest.fixture
def event(db):
    return held("asamblea")


@pytest.fixture
def certificate(event, miner):
    return certificate_of(event, "Rosa Quispe", user=miner.user)


def test_all_certificates_are_a_page_each(event, certificate):
    rows = [certificate, certificate_of(event, "Beto"), certificate_of(event, "Carla " * 18)]
    assert len(re.findall(rb"/Type\s*/Page\b", unpacked(write_certificates(event, rows, language="es")))) == 3


def test_hosts_that_are_not_public_stand_on_no_paper(event, certificate):
    hidden = make_organisation("secreta", audience="members", name="Ж")
    event.hosts.set([hidden])
    assert "Ж" not in letters(write_certificates(event, [certificate], language="es"))


def test_signs_of_markup_stay_signs(event):
    certificate = certificate_of(event, "#text[Ana] *_$")
    assert {"#", "[", "*", "_", "$"} <= set(letters(write_certificates(event, [certificate], language="es")))


@pytest.mark.parametrize(("minutes", "words"), [(390, "Presencial · 6 h 30 min"), (45, "Presencial · 45 min"), (120, "Presencial · 2 h")])
def test_length_is_told_in_hours_and_minutes(minutes, words, event):
    assert how_in_words(certificate_of(event, minutes=minutes)) == words


def test_length_that_is_not_known_is_not_told(event):
    assert "·" not in how_in_words(certificate_of(event, minutes=None))


@pytest.mark.parametrize(("minutes", "confirmed"), [(390, True), (None, False)])
def test_paper_says_who_confirmed_the_hours(minutes, confirmed, event, monkeypatch):
    found = []
    monkeypatch.setattr(press, "pdf", lambda template, data, **more: found.append(data))
    write_certificates(event, [certificate_of(event, minutes=minutes)], language="es")
    assert "confirmó" in found[0]["confirmed"]
    assert found[0]["certificates"][0]["has-hours"] is confirmed


def test_days_are_those_of_the_place(db):
    late = stored("noche", starts_at=moment(2026, 3, 9, 20), ends_at=moment(2026, 3, 9, 23), state="held")
    assert "9 de marzo" in days_in_words(late)


def test_several_days_are_told_with_both_ends(db):
    event = stored("dos", starts_at=moment(2026, 3, 2, 9), ends_at=moment(2026, 3, 3, 18), state="held")
    assert days_in_words(event).startswith("del ")


FILES = [("es", "constancia-A-es.pdf"), ("en", "certificate-A-en.pdf"), ("pt-br", "certificado-A-pt-br.pdf")]


@pytest.mark.parametrize(("language", "name"), FILES)
def test_file_is_named_in_its_language(language, name, event):
    assert certificate_name(event, language, "A") == name


def check(client, code):
    return client.get(url("events:certificate_check", code))


def test_whoever_has_the_code_reads_that_it_holds(client, certificate):
    words = text_of(check(client, certificate.code))
    assert all(part in words for part in ("Rosa Quispe", "asamblea", "es válida"))


@pytest.mark.parametrize("secret", ["rosa-quispe@example.org", "6 h 30", "Casa comunal", "Cusco", "rosa-quispe/"])
def test_public_page_tells_nothing_else(client, certificate, secret):
    assert secret not in check(client, certificate.code).content.decode()


def test_public_page_is_in_no_index_and_no_cache(client, certificate):
    response = check(client, certificate.code)
    assert 'name="robots" content="noindex' in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_revoked_certificate_tells_why(client, certificate, secretary):
    acts.revoke_certificate(certificate=certificate, actor=secretary, reason="Emitida por error.")
    words = text_of(check(client, certificate.code))
    assert "no es válida" in words
    assert "Emitida por error." in words


def test_event_of_a_group_is_named_to_who_has_the_code(client, group):
    event = held("interna", groups=[group], audience="group")
    response = check(client, certificate_of(event).code)
    assert "interna" in text_of(response)
    assert event.get_absolute_url() not in response.content.decode()


def test_code_that_is_none_can_be_typed_again(client, db):
    response = check(client, "AAAA-BBBB-CCCC")
    assert response.status_code == 404
    assert "AAAA-BBBB-CCCC" in text_of(response)
    assert 'name="code"' in response.content.decode()


def test_typed_code_leads_to_its_page(client, certificate):
    typed = spaced_code(certificate.code).lower().replace("0", "o")
    response = client.get(url("events:certificate_find"), {"code": typed})
    assert (response.status_code, response.url) == (303, url("events:certificate_check", certificate.code))


def test_page_answers_to_a_code_however_it_is_written(client, certificate):
    assert "es válida" in text_of(check(client, spaced_code(certificate.code).lower()))


@pytest.mark.parametrize("typed", ["", "—", "¿?"])
def test_nothing_typed_is_told(client, db, typed):
    assert "código" in text_of(client.get(url("events:certificate_find"), {"code": typed}))


def test_codes_are_not_guessed_one_after_the_other(client, db):
    codes = [check(client, f"{number:012}").status_code for number in range(61)]
    assert codes[:60] == [404] * 60
    assert codes[60] == 429


def test_owner_takes_it_as_a_pdf(as_user, certificate, miner):
    response = as_user(miner).get(url("events:certificate_pdf", certificate.code, "pt-br"))
    assert response.content.startswith(b"%PDF")
    assert response["Content-Disposition"] == f'attachment; filename="certificado-{spaced_code(certificate.code)}-pt-br.pdf"'
    assert response["Cache-Control"] == "no-store, private"


def test_stranger_finds_no_pdf(as_user, certificate, neighbour):
    assert as_user(neighbour).get(url("events:certificate_pdf", certificate.code, "es")).status_code == 404


@pytest.mark.parametrize("language", ["fr", "pt"])
def test_pdf_is_made_in_our_languages_only(language, as_user, certificate, miner):
    assert as_user(miner).get(url("events:certificate_pdf", certificate.code, language)).status_code == 404


def test_revoked_certificate_is_no_pdf(as_user, certificate, miner, secretary):
    acts.revoke_certificate(certificate=certificate, actor=secretary, reason="Error.")
    assert as_user(miner).get(url("events:certificate_pdf", certificate.code, "es")).status_code == 404


def test_owner_finds_their_certificates_even_of_an_event_they_do_not_see(as_user, group, miner):
    event = held("interna", groups=[group], audience="group")
    certificate = certificate_of(event, "Rosa", user=miner.user)
    asked = as_user(miner)
    assert asked.get(event.get_absolute_url()).status_code == 404
    assert spaced_code(certificate.code) in text_of(asked.get(url("events:my_certificates", event.slug)))


def test_owner_reads_that_theirs_is_revoked(as_user, certificate, miner, secretary):
    acts.revoke_certificate(certificate=certificate, actor=secretary, reason="Otra persona.")
    assert "Otra persona." in text_of(as_user(miner).get(url("events:my_certificates", "asamblea")))


def test_who_has_none_finds_no_page_of_theirs(as_user, certificate, neighbour):
    assert as_user(neighbour).get(url("events:my_certificates", "asamblea")).status_code == 404


def test_page_of_the_event_leads_its_owner_to_the_certificate(as_user, certificate, miner, neighbour):
    address = url("events:my_certificates", "asamblea")
    assert address in as_user(miner).get(certificate.event.get_absolute_url()).content.decode()
    assert address not in as_user(neighbour).get(certificate.event.get_absolute_url()).content.decode()


def test_certificates_are_issued_on_the_page(as_user, event, secretary):
    was_there(event, secretary)
    asked, address = as_user(secretary), url("events:certificates", event.slug)
    assert "1 persona" in text_of(asked.get(address))
    assert asked.post(url("events:certificates_issue", event.slug)).status_code == 303
    assert "Se emitió 1 constancia" in text_of(asked.get(address))


@pytest.mark.parametrize("was_noted", [True, False])
def test_issue_that_gives_nothing_says_why(was_noted, as_user, event, secretary):
    if was_noted:
        was_there(event, secretary)
        issue(event, secretary)
    response = as_user(secretary).post(url("events:certificates_issue", event.slug), follow=True)
    assert ("ya tienen su constancia" if was_noted else "primero hay que anotar") in text_of(response)


def test_page_before_the_event_says_what_will_be_here(as_user, secretary):
    assert "vienen después" in text_of(as_user(secretary).get(url("events:certificates", stored("uno").slug)))


def test_list_asks_as_often_for_many(as_user, event, secretary):
    was_there(event, secretary)
    issue(event, secretary)
    asked, address = as_user(secretary), url("events:certificates", event.slug)
    flat(lambda: asked.get(address), lambda: [certificate_of(event, name) for name in "ABC"], ceiling=14)


def test_owners_page_asks_as_often_for_many(as_user, event, miner):
    asked, address = as_user(miner), url("events:my_certificates", event.slug)
    host = certificate_of(event, user=miner.user).registration
    more = {"made_by": miner.user, "guest_of": host}
    flat(lambda: asked.get(address), lambda: [certificate_of(event, name, **more) for name in "ABC"], ceiling=12)
    assert text_of(asked.get(address)).count("En PDF") == 4


def test_all_are_one_file_without_the_revoked(as_user, event, secretary, certificate):
    gone = certificate_of(event, "Beto")
    acts.revoke_certificate(certificate=gone, actor=secretary, reason="Error.")
    response = as_user(secretary).get(url("events:certificates_all", event.slug, "es"))
    assert certificate.code.encode() in unpacked(response.content)
    assert gone.code.encode() not in unpacked(response.content)


def test_more_than_fit_into_one_file_are_in_several(as_user, event, secretary, monkeypatch):
    monkeypatch.setattr("events.views.certificates.LIST", 1)
    codes, asked = [certificate_of(event, name).code for name in ("Ana", "Beto")], as_user(secretary)
    address = url("events:certificates_all", event.slug, "es")
    page = asked.get(url("events:certificates", event.slug)).content.decode()
    assert f'"{address}"' in page
    assert f'"{address}?page=2"' in page
    files = [asked.get(address), asked.get(f"{address}?page=2")]
    assert [code.encode() in unpacked(file.content) for file in files for code in codes] == [True, False, False, True]
    assert "asamblea-2-es.pdf" in files[1]["Content-Disposition"]


@pytest.mark.parametrize("language", ["fr", "es"])
def test_no_file_of_nothing(language, as_user, event, secretary):
    if language == "fr":
        certificate_of(event)
    assert as_user(secretary).get(url("events:certificates_all", event.slug, language)).status_code == 404


def test_name_is_corrected_on_the_page(as_user, certificate, secretary):
    address = url("events:certificate_edit", "asamblea", certificate.code)
    assert as_user(secretary).post(address, {"name": "Rosa Mamani"}).status_code == 303
    certificate.refresh_from_db()
    assert certificate.name == "Rosa Mamani"


@pytest.mark.parametrize(("name", "status"), [("", 422), ("--", 409)])
def test_name_that_is_none_stays_in_the_form(name, status, as_user, certificate, secretary):
    response = as_user(secretary).post(url("events:certificate_edit", "asamblea", certificate.code), {"name": name})
    assert response.status_code == status
    assert f'value="{name}"' in response.content.decode() or not name


def test_revoked_and_restored_on_the_page(as_user, certificate, secretary):
    asked, place = as_user(secretary), ("asamblea", certificate.code)
    assert asked.post(url("events:certificate_revoke", *place), {"reason": "No estuvo."}).status_code == 303
    assert "No estuvo." in text_of(asked.get(url("events:certificate_edit", *place)))
    assert "vuelve a ser válida" in text_of(asked.post(url("events:certificate_restore", *place), follow=True))
    assert "Alguien" in text_of(asked.post(url("events:certificate_restore", *place), follow=True))


def test_page_of_another_event_knows_no_such_certificate(as_user, certificate, secretary):
    held("otra")
    assert as_user(secretary).get(url("events:certificate_edit", "otra", certificate.code)).status_code == 404
