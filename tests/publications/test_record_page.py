"""The page of a record: what it says, to whom, and how much it asks."""

from datetime import date

import pytest
from django.utils import timezone
from django.utils.translation import override

from publications import registry
from publications.enums import Access, Licence, RecordState
from publications.models import DailyUse, File, Practice, Record, Relation
from publications.registry import UsedBy, UseSource
from tests.conftest import make_organisation, make_person
from tests.factories.publications import make_author, make_collection, make_group_record, make_identifier, make_record
from tests.support.pages import text_of, url
from tests.support.queries import flat


def ask(client, record, language="es", **query):
    return client.get(url("publications:record_detail", record.code, language=language), query)


def page(client, record, language="es", **query):
    return text_of(ask(client, record, language, **query))


def relate(record, kind, other):
    return Relation.objects.create(record=record, kind=kind, other=other)


def make_file(record, **fields):
    fields = {"name": "hoja.pdf", "media_type": "application/pdf", "size": 3_400_000, "sha256": "0" * 64} | fields
    return File.objects.create(record=record, number=record.files.count() + 1, **fields)


def tell(record, **words):
    return Practice.objects.create(record=record, **words)


@pytest.fixture
def source():
    """An app above the library that uses every record."""
    known = UseSource(
        "test.uses", "Encuentros", lambda keys, user: [UsedBy(key, "se leyó en Cusco", "/es/x/", "Gustó.", "es") for key in keys]
    )
    registry.register(known)
    yield known
    registry._sources.pop("test.uses")


def test_the_title_is_in_the_reader_s_language(client, db):
    record = make_record("Sin mercurio", title_en="Without mercury")
    assert '<h1><span lang="en">Without mercury</span></h1>' in ask(client, record, "en").content.decode()


def test_a_title_in_another_language_is_marked(client, db):
    response = ask(client, make_record("Sin mercurio"), "en")
    assert '<span lang="es">Sin mercurio</span>' in response.content.decode()
    assert "Its title is in Español." in text_of(response)


def test_other_titles_stand_in_a_quiet_line(client, db):
    record = make_record("Sin mercurio", title_en="Without mercury", title_pt="Sem mercúrio")
    assert "English: Without mercury Português: Sem mercúrio" in page(client, record)


def test_a_record_without_title_is_called_by_its_code(client, db):
    record = make_record("", title_en="")
    assert f"<h1><span>{record.code}</span></h1>" in ask(client, record).content.decode()


def test_authors_stand_in_order_with_their_roles(client, db):
    record = make_record()
    make_author(record)
    make_author(record, literal="Cooperativa Oro Claro", role="translator")
    assert "Rosa Quispe; Cooperativa Oro Claro (traducción)" in page(client, record)


def test_a_member_who_shows_their_name_is_linked(client, db):
    person, record = make_person("rosa-quispe", name_audience="public"), make_record()
    make_author(record, person=person)
    assert person.get_absolute_url() in ask(client, record).content.decode()


def test_a_member_who_hides_is_a_plain_name(client, db, miner):
    person, record = make_person("eva-mamani", name_audience="members"), make_record()
    make_author(record, person=person)
    link = url("members:person_detail", person.slug)
    assert link not in ask(client, record).content.decode()
    client.force_login(miner.user)
    assert link in ask(client, record).content.decode()


def test_an_organisation_that_is_shown_is_linked(client, db):
    record = make_record()
    for audience in ("public", "nobody"):
        make_author(record, literal=audience, organisation=make_organisation(f"casa-{audience}", audience=audience))
    html = ask(client, record).content.decode()
    assert "casa-public" in html
    assert "casa-nobody" not in html


def test_when_and_where_it_came_out(client, db):
    record = make_record(issued="2013-08", publisher="OCDE", place="París", container="Anales", volume="3", issue="2", pages="10-20")
    words = page(client, record)
    for told in ("agosto de 2013", "OCDE, París", "Anales, 3(2), págs. 10-20"):
        assert told in words


def test_the_abstract_is_markdown_made_safe(client, db):
    record = make_record(abstract_es="Con **fuerza** <script>alert(1)</script>")
    html = ask(client, record).content.decode()
    assert "<strong>fuerza</strong>" in html
    assert "<script>alert" not in html


def test_abstracts_in_two_languages_have_tabs(client, db):
    record = make_record(abstract_en="How to recover gold.")
    assert "Cómo recuperar oro" in page(client, record)
    assert "How to recover gold." in page(client, record, text="en")


def test_one_abstract_needs_no_tabs(client, db):
    assert ask(client, make_record()).context["tabs"] == []


@pytest.mark.parametrize("asked", ["pt-br", "xx", ""])
def test_a_language_that_is_not_there_gives_the_reader_s(client, db, asked):
    record = make_record(abstract_en="How to recover gold.")
    assert "Cómo recuperar oro" in page(client, record, text=asked)


