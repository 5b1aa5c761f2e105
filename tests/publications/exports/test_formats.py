import json

import pytest
from lxml import etree

from publications.exports import xml
from publications.exports.bibtex import bibtex_entry, latex, write_bibtex
from publications.exports.csl import csl_item
from publications.exports.datacite import KERNEL, datacite, oai_datacite, write_datacite
from publications.exports.dublin import DC, addresses, dublin_core, rights, write_dublin
from publications.exports.formats import FORMATS, write_json_ld, write_text
from publications.exports.linked import json_ld, meta_tags
from publications.exports.ris import ris_entry, write_ris
from tests.factories.publications import make_author, make_record

LOCATION = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
BARE = {"id": "RED-1", "type": "report", "title": "Sola"}


def dc(element, name):
    return [child.text for child in element.findall(f"{{{DC}}}{name}")]


def kernel(element, path):
    return element.findall("/".join(f"{{{KERNEL}}}{part}" for part in path.split("/")))


@pytest.mark.parametrize(
    ("plain", "written"),
    [
        ("ñandú", r"{\~n}and{\'u}"),
        ("São João", r"S{\~a}o Jo{\~a}o"),
        ("garimpo, í", r"garimpo, {\'\i}"),
        ("façon", r"fa{\c c}on"),
        ("50 % & $3 #1 a_b", r"50 \% \& \$3 \#1 a\_b"),
        ("{x}\\y", r"\{x\}\textbackslash{}y"),
        ("¿qué?", r"{\textquestiondown}qu{\'e}?"),
        ("K'iche' ẽ", r"K'iche' {\~e}"),
        ("汞", "汞"),
    ],
)
def test_words_are_written_as_latex_reads_them(plain, written):
    assert latex(plain) == written


def test_an_article_of_bibtex_has_journal_and_number(full):
    entry = bibtex_entry(csl_item(full))
    assert entry.startswith(f"@article{{{full.code},")
    assert "journal = {Revista de Miner{\\'\\i}a}" in entry
    assert "number = {3}" in entry
    assert "author = {Quispe, Rosa and Mamani Ccopa, Eva Mar{\\'\\i}a}" in entry


def test_a_body_is_kept_whole_in_bibtex():
    assert "author = {{Salud and Vida}}" in bibtex_entry(BARE | {"author": [{"literal": "Salud and Vida"}]})


def test_the_word_and_in_a_name_does_not_divide_it():
    assert "author = {Perez {and} Co, Ana}" in bibtex_entry(BARE | {"author": [{"family": "Perez and Co", "given": "Ana"}]})


@pytest.mark.parametrize(("kind", "field"), [("thesis", "school"), ("report", "institution"), ("book", "publisher")])
def test_the_house_has_its_name_in_bibtex(kind, field):
    assert f"  {field} = {{UNI}}" in bibtex_entry(BARE | {"type": kind, "publisher": "UNI"})


def test_an_address_never_ends_its_field():
    assert "url = {https://example.org/%7Bx%7D}" in bibtex_entry(BARE | {"URL": "https://example.org/{x}"})


def test_every_entry_of_bibtex_is_balanced(full):
    text = write_bibtex([csl_item(full), BARE | {"title": "{{{ \\"}])
    assert text.replace("\\{", "").replace("\\}", "").count("{") == text.replace("\\{", "").replace("\\}", "").count("}")


def test_ris_begins_and_ends_each_reference(full):
    lines = write_ris([csl_item(full), BARE]).splitlines()
    assert [line for line in lines if line.startswith("TY")] == ["TY  - JOUR", "TY  - RPRT"]
    assert [line.strip() for line in lines].count("ER  -") == 2


def test_ris_divides_pages_and_dates(full):
    text = ris_entry(csl_item(full))
    assert "SP  - 207\r\nEP  - 217\r\n" in text
    assert "PY  - 2013\r\nDA  - 2013/08/12\r\n" in text


def test_no_line_of_ris_breaks_in_the_middle():
    assert "AB  - uno dos TY - tres\r\n" in ris_entry(BARE | {"abstract": "uno\r\ndos\nTY - tres"})


def test_a_body_in_ris_is_not_divided_at_its_comma():
    assert "AU  - Minas Gerais\r\n" in ris_entry(BARE | {"author": [{"literal": "Minas, Gerais"}]})


def test_csl_json_is_a_list(full):
    assert json.loads(FORMATS["csl"].write([csl_item(full)]))[0]["id"] == full.code


def test_dublin_core_says_the_title_of_the_work_first(full):
    made = dublin_core(csl_item(full))
    assert dc(made, "title") == ["Oro sin mercurio: qué cuesta", "Gold without mercury"]
    assert [title.get(xml.XML_LANG) for title in made.findall(f"{{{DC}}}title")] == ["es", "en"]


def test_dublin_core_tells_people_by_what_they_did(full):
    made = dublin_core(csl_item(full))
    assert dc(made, "creator") == ["Quispe, Rosa", "Mamani Ccopa, Eva María"]
    assert dc(made, "contributor") == ["Lee, Ann", "Cooperativa Oro Claro"]


