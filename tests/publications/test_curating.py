"""Collections on the site: what readers see, and what editors do there without scripts."""

import uuid

import pytest

from publications.enums import Access, RecordState
from publications.models import Collection
from tests.factories.publications import make_collection, make_record
from tests.support.pages import text_of, url
from tests.support.queries import flat


@pytest.fixture
def shelf(db):
    return make_collection("tres", *(make_record(name) for name in ("Uno", "Dos", "Tres")), title_en="Three")


@pytest.fixture
def desk(client, editor):
    """An editor's browser."""
    client.force_login(editor)
    return client


def path(name, *args, language="es"):
    return url(f"publications:{name}", *args, language=language)


def order(collection):
    return [item.record.title_es for item in collection.items.all()]


def code(collection, title):
    return collection.items.get(record__title_es=title).record.code


def words(**changes):
    return {"title_es": "Tres obras", "open_to_all": "on", "seen": "0"} | changes


def test_the_list_tells_how_much_the_reader_finds(client, shelf):
    shelf.items.create(record=make_record("Solo miembros", access=Access.MEMBERS), position=9)
    assert "3 obras" in text_of(client.get(path("collection_list")))


def test_the_list_is_in_the_reader_s_language(client, shelf):
    assert "Three" in text_of(client.get(path("collection_list", language="en")))


def test_what_editors_prepare_is_not_listed(client, db):
    make_collection("oculta", make_record(), title_es="Oculta", published=False)
    assert "Oculta" not in text_of(client.get(path("collection_list")))


def test_an_empty_list_says_what_would_be_there(client, db):
    assert "Todavía no hay colecciones" in text_of(client.get(path("collection_list")))


def test_editors_see_what_waits(desk, db):
    make_collection("oculta", make_record(), title_es="Oculta", published=False)
    assert "Oculta la ve solo el equipo editorial" in text_of(desk.get(path("collection_list")))


def test_the_list_asks_the_same_for_many(client, shelf):
    grow = lambda: [make_collection(f"l-{n}", make_record()) for n in range(3)]  # noqa: E731
    flat(lambda: client.get(path("collection_list")), grow, ceiling=4)


def test_a_collection_is_read_in_its_order_with_notes(client, shelf):
    said = text_of(client.get(path("collection_detail", "tres")))
    assert said.index("Uno") < said.index("Dos") < said.index("Tres")
    assert "Para empezar." in said


def test_what_one_may_not_read_is_simply_absent(client, shelf):
    for title, fields in (("Reservada", {"access": Access.MEMBERS}), ("Retirada", {"state": RecordState.WITHDRAWN})):
        shelf.items.create(record=make_record(title, **fields), position=9)
    said = text_of(client.get(path("collection_detail", "tres")))
    assert "Reservada" not in said
    assert "Retirada" not in said
    assert "3 obras" in said


def test_the_introduction_is_marked_where_it_is_foreign(client, db):
    make_collection("una", make_record(), introduction_es="Por aquí.")
    response = client.get(path("collection_detail", "una", language="en"))
    assert '<div lang="es">' in response.content.decode()


def test_a_collection_without_records_says_so(client, db):
    make_collection("vacia")
    assert "Todavía sin obras" in text_of(client.get(path("collection_detail", "vacia")))


def test_a_group_s_own_list_is_for_the_group(client, group, sitter):
    make_collection("propia", make_record(), group=group, open_to_all=False)
    assert client.get(path("collection_detail", "propia")).status_code == 404
    client.force_login(sitter.user)
    assert client.get(path("collection_detail", "propia")).status_code == 200


def test_a_collection_asks_the_same_for_many(client, shelf):
    grow = lambda: [shelf.items.create(record=make_record(), position=9) for _n in range(3)]  # noqa: E731
    flat(lambda: client.get(path("collection_detail", "tres")), grow, ceiling=6)


def test_the_size_of_the_edition_is_told_before(client, shelf):
    assert "Descargar (ZIP, unos 33 kB)" in text_of(client.get(path("collection_detail", "tres")))


def test_an_editor_makes_a_collection(desk, db):
    page = desk.get(path("collection_new"))
    once = page.context["form"]["once"].value()
    answers = [desk.post(path("collection_new"), {"once": once, "title_es": "Agua", "open_to_all": "on"}) for _each in range(2)]
    assert [answer["Location"] for answer in answers] == [path("collection_edit", "agua")] * 2
    assert Collection.objects.count() == 1


def test_a_collection_without_title_keeps_what_was_written(desk, db):
    response = desk.post(path("collection_new"), {"once": uuid.uuid4(), "introduction_es": "Largo y pensado."})
    assert response.status_code == 422
    assert "Largo y pensado." in response.content.decode()
    assert "necesita un título" in text_of(response)


def test_words_are_saved(desk, shelf):
    response = desk.post(path("collection_edit", "tres"), words(introduction_pt="Para começar."))
    assert response.status_code == 303
    shelf.refresh_from_db()
    assert (shelf.title_es, shelf.introduction_pt) == ("Tres obras", "Para começar.")


def test_who_was_slower_sees_both_words(desk, shelf):
    desk.post(path("collection_edit", "tres"), words(title_es="La primera"))
    response = desk.post(path("collection_edit", "tres"), words(title_es="La segunda"))
    assert response.status_code == 409
    assert 'value="La segunda"' in response.content.decode()
    assert "Como está ahora Español La primera" in text_of(response)