def test_identifiers_lead_to_the_work(client, db):
    record = make_record()
    make_identifier(record)
    make_identifier(record, "isbn", "9789280731828")
    html = ask(client, record).content.decode()
    assert 'href="https://doi.org/10.1787/9789264252479-en"' in html
    assert "9789280731828</dd>" in html


def test_an_address_that_is_no_page_is_no_link(client, db):
    record = make_record()
    make_identifier(record, "url", "javascript:alert(1)")
    assert 'href="javascript' not in ask(client, record).content.decode()


def test_a_dead_link_says_so_and_names_the_archive(client, db):
    record = make_record()
    checked = timezone.now().replace(year=2026, month=11, day=2)
    make_identifier(record, "url", "https://example.org/x", state="gone", checked_at=checked, archive="https://web.archive.org/x")
    response = ask(client, record)
    assert "Ya no está allí: se probó el 2 de noviembre de 2026." in text_of(response)
    assert 'href="https://web.archive.org/x"' in response.content.decode()


@pytest.mark.parametrize("licence", list(Licence))
def test_the_licence_is_told_in_a_sentence(client, db, licence):
    told = ask(client, make_record(licence=licence)).context["licence"]
    assert told["words"].endswith(".")
    assert bool(told["url"]) == licence.startswith("CC")


@pytest.mark.parametrize(
    ("access", "words"),
    [
        (Access.PUBLIC, "Puede leerlo todo el mundo."),
        (Access.REQUEST, "los archivos se entregan a pedido."),
        (Access.MEMBERS, "Lo leen solo"),
    ],
)
def test_who_reads_it_is_told_in_a_sentence(client, secretary, access, words):
    client.force_login(secretary)
    assert words in page(client, make_record(access=access))


def test_a_group_s_record_names_the_group(client, sitter, group):
    client.force_login(sitter.user)
    assert "Lo leen solo integrantes de «Mesa del agua»." in page(client, make_group_record(group))


def test_a_stranger_is_led_to_sign_in_for_files_on_request(client, db):
    record = make_record(access=Access.REQUEST)
    assert "?next=/es/" in ask(client, record).content.decode()


def test_facets_lead_back_into_the_library(client, db, group):
    record = make_record(countries=["PE"], lenses=["gender"], sectors=["asm"], strata=["small-formal"])
    record.groups.add(group)
    html = ask(client, record).content.decode()
    for query in ("country=PE", "lens=gender", "sector=asm", "stratum=small-formal", "group=mesa-del-agua"):
        assert f"?{query}" in html


def test_files_are_told_and_may_be_taken(client, db):
    record = make_record()
    make_file(record, pages=76)
    response = ask(client, record)
    assert "hoja.pdf" in text_of(response)
    assert url("publications:file_download", record.code, 1) in response.content.decode()


@pytest.mark.parametrize(("access", "told"), [(Access.PUBLIC, 1), (Access.REQUEST, 0)])
def test_machines_learn_of_pdfs_that_everybody_may_have(client, db, access, told):
    record = make_record(access=access)
    make_file(record)
    assert len(ask(client, record).context["pdfs"]) == told


def test_a_record_without_files_has_no_section_for_them(client, db):
    assert 'id="files"' not in ask(client, make_record()).content.decode()


def test_a_record_says_how_to_cite_it(client, db):
    record = make_record()
    assert url("publications:record_cite", record.code) in ask(client, record).content.decode()


def test_a_member_may_ask_for_files_on_request(client, miner):
    record = make_record(access=Access.REQUEST)
    client.force_login(miner.user)
    assert url("publications:access_ask", record.code) in ask(client, record).content.decode()


def test_who_keeps_a_record_is_led_to_its_form(client, editor):
    record = make_record()
    client.force_login(editor)
    assert url("publications:record_edit", record.code) in ask(client, record).content.decode()


@pytest.mark.parametrize(("agent", "counted"), [("Mozilla/5.0", 1), ("Googlebot/2.1", 0)])
def test_a_reader_counts_once_a_day(client, db, agent, counted):
    record = make_record()
    for _time in range(2):
        client.get(url("publications:record_detail", record.code), headers={"user-agent": agent})
    assert sum(DailyUse.objects.values_list("count", flat=True)) == counted


def test_an_embargo_names_the_day(client, db):
    record = make_record(state=RecordState.EMBARGOED, embargo_until=date(2030, 3, 1))
    assert "viernes 1 de marzo de 2030" in page(client, record)


def test_relations_are_told_both_ways(client, db):
    whole, part = make_record("El libro"), make_record("El capítulo")
    relate(part, "part-of", whole)
    assert "Contiene El capítulo" in page(client, whole)
    assert "Parte de El libro" in page(client, part)


