"""The pages of the drafting workspace."""

import uuid

import pytest

from standards.actions.drafting import retire_clause, rewrite_clause
from standards.actions.texts import freeze_version
from standards.models import Clause, ClauseLineage, ClauseRevision
from standards.querysets.drafting import draft_rows, retired_rows
from tests.factories.drafting import at, grow, seat, shape
from tests.standards.drafting.walking import clause_path, filled, path, write
from tests.support.pages import text_of, url
from tests.support.queries import flat

ATTACK = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'


@pytest.fixture
def desk(as_user, writer):
    return as_user(writer)


def test_the_tree_shows_states_and_what_is_missing(rio, desk):
    words = text_of(desk.get(path("drafting_tree", rio)))
    assert "Texto de la versión 0.2" in words
    assert "falta: palabras sencillas, forma verbal, clase" in words
    assert "pt –" in words


def test_the_tree_asks_as_much_for_many_clauses_as_for_few(rio, desk, writer):
    flat(lambda: desk.get(path("drafting_tree", rio)), lambda: [grow(rio, writer, parent="2") for _ in range(3)], ceiling=12)


def test_the_editor_asks_as_much_in_a_long_text_as_in_a_short_one(rio, desk, writer):
    address = clause_path("drafting_clause", rio, "1.2")
    flat(lambda: desk.get(address), lambda: [grow(rio, writer, parent="2") for _ in range(3)], ceiling=16)


def test_an_observer_reads_the_tree_and_cannot_write(rio, as_user):
    client = as_user(seat(rio.framework, "olga-vera", role="observer"))
    words = client.get(path("drafting_tree", rio)).content.decode()
    assert "1.1.1" in words
    assert 'name="do"' not in words
    assert client.post(path("drafting_tree", rio), {}).status_code == 403
    assert client.get(clause_path("drafting_clause", rio, "1")).status_code == 403


def test_a_step_is_made_and_the_clause_stays_chosen(rio, desk):
    key = str(at(rio, "1.2").clause.uuid)
    response = desk.post(path("drafting_tree", rio), {"clause": key, "do": "up"})
    assert (response.status_code, shape(rio)) == (303, "1 -1.2 -1.1 --1.1.1 2")
    page = desk.get(response.url).content.decode()
    assert f'value="{key}" checked autofocus' in page
    assert page.index('value="up" hidden') < page.index('value="edit"')  # the key that sends the form makes the same step again


def test_a_step_that_is_none_is_told_in_words(rio, desk):
    response = desk.post(path("drafting_tree", rio), {"clause": at(rio, "1").clause.uuid, "do": "up"})
    assert response.status_code == 409
    assert "Ya es la primera." in text_of(response)


@pytest.mark.parametrize("clause", ["", "nada", "1f5ce6f3-301c-438f-9cfa-7e1e4b4c4206"])
def test_without_a_clause_nothing_is_done(rio, desk, clause):
    response = desk.post(path("drafting_tree", rio), {"clause": clause, "do": "up"})
    assert "Primero hay que elegir una cláusula." in text_of(response)


@pytest.mark.parametrize(
    ("what", "page"), [("edit", "clause"), ("move", "move"), ("split", "split"), ("merge", "merge"), ("saved", "saved")]
)
def test_a_button_leads_to_its_page(rio, desk, what, page):
    response = desk.post(path("drafting_tree", rio), {"clause": at(rio, "1.2").clause.uuid, "do": what})
    assert response.url == clause_path(f"drafting_{page}", rio, "1.2")


@pytest.mark.parametrize(
    ("where", "after"),
    [
        ("behind", "1 -1.1 --1.1.1 2 -1.2"),
        ("ahead", "1 -1.2 -1.1 --1.1.1 2"),
        ("last", "1 -1.1 --1.1.1 --1.2 2"),
        ("first", "1 -1.1 --1.2 --1.1.1 2"),
    ],
)
def test_a_dragged_clause_stands_where_it_was_dropped(rio, desk, where, after):
    target = at(rio, "1.1").clause.uuid
    desk.post(path("drafting_tree", rio), {"clause": at(rio, "1.2").clause.uuid, "target": target, "where": where})
    assert shape(rio) == (after if where != "behind" else "1 -1.1 --1.1.1 -1.2 2")


def test_a_drop_where_nothing_is_any_more_is_told(rio, desk):
    sent = {"clause": at(rio, "1.2").clause.uuid, "target": uuid.uuid4(), "where": "behind"}
    response = desk.post(path("drafting_tree", rio), sent)
    assert "Ese lugar ya no existe." in text_of(response)


def test_a_clause_is_added_and_its_words_come_next(rio, desk):
    response = write(desk, path("drafting_add", rio), title="Ruido", target=str(at(rio, "1").clause.uuid), where="last")
    assert shape(rio) == "1 -1.1 --1.1.1 -1.2 -1.3 2"
    assert response.url == clause_path("drafting_clause", rio, "1.3")
    assert at(rio, "1.3").title_es == "Ruido"


