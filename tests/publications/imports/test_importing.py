"""From a list to records: looked at, made once, all or none."""

import json
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publications.actions import imports
from publications.actions.imports import Fate, import_records, plan_import
from publications.actions.imports.terms import column_of, kind_of, languages_of, licence_of
from publications.enums import Licence, RecordKind
from publications.exports.csl import csl_item
from publications.exports.formats import FORMATS
from publications.models import Record
from publications.readers.bibliography import Found, read_works
from red_mpe.core.models import AuditEntry, Theme
from red_mpe.core.states import DomainError
from tests.factories.publications import make_identifier, make_record
from tests.support.queries import count_queries


def plan(text, **how):
    return plan_import(works=read_works(text).works, **how)


def row(text, **how):
    (only,) = plan(text, **how).rows
    return only


def work(title="Oro limpio en Puno", **more):
    return json.dumps([{"type": "book", "title": title, **more}])


def make(text, actor, once=None, **how):
    return import_records(plan=plan(text), actor=actor, once=once or uuid.uuid4(), **how)


def test_a_plan_writes_nothing(db):
    assert row(work()).fate == Fate.NEW
    assert not Record.objects.exists()


def test_a_record_is_made_as_the_list_says(editor):
    theme = Theme.objects.first()
    text = work(
        author=[{"family": "Quispe", "given": "Rosa"}],
        DOI="https://doi.org/10.1787/ABC",
        language="es",
        keyword=theme.code,
        issued={"date-parts": [[2013, 8]]},
    )
    (record,) = make(text, editor)
    assert (record.state, record.kind, record.title_es, record.issued, record.proposed_by) == (
        "draft",
        "guide",
        "Oro limpio en Puno",
        "2013-08",
        editor,
    )
    assert [str(author) for author in record.authors.all()] == ["Quispe, Rosa"]
    assert [(one.scheme, one.value) for one in record.identifiers.all()] == [("doi", "10.1787/abc")]
    assert list(record.themes.all()) == [theme]


def test_only_editors_import(miner):
    with pytest.raises(PermissionDenied):
        make(work(), miner.user)


def test_confirming_twice_makes_one_set(editor):
    once = uuid.uuid4()
    first = make(work(), editor, once)
    assert make(work("Otra"), editor, once) == first
    assert Record.objects.count() == 1


def test_what_lacks_nothing_is_accepted_and_the_rest_stays_a_draft(editor):
    whole = {"abstract": "Cómo.", "language": "es", "DOI": "10.1787/abc"}
    text = json.dumps([{"title": "Entera y verdadera", **whole}, {"title": "A medias nada más"}])
    assert [record.state for record in make(text, editor, accept=True)] == ["accepted", "draft"]


def test_an_import_is_written_down_once(editor):
    records = make(json.dumps([{"title": "Primera de ellas"}, {"title": "La otra distinta"}]), editor)
    entry = AuditEntry.objects.get(verb="publications.records_imported")
    assert entry.data["codes"] == [record.code for record in records]


def test_nothing_is_made_when_one_row_fails(editor):
    good = plan(json.dumps([{"title": "Primera de ellas"}, {"title": "La otra distinta"}]))
    good.rows[1].fields["identifiers"] = [("doi", "no doi")]
    with pytest.raises(DomainError):
        import_records(plan=good, actor=editor, once=uuid.uuid4())
    assert not Record.objects.exists()


@pytest.mark.parametrize("scheme", ["doi", "isbn", "url", "handle"])
def test_the_same_identifier_is_not_made_again(db, scheme):
    value = {"doi": "10.1787/abc", "isbn": "9789264252479", "url": "https://example.org/a", "handle": "10986/1"}[scheme]
    there = make_record("Muy distinto de aquello", state="draft")
    make_identifier(there, scheme, value)
    name = {"doi": "DOI", "isbn": "ISBN", "url": "URL", "handle": "URL"}[scheme]
    found = row(work(**{name: f"https://hdl.handle.net/{value}" if scheme == "handle" else value}))
    assert (found.fate, found.same, found.near) == (Fate.TWICE, there.code, False)


