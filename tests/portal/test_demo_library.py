"""The demonstration's library as it is written: three languages, true identifiers, nothing that points nowhere."""

import csv
import re
from collections import Counter
from io import StringIO

import pypdfium2
import pytest
from django.utils import translation

from publications.enums import (
    DESCRIBED_ONLY,
    PRACTICES,
    Access,
    AuthorRole,
    Lens,
    Licence,
    RecordKind,
    RelationKind,
    Scheme,
    Sector,
    Stratum,
)
from publications.models import Practice, Record
from publications.models.records import ISSUED
from red_mpe.portal.demo import sheets
from red_mpe.portal.demo.reading import LANGUAGES, read, rows

RECORDS = rows("library/*.toml", "record")
KEYS = {row["key"]: row for row in RECORDS}
BODIES = {row["key"]: row.get("body", {}) for row in RECORDS}
COLLECTIONS = read("library/collections.toml")["collection"]
EVIDENCE = read("library/evidence.toml")["evidence"]
OWN = [row for row in RECORDS if row.get("files") or row.get("csv")]
IDENTIFIERS = [(row["key"], found["scheme"], found["value"]) for row in RECORDS for found in row.get("identifiers", [])]
SLUGS = {
    name: {row["slug"] for row in read(f"network/{plural}.toml")[name]}
    for name, plural in {"person": "people", "organisation": "organisations", "group": "groups"}.items()
}


def ids(row):
    return row["key"]


def every(name, **defaults):
    """Return every value of a list in the records."""
    return {value for row in RECORDS for value in row.get(name, [])}


def isbn_holds(value):
    digits = [10 if sign in "xX" else int(sign) for sign in value if sign.isalnum()]
    if len(digits) == 10:
        return sum(digit * weight for digit, weight in zip(digits, range(10, 0, -1), strict=True)) % 11 == 0
    return len(digits) == 13 and sum(digit * (1, 3)[place % 2] for place, digit in enumerate(digits)) % 10 == 0


def test_library_is_large_and_of_every_kind():
    assert len(RECORDS) >= 70
    assert {row["kind"] for row in RECORDS} == set(RecordKind.values)


def test_library_has_own_files_and_works_of_others():
    assert len(OWN) >= 30
    assert len(RECORDS) - len(OWN) >= 40


def test_keys_are_unique():
    assert [key for key, count in Counter(row["key"] for row in RECORDS).items() if count > 1] == []


def test_titles_are_unique_in_every_language():
    for language in LANGUAGES:
        assert max(Counter(row["title"][language] for row in RECORDS).values()) == (2 if language == "pt" else 1)


def test_abstracts_are_never_repeated():
    assert max(Counter(row["abstract"][language] for row in RECORDS for language in LANGUAGES).values()) == 1


@pytest.mark.parametrize("row", RECORDS, ids=ids)
def test_record_is_described(row):
    assert {"kind", "issued", "days_ago", "proposer", "authors", "licence", "themes"} <= set(row)
    assert min(len(row["abstract"][language]) for language in LANGUAGES) >= 60
    assert max(len(words) for words in row["title"].values()) <= Record._meta.get_field("title").max_length


@pytest.mark.parametrize("row", RECORDS, ids=ids)
def test_record_has_a_date_and_a_licence(row):
    assert re.match(ISSUED, row["issued"])
    assert row["licence"] in Licence.values
    assert row.get("access", "public") in Access.values


@pytest.mark.parametrize("row", RECORDS, ids=ids)
def test_record_leads_somewhere(row):
    told = row["kind"] in PRACTICES or row.get("files") or row.get("csv")
    assert told or row.get("identifiers") or row["licence"] in DESCRIBED_ONLY


@pytest.mark.parametrize("row", OWN, ids=ids)
def test_licence_allows_the_file(row):
    assert row["licence"] not in DESCRIBED_ONLY


@pytest.mark.parametrize("row", [row for row in OWN if "files" in row], ids=ids)
def test_own_text_is_there_in_three_languages(row):
    body = BODIES[row.get("body_of", row["key"])]
    sections = {len(re.findall("^## ", words, re.MULTILINE)) for words in body.values()}
    assert row["kind"] in PRACTICES or (set(body) == set(LANGUAGES) and len(sections) == 1)