@pytest.mark.parametrize(("where", "after"), [("first", "3 1 "), ("last", "2 3"), ("behind", "2 3")])
def test_a_clause_is_added_to_the_whole_text(rio, desk, where, after):
    write(desk, path("drafting_add", rio), title="Ruido", where=where)
    assert after in shape(rio)


def test_a_number_that_is_taken_is_told_beside_what_was_written(rio, desk):
    response = write(desk, path("drafting_add", rio), title="Ruido", label="1.1")
    assert response.status_code == 409
    assert "El número 1.1 ya se dio a otra cláusula" in text_of(response)
    assert "Ruido" in response.content.decode()


def test_a_clause_is_moved_by_its_form(rio, desk):
    address = clause_path("drafting_move", rio, "1.1")
    assert "1.1.1" not in str(desk.get(address).context["form"]["target"])
    response = write(desk, address, target=str(at(rio, "2").clause.uuid), where="first", number="new", reason="Va aquí.")
    assert (response.status_code, shape(rio)) == (303, "1 -1.2 2 -2.1 --2.1.1")
    assert ClauseLineage.objects.first().reason == "Va aquí."


def test_a_move_of_what_has_gone_is_told(rio, desk, writer):
    address = clause_path("drafting_move", rio, "2")
    sent = filled(desk.get(address))
    retire_clause(actor=writer, text=at(rio, "2"), reason="Sobra.")
    response = desk.post(address, sent)
    assert response.status_code == 409
    assert "salió de la versión 0.2" in text_of(response)


def test_a_clause_is_split_by_its_form(rio, desk):
    address = clause_path("drafting_split", rio, "1.2")
    response = write(desk, address, stays_text_es="Debe medir.", goes_text_es="Debe avisar.", reason="Dos deberes.")
    assert (response.status_code, shape(rio)) == (303, "1 -1.1 --1.1.1 -1.2 -1.3 2")
    assert "Esta es la nueva." in text_of(desk.get(response.url))


def test_a_split_refused_keeps_every_word(rio, desk, writer):
    address = clause_path("drafting_split", rio, "1.2")
    sent = filled(desk.get(address), goes_text_es="Debe avisar.")
    rewrite_clause(actor=writer, text=at(rio, "1.2"), base=1, words={"title_es": "Otro"})
    response = desk.post(address, sent)
    assert response.status_code == 409
    assert "Debe avisar." in response.content.decode()


def test_clauses_are_merged_in_two_steps(rio, desk):
    address = clause_path("drafting_merge", rio, "1.1")
    assert "Con cuál cláusula" in text_of(desk.get(address))
    second = f"{address}?into={at(rio, '1.2').clause.uuid}"
    response = write(desk, second, text_es="Todo junto.")
    assert (response.status_code, shape(rio)) == (303, "1 -1.2 --1.1.1 2")
    assert response.url == clause_path("drafting_clause", rio, "1.2")


@pytest.mark.parametrize("into", ["nada", "", "itself"])
def test_a_merge_into_nothing_asks_again(rio, desk, into):
    into = at(rio, "1.1").clause.uuid if into == "itself" else into
    response = desk.get(clause_path("drafting_merge", rio, "1.1"), {"into": into})
    assert "Con cuál cláusula" in text_of(response)


def test_a_clause_is_retired_and_taken_up_again(rio, desk):
    address = clause_path("drafting_retire", rio, "1.1")
    assert write(desk, address, reason="Sobra.").status_code == 409
    clause = at(rio, "1.1").clause
    assert write(desk, address, reason="Sobra.", lift="on").status_code == 303
    tree = desk.get(path("drafting_tree", rio))
    assert [(row.label, row.reason) for row in tree.context["retired"]] == [("1.1", "Sobra.")]
    assert "Fuera de esta versión 1" in text_of(tree)
    desk.post(path("drafting_restore", rio, clause.uuid))
    assert "1.1" in shape(rio).split()[-2]


def test_a_leaf_is_not_asked_about_what_is_under_it(rio, desk):
    assert "lift" not in desk.get(clause_path("drafting_retire", rio, "2")).context["form"].fields


def test_restoring_in_a_frozen_version_is_told(rio, desk):
    clause = at(rio, "2").clause
    freeze_version(version=rio, actor=None)
    response = desk.post(path("drafting_restore", rio, clause.uuid), follow=True)
    assert "Ahora no se escribe ninguna versión." in text_of(response)


def test_restoring_what_never_had_words_is_told(rio, desk):
    nothing = Clause.objects.create(framework=rio.framework)
    response = desk.post(path("drafting_restore", rio, nothing.uuid), follow=True)
    assert "Ya no se sabe nada" in text_of(response)


@pytest.mark.parametrize("page", ["split", "merge", "retire", "clause"])
def test_what_is_out_of_the_text_is_told_with_why(rio, desk, writer, page):
    address = clause_path(f"drafting_{page}", rio, "2")
    retire_clause(actor=writer, text=at(rio, "2"), reason="Está en la ley.")
    response = desk.get(address)
    assert response.status_code == 200
    assert "Está en la ley." in text_of(response)