def test_after_comparing_one_may_save(desk, shelf):
    desk.post(path("collection_edit", "tres"), words(title_es="La primera"))
    seen = desk.post(path("collection_edit", "tres"), words(title_es="La segunda")).context["form"]["seen"].value()
    desk.post(path("collection_edit", "tres"), words(title_es="La segunda", seen=seen))
    assert Collection.objects.get().title_es == "La segunda"


def test_a_form_without_what_it_was_seen_on_is_stale(desk, shelf):
    response = desk.post(path("collection_edit", "tres"), words(seen=""))
    assert response.status_code == 422


def test_the_last_title_is_kept(desk, shelf):
    response = desk.post(path("collection_edit", "tres"), words(title_es="", title_en=""))
    assert response.status_code == 422
    assert Collection.objects.get().title_es == "Sin mercurio"


def test_records_are_found_by_words_and_added(desk, shelf):
    record = make_record("Guía del agua")
    found = desk.get(path("collection_add", "tres"), {"words": "guia AGUA"})
    assert [row["record"] for row in found.context["found"]] == [record]
    response = desk.post(path("collection_add", "tres"), {"words": "guia", "code": record.code})
    assert response["Location"].endswith("?words=guia")
    assert order(shelf)[-1] == "Guía del agua"


def test_a_record_is_added_by_its_code_alone(desk, shelf):
    record = make_record("Cuatro")
    assert desk.post(path("collection_add", "tres"), {"code": record.code})["Location"] == path("collection_edit", "tres")
    assert order(shelf)[-1] == "Cuatro"


def test_what_is_in_it_is_marked(desk, shelf):
    assert [row["inside"] for row in desk.get(path("collection_add", "tres"), {"words": "dos"}).context["found"]] == [True]


def test_nothing_found_is_said(desk, shelf):
    assert "Nada en la biblioteca tiene" in text_of(desk.get(path("collection_add", "tres"), {"words": "zzz"}))


def test_an_unknown_code_adds_nothing(desk, shelf):
    assert desk.post(path("collection_add", "tres"), {"words": "dos", "code": "RED-99999"}).status_code == 422
    assert len(order(shelf)) == 3


@pytest.mark.parametrize(("way", "told"), [("up", "Dos Uno Tres"), ("last", "Uno Tres Dos")])
def test_buttons_move_a_record(desk, shelf, way, told):
    address = path("collection_move", "tres", code(shelf, "Dos"))
    response = desk.post(address, {"way": way, "seen": "0"})
    assert response["Location"].startswith(path("collection_edit", "tres"))
    assert " ".join(order(shelf)) == told


@pytest.mark.parametrize("sent", [{"way": "up", "seen": "7"}, {"way": "up"}, {"way": "sideways", "seen": "0"}])
def test_a_stale_or_foolish_move_does_nothing(desk, shelf, sent):
    assert desk.post(path("collection_move", "tres", code(shelf, "Dos")), sent).status_code == 303
    assert order(shelf) == ["Uno", "Dos", "Tres"]


def test_the_page_has_buttons_for_the_middle_and_not_past_the_ends(desk, shelf):
    html = desk.get(path("collection_edit", "tres")).content.decode()
    assert html.count('value="up"') == html.count('value="down"') == 2


def test_a_record_is_taken_out(desk, shelf):
    desk.post(path("collection_remove", "tres", code(shelf, "Dos")), {"seen": "0"})
    assert order(shelf) == ["Uno", "Tres"]


def test_a_note_is_written(desk, shelf):
    address = path("collection_note", "tres", code(shelf, "Dos"))
    assert "Para empezar." in desk.get(address).content.decode()
    desk.post(address, {"seen": "0", "note_es": "La segunda.", "note_en": "The second."})
    assert shelf.items.get(record__title_es="Dos").note_en == "The second."


def test_a_stale_note_is_kept_in_the_form(desk, shelf):
    address = path("collection_note", "tres", code(shelf, "Dos"))
    desk.post(address, {"seen": "0", "note_es": "Primera."})
    response = desk.post(address, {"seen": "0", "note_es": "Segunda."})
    assert response.status_code == 409
    assert "Segunda." in response.content.decode()
    assert response.context["form"]["seen"].value() == "1"


def test_readers_are_shown_it_and_not_any_more(desk, shelf):
    for seen, published in enumerate(("0", "1")):
        desk.post(path("collection_show", "tres"), {"seen": seen, "published": published})
        assert Collection.objects.get().published is (published == "1")


def test_what_is_hidden_may_be_deleted(desk, db):
    make_collection("oculta", published=False)
    assert desk.post(path("collection_delete", "oculta"), {"seen": "0"})["Location"] == path("collection_list")
    assert not Collection.objects.exists()


def test_what_readers_see_is_not_deleted(desk, shelf):
    assert desk.post(path("collection_delete", "tres"), {"seen": "0"})["Location"] == path("collection_edit", "tres")
    assert Collection.objects.exists()


def test_from_its_page_a_record_goes_into_a_collection(desk, shelf):
    record = make_record("Cuatro")
    response = desk.post(path("collect", record.code), {"collection": shelf.pk, "note_es": "Para cerrar."})
    assert response["Location"] == path("collection_edit", "tres")
    assert shelf.items.get(record=record).note_es == "Para cerrar."


def test_without_a_collection_one_is_led_to_make_one(desk, db):
    assert path("collection_new") in desk.get(path("collect", make_record().code)).content.decode()


def test_what_is_not_out_is_not_collected(desk, shelf):
    assert desk.get(path("collect", make_record(state=RecordState.DRAFT).code)).status_code == 404


def test_another_collection_s_record_is_not_there(desk, shelf):
    assert desk.get(path("collection_note", "tres", make_record().code)).status_code == 404
