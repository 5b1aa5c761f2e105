def test_table_keeps_columns_breaks_and_bars(word):
    body = word.p("1.1 Título", "Heading1") + word.table(
        [word.p("Plazo"), word.p("Prueba")], [word.p("a|b"), word.p("uno") + word.p("dos")]
    )
    assert word.read(body).entries[0].text == "| Plazo | Prueba |\n| --- | --- |\n| a\\|b | uno<br>dos |"


def test_merged_cells_are_blank(word):
    wide = '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + word.p("ancha")
    tall, below = (f"<w:tcPr><w:vMerge{value}/></w:tcPr>{word.p('alta')}" for value in (' w:val="restart"', ""))
    body = word.p("1.1 Título", "Heading1") + word.table([wide, word.p("c")], [tall, word.p("b"), word.p("c")], [below, word.p("e")])
    assert word.read(body).entries[0].text == "| ancha |  | c |\n| --- | --- | --- |\n| alta | b | c |\n|  | e |  |"


def test_table_of_one_cell_is_a_box_of_paragraphs(word):
    assert word.read(word.p("1.1 Título", "Heading1") + word.table([word.p("uno") + word.p("dos")])).entries[0].text == "uno\n\ndos"


def test_empty_table_is_nothing(word):
    assert word.read(word.p("1.1 Texto.") + "<w:tbl/>" + word.table([word.p(), word.p()])).entries[0].text == "Texto."


def test_rows_that_begin_with_labels_are_clauses(word, labels, codes):
    rows = [
        [word.p("N.º"), word.p("Requisito"), word.p("Prueba")],
        [word.p("1.1"), word.p("debe pagar."), word.p("Recibo")],
        [word.p("1.2"), word.p("Debe medir."), word.p("Acta")],
    ]
    outline = word.read(word.p("1 Título", "Heading1") + word.table(*rows))
    assert labels(outline) == ["1", "1.1", "1.2"]
    assert outline.entries[0].children[0].text == "debe pagar.\n\n**Prueba:** Recibo"
    assert codes(outline) == ["table_unrolled"]


def test_rows_with_automatic_numbers_are_clauses(word, labels):
    numbers = word.numbering(word.level(0, "decimal", "%1"), word.level(1, "decimal", "%1.%2"))
    rows = [[word.p(numbers=(1, 1)), word.p("Debe pagar.")], [word.p(numbers=(1, 1)), word.p("Debe medir.")]]
    outline = word.read(word.p("Título", "Heading1", (1, 0)) + word.table(*rows), numbers=numbers)
    assert [(entry.label, entry.text) for entry in outline.walk()][1:] == [("1.1", "Debe pagar."), ("1.2", "Debe medir.")]


def test_headings_in_cells_are_clauses(word, labels):
    assert labels(word.read(word.table([word.p("1 Título", "Heading1"), word.p("x")], [word.p("1.1 Más", "Heading2"), word.p("y")]))) == [
        "1",
        "1.1",
    ]


def test_column_of_measures_is_no_column_of_labels(word, labels):
    body = word.p("1 Título", "Heading1") + word.table([word.p("1.5"), word.p("20")], [word.p("2.5"), word.p("30")])
    assert labels(word.read(body)) == ["1"]


def test_numbers_in_cells_are_kept_as_text(word):
    numbers = word.numbering(word.level(0, "lowerLetter", "%1)"))
    body = word.p("1.1 Título", "Heading1") + word.table([word.p("uno", numbers=(1, 0)), word.p("x")])
    assert "| a) uno | x |" in word.read(body, numbers=numbers).entries[0].text


def test_table_in_a_table_is_reported(word, codes):
    inner = word.table([word.p("a"), word.p("b")])
    assert "nested_table" in codes(word.read(word.p("1 Título", "Heading1") + word.table([word.p("x"), inner])))


def test_row_inside_a_control_is_read(word):
    row = f"<w:sdt><w:sdtContent><w:tr><w:tc>{word.p('a')}</w:tc><w:tc>{word.p('b')}</w:tc></w:tr></w:sdtContent></w:sdt>"
    assert "| a | b |" in word.read(word.p("1.1 Título", "Heading1") + f"<w:tbl>{row}<w:tr/></w:tbl>").entries[0].text
