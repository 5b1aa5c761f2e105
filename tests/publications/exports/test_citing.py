"""Citations against the styles' own examples (the facts of the manuals' own reference lists)."""

from datetime import date

import pytest

from publications.exports import marks
from publications.exports.citing import STYLES, citations, cite, edition_words, prepare
from publications.exports.csl import csl_item

DAY = date(2026, 11, 27)


def item(kind="report", **fields):
    fields = {name.replace("_", "-"): value for name, value in fields.items()}
    if year := fields.pop("on", None):
        fields["issued"] = {"date-parts": [list(year)]}
    return {"id": "x", "type": kind, **fields}


def people(*names):
    return [{"literal": name} if isinstance(name, str) else dict(zip(("family", "given"), name, strict=True)) for name in names]


# apastyle.apa.org/style-grammar-guidelines/references/examples
STORYBOOKS = item(
    "article-journal",
    author=people(("Grady", "Jenny S."), ("Her", "Mai"), ("Moreno", "Geena"), ("Perez", "Carmen"), ("Yelinek", "Joelle")),
    title="Emotions in storybooks: A comparison of storybooks that represent ethnic and racial groups in the United States",
    container_title="Psychology of Popular Media Culture",
    volume="8",
    issue="3",
    page="207-217",
    DOI="10.1037/ppm0000185",
    on=(2019,),
)
PREJUDICE = item(
    "book",
    author=people(("Jackson", "L. M.")),
    title="The psychology of prejudice: From attitudes to social action",
    edition="2",
    publisher="American Psychological Association",
    DOI="10.1037/0000168-000",
    on=(2019,),
)
TAKING_TIME = item(
    "report",
    author=people("National Cancer Institute"),
    title="Taking time: Support for people with cancer",
    number="NIH Publication No. 18-2059",
    publisher="U.S. Department of Health and Human Services, National Institutes of Health",
    URL="https://www.cancer.gov/publications/patient-education/takingtime.pdf",
    on=(2018,),
)
# ABNT NBR 6023:2018, 7.1 to 7.11
GOMES = item(
    "book",
    author=people(("Gomes", "L. G. F. F.")),
    title="Novela e sociedade no Brasil",
    publisher_place="Niterói",
    publisher="EdUFF",
    on=(1998,),
)
LUCK = item(
    "book",
    author=people(("Luck", "Heloisa")),
    title="Liderança em gestão escolar",
    edition="4",
    publisher_place="Petrópolis",
    publisher="Vozes",
    on=(2010,),
)
DOREA = item(
    "article-journal",
    author=people(("Doreá", "R. D."), ("Costa", "J. N."), ("Batita", "J. M.")),
    title="Reticuloperitonite traumática associada à esplenite e hepatite em bovino: relato de caso",
    container_title="Veterinária e Zootecnia",
    publisher_place="São Paulo",
    volume="18",
    issue="4",
    page="199-202",
    on=(2011,),
)
# ISO 690, 2010, annex of examples; ICMJE, Samples of formatted references
BORGMAN = item(
    "book",
    author=people(("Borgman", "Christine L.")),
    title="From Gutenberg to the global information infrastructure: access to information in the networked world",
    publisher_place="Cambridge (Mass.)",
    publisher="MIT Press",
    ISBN="0-262-52345-0",
    on=(2003,),
)
HALPERN = item(
    "article-journal",
    author=people(("Halpern", "S. D."), ("Ubel", "P. A."), ("Caplan", "A. L.")),
    title="Solid-organ transplantation in HIV-infected patients",
    container_title="N Engl J Med",
    volume="347",
    issue="4",
    page="284-287",
    on=(2002, 7, 25),
)
MURRAY = item(
    "book",
    author=people(("Murray", "P. R."), ("Rosenthal", "K. S."), ("Kobayashi", "G. S."), ("Pfaller", "M. A.")),
    title="Medical microbiology",
    edition="4",
    publisher_place="St. Louis",
    publisher="Mosby",
    on=(2002,),
)
EXAMPLES = [
    (
        "apa",
        "en",
        STORYBOOKS,
        "Grady, J. S., Her, M., Moreno, G., Perez, C., & Yelinek, J. (2019). Emotions in storybooks: A comparison of storybooks that "
        "represent ethnic and racial groups in the United States. Psychology of Popular Media Culture, 8(3), 207–217. "
        "https://doi.org/10.1037/ppm0000185",
    ),
    (
        "apa",
        "en",
        PREJUDICE,
        "Jackson, L. M. (2019). The psychology of prejudice: From attitudes to social action (2nd ed.). American Psychological "
        "Association. https://doi.org/10.1037/0000168-000",
    ),
    (
        "apa",
        "en",
        TAKING_TIME,
        "National Cancer Institute. (2018). Taking time: Support for people with cancer (NIH Publication No. 18-2059). U.S. Department of "
        "Health and Human Services, National Institutes of Health. https://www.cancer.gov/publications/patient-education/takingtime.pdf",
    ),
    ("abnt", "pt-br", GOMES, "GOMES, L. G. F. F. Novela e sociedade no Brasil. Niterói: EdUFF, 1998."),
    ("abnt", "pt-br", LUCK, "LUCK, Heloisa. Liderança em gestão escolar. 4. ed. Petrópolis: Vozes, 2010."),
    (
        "abnt",
        "pt-br",
        DOREA,
        "DOREÁ, R. D.; COSTA, J. N.; BATITA, J. M. Reticuloperitonite traumática associada à esplenite e hepatite em bovino: relato de "
        "caso. Veterinária e Zootecnia, São Paulo, v. 18, n. 4, p. 199-202, 2011.",
    ),
    (
        "iso690",
        "en",
        BORGMAN,
        "BORGMAN, Christine L., 2003. From Gutenberg to the global information infrastructure: access to information in the networked "
        "world. Cambridge (Mass.): MIT Press. ISBN 0-262-52345-0.",
    ),
    (
        "vancouver",
        "en",
        HALPERN,
        "Halpern SD, Ubel PA, Caplan AL. Solid-organ transplantation in HIV-infected patients. N Engl J Med. 2002 Jul 25;347(4):284-7.",
    ),
    (
        "vancouver",
        "en",
        MURRAY,
        "Murray PR, Rosenthal KS, Kobayashi GS, Pfaller MA. Medical microbiology. 4th ed. St. Louis: Mosby; 2002.",
    ),
]


