import pytest

from standards.readers import ReaderError
from standards.readers.docx import PARAGRAPH_LIMIT, read_blocks

FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
CODE = "<w:r><w:instrText>{}</w:instrText></w:r>"
CHOICE = "<mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>"


def field(code, result):
    return FIELD.format("begin") + CODE.format(code) + FIELD.format("separate") + result + FIELD.format("end")


@pytest.fixture
def text_of(word):
    """Read the inside of one paragraph under the clause 1.1 and return its Markdown and the problems."""

    def read(inner, **parts):
        outline = word.read(word.p("1.1 Título", "Heading1") + word.p(inner=inner), **parts)
        return outline.entries[0].text, [problem.code for problem in outline.problems if problem.code != "missing_parent"]

    return read


def test_bold_and_italic_come_from_run_and_character_style(word, text_of):
    styles = word.headings + '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>'
    inner = (
        word.r("uno ", '<w:rStyle w:val="Strong"/>')
        + word.r("dos ", "<w:i/>")
        + word.r("tres", '<w:rStyle w:val="Strong"/><w:b w:val="0"/>')
    )
    assert text_of(inner, styles=styles)[0] == "**uno** *dos* tres"


def test_breaks_tabs_and_hyphens_are_characters(text_of):
    signs = ("<w:br/>", "<w:tab/>", "<w:noBreakHyphen/>", '<w:br w:type="page"/>', "<w:cr/>", "")
    inner = "<w:r>" + "".join(f"<w:t>{letter}</w:t>{sign}" for letter, sign in zip("abcdef", signs, strict=True)) + "</w:r>"
    assert text_of(inner)[0] == "a\\\nb c\u2011d e\\\nf"


def test_wrappers_are_read_through(word, text_of):
    inner = f"<w:smartTag>{word.r('uno ')}</w:smartTag><w:sdt><w:sdtContent>{word.r('dos ')}</w:sdtContent></w:sdt>" + CHOICE.format(
        word.r("tres"), word.r("3")
    )
    assert text_of(inner)[0] == "uno dos tres"


def test_tracked_changes_are_read_as_accepted_and_reported_once(word, text_of):
    inner = (
        f"<w:ins>{word.r('nuevo')}</w:ins><w:del><w:r><w:delText>viejo</w:delText></w:r></w:del><w:moveFrom>{word.r('ido')}</w:moveFrom>"
    )
    assert text_of(inner) == ("nuevo", ["tracked_changes"])


def test_paragraph_whose_end_was_deleted_joins_the_next(word):
    deleted = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{word.r('uno ')}</w:p>"
    blocks = read_blocks(word.package(deleted + word.p("dos")))
    assert [(block.text, block.line) for block in blocks] == [("uno dos", 2)]


def test_deleted_table_row_is_left_out(word):
    gone = f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{word.p('c')}</w:tc></w:tr></w:tbl>"
    rows = word.table([word.p("a"), word.p("b")]).replace("</w:tbl>", gone)
    assert read_blocks(word.package(rows))[0].text == "| a | b |\n| --- | --- |"


def test_link_to_the_web_is_kept(word, text_of):
    inner = f'<w:hyperlink r:id="x">{word.r("la ley")}</w:hyperlink>'
    assert text_of(inner, relations=word.relation("x", "hyperlink", "https://example.org/ley"))[0] == "[la ley](https://example.org/ley)"


def test_link_of_another_kind_loses_its_address_and_is_reported(word, text_of):
    inner = f'<w:hyperlink r:id="x">{word.r("pulse")}</w:hyperlink>'
    assert text_of(inner, relations=word.relation("x", "hyperlink", "javascript:alert(1)")) == ("pulse", ["link_dropped"])


def test_link_inside_the_document_is_plain_text(word, text_of):
    assert text_of(f'<w:hyperlink w:anchor="a">{word.r("véase")}</w:hyperlink>') == ("véase", [])


def test_field_shows_its_result_and_links(word, text_of):
    inner = field(' HYPERLINK "https://example.org/a" ', word.r("aquí")) + word.r(" y ") + field(" REF x ", word.r("2.1"))
    assert text_of(inner)[0] == "[aquí](https://example.org/a) y 2.1"