@pytest.mark.parametrize("row", [row for row in RECORDS if row["kind"] in PRACTICES], ids=ids)
def test_practice_answers_every_question_in_three_languages(row):
    assert tuple(row["practice"]) == Practice.QUESTIONS
    assert all(answer[language].strip() for answer in row["practice"].values() for language in LANGUAGES)


def test_there_are_good_practices_and_lessons():
    kinds = Counter(row["kind"] for row in RECORDS)
    assert kinds["good-practice"] >= 4
    assert kinds["lesson-learned"] >= 4


def test_words_of_the_taxonomies_exist(db):
    from red_mpe.core.models import Theme

    assert every("themes") <= set(Theme.objects.values_list("code", flat=True))
    assert every("lenses") <= set(Lens.values)
    assert every("strata") <= set(Stratum.values)
    assert every("sectors") <= set(Sector.values)


def test_people_bodies_and_groups_exist():
    authors = [author for row in RECORDS for author in row["authors"]]
    assert {author["person"] for author in authors if "person" in author} | {row["proposer"] for row in RECORDS} <= SLUGS["person"]
    assert {author["organisation"] for author in authors if "organisation" in author} <= SLUGS["organisation"]
    assert every("groups") | {row["group"] for row in [*RECORDS, *COLLECTIONS] if "group" in row} <= SLUGS["group"]


def test_authors_have_one_name_and_a_known_role():
    for author in (author for row in RECORDS for author in row["authors"]):
        assert len({"person", "organisation", "literal", "family"} & set(author)) == 1
        assert author.get("role", "author") in AuthorRole.values


def test_relations_lead_to_records():
    relations = [(row["key"], found["kind"], found["to"]) for row in RECORDS for found in row.get("relations", [])]
    assert {kind for _key, kind, _to in relations} <= set(RelationKind.values)
    assert [found for found in relations if found[2] not in KEYS or found[2] == found[0]] == []
    assert len(relations) == len(set(relations))


def test_who_replaces_a_withdrawn_record_exists():
    assert {row["replaced_by"] for row in RECORDS if "replaced_by" in row} <= set(KEYS)


@pytest.mark.parametrize(("key", "scheme", "value"), IDENTIFIERS)
def test_identifier_is_well_formed(key, scheme, value):
    forms = {
        Scheme.DOI: lambda: re.fullmatch(r"10\.\d{4,9}/[-._;()/:A-Za-z0-9]+", value),
        Scheme.ISBN: lambda: isbn_holds(value),
        Scheme.OTHER: lambda: re.search(r"\d", value),
        Scheme.URL: lambda: re.fullmatch(r"https?://[^\s]+", value),
    }
    assert forms[scheme]()


def test_doi_and_isbn_belong_to_one_record_only():
    strong = Counter(value for _key, scheme, value in IDENTIFIERS if scheme in ("doi", "isbn"))
    assert len(strong) >= 18
    assert max(strong.values()) == 1


def test_collections_are_of_records_that_readers_find():
    assert len(COLLECTIONS) >= 5
    for collection in COLLECTIONS:
        keys = [item["record"] for item in collection["items"]]
        assert [key for key in keys if KEYS.get(key, {}).get("until", "published") != "published"] == []
        assert len(keys) == len(set(keys)) >= 5


def test_reading_list_of_a_group_is_for_the_group():
    [closed] = [row for row in COLLECTIONS if not row.get("open_to_all", True)]
    assert closed["group"] == KEYS["driving-group-minutes"]["group"]


def labels(folder):
    return {row["label"] for row in rows(f"{folder}/principle-*.toml", "clause")}


def test_evidence_names_clauses_and_records_that_exist():
    known = {"mpe-responsable": labels("framework"), "compra-responsable-de-oro": labels("gold")}
    assert [row for row in EVIDENCE if row["clause"] not in known[row["framework"]] or row["record"] not in KEYS] == []


def test_evidence_is_rich_and_said_once():
    links = [(row["framework"], row["clause"], row["record"]) for row in EVIDENCE]
    assert len(links) == len(set(links)) >= 25
    assert {row["framework"] for row in EVIDENCE} == {"mpe-responsable", "compra-responsable-de-oro"}


