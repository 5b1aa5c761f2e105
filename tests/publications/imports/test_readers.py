"""Lists of works as people have them, broken ones too."""

import json

import pytest
from django.utils import translation

from publications.readers.bibliography import LIMIT, ReadError, read_works
from publications.readers.bibliography.found import Found, divided_name, iso_date
from publications.readers.bibliography.latex import plain
from publications.readers.bibliography.reading import decoded, format_of
from publications.readers.bibliography.table import HEADINGS, headings, safe_cell, template


def one(text):
    (work,) = read_works(text).works
    assert not work.faults, work.faults
    return work


def bib(fields, kind="article"):
    return one(f"@{kind}{{key,\n{fields}\n}}")


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (r"{\'a}\'{e}\'\i \~n {\~{o}}", "áéíñ õ"),
        (r"S{\~a}o Jo\~{a}o", "São João"),
        (r"fa{\c c}on \c{c}a \v{s}", "façon ça š"),
        (r"M\'exico \& Per\'u, 50\%", "México & Perú, 50%"),
        (r"\textquestiondown qu\'e? 1--2", "¿qué? 1–2"),
        (r"\emph{gold} {M}ercury~free", "gold Mercury free"),
        (r"stra{\ss}e {\O}re \aa", "straße Øre å"),
        (r"a\_b \{x\} \textbackslash{}", "a_b {x} \\"),
        (r"\'", "'"),
        (r"``hi''", "“hi”"),
        ("ya en UTF-8: ñandú", "ya en UTF-8: ñandú"),
        (r"\"{u}ber \^o \`a \=o \.z \H{o} \u{g} \k{a} \r{a}", "über ô à ō ż ő ğ ą å"),
    ],
)
def test_latex_becomes_words(written, words):
    assert plain(written) == words


def test_an_article_is_read():
    work = bib(
        'author = {Quispe, Rosa and João Ribeiro}, title={Oro}, journal="Revista", year=2013, month=aug, number = {3}, pages = {1--9}'
    )
    assert work.authors == [
        {"role": "author", "family": "Quispe", "given": "Rosa"},
        {"role": "author", "family": "Ribeiro", "given": "João"},
    ]
    assert work.columns == {"container": "Revista", "issued": "2013-08", "issue": "3", "pages": "1–9"}
    assert work.kind == "article"


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("{Salud and Vida}", {"literal": "Salud and Vida"}),
        ("Ana de la Cruz", {"given": "Ana", "family": "de la Cruz"}),
        ("Perez, Jr, Ana", {"family": "Perez", "given": "Ana Jr"}),
        ("Rosa", {"literal": "Rosa"}),
        ("{Vida} {Verde}", {"given": "Vida", "family": "Verde"}),
        (r"Mu{\~n}oz, Jos{\'e}", {"family": "Muñoz", "given": "José"}),
    ],
)
def test_names_of_bibtex_are_divided(name, parts):
    assert bib(f"title = {{x}}, author = {{{name}}}").authors == [{"role": "author", **parts}]


def test_others_are_nobody():
    assert len(bib("title={x}, author={A, B and others}").authors) == 1


def test_strings_and_joined_values_are_put_together():
    text = '@string{rev = "Revista "}\n@comment{no}\n@article{k, title={x}, journal = rev # {de} # " minas"}'
    assert one(text).columns["container"] == "Revista de minas"


def test_an_entry_may_stand_in_parentheses():
    assert one("@book(k, title = {Oro})").title == "Oro"


def test_an_entry_may_have_no_fields():
    (work,) = read_works("@misc{k}\n").works
    assert work.title == ""


def test_a_subtitle_follows_its_title():
    assert bib("title={Oro}, subtitle={sin azogue}").title == "Oro: sin azogue"


BROKEN = [
    "@article{a,\n  title = {Sin cierre,\n  year = 2001\n\n@article{b, title={Buena}}",
    "@article{a,\n  title = {Con}} de más},\n year = 2001}\n@article{b, title={Buena}}",
    "@article{a\n  title = {Sin coma}\n}\n@article{b, title={Buena}}",
    '@article{a, title = "Sin comillas}\n@article{b, title={Buena}}',
    "@article{a, title = }\n@article{b, title={Buena}}",
    "@article{a, {x}}\n@article{b, title={Buena}}",
]


@pytest.mark.parametrize("text", BROKEN, ids=range(len(BROKEN)))
def test_a_broken_entry_is_told_and_the_next_is_read(text):
    broken, good = read_works(text).works
    assert broken.faults
    assert broken.line == 1
    assert good.title == "Buena"


