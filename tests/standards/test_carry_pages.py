"""The wizard that carries comments forward, as the committee uses it."""

import pytest

from standards.actions.carrying import carry_comments, carry_proposals
from standards.actions.texts import freeze_version
from standards.models import CarryForward
from tests.support.frameworks import make_answer, make_clause, make_comment, make_round, make_version
from tests.support.pages import text_of, url
from tests.support.queries import flat
from tests.support.versions import follow


@pytest.fixture
def old(framework):
    version = make_version(framework, "0.1")
    for label in ("1.1", "1.2"):
        make_clause(version, label, text_es=f"Agua {label}.")
    return version


@pytest.fixture
def comments(old, producers):
    closed = make_round(old, state="closed")
    first = make_comment(closed, producers, clause_text=old.texts.get(label="1.1"), body="Falta el mercurio.")
    return [first, make_comment(closed, producers, body="En general bien.")]


@pytest.fixture
def new(old, comments):
    return follow(old, "0.2")


@pytest.fixture
def desk(as_user, new, secretary):
    return as_user(secretary)


PLACE = "standards:workspace_carry"


def look(client, more=""):
    return client.get(url(PLACE, "marco") + more)


def row(comment, verdict, place=""):
    return {f"{comment.code}-verdict": verdict, f"{comment.code}-place": place}


def test_every_open_comment_is_shown_with_a_proposal(desk, comments):
    words = text_of(look(desk))
    for said in (comments[0].code, "Falta el mercurio.", "sobre 1.1", "sobre todo el texto", "sin respuesta", "0 de 2 decididos"):
        assert said in words
    assert 'value="1.1"' in look(desk).content.decode()


def test_the_answer_so_far_is_told(desk, comments):
    make_answer(comments[0], state="drafted", disposition="AM")
    assert "redactada: Aceptado con modificación" in text_of(look(desk))


def test_a_page_is_decided_at_once(desk, comments):
    first, second = comments
    data = {"code": [first.code, second.code], **row(first, "moved", "1.2"), **row(second, "open")}
    assert desk.post(url(PLACE, "marco"), data).status_code == 303
    found = CarryForward.objects.order_by("comment").values_list("verdict", "clause__texts__label")
    assert {verdict for verdict, _label in found} == {"moved", "open"}
    assert CarryForward.objects.get(comment=first).clause.texts.first().label == "1.2"
    assert "Se revisaron todos" in text_of(look(desk))


def test_one_is_decided_by_its_own_button(desk, comments):
    first, second = comments
    data = {"code": [first.code, second.code], "only": first.code, **row(first, "answered"), **row(second, "open")}
    assert desk.post(url(PLACE, "marco"), data).status_code == 303
    assert CarryForward.objects.get().comment == first
    assert "1 de 2 decididos" in text_of(look(desk))


@pytest.mark.parametrize(("place", "words"), [("9.9", "no tiene una cláusula con este número"), ("", "¿En qué cláusula está ahora?")])
def test_a_place_that_is_wrong_or_missing_keeps_everything(desk, comments, place, words):
    first, second = comments
    data = {"code": [first.code, second.code], **row(first, "split", place), **row(second, "answered")}
    response = desk.post(url(PLACE, "marco"), data)
    assert response.status_code == 422
    assert words in text_of(response)
    assert '<option value="split" selected>' in response.content.decode()
    assert '<option value="answered" selected>' in response.content.decode()
    assert not CarryForward.objects.exists()


def test_a_verdict_that_does_not_exist_is_refused(desk, comments):
    response = desk.post(url(PLACE, "marco"), {"code": comments[1].code, **row(comments[1], "maybe")})
    assert response.status_code == 422


def test_a_comment_answered_in_the_meantime_is_left_alone(desk, comments):
    make_answer(comments[0])
    assert desk.post(url(PLACE, "marco"), {"code": comments[0].code, **row(comments[0], "answered")}).status_code == 303
    assert not CarryForward.objects.exists()


def test_a_decision_can_be_changed_later(desk, comments, new, secretary):
    carry_proposals(actor=secretary, version=new)
    words = text_of(look(desk, "?show=decided"))
    assert comments[0].code in words
    data = {"code": comments[0].code, **row(comments[0], "answered", "1.1")}
    response = desk.post(url(PLACE, "marco") + "?show=decided", data)
    assert response["Location"].endswith("?show=decided")
    assert CarryForward.objects.get(comment=comments[0]).verdict == "answered"


def test_many_are_confirmed_at_once(desk, comments):
    assert desk.post(url("standards:carry_all", "marco"), {"verdict": "open"}).status_code == 303
    assert CarryForward.objects.count() == 2
    assert "2 comentarios decididos" in text_of(look(desk))


def test_a_nonsense_verdict_confirms_nothing(desk, comments):
    desk.post(url("standards:carry_all", "marco"), {"verdict": "maybe"})
    assert not CarryForward.objects.exists()


def test_rows_are_filtered_by_verdict(desk, comments, new):
    new.texts.get(label="1.1").delete()
    words = text_of(look(desk, "?verdict=retired"))
    assert comments[0].code in words
    assert comments[1].code not in words


def test_decisions_are_filtered_by_verdict(desk, comments, new, secretary):
    carry_comments(actor=secretary, version=new, verdicts={comments[0].pk: ("answered", None), comments[1].pk: ("open", None)})
    words = text_of(look(desk, "?show=decided&verdict=answered"))
    assert comments[0].code in words
    assert comments[1].code not in words


def test_nothing_decided_says_so(desk):
    assert "Todavía no se ha decidido nada" in text_of(look(desk, "?show=decided"))


def test_without_a_version_in_drafting_nothing_is_carried(desk, new, comments):
    freeze_version(version=new, actor=None)
    assert "Ninguna versión se está escribiendo" in text_of(look(desk))
    assert desk.post(url(PLACE, "marco"), {}).status_code == 409
    assert desk.post(url("standards:carry_all", "marco"), {}).status_code == 303
    assert not CarryForward.objects.exists()


def test_an_observer_of_the_platform_reads_without_buttons(as_user, new, officer, comments):
    client = as_user(officer)
    assert "Decidir" not in text_of(look(client)).replace("decididos", "")
    assert client.post(url(PLACE, "marco"), {}).status_code == 403


def test_the_wizard_shows_a_page_and_is_flat(desk, old, producers):
    consultation = old.rounds.get()
    text = old.texts.get(label="1.2")
    flat(lambda: look(desk), lambda: [make_comment(consultation, producers, clause_text=text) for _ in range(30)], ceiling=13)
    assert look(desk).content.decode().count('name="only"') == 25


def test_a_protected_voice_stays_protected(desk, old, producers):
    make_comment(old.rounds.get(), producers, shown_as="protected", body="Me amenazan.")
    assert "Voz protegida" in text_of(look(desk))


def test_forms_that_are_kept_are_not_made_again(desk, comments, monkeypatch):
    first = look(desk).content.decode().partition('<ul class="lines ledger">')[2].partition("</ul>")[0]
    monkeypatch.setattr("standards.views.carrying.CarryForm", None)
    again = look(desk).content.decode()
    assert comments[0].code in first
    assert first in again


def test_the_numbers_to_choose_from_are_those_of_now(desk, new, comments):
    assert '<option value="1.2">' in look(desk).content.decode()
    new.texts.filter(label="1.2").update(label="7.7")
    assert '<option value="7.7">' in look(desk).content.decode()