def test_records_stand_at_every_step_and_with_every_audience():
    assert {row.get("until", "published") for row in RECORDS} == {"proposed", "returned", "declined", "withdrawn", "published"}
    assert {row.get("access", "public") for row in RECORDS} == set(Access.values)
    assert [row["key"] for row in RECORDS if row.get("embargo_days")] == ["price-study-embargo"]


@pytest.mark.parametrize("row", [row for row in RECORDS if "csv" in row], ids=ids)
def test_dataset_is_a_table(row):
    table = list(csv.reader(StringIO(row["csv"].lstrip())))
    assert len({len(line) for line in table}) == 1
    assert len(table) >= 9


def test_shares_of_the_sectors_are_those_of_the_source():
    table = csv.DictReader(StringIO(KEYS["aid-sectors"]["csv"].lstrip()))
    assert sum(int(line["percent"]) for line in table) == 99


def test_slides_tell_the_figures_of_the_dataset():
    donors = {line["country"]: line["usd_million_2000"] for line in csv.DictReader(StringIO(KEYS["aid-donors"]["csv"].lstrip()))}
    assert all(donors[country] in BODIES["cooperation-map"]["en"] for country in ("JP", "US", "ES"))


def test_worked_example_of_the_price_adds_up():
    words = BODIES["fair-price"]["en"]
    assert f"{12.400 * 0.870:.3f} g" in words
    assert f"{10.788 * 100 * 0.96:,.2f}" in words


@pytest.mark.parametrize(
    ("name", "divided"),
    [
        ("Hannah Voss-Ritter", ("Hannah", "Voss-Ritter")),
        ("Emma Whitcombe Hale", ("Emma", "Whitcombe Hale")),
        ("Luz Dary Mosquera Caicedo", ("Luz Dary", "Mosquera Caicedo")),
        ("Dandara Conceição dos Anjos", ("Dandara", "Conceição dos Anjos")),
    ],
)
def test_names_are_divided_as_they_are_cited(name, divided):
    assert sheets.named(name) == divided


@pytest.mark.parametrize(("written", "said"), [("2022", "2022"), ("2024-03", "marzo de 2024"), ("2023-08-12", "12 de agosto de 2023")])
def test_dates_are_as_exact_as_known(written, said):
    with translation.override("es"):
        assert sheets.issued(written).lower() == said


@pytest.fixture(scope="module")
def printed():
    """Three files, set together: a factsheet, a practice and slides."""
    wanted = [("gravity-first", "es"), ("retorts-nobody-used", "pt"), ("cooperation-map", "en")]
    made = sheets.set_all([sheets.order(KEYS[key], language, BODIES) for key, language in wanted])
    return {key: pypdfium2.PdfDocument(content) for (key, _language), content in zip(wanted, made, strict=True)}


@pytest.mark.parametrize(
    ("key", "language", "pages"), [("gravity-first", "es", 1), ("retorts-nobody-used", "pt", 1), ("cooperation-map", "en", 9)]
)
def test_file_opens_with_title_and_pages(printed, key, language, pages):
    document = printed[key]
    assert document.get_metadata_value("Title") == KEYS[key]["title"][language]
    assert len(document) == pages
    assert document.is_tagged()


def test_file_says_what_the_record_says(printed):
    words = printed["gravity-first"][0].get_textpage().get_text_bounded()
    assert "Canaleta con alfombra" in words
    assert "Rodrigo Palafox Ixtle" in words


def test_practice_is_set_with_its_questions(printed):
    words = printed["retorts-nobody-used"][0].get_textpage().get_text_bounded()
    assert "O que não funcionou" in " ".join(words.split())


@pytest.mark.parametrize(("language", "code"), [("es", b"/Lang(es)"), ("pt", b"/Lang(pt-BR)")])
def test_file_says_its_language(language, code):
    [content] = sheets.set_all([sheets.order(KEYS["child-labour"], language, BODIES)])
    assert code in content


def test_fault_of_the_press_is_told():
    with pytest.raises(sheets.press.PressError):
        sheets.set_all([{"template": "publications/nothing", "data": {}, "title": "", "language": "es"}])
