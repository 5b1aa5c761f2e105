"""Rules of Word's numbering that LibreOffice does not follow, and damaged lists."""

import pytest

from standards.readers.docx import read_blocks

NUMBERED = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
CUSTOM = (
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent><mc:Choice><w:numFmt w:val="custom" w:format="{}"/></mc:Choice>'
    '<mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1"/></w:lvl>'
)


@pytest.fixture
def printed(word):
    """Return the printed numbers of paragraphs on the given levels of one list."""

    def read(ilvls, *levels, more=""):
        body = "".join(word.p("x", numbers=(1, ilvl)) for ilvl in ilvls)
        return [
            block.number and block.number.printed for block in read_blocks(word.package(body, numbers=word.numbering(*levels, more=more)))
        ]

    return read


def test_level_that_never_restarts_goes_on(word, printed):
    levels = word.level(0, "decimal", "%1"), word.level(1, "decimal", "Artículo %2", '<w:lvlRestart w:val="0"/>')
    assert printed([0, 1, 1, 0, 1], *levels) == ["1", "Artículo 1", "Artículo 2", "2", "Artículo 3"]


def test_level_may_restart_after_a_higher_one_only(word, printed):
    levels = word.level(0, "decimal", "%1"), word.level(1, "decimal", "%2"), word.level(2, "lowerLetter", "%3", '<w:lvlRestart w:val="1"/>')
    assert printed([0, 1, 2, 1, 2, 0, 2], *levels) == ["1", "1", "a", "2", "b", "2", "a"]


def test_legal_level_writes_the_levels_above_in_decimals(word, printed):
    levels = word.level(0, "upperRoman", "%1"), word.level(1, "decimal", "%1.%2", "<w:isLgl/>")
    assert printed([0, 0, 1], *levels) == ["I", "II", "2.1"]


def test_start_override_holds_at_later_restarts_too(word, printed):
    levels = word.level(0, "decimal", "%1"), word.level(1, "decimal", "%1.%2")
    more = '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="5"/></w:lvlOverride>'
    assert printed([0, 1, 1, 0, 1], *levels, more=more) == ["1", "1.5", "1.6", "2", "2.5"]


def test_override_may_replace_a_whole_level(word, printed):
    more = f'<w:lvlOverride w:ilvl="0">{word.level(0, "upperRoman", "§ %1")}</w:lvlOverride>'
    assert printed([0, 0], word.level(0, "decimal", "%1"), more=more) == ["§ I", "§ II"]


@pytest.mark.parametrize(("form", "number"), [("001, 002, 003, ...", "001"), ("а, б, в", "1")])
def test_pattern_of_zeros_is_read_and_others_fall_back(printed, form, number):
    assert printed([0], CUSTOM.format(form)) == [number]


def test_unknown_format_is_decimal_and_reported_once(word, codes):
    body = word.p("Texto", "Heading1", (1, 0)) + word.p("Texto", "Heading1", (1, 0))
    outline = word.read(body, numbers=word.numbering(word.level(0, "thaiLetters", "%1")))
    assert (codes(outline), [entry.label for entry in outline.entries]) == (["number_format"], ["1", "2"])


def test_spoken_number_is_printed_in_words_and_labelled_in_decimals(word):
    outline = word.read(word.p("Objeto", "Heading1", (1, 0)), numbers=word.numbering(word.level(0, "ordinalText", "Artículo %1.")))
    assert (outline.entries[0].number, outline.entries[0].label) == ("Artículo Primero.", "1")


def test_place_below_the_own_level_is_empty(word, printed):
    assert printed([0], word.level(0, "decimal", "%1.%2.")) == ["1."]


def test_level_that_is_not_defined_has_no_number(word, printed):
    assert printed([4, 40, -1], word.level(0, "decimal", "%1")) == [None, None, "2"]


def test_level_without_start_counts_from_zero(printed):
    assert printed([0, 0], '<w:lvl w:ilvl="0"><w:lvlText w:val="%1"/></w:lvl>') == ["0", "1"]


def test_list_that_is_not_defined_is_reported(word, codes):
    assert "numbering_missing" in codes(word.read(word.p("Texto", numbers=(9, 0))))


def test_numbers_survive_without_a_numbering_part(word, codes):
    assert "numbering_missing" in codes(word.read(word.p("Texto", numbers=(1, 0)), parts={"word/numbering.xml": None}))


def test_circle_of_styles_ends(word, labels):
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{one}"><w:name w:val="{one}"/><w:basedOn w:val="{two}"/></w:style>'
        for one, two in ("AB", "BA")
    )
    assert labels(word.read(word.p("1.1 Texto", "A"), styles=styles)) == ["1.1"]


def test_default_paragraph_style_counts_too(word):
    styles = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-US"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/>' + NUMBERED
    )
    blocks = read_blocks(word.package(word.p("x"), styles=styles, numbers=word.numbering(word.level(0, "cardinalText", "%1"))))
    assert blocks[0].number.printed == "One"


def test_list_style_of_the_word_processor_counts_items_not_clauses(word, labels):
    styles = word.headings + '<w:style w:type="paragraph" w:styleId="L"><w:name w:val="List Number"/>' + NUMBERED
    outline = word.read(
        word.p("1 Título", "Heading1") + word.p("uno", "L") + word.p("dos", "L"),
        styles=styles,
        numbers=word.numbering(word.level(0, "decimal", "%1.")),
    )
    assert (labels(outline), outline.entries[0].text) == (["1"], "1. uno\n2. dos")


def test_nested_items_keep_their_letters(word):
    numbers = word.numbering(word.level(0, "decimal", "%1)"), word.level(1, "lowerLetter", "%2)"), word.level(2, "bullet", "•"))
    body = word.p("1.1 Título", "Heading1") + "".join(
        word.p(text, numbers=(1, ilvl)) for text, ilvl in (("uno", 0), ("dos", 1), ("tres", 2), ("cuatro", 0))
    )
    assert word.read(body, numbers=numbers).entries[0].text == "1) uno\n   - a) dos\n     - tres\n2) cuatro"


def test_empty_number_is_counted_and_reported(word, codes, labels):
    numbers = word.numbering(word.level(0, "decimal", "%1."))
    body = "".join(word.p(text, "Heading1", (1, 0)) for text in ("Uno", "", "Tres"))
    outline = word.read(body, numbers=numbers)
    assert (labels(outline), codes(outline)) == (["1", "3"], ["empty_entry"])