def test_an_issn_names_a_journal_and_no_work(db):
    make_identifier(make_record("Muy distinto"), "issn", "2049-3630")
    assert row(work(ISSN="2049-3630")).fate == Fate.NEW


def test_a_title_much_like_one_that_is_here_is_held_for_it(db):
    there = make_record("Oro limpio en Puno.")
    found = row(work("ORO LÍMPIO en Puno"))
    assert (found.fate, found.same, found.near) == (Fate.TWICE, there.code, True)
    assert row(work("ORO LÍMPIO en Puno"), near_too=True).fate == Fate.NEW


def test_other_titles_are_other_works(db):
    make_record("Oro limpio en Puno")
    assert row(work("Agua limpia para Madre de Dios")).fate == Fate.NEW


def test_the_second_of_a_list_is_the_same_as_the_first(db):
    first, second = plan(json.dumps([{"title": "Uno", "DOI": "10.1787/a"}, {"title": "Dos", "DOI": "10.1787/A"}])).rows
    assert (first.fate, second.fate) == (Fate.NEW, Fate.TWICE)
    assert "1" in second.reasons[0]


def test_the_parts_of_a_series_are_made_when_asked_for(db):
    text = json.dumps([{"title": "Serie"}, {"title": "serie"}])
    assert [one.fate for one in plan(text).rows] == [Fate.NEW, Fate.TWICE]
    assert [one.fate for one in plan(text, near_too=True).rows] == [Fate.NEW, Fate.NEW]


WRONG = [
    "title_es,kind\nOro,poema\n",
    "title_es,licence\nOro,quizás\n",
    "title_es,issued\nOro,ayer\n",
    "title_es,doi\nOro,no-doi\n",
    "title_es,isbn\nOro,9789264252470\n",
    "title_es,countries\nOro,Perú\n",
    "title_es,volume\nOro," + "9" * 40 + "\n",
    "title_es,kind\n,report\n",
    f"title_es,kind\n{'x' * 301},report\n",
    f"title_es,authors\nOro,{'x' * 260}\n",
    '[{"title": "x", "custom": {"authors": [{"role": "cook", "literal": "x"}]}}]',
    '[{"title": "x", "custom": {"identifiers": [["ark", "1"]]}}]',
    "@article{a, title={x}\n",
]


@pytest.mark.parametrize("text", WRONG, ids=range(len(WRONG)))
def test_what_cannot_be_a_record_says_why(db, text):
    found = row(text)
    assert found.fate == Fate.WRONG
    assert found.reasons


def test_a_wrong_row_takes_no_other_with_it(editor):
    text = "title_es,doi\nBuena de verdad,\nMala por completo,x\n"
    assert [record.title_es for record in make(text, editor)] == ["Buena de verdad"]


def test_our_own_address_is_no_identifier(db, settings):
    settings.BASE_URL = "https://red.example.org"
    assert row(work(URL="https://red.example.org/r/RED-00001")).fields["identifiers"] == []


def test_a_title_goes_into_the_column_of_its_language(db):
    assert "title_pt" in row(work(language="por")).fields
    assert "title_en" in row(work(), column="en").fields


@pytest.mark.parametrize(("words", "kind"), [("informe", "report"), ("Relatório", "report"), ("law", "law"), ("poema", "")])
def test_kinds_are_known_in_any_language(words, kind):
    assert kind_of(words) == kind


def test_licences_are_known_by_code_and_by_name():
    assert licence_of("cc by 4.0") == licence_of("CC-BY-4.0") == Licence.CC_BY


def test_languages_are_known_however_they_are_called():
    assert languages_of(["Spanish", "eng", "pt-PT", "pt", "Klingon", "qu"]) == ["es", "en", "pt-br", "qu"]


def test_a_language_without_a_column_says_nothing_of_the_title():
    assert column_of(["qu"], "en") == "en"