def test_a_newer_edition_is_told_on_top(client, db):
    old, new = make_record("Vieja"), make_record("Nueva", issued="2025")
    relate(new, "edition-of", old)
    assert "Hay una edición más nueva: Nueva (2025)" in page(client, old)
    assert "Hay una edición" not in page(client, new)


def test_a_relation_to_what_one_may_not_read_is_not_told(client, db):
    record = make_record()
    relate(make_record("Acta reservada", access=Access.MEMBERS), "references", record)
    assert "Acta reservada" not in page(client, record)


def test_uses_come_from_the_apps_above(client, db, source):
    assert "Encuentros Se leyó en Cusco Gustó." in page(client, make_record())


def test_collections_it_stands_in_are_told(client, db):
    record = make_record()
    make_collection("sin-mercurio", record)
    make_collection("oculta", record, title_es="Oculta", published=False)
    names = [str(name) for _one, name in ask(client, record).context["collections"]]
    assert names == ["Sin mercurio"]


def test_a_practice_is_told_by_its_questions(client, db):
    record = make_record(kind="good-practice")
    tell(record, problem_es="Se perdía oro.", done_es="Se cambió la mesa.", contact_es="oficina@example.org")
    words = page(client, record)
    assert "Problema Se perdía oro." in words
    assert "A quién preguntar oficina@example.org" in words
    assert "Costos" not in words


def test_an_answer_in_another_language_is_marked(client, db):
    record = make_record(kind="good-practice")
    tell(record, problem_es="Se perdía oro.", problem_en="Gold was lost.", done_es="Se cambió la mesa.")
    answers = ask(client, record, "en").context["answers"]
    assert [(row["told"].text, row["foreign"]) for row in answers] == [("Gold was lost.", False), ("Se cambió la mesa.", True)]


def test_a_story_of_another_kind_of_record_is_not_told(client, db):
    record = make_record(kind="guide")
    tell(record, problem_es="Se perdía oro.")
    assert "Se perdía oro" not in page(client, record)


def test_a_withdrawn_record_leaves_a_tombstone(client, db):
    record = make_record("Manual antiguo", state=RecordState.WITHDRAWN, abstract_es="Lo que decía.")
    relate(make_record("Manual nuevo"), "replaces", record)
    response = ask(client, record)
    assert response.status_code == 410
    words = text_of(response)
    for told in ("Manual antiguo", "Retirado a pedido de su autora.", "En su lugar Manual nuevo"):
        assert told in words
    assert "Lo que decía" not in words


def test_a_withdrawn_successor_is_not_recommended(client, db):
    record = make_record(state=RecordState.WITHDRAWN)
    relate(make_record("También retirada", state=RecordState.WITHDRAWN), "replaces", record)
    assert ask(client, record).context["newer"] == []


def test_what_is_not_out_says_so_to_who_proposed_it(client, miner):
    client.force_login(miner.user)
    record = make_record(state=RecordState.DRAFT, proposed_by=miner.user)
    assert "Lo ven solo quien lo propuso y el equipo editorial: borrador." in page(client, record)


def test_editors_may_collect_what_is_out(client, editor, miner):
    record = make_record()
    link = url("publications:collect", record.code)
    assert link not in ask(client, record).content.decode()
    client.force_login(editor)
    assert link in ask(client, record).content.decode()


@pytest.mark.parametrize(("state", "hidden"), [(RecordState.PUBLISHED, False), (RecordState.EMBARGOED, True)])
def test_search_engines_read_what_is_published(client, db, state, hidden):
    assert ('content="noindex"' in ask(client, make_record(state=state)).content.decode()) is hidden


def _grow(record):
    for number in range(3):
        other = make_record(f"Otra {number}")
        relate(record, "references", other)
        make_author(record, family=f"F{number}", organisation=make_organisation(f"casa-{number}"))
        make_identifier(record, "url", f"https://example.org/{number}")
        make_file(record)
        make_collection(f"lista-{number}", record)
    record.countries = ["PE", "BO", "CO"]
    record.save()


def test_the_page_asks_little_and_always_the_same(client, db):
    record = make_record()
    make_file(record)
    flat(lambda: ask(client, record), lambda: _grow(record), ceiling=12)


def test_signed_in_it_asks_a_little_more(client, miner):
    record = make_record(access=Access.REQUEST)
    make_file(record)
    client.force_login(miner.user)
    flat(lambda: ask(client, record), lambda: _grow(record), ceiling=16)


@pytest.mark.parametrize("language", ["es", "en", "pt-br"])
def test_every_language_has_its_words(client, db, language):
    with override(language):
        assert ask(client, make_record(), language).status_code == 200


def test_one_line_cites_a_work(db):
    from publications.exports.describing import citation

    record = make_record(publisher="OCDE")
    make_author(record)
    rows = list(record.authors.all())
    assert citation(Record.objects.get(pk=record.pk), rows) == f"Rosa Quispe (2024). Oro sin mercurio. OCDE. {record.code}."