def test_simple_field_shows_its_result_unless_it_is_an_index(word, text_of):
    inner = f'<w:fldSimple w:instr=" DATE ">{word.r("hoy")}</w:fldSimple><w:fldSimple w:instr="TOC">{word.r("índice")}</w:fldSimple>'
    assert text_of(inner)[0] == "hoy"


def test_table_of_contents_is_skipped_in_each_of_its_forms(word, labels):
    styles = word.headings + '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    control = f"<w:sdt>{gallery}<w:sdtContent>{word.p('9.1 A')}</w:sdtContent></w:sdt>"
    start = word.p(inner=FIELD.format("begin") + CODE.format("TOC \\o") + FIELD.format("separate") + word.r("9.2 B"))
    body = control + word.p("9.4 D", "TOC1") + start + word.p("9.3 C") + word.p(inner=FIELD.format("end")) + word.p("1 Título", "Heading1")
    assert labels(word.read(body, styles=styles)) == ["1"]


def test_table_of_contents_never_closed_ends_at_a_heading(word, labels):
    start = word.p(inner=FIELD.format("begin") + CODE.format("TOC \\o") + FIELD.format("separate") + word.r("9.2 B"))
    assert labels(word.read(start + word.p("1 Título", "Heading1") + word.p("1.1 Texto"))) == ["1", "1.1"]


def test_stray_field_marks_do_no_harm(word, text_of):
    assert text_of(FIELD.format("end") + FIELD.format("separate") + CODE.format("TOC") + word.r("texto"))[0] == "texto"


def test_ordinary_control_is_read(word, labels):
    control = f"<w:sdt><w:sdtContent>{word.p('1.1 Texto')}</w:sdtContent></w:sdt><w:customXml>{word.p('1.2 Texto')}</w:customXml><w:sdt/>"
    assert labels(word.read(control)) == ["1.1", "1.2"]


def test_alternative_content_in_the_body_is_read_once(word, labels):
    assert labels(word.read(CHOICE.format(word.p("1.1 Texto"), word.p("1.2 Texto")))) == ["1.1"]


def test_fallback_is_read_where_there_is_no_choice(word, text_of):
    assert text_of(f"<mc:AlternateContent><mc:Fallback>{word.r('texto')}</mc:Fallback></mc:AlternateContent>")[0] == "texto"


def test_image_is_dropped_and_reported_with_its_description(word):
    outline = word.read(word.p("1.1 Texto") + word.p(inner='<w:r><w:drawing><wp:docPr descr="Un mapa"/></w:drawing></w:r>'))
    assert [(problem.code, problem.line, problem.excerpt) for problem in outline.problems if problem.line == 2] == [
        ("image_dropped", 2, "Un mapa")
    ]


def test_text_box_is_read_once_after_its_paragraph(word, codes):
    inner_box = f"<w:r><w:pict><w:txbxContent>{word.p('dentro')}</w:txbxContent></w:pict></w:r>"
    box = f"<w:drawing><w:txbxContent>{word.p('caja')}{word.p(inner=inner_box)}</w:txbxContent></w:drawing>"
    outline = word.read(word.p("1.1 Texto", inner=word.r("1.1 Texto") + f"<w:r>{CHOICE.format(box, '<w:pict/>')}</w:r>") + word.p("fin"))
    assert outline.entries[0].heading + " " + outline.entries[0].text == "Texto caja\n\ndentro\n\nfin"
    assert codes(outline).count("text_box") == 2


def test_formula_is_read_as_characters(text_of):
    assert text_of("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>") == ("x=1", ["formula"])


def test_symbol_is_kept_unless_its_font_is_private(text_of):
    inner = '<w:r><w:sym w:char="00B0"/><w:t> C</w:t><w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:char="zz"/></w:r>'
    assert text_of(inner) == ("° C", ["symbol_dropped", "symbol_dropped"])


def test_hidden_text_is_left_out_and_reported_once(word, text_of):
    assert text_of(word.r("a") + word.r("b", "<w:vanish/>") + word.r("c", "<w:vanish/>")) == ("a", ["hidden_text"])


def test_control_characters_are_reported_at_their_paragraph(word):
    outline = word.read(word.p("1.1 Texto") + word.p("abc\u202edef"))
    assert [(problem.code, problem.line) for problem in outline.problems] == [("missing_parent", 1), ("control_characters", 2)]