def test_a_row_is_told_in_few_words():
    found = imports.Planned(Found(1, authors=[{"role": "author", "family": f"N{n}"} for n in range(5)]), fields={"kind": "law"})
    assert found.authors == "N0, N1, N2 …"
    assert found.kind


def test_another_plan_has_another_fingerprint(db):
    assert plan(work()).fingerprint == plan(work()).fingerprint
    assert plan(work()).fingerprint != plan(work("Otra cosa")).fingerprint


def test_a_plan_asks_the_database_equally_often_however_long(db):
    few, many = (json.dumps([{"title": f"Obra {n * 7919}", "DOI": f"10.1787/{n}"} for n in range(size)]) for size in (2, 60))
    assert len(count_queries(lambda: plan(many))) == len(count_queries(lambda: plan(few))) <= 8


# --- what goes out comes back -----------------------------------------------------------------------------------------
LETTERS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"), max_codepoint=0x24F), min_size=1, max_size=30)
LINES = LETTERS.map(lambda words: " ".join(words.split())).filter(lambda words: any(sign.isalnum() for sign in words))
NAMES = st.from_regex(r"[A-ZÁÉÍÓÚÑÇÃÕ][a-záéíóúñçãõü]{1,9}", fullmatch=True)
KINDS = {
    "bibtex": ["guide", "article", "thesis", "report", "proceedings", "law", "video"],
    "ris": ["guide", "article", "law", "dataset", "lesson-learned"],
    "csl": list(RecordKind.values),
}


@pytest.mark.parametrize("format", ["bibtex", "ris", "csl"])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_goes_out_comes_back_equal(db, format, data):
    draw = data.draw
    record = Record(
        code="RED-00001", kind=draw(st.sampled_from(KINDS[format])), title_es=draw(LINES), languages=["es"], licence="CC-BY-4.0"
    )
    record.publisher, record.place, record.volume = draw(LINES), draw(NAMES), str(draw(st.integers(1, 99)))
    record.issued = draw(st.sampled_from(["2013", "2013-08", "2013-08-12"]))
    item = csl_item_without_rows(record, draw(st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=3)))
    (back,) = plan(FORMATS[format].write([item])).rows
    assert back.fate == Fate.NEW, (back.reasons, FORMATS[format].write([item]))
    told = {name: back.fields.get(name) for name in ("kind", "title_es", "publisher", "place", "volume", "issued", "licence", "languages")}
    assert told == {name: getattr(record, name) for name in told}
    assert [(who["family"], who["given"]) for who in back.fields["authors"]] == [(who["family"], who["given"]) for who in item["author"]]


def csl_item_without_rows(record, people):
    """An item of a record that was never saved, with `people` as its authors."""
    item = {"id": record.code, "type": csl_type(record.kind), "title": record.title_es, "language": "es"}
    item |= {"publisher": record.publisher, "publisher-place": record.place, "volume": record.volume}
    item["issued"] = {"date-parts": [[int(part) for part in record.issued.split("-")]]}
    item["author"] = [{"family": family, "given": given} for family, given in people]
    item["custom"] = {"kind": record.kind, "licence": record.licence, "languages": ["es"], "titles": {"es": record.title_es}}
    return item


def csl_type(kind):
    from publications.exports.csl import TYPES

    return TYPES.get(kind, "report")


def test_our_own_export_comes_back_whole(editor, db):
    record = make_record("Oro sin azogue", title_en="Gold without mercury", kind="lesson-learned", countries=["PE"], lenses=["gender"])
    make_identifier(record, "isbn", "9789264252479")
    text = FORMATS["csl"].write([csl_item(record)])
    record.identifiers.all().delete()
    Record.objects.filter(pk=record.pk).update(title_es="Muy otra cosa", title_en="")
    (back,) = make(text, editor)
    for name in ("kind", "languages", "licence", "countries", "lenses", "issued", "abstract_es"):
        assert getattr(back, name) == getattr(record, name), name
    assert (back.title_es, back.title_en) == ("Oro sin azogue", "Gold without mercury")
    assert back.identifiers.get().value == "9789264252479"