def test_a_broken_entry_names_its_line():
    text = "\n\n@article{a, title={Buena}}\n\n@article{b,\n title = {Rota\n"
    assert [(work.line, bool(work.faults)) for work in read_works(text).works] == [(3, False), (5, True)]


def test_braces_without_end_take_no_time():
    (work,) = read_works("@article{a, title = " + "{" * 100_000).works
    assert work.faults


def test_identifiers_and_words_are_taken_from_bibtex():
    work = bib(r"title={x}, doi={10.1/x}, url={https://x.org/a\_b}, isbn={978-1}, keywords={mercury; oro}, language={spanish}")
    assert work.identifiers == [("doi", "10.1/x"), ("isbn", "978-1"), ("url", "https://x.org/a_b")]
    assert (work.themes, work.languages) == (["mercury", "oro"], ["spanish"])


@pytest.mark.parametrize(
    ("kind", "ours"), [("phdthesis", "thesis"), ("book", "guide"), ("online", "report"), ("InProceedings", "proceedings")]
)
def test_kinds_of_bibtex_become_ours(kind, ours):
    assert bib("title={x}", kind).kind == ours


RIS = (
    "TY  - JOUR\nAU  - Quispe, Rosa\nAU  - OCDE\nTI  - Oro\n  sin azogue\nPY  - 2013/08/12/\nSP  - 1\nEP  - 9\n"
    "JO  - Revista\nSN  - 2049-3630\nDO  - 10.1/x\nER  - \n"
)


def test_a_reference_of_ris_is_read():
    work = one(RIS)
    assert work.title == "Oro sin azogue"
    assert work.authors[1] == {"role": "author", "literal": "OCDE"}
    assert work.columns == {"issued": "2013-08-12", "pages": "1-9", "container": "Revista"}
    assert work.identifiers == [("issn", "2049-3630"), ("doi", "10.1/x")]


def test_a_reference_without_end_is_told():
    works = read_works("TY  - BOOK\nTI  - Uno\nTY  - BOOK\nTI  - Dos\nER  - \nTY  - BOOK\nTI  - Tres").works
    assert [(work.line, bool(work.faults)) for work in works] == [(1, True), (3, False), (6, True)]


def test_a_line_outside_of_any_reference_is_told():
    works = read_works(f"{RIS}perdida\n").works
    assert works[1].faults
    assert works[1].line == 13


CSL = {
    "type": "book",
    "title": "Oro",
    "author": [{"family": "Quispe", "given": "Rosa"}, {"literal": "OCDE"}],
    "issued": {"date-parts": [[2013, 8]]},
}
CROSSREF = {
    "status": "ok",
    "message": {
        "type": "journal-article",
        "title": ["Gold"],
        "subtitle": ["and mercury"],
        "container-title": ["Journal"],
        "abstract": "<jats:p>What it costs.</jats:p>",
        "author": [{"family": "Lee", "given": "Ann"}, {"name": "OECD"}],
        "issued": {"date-parts": [[2016, 4, 28]]},
        "DOI": "10.1787/x",
        "ISSN": ["2049-3630"],
        "license": [{"URL": "https://creativecommons.org/licenses/by-nc-sa/3.0/igo/"}],
        "event": {"name": "Forum", "location": "Lima"},
    },
}
DATACITE = {
    "data": {
        "attributes": {
            "doi": "10.5281/zenodo.1",
            "titles": [{"title": "Datos"}],
            "creators": [
                {"name": "Lee, Ann", "givenName": "Ann", "familyName": "Lee"},
                {"name": "Red, MPE", "nameType": "Organizational"},
                {"name": "Paz, Luz"},
            ],
            "publisher": {"name": "Zenodo"},
            "publicationYear": 2020,
            "types": {"resourceTypeGeneral": "Dataset"},
            "descriptions": [{"description": "Qué.", "descriptionType": "Abstract"}],
            "rightsList": [{"rightsUri": "https://creativecommons.org/publicdomain/zero/1.0/"}],
        }
    }
}


def test_csl_is_read():
    work = one(json.dumps(CSL))
    assert (work.kind, work.title, work.columns["issued"]) == ("guide", "Oro", "2013-08")
    assert work.authors[1] == {"role": "author", "literal": "OCDE"}


def test_crossref_is_read():
    work = one(json.dumps(CROSSREF))
    assert work.title == "Gold: and mercury"
    assert work.abstracts == {"": "What it costs."}
    assert work.columns == {"container": "Journal", "event_name": "Forum", "event_place": "Lima", "issued": "2016-04-28"}
    assert work.licence == "CC-BY-NC-SA-3.0-IGO"


