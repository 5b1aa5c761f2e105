"""The editor of a clause: two at once, sessions that ended, bad input."""

import pytest

from standards.actions.drafting import retire_clause, rewrite_clause
from standards.actions.texts import freeze_version
from tests.conftest import make_user
from tests.factories.drafting import at
from tests.standards.drafting.walking import clause_path, filled, write
from tests.support.frameworks import make_comment, make_round
from tests.support.pages import text_of

PASSWORD = "una-clave-larga-9"


@pytest.fixture
def desk(as_user, writer):
    return as_user(writer)


@pytest.fixture
def address(rio):
    return clause_path("drafting_clause", rio, "1.2")


def change(actor, version, **words):
    text = at(version, "1.2")
    return rewrite_clause(actor=actor, text=text, base=text.revision, words=words)


def test_words_and_facts_are_saved(rio, desk, address):
    facts = {"verbal_form": "must", "deadline_months": "12", "responsible": ["operator"], "sources": "OCDE\nMinamata"}
    assert write(desk, address, text_en="It must.", note="Acuerdo", **facts).status_code == 303
    text = at(rio, "1.2")
    assert (text.text_en, text.deadline_months, text.responsible, text.sources) == ("It must.", 12, ["operator"], ["OCDE", "Minamata"])
    assert "Guardado." in text_of(desk.get(address))


def test_a_saved_draft_is_dropped_from_the_device(desk, address):
    write(desk, address, title_es="Otra")
    page = desk.get(address).content.decode()
    assert "data-draft-done" in page
    assert "data-draft-done" not in desk.get(address).content.decode()


def test_the_linter_warns_in_the_readers_language(rio, desk, address, writer):
    change(writer, rio, verbal_form="should")
    assert "el texto dice «debe» y la forma verbal es «debería»" in text_of(desk.get(address))


def test_what_is_missing_is_listed(desk, address):
    assert "Todavía falta: palabras sencillas, forma verbal, clase" in text_of(desk.get(address))


def test_changes_of_two_in_different_fields_are_both_kept(rio, desk, address, other_writer):
    sent = filled(desk.get(address), text_en="It must.")
    change(other_writer, rio, title_es="De Luis")
    response = desk.post(address, sent)
    assert response.status_code == 303
    assert (at(rio, "1.2").title_es, at(rio, "1.2").text_en) == ("De Luis", "It must.")
    assert "lo que otra persona guardó" in text_of(desk.get(address))


@pytest.fixture
def conflict(rio, desk, address, other_writer):
    """The answer to a saving of a text that somebody else has changed too."""
    sent = filled(desk.get(address), text_es="De Marta.", text_en="It must.")
    change(other_writer, rio, text_es="De Luis.", plain_es="Cuida.")
    return desk.post(address, sent)


def test_changes_of_two_in_one_field_are_shown_both(rio, conflict):
    page = conflict.content.decode()
    assert (conflict.status_code, at(rio, "1.2").text_es) == (409, "De Luis.")
    assert "De Luis." in page
    assert "<ins>Marta</ins>" in page
    assert "De Marta.</textarea>" in page
    assert "Cuida.</textarea>" in page


def test_mine_may_hold(rio, desk, address, conflict):
    desk.post(address, filled(conflict, keep_text_es="mine"))
    text = at(rio, "1.2")
    assert (text.text_es, text.text_en, text.plain_es) == ("De Marta.", "It must.", "Cuida.")


def test_theirs_may_hold(rio, desk, address, conflict):
    desk.post(address, filled(conflict, keep_text_es="theirs"))
    text = at(rio, "1.2")
    assert (text.text_es, text.text_en, text.plain_es) == ("De Luis.", "It must.", "Cuida.")


def test_a_third_saving_meanwhile_is_seen_too(rio, desk, address, conflict, other_writer):
    change(other_writer, rio, text_es="De Luis otra vez.")
    again = desk.post(address, filled(conflict, keep_text_es="mine"))
    assert again.status_code == 409
    assert "De Luis otra vez." in again.content.decode()


def test_facts_in_conflict_are_chosen_as_words_are(rio, desk, address, other_writer):
    sent = filled(desk.get(address), verbal_form="must", responsible=["plant"], themes=["mercury"])
    change(other_writer, rio, verbal_form="may", responsible=["operator"], sources=["OCDE"])
    response = desk.post(address, sent)
    assert set(response.context["form"].conflicts) >= {"verbal_form", "responsible"}
    assert response.context["form"]["sources"].value() == "OCDE"