@pytest.mark.parametrize(("style", "language", "work", "wanted"), EXAMPLES, ids=range(len(EXAMPLES)))
def test_the_manual_s_own_example_comes_out(style, language, work, wanted):
    assert cite(work, style, language, DAY).text == wanted


def test_a_thesis_names_its_university_within_brackets_in_apa():
    work = item("thesis", author=people(("Harris", "L.")), title="Practices", publisher="University of Virginia", on=(2014,))
    work["genre"] = "Doctoral dissertation"
    assert cite(work, "apa", "en").text == "Harris, L. (2014). Practices [Doctoral dissertation, University of Virginia]."


def test_a_thesis_says_its_year_twice_in_abnt():
    work = item(
        "thesis", author=people(("Aguiar", "André Andrade de")), title="Avaliação", publisher="Universidade de São Paulo", on=(2009,)
    )
    work |= {"publisher-place": "São Paulo", "genre": "Tese (Doutorado em Cardiologia)"}
    wanted = "AGUIAR, André Andrade de. Avaliação. 2009. Tese (Doutorado em Cardiologia) – Universidade de São Paulo, São Paulo, 2009."
    assert cite(work, "abnt", "pt-br").text == wanted


def test_editors_stand_where_there_is_no_author():
    work = item(
        "book", editor=people(("Hygum", "E."), ("Pedersen", "P. M.")), title="Early childhood education", publisher="Reitzel", on=(2010,)
    )
    assert cite(work, "apa", "en").text == "Hygum, E., & Pedersen, P. M. (Eds.). (2010). Early childhood education. Reitzel."
    assert cite(work, "vancouver", "en").text.startswith("Hygum E, Pedersen PM, editors. ")


def test_the_title_leads_where_nobody_is_named():
    work = item(title="¿Qué es el azogue?", publisher="Red MPE", on=(2024,))
    assert cite(work, "apa", "es").text == "¿Qué es el azogue? (2024). Red MPE."


def test_a_law_is_called_by_its_number_once():
    work = item("legislation", author=people("Brasil"), title="Lei nº 11.685, de 2 de junho de 2008", number="11.685", on=(2008, 6, 2))
    assert cite(work, "vancouver", "pt-br").text.count("11.685") == 1


def test_who_published_its_own_work_is_named_once_in_apa():
    work = item(author=people("OCDE"), title="Guía", publisher="OCDE", on=(2016,))
    assert cite(work, "apa", "es").text == "OCDE. (2016). Guía."


@pytest.mark.parametrize(
    ("language", "words"), [("es", "Acceso en: 27 nov. 2026"), ("en", "Accessed on: 27 Nov. 2026"), ("pt-br", "Acesso em: 27 nov. 2026")]
)
def test_the_day_of_reading_is_told_in_the_reader_s_language(language, words):
    assert words in cite(item(title="Hoja", URL="https://example.org/h", on=(2024,)), "abnt", language, DAY).text


def test_vancouver_stops_naming_after_six():
    work = item(author=people(*((f"N{n}", "A.") for n in range(8))), title="Muchas", on=(2020,))
    assert cite(work, "vancouver", "en").text.startswith("N0 A, N1 A, N2 A, N3 A, N4 A, N5 A, et al. Muchas")


def test_a_work_without_a_date_says_so():
    assert "(n.d.)" in cite(item(author=people("OCDE"), title="Guide"), "apa", "en").text
    assert "[s. d.]" in cite(item(author=people("OCDE"), title="Guia"), "abnt", "pt-br").text


def test_emphasis_comes_in_pieces():
    pieces = cite(GOMES, "abnt", "pt-br").pieces
    assert ("b", "Novela e sociedade no Brasil") in pieces
    assert "".join(words for _kind, words in pieces) == cite(GOMES, "abnt", "pt-br").text


def test_words_are_left_as_they_are():
    assert "<b>O&G</b>" in cite(item(title="<b>O&G</b>", on=(2020,)), "iso690", "es").text


def test_titles_keep_their_capitals_in_every_style(full):
    assert all("Oro sin mercurio: qué cuesta" in one.text for one in citations(csl_item(full), "en"))


def test_every_style_is_made(full):
    assert [one.style for one in citations(csl_item(full))] == list(STYLES)


@pytest.mark.parametrize(
    ("number", "words"), [("1", "1st ed."), ("2", "2nd ed."), ("3", "3rd ed."), ("11", "11th ed."), ("revisada", "revisada")]
)
def test_editions_are_counted_in_english(number, words):
    assert edition_words(number, "en") == words


def test_editions_are_counted_in_the_other_languages():
    assert [edition_words("2", language) for language in ("es", "pt-br", "abnt")] == ["2.ª ed.", "2ª ed.", "2. ed."]


def test_a_kind_that_is_no_text_is_named():
    given = item("motion_picture", title="Sin azogue") | {"custom": {"kind": "video"}}
    assert prepare(given, "apa", "en", DAY)["genre"] == "Video"


def test_other_emphasis_is_left_out():
    assert marks.bare(f"{marks.Italic('a')}{marks.SmallCaps('b')}") == "ab"