def test_datacite_is_read():
    work = one(json.dumps(DATACITE))
    assert (work.kind, work.licence, work.columns) == ("dataset", "CC0-1.0", {"publisher": "Zenodo", "issued": "2020"})
    assert work.authors[1:] == [{"role": "author", "literal": "Red, MPE"}, {"role": "author", "family": "Paz", "given": "Luz"}]


def test_a_date_in_words_is_understood():
    assert one(json.dumps({"title": "x", "issued": {"raw": "2013-08-12"}})).columns["issued"] == "2013-08-12"


@pytest.mark.parametrize(
    "row", [7, None, "x", [[1]], {"title": "x", "author": 3}, {"titles": []}, {"title": "x", "issued": {"date-parts": [["x"]]}}]
)
def test_a_work_of_another_form_is_told_and_the_next_is_read(row):
    strange, good = read_works(json.dumps([row, CSL])).works
    assert strange.faults
    assert good.title == "Oro"


@pytest.mark.parametrize("text", ["{", "[1,", "{}garbage", "[" * 100_000, "[]", '{"message": []}'])
def test_json_that_is_none_is_refused(text):
    with pytest.raises(ReadError):
        read_works(text)


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("language", ["es", "en", "pt-br"])
def test_a_table_is_read_in_any_language(sign, language):
    known = dict(zip(HEADINGS, headings(language), strict=True))
    text = f"\ufeff{sign.join(known[c] for c in ('title_es', 'issued', 'doi'))}\r\nOro{sign}2013-08{sign}10.1/x\r\n"
    work = one(text)
    assert (work.titles, work.columns, work.identifiers) == ({"es": "Oro"}, {"issued": "2013-08"}, [("doi", "10.1/x")])


def test_cells_hold_lists_and_names():
    work = one('title_es,authors,countries,themes,url\nOro,"Quispe, Rosa; OCDE",pe;BO,"agua; x",https://a.org https://b.org\n')
    assert work.authors == [{"role": "author", "family": "Quispe", "given": "Rosa"}, {"role": "author", "literal": "OCDE"}]
    assert work.lists["countries"] == ["pe", "BO"]
    assert len(work.identifiers) == 2


def test_empty_rows_are_left_out_and_lines_are_counted():
    works = read_works('title_es,abstract_es\nUno,"dos\nlíneas"\n,\nTres,\n').works
    assert [work.line for work in works] == [2, 5]


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "solo palabras", 'title_es\n"sin cierre\n', "title_es\n" + "x" * 500_000 + "\n"])
def test_what_is_no_table_is_refused(text):
    with pytest.raises(ReadError):
        read_works(text)


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@x", "oro"])
def test_a_cell_is_no_formula_and_comes_back(words):
    assert not safe_cell(words).startswith(("=", "+", "-", "@"))
    assert one(f"title_es,publisher\nx,{safe_cell(words)}\n").columns["publisher"] == words


@pytest.mark.parametrize("language", ["es", "en", "pt-br"])
def test_the_template_can_be_read_back(language):
    with translation.override("en"):
        work = one(template(language))
    assert set(work.titles) == {"es", "en", "pt"}
    assert len(work.authors) == 3


@pytest.mark.parametrize(
    ("text", "format"),
    [("\ufeff [1]", "json"), ("TY  - BOOK", "ris"), ("% x\n@book{a,", "bibtex"), ("title,mail\nx,a@b.org", "csv")],
)
def test_a_format_is_known_by_its_beginning(text, format):
    assert format_of(text) == format


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_file_is_read_in_whatever_signs_it_was_saved(encoding):
    assert decoded("título;año".encode(encoding)) == "título;año"


def test_too_many_works_are_refused():
    with pytest.raises(ReadError, match="2000"):
        read_works("@misc{a, title={x}}\n" * (LIMIT + 1))


def test_nothing_is_refused():
    with pytest.raises(ReadError):
        read_works(" \n")


@pytest.mark.parametrize(
    ("words", "date"), [("12 Aug 2013", "2013"), ("2013/08/12", "2013-08-12"), ("2013-13", "2013"), ("2013-08-40", "2013-08"), ("x", "")]
)
def test_a_date_is_as_exact_as_its_words(words, date):
    assert iso_date(words) == date


def test_a_name_without_given_name_is_undivided():
    assert divided_name("OCDE,") == {"literal": "OCDE"}


def test_nobody_is_credited_without_a_name():
    work = Found(1)
    work.credit("author", literal="  ")
    assert work.authors == []