def test_a_frozen_text_is_told_and_led_to(rio, desk):
    freeze_version(version=rio, actor=None)
    words = text_of(desk.get(path("drafting_tree", rio)))
    assert "La versión 0.2 está congelada" in words
    assert desk.get(path("drafting_add", rio)).status_code == 409


def test_an_empty_version_says_how_to_begin(version, as_user, secretary):
    page = as_user(secretary).get(url("standards:drafting_tree", version.framework.slug))
    assert "Agregar la primera cláusula" in text_of(page)


def test_a_clause_of_another_framework_is_not_found(rio, desk, clause_elsewhere):
    assert desk.get(path("drafting_clause", rio, clause_elsewhere.uuid)).status_code == 404


@pytest.fixture
def clause_elsewhere(framework):
    return Clause.objects.create(framework=framework)


def test_nothing_people_write_becomes_markup(rio, desk, writer):
    rewrite_clause(actor=writer, text=at(rio, "1.2"), base=1, words={"title_es": ATTACK, "text_es": ATTACK, "sources": [ATTACK]})
    retire_clause(actor=writer, text=at(rio, "2"), reason=ATTACK)
    pages = [path("drafting_tree", rio), path("drafting_add", rio), clause_path("drafting_clause", rio, "1.1")]
    pages += [clause_path(f"drafting_{name}", rio, "1.2") for name in ("clause", "saved", "split", "merge", "move", "retire")]
    for address in pages:
        page = desk.get(address).content.decode()
        assert "<script>alert" not in page, address
        assert "<img src=x" not in page, address


def test_a_label_with_markup_is_shown_as_it_is(rio, desk, writer):
    grow(rio, writer, "<b>7")
    assert "<b>7" not in desk.get(path("drafting_tree", rio)).content.decode()


@pytest.mark.parametrize("language", ["es", "en", "pt-br"])
def test_every_page_speaks_each_language(rio, desk, language):
    for name in ("clause", "saved", "split", "merge", "move", "retire"):
        assert desk.get(clause_path(f"drafting_{name}", rio, "1.2", language=language)).status_code == 200


def test_every_saved_wording_is_listed_with_its_changes(rio, desk, writer):
    rewrite_clause(actor=writer, text=at(rio, "1.2"), base=1, words={"text_es": "La operación debe medir el agua 1.2."}, note="Acuerdo 7")
    page = desk.get(clause_path("drafting_saved", rio, "1.2"))
    assert "<del>cuidar</del><ins>medir</ins>" in page.content.decode()
    words = text_of(page)
    assert "Acuerdo 7" in words
    assert "Marta Rojas" in words
    assert "vale ahora" in words


def test_saved_wordings_ask_as_much_for_many_as_for_few(rio, desk, writer):
    address = clause_path("drafting_saved", rio, "1.2")

    def save():
        for number in range(1, 4):
            rewrite_clause(actor=writer, text=at(rio, "1.2"), base=number, words={"text_es": f"Debe {number}."})

    flat(lambda: desk.get(address), save, ceiling=14)


def test_saved_wordings_go_on_over_pages(rio, desk, writer):
    for number in range(1, 23):
        rewrite_clause(actor=writer, text=at(rio, "1.2"), base=number, words={"text_es": f"Debe {number}."})
    first = desk.get(clause_path("drafting_saved", rio, "1.2"))
    assert len(first.context["savings"]) == 20
    assert not first.context["savings"][-1]["first"]
    second = desk.get(clause_path("drafting_saved", rio, "1.2") + "?page=2")
    assert second.context["savings"][-1]["first"]


def test_a_clause_nobody_has_saved_says_so(rio, desk):
    nothing = Clause.objects.create(framework=rio.framework)
    assert "Todavía no se ha guardado nada" in text_of(desk.get(path("drafting_saved", rio, nothing.uuid)))


def test_an_earlier_wording_is_taken_again_by_a_button(rio, desk, writer):
    rewrite_clause(actor=writer, text=at(rio, "1.2"), base=1, words={"text_es": "Peor."})
    desk.post(path("drafting_take_again", rio, at(rio, "1.2").clause.uuid, 1))
    assert at(rio, "1.2").text_es == "La operación debe cuidar el agua 1.2."
    response = desk.post(path("drafting_take_again", rio, at(rio, "1.2").clause.uuid, 99), follow=True)
    assert "no tiene una redacción guardada 99" in text_of(response)


def test_rows_know_their_parents_and_depth(rio):
    rows = {row.label: row for row in draft_rows(rio)}
    assert (rows["1.1.1"].parent, rows["1.1.1"].indent) == (rows["1.1"].pk, 2)


def test_what_came_back_is_not_listed_as_out(rio, writer):
    retire_clause(actor=writer, text=at(rio, "2"), reason="Sobra.")
    (row,) = retired_rows(rio)
    assert (row.label, row.reason) == ("2", "Sobra.")
    assert ClauseRevision.objects.filter(clause__uuid=row.clause).exists()
