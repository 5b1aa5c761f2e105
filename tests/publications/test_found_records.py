"""Which records are found by words, in which order, and how they are shown."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import translation

from publications.actions.indexing import index_record, terms_of
from publications.models import Asked, File, FileText, Practice, SearchDoc
from publications.search import find_records, public_texts
from publications.search.ranking import in_order, shown, titles_like
from red_mpe.core.search import Question
from tests.factories.publications import make_author, make_record

EVERYBODY = AnonymousUser()


def find(words, language="es", user=EVERYBODY, **more):
    with translation.override(language):
        return find_records(Question(words, **more), user, 0, 20)


def titles(words, language="es", **more):
    return ["".join(ch for ch in hit.title.replace("<mark>", "").replace("</mark>", "")) for hit in find(words, language, **more).hits]


def with_text(record, text, **fields):
    file = File.objects.create(record=record, number=1, name="a.pdf", media_type="application/pdf", size=1, sha256="0" * 64, **fields)
    FileText.objects.create(file=file, text=text)
    index_record(record)
    return file


def test_title_comes_before_abstract_before_text(db):
    with_text(make_record("Tercero", abstract_es="Nada."), "El cianuro se guarda aparte.")
    make_record("Segundo", abstract_es="Habla de cianuro.")
    make_record("Cianuro", abstract_es="Nada.")
    assert titles("cianuro") == ["Cianuro", "Segundo", "Tercero"]


def test_among_equals_the_newest_comes_first(db):
    for n in (1, 2):
        make_record("Cianuro", abstract_es="", issued=f"200{n}")
    assert [hit.kicker[-4:] for hit in find("cianuro").hits] == ["2002", "2001"]


def test_the_readers_own_word_comes_before_its_synonyms(db):
    make_record("Mercurio", abstract_es="")
    make_record("Azogue", abstract_es="")
    make_record("Mercurio otra vez", abstract_es="")
    assert titles("azogue")[0] == "Azogue"


def test_the_readers_language_comes_first(db):
    make_record("Cianuro en plantas", abstract_es="", title_pt="")
    make_record("", abstract_es="", title_pt="Cianuro em usinas", abstract_pt="")
    assert titles("cianuro", "pt-br", literal=True)[0] == "Cianuro em usinas"
    assert titles("cianuro", "es", literal=True)[0] == "Cianuro en plantas"


def test_authors_are_found(db):
    record = make_record()
    make_author(record, "Ñahui", "Sol")
    index_record(record)
    assert titles("nahui") == ["Oro sin mercurio"]


def test_practices_are_found_by_their_answers(db):
    record = make_record("Mesa nueva", kind="good-practice", abstract_es="")
    Practice.objects.create(record=record, problem_es="Se perdía oro fino.", done_es="Se cambió la trampa.")
    index_record(record)
    assert titles("trampa") == ["Mesa nueva"]


def test_a_long_text_shows_the_passage_that_answers(db):
    with_text(
        make_record("Manual", abstract_es="Resumen."),
        "Relleno largo. " * 2_000 + "El cianuro se guarda bajo llave. " + "Más relleno. " * 500,
    )
    (hit,) = find("cianuro").hits
    assert "El <mark>cianuro</mark> se guarda" in hit.snippet


def test_an_abstract_that_answers_is_shown_before_the_text(db):
    with_text(make_record("Manual", abstract_es="Resumen del cianuro."), "El cianuro se guarda.")
    assert "Resumen" in find("cianuro").hits[0].snippet


def test_where_only_the_title_answers_the_abstract_begins(db):
    make_record("Cianuro", abstract_es="Empieza aquí.")
    assert find("cianuro").hits[0].snippet == "Empieza aquí."


def test_title_and_passage_may_be_in_two_languages(db):
    make_record("Retortas", abstract_es="", abstract_en="Catching vapour with water.")
    (hit,) = find("vapour", "es").hits
    assert (hit.lang, hit.snippet_lang) == ("es", "en")
    assert "<mark>vapour</mark>" in hit.snippet


def test_words_of_people_are_escaped(db):
    make_record("Cianuro <script>alert(1)</script>", abstract_es="<b>cianuro</b>")
    (hit,) = find("cianuro").hits
    assert "<script>" not in hit.title
    assert "<b>" not in hit.snippet


@pytest.mark.parametrize(
    "closed",
    [{"access": "request"}, {"licence": "all-rights-reserved"}, {"licence": "unknown"}, {"state": "embargoed"}],
)
def test_the_text_of_files_that_one_may_not_have_is_not_found(db, closed):
    with_text(make_record("Manual", abstract_es="", **closed), "Palabra zqsecreta.")
    assert find("zqsecreta").count == 0


@pytest.mark.parametrize("scan", ["waiting", "infected"])
def test_the_text_of_a_file_that_was_not_let_in_is_not_found(db, scan):
    with_text(make_record("Manual", abstract_es=""), "Palabra zqsecreta.", scan_state=scan)
    assert find("zqsecreta").count == 0


def test_the_text_of_an_older_version_is_not_found(db):
    record = make_record("Manual", abstract_es="")
    old = with_text(record, "Palabra antigua.")
    File.objects.create(record=record, number=2, replaces=old, name="a.pdf", media_type="application/pdf", size=1, sha256="1" * 64)
    index_record(record)
    assert find("antigua").count == 0


def test_files_in_portuguese_are_read_as_portuguese(db):
    record = make_record("Manual", abstract_es="")
    with_text(record, "Os rejeitos ficam longe.", language="pt-br")
    assert SearchDoc.objects.get(record=record).body_pt == "Os rejeitos ficam longe."


def test_facets_of_a_record(db, group):
    record = make_record(countries=["PE"], lenses=["gender"], strata=["small-formal"], sectors=["asm"], languages=["es"])
    record.groups.add(group)
    wanted = {"all:1", "kind:factsheet", "use:described", "use:free", "lens:gender", "country:PE", "language:es"}
    assert set(terms_of(record)) == wanted | {"stratum:small-formal", "sector:asm", "group:mesa-del-agua"}


def test_a_record_with_open_files_can_be_taken_away_here(db):
    record = make_record()
    with_text(record, "x")
    assert "use:here" in terms_of(record)
    assert "use:described" not in terms_of(record)


def test_a_licence_that_keeps_is_not_free(db):
    assert "use:free" not in terms_of(make_record(licence="permitted"))


def test_a_word_that_nobody_wrote_is_not_found(db):
    make_record()
    assert find("xyzzy") == find("the -oro")


def test_beyond_the_first_two_hundred_the_text_counts_no_more(db):
    for n in range(3):
        make_record(f"Cianuro {n}")
    docs = SearchDoc.objects.all()
    asked = Asked.read("q=cianuro")
    assert list(in_order(asked.narrow(docs), asked, 220)) == list(in_order(asked.narrow(docs), asked, 20))


@pytest.mark.parametrize(("sort", "order"), [("newest", ["C", "B", "a"]), ("year", ["B", "a", "C"]), ("title", ["a", "B", "C"])])
def test_lists_can_be_sorted(db, sort, order):
    for title, year, day in (("B", "2020", 2), ("a", "2010", 1), ("C", "", 3)):
        make_record(title, issued=year, published_at=f"2026-01-0{day}T00:00:00Z")
    docs = in_order(SearchDoc.objects.all(), Asked.read(f"sort={sort}"), 20)
    assert [doc.record.title_es for doc in docs.select_related("record")] == order


def test_titles_sort_in_the_readers_language_or_the_one_they_have(db):
    make_record("Zorro", title_en="Ant")
    make_record("Barca")
    with translation.override("en"):
        docs = list(in_order(SearchDoc.objects.all(), Asked.read("sort=title"), 20).select_related("record"))
    assert [doc.record.title_es for doc in docs] == ["Zorro", "Barca"]


def test_similar_titles_are_found_without_the_words(db):
    record = make_record("Retortas para todas")
    make_record("Otra cosa")
    assert [doc.pk for doc in titles_like(SearchDoc.objects.all(), Question("retorttas"))] == [record.pk]


def test_records_are_shown_with_one_query(db, django_assert_num_queries):
    keys = [make_record(f"Cianuro {n}").pk for n in range(3)]
    question = Question("cianuro", literal=True)
    assert question.ready
    with django_assert_num_queries(1):
        assert len(shown(keys, question)) == 3


def test_only_public_words_are_for_learning(db):
    make_record("Pública")
    make_record("Reservada", access="members")
    make_record("Borrador", state="draft")
    assert {title for (title,) in public_texts("es")[0]} == {"Pública"}


def _plan(rows):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
    return rows.explain()


def test_words_facets_titles_and_the_newest_have_their_indexes(db):
    make_record()
    docs = SearchDoc.objects.order_by()
    assert "searchdoc_words_es" in _plan(Asked.read("q=cianuro").narrow(docs))
    assert "searchdoc_terms" in _plan(Asked.read("kind=law").narrow(docs))
    assert "searchdoc_by_title_es" in _plan(in_order(docs, Asked.read("sort=title"), 20)[:20])
    assert "searchdoc_like_es" in _plan(titles_like(docs, Question("retorta")))