def test_editors_create_what_has_no_author(db):
    record = make_record()
    make_author(record, role="editor")
    made = dublin_core(csl_item(record))
    assert dc(made, "creator") == ["Quispe, Rosa"]
    assert dc(made, "contributor") == []


def test_addresses_begin_with_our_own(full):
    assert addresses(csl_item(full))[0].endswith(f"/r/{full.code}")
    assert "https://doi.org/10.1787/9789264252479-en" in addresses(csl_item(full))


def test_rights_are_said_in_words_that_machines_know(db):
    record = make_record(access="request", licence="all-rights-reserved")
    assert rights(csl_item(record)) == ["info:eu-repo/semantics/restrictedAccess", "all-rights-reserved"]


def test_signs_that_xml_forbids_are_left_out():
    text = write_dublin([BARE | {"title": "a\x00\x0b\ufffe<&>b"}])
    assert etree.fromstring(text.encode()).find(f"{{{DC}}}title").text == "a<&>b"


@pytest.mark.parametrize("write", [write_dublin, write_datacite])
def test_many_records_make_one_document(write, full):
    assert len(etree.fromstring(write([csl_item(full), BARE]).encode())) == 2


def test_datacite_has_all_that_the_kernel_demands():
    made = datacite(BARE)
    for path in ("identifier", "creators/creator/creatorName", "titles/title", "publisher", "publicationYear", "resourceType"):
        assert kernel(made, path)[0].text, path


def test_datacite_says_one_version_everywhere():
    """That of the first kernel in which a presentation is a type."""
    made, envelope = datacite({**BARE, "type": "speech"}), oai_datacite(BARE)
    assert kernel(made, "resourceType")[0].get("resourceTypeGeneral") == "Presentation"
    assert made.get(LOCATION) == f"{KERNEL} https://schema.datacite.org/meta/kernel-4.7/metadata.xsd"
    assert [one.text for one in envelope if one.tag.endswith("schemaVersion")] == ["4.7"]


def test_datacite_names_the_doi_and_our_code_beside_it(full):
    made = datacite(csl_item(full))
    assert kernel(made, "identifier")[0].attrib == {"identifierType": "DOI"}
    assert full.code in [one.text for one in kernel(made, "alternateIdentifiers/alternateIdentifier")]


def test_datacite_tells_translated_titles_apart(full):
    titles = kernel(datacite(csl_item(full)), "titles/title")
    assert [title.get("titleType") for title in titles] == [None, "TranslatedTitle"]


def test_datacite_divides_people_and_bodies(full):
    made = datacite(csl_item(full))
    assert [one.get("nameType") for one in kernel(made, "creators/creator/creatorName")] == ["Personal", "Personal"]
    assert [one.get("contributorType") for one in kernel(made, "contributors/contributor")] == ["Other", "Translator"]


def test_datacite_tells_relations_by_their_address():
    made = datacite(BARE | {"custom": {"relations": [["replaces", "RED-00002"]]}})
    (one,) = kernel(made, "relatedIdentifiers/relatedIdentifier")
    assert one.get("relationType") == "Obsoletes"
    assert one.text.endswith("/r/RED-00002")


def test_the_envelope_holds_the_resource(full):
    made = oai_datacite(csl_item(full))
    assert made[-1][0].tag == f"{{{KERNEL}}}resource"


def test_schema_org_names_people_and_bodies(full):
    made = json_ld(csl_item(full) | {"editor": [{"literal": "Red MPE"}]})
    assert made["@type"] == "ScholarlyArticle"
    assert made["author"][0]["name"] == "Rosa Quispe"
    assert made["editor"] == [{"@type": "Organization", "name": "Red MPE"}]


def test_several_things_are_a_graph():
    assert len(json.loads(write_json_ld([BARE, BARE]))["@graph"]) == 2


def test_meta_tags_speak_to_scholars(full):
    tags = meta_tags(csl_item(full), ["https://example.org/oro.pdf"])
    assert ("citation_author", "Mamani Ccopa, Eva María") in tags
    assert ("citation_publication_date", "2013/08/12") in tags
    assert ("citation_journal_title", "Revista de Minería") in tags
    assert ("citation_pdf_url", "https://example.org/oro.pdf") in tags
    assert all(content for _name, content in tags)


def test_a_thesis_names_its_university_in_its_tags():
    assert ("citation_dissertation_institution", "UNI") in meta_tags(BARE | {"type": "thesis", "publisher": "UNI"})


def test_the_text_of_one_record_is_in_every_style(full):
    text = write_text([csl_item(full)])
    assert all(name in text for name in ("APA 7", "ABNT NBR 6023", "ISO 690", "Vancouver"))


def test_the_text_of_many_is_in_the_alphabet_s_order():
    text = write_text([BARE | {"title": "Zinc"}, BARE | {"title": "Azogue"}])
    assert text.index("Azogue") < text.index("Zinc")


@pytest.mark.parametrize("code", FORMATS)
def test_every_format_takes_a_record_that_says_hardly_anything(code):
    assert "Sola" in FORMATS[code].write([BARE])
