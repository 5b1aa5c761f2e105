"""The library's page: words, facets, years, order, pages, what is new."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone, translation

from publications.actions.indexing import index_record
from publications.actions.visiting import note_visit
from publications.models import File, FileText, Visit
from publications.search import library as filters
from publications.views import reading
from red_mpe.core.models import SynonymSet, Theme
from red_mpe.portal.actions import learn_words
from tests.factories.publications import make_author, make_record
from tests.support.pages import text_of, url
from tests.support.queries import count_queries, flat


def page(client, query="", language="es", status=200):
    with translation.override(language):
        response = client.get(f"{url('publications:library', language=language)}?{query}")
    assert response.status_code == status
    return response


def titles(client, query=""):
    return [str(card.title).replace("<mark>", "").replace("</mark>", "") for card in page(client, query).context["cards"]]


def facet(client, name, query=""):
    found = {facet["name"]: facet["options"] for facet in page(client, query).context["found"].facets}
    return {option.value: option.count for option in found.get(name, [])}


def test_the_newest_come_first(client, db):
    for day in (1, 3, 2):
        make_record(f"Día {day}", published_at=f"2026-01-0{day}T00:00:00Z")
    assert titles(client) == ["Día 3", "Día 2", "Día 1"]


def test_an_empty_library_says_what_will_be_there(client, db):
    assert "La biblioteca aún está vacía" in text_of(page(client))


def test_a_record_is_told_with_kind_year_authors_and_languages(client, db):
    record = make_record(languages=["es", "qu"])
    make_author(record)
    index_record(record)
    words = text_of(page(client))
    assert "Hoja informativa · 2024" in words
    assert "Quispe, Rosa" in words
    assert "Español, Runasimi" in words


def test_many_authors_are_cut(client, db):
    record = make_record()
    for name in "ABCDE":
        make_author(record, name, "")
    assert page(client).context["cards"][0].authors == "A; B; C …"


def test_the_size_of_the_file_is_told_before_anybody_takes_it(client, db):
    File.objects.create(record=make_record(), number=1, name="a", media_type="application/pdf", size=2_097_152, sha256="0" * 64, pages=3)
    assert "PDF 2,0 MB, 3 páginas" in text_of(page(client)).replace("\xa0", " ")


def test_the_first_page_is_shown_small_and_late(client, db):
    file = {"name": "a", "media_type": "application/pdf", "size": 9, "sha256": "0" * 64, "thumbnail": "ab/cd.webp"}
    record = make_record()
    File.objects.create(record=record, number=1, thumbnail_width=240, thumbnail_height=340, **file)
    address = url("publications:file_thumbnail", record.code, 1)
    assert f'<img loading="lazy" alt="" src="{address}" width="240" height="340">' in page(client).content.decode()


def test_a_file_that_one_may_not_have_is_not_told(client, db):
    record = make_record(licence="all-rights-reserved")
    File.objects.create(record=record, number=1, name="a", media_type="application/pdf", size=2_097_152, sha256="0" * 64)
    assert "MB" not in text_of(page(client))


@pytest.mark.parametrize(
    ("media", "name"),
    [("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "DOCX"), ("image/png", "PNG"), ("text/csv", "CSV")],
)
def test_files_are_called_by_their_usual_name(media, name):
    assert filters._type(media) == name


def test_a_title_in_another_language_says_which(client, db):
    make_record("", title_en="Only in English")
    response = page(client)
    assert '<h3 lang="en">' in response.content.decode()
    assert response.context["cards"][0].other == "English"


def test_a_record_without_title_is_called_by_its_code(client, db):
    record = make_record("")
    assert titles(client) == [record.code]


@pytest.mark.parametrize(("fields", "told"), [({"access": "request"}, "archivos a pedido"), ({"state": "embargoed"}, "embargo")])
def test_what_is_not_open_says_so(client, db, fields, told):
    make_record(**fields)
    assert told in text_of(page(client))


def test_facets_count_what_each_term_would_leave(client, db):
    for kind, country in (("law", "PE"), ("law", "BO"), ("guide", "PE")):
        make_record(kind=kind, countries=[country])
    assert facet(client, "kind", "country=PE") == {"law": "1", "guide": "1"}
    assert facet(client, "country", "country=PE") == {"PE": "2", "BO": "1"}


def test_a_chosen_term_that_leaves_nothing_can_be_taken_back(client, db):
    make_record(kind="law", countries=["PE"])
    assert facet(client, "kind", "kind=guide&country=PE") == {"guide": "0", "law": "1"}


def test_themes_and_groups_are_facets(client, db, group):
    record = make_record()
    record.themes.add(Theme.objects.get(code="water"))
    record.groups.add(group)
    index_record(record)
    assert facet(client, "theme") == {"water": "1"}
    assert facet(client, "group") == {"mesa-del-agua": "1"}
    assert titles(client, "theme=water&group=mesa-del-agua") == ["Oro sin mercurio"]


def test_very_many_are_counted_up_to_a_bound(client, db, monkeypatch):
    monkeypatch.setattr(filters, "BOUND", 2)
    for n in range(3):
        make_record(f"Oro {n}")
    assert facet(client, "kind", "q=oro") == {"factsheet": "2+"}


def test_facets_of_a_large_library_are_kept_for_a_while(client, db, monkeypatch):
    monkeypatch.setattr(filters, "MANY", 1)
    make_record(), make_record()
    assert facet(client, "kind") == {"factsheet": "2"}
    make_record(kind="law")
    assert facet(client, "kind") == {"factsheet": "2"}
    cache.clear()
    assert facet(client, "kind") == {"factsheet": "2", "law": "1"}


def test_kept_facets_of_members_are_not_those_of_everybody(client, miner, monkeypatch):
    monkeypatch.setattr(filters, "MANY", 1)
    make_record(), make_record(), make_record(access="members", kind="law")
    client.force_login(miner.user)
    assert facet(client, "kind") == {"factsheet": "2", "law": "1"}
    client.logout()
    assert facet(client, "kind") == {"factsheet": "2"}


def test_each_audience_has_its_own_place(readers):
    places = {role: filters._audience(user) for role, user in readers.items()}
    assert places["anonymous"] == places["account"] == "everybody"
    assert len({places["member"], places["sitter"], places["editor"], places["anonymous"]}) == 4


def test_what_narrows_the_list_can_be_taken_away_one_by_one(client, db):
    make_record(kind="law", countries=["PE"])
    chosen = page(client, "q=oro&kind=law&country=PE&from=2001&sort=year").context["found"].chosen
    assert [one.label for one in chosen] == ["“oro”", "Ley o reglamento", "Perú", "desde 2001"] or len(chosen) == 4
    assert chosen[0].url.endswith("?kind=law&country=PE&from=2001")
    assert chosen[1].url.endswith("?q=oro&country=PE&from=2001&sort=year")


def test_the_search_box_keeps_the_filters(client, db):
    assert '<input type="hidden" name="kind" value="law">' in page(client, "q=oro&kind=law").content.decode()


def test_orders_by_relevance_only_with_words(client, db):
    assert [sort["current"] for sort in page(client).context["sorts"]] == [True, False, False]
    assert [sort["current"] for sort in page(client, "q=oro").context["sorts"]] == [True, False, False, False]


def test_pages_keep_the_question(client, db):
    for n in range(21):
        make_record(f"Oro {n:02d}")
    assert len(titles(client, "q=oro&page=2")) == 1
    assert "q=oro&amp;page=2" in page(client, "q=oro").content.decode()


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999999999", "51", "²", ""])
def test_a_page_that_does_not_exist_is_no_error(client, db, number):
    make_record()
    assert titles(client, f"page={number}") == ["Oro sin mercurio"]


def test_synonyms_are_told_and_can_be_left_out(client, db):
    make_record("Mercury", abstract_es="")
    response = page(client, "q=azogue")
    assert "Por «azogue» también se buscó: mercurio" in text_of(response)
    assert "q=azogue&amp;exact=1" in response.content.decode()
    assert titles(client, "q=azogue&exact=1") == []


def test_a_slip_of_the_pen_is_asked_about(client, db):
    make_record("Trazabilidad", abstract_es="")
    learn_words()
    response = page(client, "q=trasabilidad&kind=factsheet")
    assert response.context["found"].better == "trazabilidad"
    assert "kind=factsheet&amp;q=trazabilidad" in response.content.decode()


def test_no_better_word_is_offered_that_finds_nothing(client, db):
    make_record("Trazabilidad", abstract_es="")
    learn_words()
    assert page(client, "q=trasabilidad&kind=law").context["found"].better == ""


def test_when_much_is_found_nobody_is_asked(client, db):
    for n in range(4):
        make_record(f"Trazabilidad {n} trasabilidad")
    learn_words()
    assert page(client, "q=trasabilidad").context["found"].better == ""


def test_similar_titles_are_the_last_resort(client, db):
    make_record("Retortas para todas", abstract_es="")
    response = page(client, "q=retorttas")
    assert "Con palabras parecidas en el título" in text_of(response)
    assert "Retortas para todas" in text_of(response)


def test_nothing_found_by_facets_offers_fewer(client, db):
    make_record()
    assert "Con menos filtros puede haber algo" in text_of(page(client, "kind=law"))


ODD = [
    '"',
    "'",
    "\\",
    "a'; DROP TABLE x;--",
    "(" * 99,
    "🙂",
    ":*",
    "<script>",
    "!",
    "a%26b%7C",
    "-",
    '-"',
    "\u202eoro",
    "de+la",
    "%ff",
]


@pytest.mark.parametrize("words", [*ODD, "oro+" * 3_000, "ñ" * 10_000])
def test_odd_words_are_no_error(client, db, words):
    make_record()
    page(client, f"q={words}")


@pytest.mark.parametrize("query", ["kind=" + "a" * 5_000, "from=1e9", "country=%F0%9F%99%82", "sort=1", "exact=x", "theme=a&theme=b"])
def test_odd_terms_are_no_error(client, db, query):
    make_record()
    assert titles(client, query) == ["Oro sin mercurio"]


def test_searching_too_often_is_refused(client, db, monkeypatch):
    monkeypatch.setattr(reading, "A_MINUTE", 1)
    page(client, "q=oro")
    page(client, "q=oro", status=429)
    page(client, "kind=law", status=429)
    page(client)  # the plain list is no question


def test_only_the_plain_list_is_for_search_engines(client, db):
    assert "X-Robots-Tag" not in page(client).headers
    assert page(client, "kind=law")["X-Robots-Tag"] == "noindex"


def _grow():
    for n in range(3):
        record = make_record(f"Oro en la mina {n}", countries=["PE"], published_at=timezone.now())
        make_author(record)
        File.objects.create(record=record, number=1, name="a", media_type="application/pdf", size=1, sha256="0" * 64)
        index_record(record)


@pytest.mark.parametrize("query", ["", "q=oro", "q=azogue+oro&kind=factsheet&country=PE&from=2000", "sort=title"])
def test_the_library_is_flat(client, db, query):
    _grow(), _grow()
    flat(lambda: page(client, query), _grow, ceiling=12)


def test_the_library_is_flat_for_a_member(client, miner):
    _grow(), _grow()
    client.force_login(miner.user)
    page(client)
    Visit.objects.update(before="2020-01-01T00:00:00Z")
    flat(lambda: page(client, "q=oro&kind=factsheet"), _grow, ceiling=16)


def test_a_question_that_finds_nothing_is_no_dearer(client, db):
    _grow()
    learn_words()
    assert len(count_queries(lambda: page(client, "q=minna+xyzzy"))) <= 12


def test_the_first_visit_has_nothing_new(client, miner):
    make_record()
    client.force_login(miner.user)
    assert page(client).context["new"] == 0
    assert Visit.objects.get().before is None


def test_what_came_since_the_last_visit_is_new(client, miner):
    make_record("Vieja", published_at="2026-01-01T00:00:00Z")
    Visit.objects.create(user=miner.user, at=timezone.now() - timedelta(days=1))
    make_record("Nueva")
    client.force_login(miner.user)
    response = page(client)
    assert response.context["new"] == 1
    assert [card.is_new for card in response.context["cards"]] == [True, False]
    assert "1 nuevo en la biblioteca desde la última visita" in text_of(response)


def test_what_is_new_stays_new_within_the_visit(client, miner):
    Visit.objects.create(user=miner.user, at=timezone.now() - timedelta(days=1))
    make_record()
    client.force_login(miner.user)
    assert page(client).context["new"] == page(client).context["new"] == 1


def test_a_visit_is_noted_at_most_once_an_hour(miner):
    at = timezone.now() - timedelta(minutes=59)
    Visit.objects.create(user=miner.user, at=at)
    assert note_visit(actor=miner.user) is None
    assert Visit.objects.get().at == at


def test_a_visit_of_another_day_becomes_the_one_before(miner):
    at = timezone.now() - timedelta(days=2)
    Visit.objects.create(user=miner.user, at=at)
    assert note_visit(actor=miner.user) == at
    assert Visit.objects.get().before == at


def test_visitors_are_not_followed(client, db):
    page(client)
    assert not Visit.objects.exists()


def test_what_one_may_not_read_is_not_counted_as_new(client, miner):
    Visit.objects.create(user=miner.user, at=timezone.now() - timedelta(days=1))
    make_record(state="draft")
    client.force_login(miner.user)
    assert page(client).context["new"] == 0


def test_editors_change_synonyms_and_the_next_search_knows(client, editor):
    make_record("Cianuro", abstract_es="")
    assert titles(client, "q=veneno") == []
    client.force_login(editor)
    words = {"code": "veneno", "words_es": "veneno, cianuro", "words_en": "", "words_pt": ""}
    assert client.post(url("admin:core_synonymset_add"), words).status_code == 302
    assert titles(client, "q=veneno") == ["Cianuro"]
    address = url("admin:core_synonymset_delete", SynonymSet.objects.get(code="veneno").pk)
    assert client.post(address, {"post": "yes"}).status_code == 302
    assert titles(client, "q=veneno") == []


def test_members_do_not_keep_synonyms(miner, officer):
    assert not miner.user.has_perm("core.change_synonymset")
    assert not officer.has_perm("core.change_synonymset")


def read_by(client, user):
    client.force_login(user)
    return page(client).content.decode()


def test_who_may_propose_is_led_there(client, miner, visitor):
    address = url("publications:record_propose")
    assert address in read_by(client, miner.user)
    assert address not in read_by(client, visitor)


def test_editors_are_led_to_what_waits(client, editor, miner):
    address = url("publications:record_queue")
    assert address in read_by(client, editor)
    assert address not in read_by(client, miner.user)


def test_a_text_in_quechua_is_found(client, db):
    record = make_record(languages=["qu"])
    file = File.objects.create(
        record=record, number=1, name="q.txt", media_type="text/plain", size=9, sha256="a" * 64, language="qu", text_state="done"
    )
    FileText.objects.create(file=file, text="yaku unu mayu")
    index_record(record)
    assert titles(client, "q=mayu") == ["Oro sin mercurio"]