def test_footnotes_and_endnotes_follow_their_clause(word, text_of):
    notes = '<w:{0}s {1}><w:{0} w:type="separator" w:id="0"/><w:{0} w:id="1">{2}{2}</w:{0}></w:{0}s>'
    parts = {f"word/{kind}s.xml": notes.format(kind, word.names, word.p(f"la {kind}")) for kind in ("footnote", "endnote")}
    relations = "".join(word.relation(kind, kind, f"{kind}.xml", external=False) for kind in ("footnotes", "endnotes"))
    inner = (
        word.r("texto")
        + '<w:r><w:footnoteReference w:id="1"/></w:r><w:r><w:endnoteReference w:id="1"/></w:r><w:r><w:endnoteReference w:id="7"/></w:r>'
    )
    text, _ = text_of(inner, relations=relations, parts=parts)
    assert text == "texto[^1][^2][^3]\n\n[^1]: la footnote la footnote\n\n[^2]: la endnote la endnote\n\n[^3]: "


def test_footnote_of_a_heading_stands_under_it(word):
    inner = word.r("1 Título") + '<w:r><w:footnoteReference w:id="1"/></w:r>'
    outline = word.read(word.p(style="Heading1", inner=inner) + word.p("1.1 Texto"))
    assert (outline.entries[0].heading, outline.entries[0].text) == ("Título", "[^1]\n\n[^1]: ")


def test_embedded_document_and_external_content_are_reported(word, codes):
    outline = word.read(
        word.p("1 Título", "Heading1") + '<w:altChunk r:id="z"/>', relations=word.relation("i", "image", "https://example.org/a.png")
    )
    assert codes(outline) == ["external_content", "embedded_document"]


def test_macros_are_ignored_and_said(word, codes):
    assert codes(word.read(word.p("1 Título", "Heading1"), parts={"word/vbaProject.bin": b"x"})) == ["macros_ignored"]


def test_outline_rank_of_a_paragraph_makes_a_heading(word):
    body = '<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>1 Título</w:t></w:r></w:p>' + word.p("Texto")
    assert word.read(body).entries[0].heading == "Título"


def test_outline_rank_of_body_text_makes_none(word, codes):
    body = '<w:p><w:pPr><w:pStyle w:val="Heading1"/><w:outlineLvl w:val="9"/></w:pPr><w:r><w:t>Texto</w:t></w:r></w:p>'
    assert codes(word.read(body)) == ["no_entries"]


def test_document_without_clauses_keeps_its_text_and_says_so(word):
    outline = word.read(word.p("Solo texto.") + word.p("Y más."))
    assert (outline.entries, outline.preface, [problem.code for problem in outline.problems]) == (
        [],
        "Solo texto.\n\nY más.",
        ["no_entries"],
    )


def test_document_of_too_many_paragraphs_is_refused(word):
    with pytest.raises(ReaderError) as refusal:
        word.read("<w:p/>" * (PARAGRAPH_LIMIT + 1))
    assert refusal.value.code == "too_many_paragraphs"


def test_document_without_styles_is_read(word, labels):
    assert labels(word.read(word.p("1.1 Texto", "Heading1"), parts={"word/styles.xml": None})) == ["1.1"]


def test_note_inside_a_note_keeps_its_own_name(word, text_of):
    inner = word.p(inner='<w:r><w:footnoteReference w:id="x"/></w:r>')
    note = f'<w:footnotes {word.names}><w:footnote w:id="1">{inner}</w:footnote></w:footnotes>'
    relations = word.relation("f", "footnotes", "footnotes.xml", external=False)
    text, _ = text_of('<w:r><w:footnoteReference w:id="1"/></w:r>', relations=relations, parts={"word/footnotes.xml": note})
    assert text == "[^1]\n\n[^1]: [^x]"


def test_claims_of_size_do_not_grow(word):
    wide = '<w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>' + word.p("ancha")
    numbers = word.numbering(
        word.level(0, "chicago", "%1" * 9_000), more='<w:lvlOverride w:ilvl="0"><w:startOverride w:val="999999999"/></w:lvlOverride>'
    )
    outline = word.read(word.p("Título", "Heading1", (1, 0)) + word.table([wide, word.p("x")]), numbers=numbers)
    assert len(outline.entries[0].number) < 1000
    assert len(outline.entries[0].text) < 1000