def test_a_clause_retired_meanwhile_gives_the_words_back(rio, desk, address, other_writer):
    sent = filled(desk.get(address), text_es="Lo que escribí.")
    retire_clause(actor=other_writer, text=at(rio, "1.2"), reason="Sobra.")
    response = desk.post(address, sent)
    assert response.status_code == 409
    assert "Lo que escribí." in response.content.decode()
    assert "Retomarla" in text_of(response)


def test_a_version_frozen_meanwhile_gives_the_words_back(rio, desk, address):
    sent = filled(desk.get(address), text_es="Lo que escribí.")
    freeze_version(version=rio, actor=None)
    response = desk.post(address, sent)
    assert response.status_code == 409
    assert "Lo que escribí." in response.content.decode()
    assert at(rio, "1.2").text_es != "Lo que escribí."


def test_a_revision_that_never_was_is_refused_with_the_words(desk, address):
    response = write(desk, address, base="77", text_es="Lo que escribí.")
    assert response.status_code == 409
    assert "Lo que escribí." in response.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text_es", "a" * 200_000),
        ("title_es", "a" * 301),
        ("plain_pt", "água " * 61),
        ("sources", "a" * 301),
        ("level", "nada"),
        ("base", "-1"),
    ],
)
def test_what_does_not_fit_is_refused_and_kept(rio, desk, address, field, value):
    response = write(desk, address, **{field: value})
    assert response.status_code == 422
    assert value.strip() in response.content.decode()
    assert at(rio, "1.2").revision == 1


def test_two_hundred_thousand_letters_are_told_with_their_number(desk, address):
    assert "200000" in text_of(write(desk, address, text_es="a" * 200_000))


@pytest.fixture
def expired(rio, desk, address):
    """A form sent after its session had ended; the client is a visitor with what it has left."""
    sent = filled(desk.get(address), text_es="Lo que escribí.", responsible=["operator", "plant"])
    desk.logout()
    return desk.post(address, sent)


def test_words_sent_without_a_session_ask_for_signing_in(rio, expired, address):
    assert expired.status_code == 302
    assert expired.url.endswith(f"?next={address}")
    assert at(rio, "1.2").revision == 1


def test_words_sent_without_a_session_wait_for_their_author(rio, client, expired, address, writer):
    client.post(expired.url, {"login": writer.email, "password": PASSWORD})
    page = client.get(address)
    assert "La sesión había terminado" in text_of(page)
    assert page.context["form"]["text_es"].value() == "Lo que escribí."
    assert page.context["form"]["responsible"].value() == ["operator", "plant"]
    client.post(address, filled(page))
    assert at(rio, "1.2").text_es == "Lo que escribí."


def test_waiting_words_are_given_once(client, expired, address, writer):
    client.post(expired.url, {"login": writer.email, "password": PASSWORD})
    client.get(address)
    assert not client.get(address).context["form"].is_bound


def test_waiting_words_are_not_given_to_another_account(client, expired, address, other_writer):
    client.post(expired.url, {"login": other_writer.email, "password": PASSWORD})
    page = client.get(address)
    assert page.status_code == 200
    assert "Lo que escribí." not in page.content.decode()


def test_waiting_words_lose_to_nobody_silently(rio, client, expired, address, writer, other_writer):
    change(other_writer, rio, text_es="De Luis.")
    client.post(expired.url, {"login": writer.email, "password": PASSWORD})
    assert client.post(address, filled(client.get(address))).status_code == 409


@pytest.mark.parametrize("owner", ["", "falso", "1:2:3"])
def test_a_visitor_cannot_leave_words_of_their_own(rio, client, address, owner):
    client.post(address, {"owner": owner, "text_es": "x" * 1000})
    assert "kept_words" not in client.session


def test_only_a_few_forms_wait(rio, desk, address):
    pages = [clause_path(name, rio, "1.2") for name in ("drafting_clause", "drafting_split", "drafting_retire", "drafting_move")]
    sent = [filled(desk.get(page)) for page in pages]
    desk.logout()
    for page, fields in zip(pages, sent, strict=True):
        desk.post(page, fields)
    assert list(desk.session["kept_words"]) == pages[1:]


def test_a_person_without_rights_gets_nothing_back(rio, client, expired, address):
    make_user("otra@example.org")
    client.post(expired.url, {"login": "otra@example.org", "password": PASSWORD})
    assert client.get(address).status_code == 403


def test_the_editor_leads_to_what_people_said(rio, desk, address, producers):
    make_comment(make_round(rio), producers, clause_text=at(rio, "1.2"))
    assert "1.2 en 0.2: 1 comentario" in text_of(desk.get(address))
