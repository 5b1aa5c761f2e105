"""Trees, levels and labels, told in Markdown because it is short."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standards.readers import read_document

STARTS = (
    "# ",
    "## ",
    "### ",
    "1. ",
    "1.1 ",
    "1.1.1 ",
    "2. ",
    "2.1. ",
    "a) ",
    "- ",
    "   - ",
    "# 1 ",
    "## 1.1 ",
    "## ",
    "Principio 1. ",
    "**1.2** ",
    "# Anexo A. ",
    "Capítulo I. ",
    "R1. ",
    "(b) ",
    "> ",
    "",
    "II. ",
    "## Definiciones ",
    "- 3.1 ",
)
LINES = st.lists(st.tuples(st.sampled_from(STARTS), st.sampled_from(["\n", "\n\n"])), max_size=12)


def tree(outline):
    return [("  " * (entry.depth - 1)) + f"{entry.label} {entry.level}" for entry in outline.walk()]


def test_four_depths_have_their_levels(read):
    assert tree(read("# 1 A\n## 1.1 B\n### 1.1.1 C\n#### 1.1.1.1 D\n# 2 E\n")) == [
        "1 principle",
        "  1.1 criterion",
        "    1.1.1 requirement",
        "      1.1.1.1 sub_requirement",
        "2 principle",
    ]


def test_fifth_depth_makes_the_first_a_part(read, codes):
    outline = read("# 1 A\n## 1.1 B\n### 1.1.1 C\n#### 1.1.1.1 D\n##### 1.1.1.1.1 E\n###### 1.1.1.1.1.1 F\n")
    assert [entry.level for entry in outline.walk()] == [
        "part",
        "principle",
        "criterion",
        "requirement",
        "sub_requirement",
        "sub_requirement",
    ]
    assert codes(outline) == ["too_deep"]


def test_parts_chapters_and_articles_nest_by_their_words(read):
    assert tree(read("Parte I. A\n\nCapítulo I. B\n\nArtículo 1. C\n\nArtículo 2. D\n\nCapítulo II. E\n\nArtículo 3. F\n")) == [
        "P-I part",
        "  C-I part",
        "    1 requirement",
        "    2 requirement",
        "  C-II part",
        "    3 requirement",
    ]


def test_numbers_that_begin_again_take_their_parents_label(read, codes):
    outline = read("# Principio 1. A\n## Criterio 1. B\n## Criterio 2. C\n## Criterio 3. D\n# Principio 2. E\n## Criterio 1. F\n")
    assert tree(outline) == ["1 principle", "  1.1 criterion", "  1.2 criterion", "  1.3 criterion", "2 principle", "  2.1 criterion"]
    assert codes(outline) == []


def test_letters_take_their_parents_label(read):
    assert tree(read("# 1 A\n## a) B\n## b) C\n# 2 D\n## a) E\n")) == [
        "1 principle",
        "  1.a criterion",
        "  1.b criterion",
        "2 principle",
        "  2.a criterion",
    ]


def test_annexes_are_roots_and_all_within_them_annex(read):
    assert tree(read("# Parte I. A\n## 1 B\n## Anexo A. C\n### A.1 D\n### 1 E\n# Anexo 2. F\n")) == [
        "P-I part",
        "  1 principle",
        "A annex",
        "  A.1 annex",
        "  A.1 (2) annex",
        "A-2 annex",
    ]


def test_annex_without_a_number_is_an_annex(read):
    assert tree(read("# 1 A\n# Anexo\n")) == ["1 principle", "H-1 annex"]


def test_definitions_are_under_their_heading(read):
    assert tree(read("# 1 Términos y definiciones\n## 1.1 Oro\nMetal.\n# 2 A\n## 2.1 Definición de precios\n")) == [
        "1 part",
        "  1.1 definition",
        "2 principle",
        "  2.1 criterion",
    ]


def test_roman_chains_nest(read):
    assert tree(read("# II. A\n## II.1 B\n# III. C\n## 3.1 D\n")) == [
        "II principle",
        "  II.1 criterion",
        "III principle",
        "  3.1 criterion",
    ]


def test_missing_parent_is_reported(read):
    (problem,) = read("# 1 A\n## 1.1 B\n### 1.2.1 C\n").problems
    assert (problem.code, problem.line, problem.params) == ("missing_parent", 3, {"label": "1.2.1", "parent": "1.2"})


def test_double_label_is_kept_under_another(read):
    outline = read("# 1 A\n## 1.1 B\n## 1.1 C\n## 1.1 D\n")
    assert tree(outline)[1:] == ["  1.1 criterion", "  1.1 (2) criterion", "  1.1 (3) criterion"]
    assert [problem.params for problem in outline.problems] == [{"label": "1.1", "kept": "1.1 (2)"}, {"label": "1.1", "kept": "1.1 (3)"}]


def test_doubtful_number_stays_text_and_is_reported(read, labels):
    outline = read("# 1 A\n\n2.5 toneladas de mineral.\n")
    assert (labels(outline), outline.entries[0].text) == (["1"], "2.5 toneladas de mineral.")
    assert [(problem.code, problem.line) for problem in outline.problems] == [("doubtful_number", 3)]


def test_first_heading_above_all_others_is_the_title(read):
    outline = read("# Marco\n\nEscrito entre muchas personas.\n\n## 1 A\n")
    assert (outline.title, outline.preface) == ("Marco", "Escrito entre muchas personas.")


def test_numbered_first_heading_is_no_title(read, labels):
    assert labels(read("# 1 A\n## 1.1 B\n")) == ["1", "1.1"]


def test_headings_before_the_first_clause_are_the_preface(read):
    assert read("# Marco\n# Prólogo\nHola.\n# Gracias\n# 1 A\n").preface == "## Marco\n\n## Prólogo\n\nHola.\n\n## Gracias"


def test_heading_right_above_clauses_is_a_part(read):
    outline = read("# Prólogo\n# Reglas\n## Comunes\n### 1 A\n# Más reglas\n### 2 B\n")
    assert tree(outline) == ["H-1 part", "  H-2 part", "    1 principle", "H-3 part", "  2 principle"]
    assert [problem.code for problem in outline.problems] == ["heading_without_number"] * 3


def test_part_above_typed_clauses_is_a_part(read):
    assert tree(read("# Reglas\n\n1.1 La operación cumple.\n\n# Fin\n")) == ["H-1 part", "  1.1 criterion", "H-2 part"]


def test_heading_below_a_clause_is_its_text(read, codes):
    outline = read("# 1 A\n## 1.1 B\n### Orientación\nTexto.\n## Otra\n")
    assert outline.entries[0].children[0].text == "#### Orientación\n\nTexto.\n\n### Otra"
    assert codes(outline) == ["heading_kept_in_text"]


def test_heading_kept_in_a_part_without_number_names_it(read):
    outline = read("# Reglas\n## 1 A\n# Más\n## Menos\n# 2 B\n")
    assert "H-2 part" in tree(outline)


def test_bold_words_a_paragraph_begins_with_are_its_heading(read):
    entry = read("1.1.1 **Permiso.** La operación lo tiene.").entries[0]
    assert (entry.heading, entry.text) == ("Permiso", "La operación lo tiene.")


def test_short_line_above_text_is_its_heading(read):
    entry = read("1.1 Permiso de agua\n\nLa operación lo tiene.").entries[0]
    assert (entry.heading, entry.text) == ("Permiso de agua", "La operación lo tiene.")


def test_requirement_that_is_only_a_heading_is_text(read):
    entry = read("### 1.1.1 La operación **debe** pagar\n").entries[0]
    assert (entry.heading, entry.text) == ("", "La operación **debe** pagar")


@pytest.mark.parametrize("text", ["P1. Ley\n\nC1. Permiso\n\nR1. Lo tiene.\n\nR2. Lo muestra.\n\nP2. Agua\n"])
def test_codes_nest_by_their_letters(read, text):
    assert tree(read(text)) == ["P1 principle", "  C1 criterion", "    R1 requirement", "    R2 requirement", "P2 principle"]


def test_lone_numbers_are_clauses_when_nothing_else_is(word):
    assert tree(word.read(word.p("1. Uno.") + word.p("2. Dos.") + word.p("12 de mayo."))) == ["1 principle", "2 principle"]


def test_letter_under_a_letter_is_a_sibling_of_another_list(word):
    numbers = word.numbering(word.level(0, "decimal", "%1."), word.level(1, "lowerLetter", "%2)"), word.level(2, "lowerRoman", "%3)"))
    body = "".join(word.p("Texto.", numbers=(1, ilvl)) for ilvl in (0, 1, 2, 2, 1, 0, 1))
    assert tree(word.read(body, numbers=numbers)) == [
        "1 principle",
        "  1.a criterion",
        "    1.a.i requirement",
        "    1.a.ii requirement",
        "  1.b criterion",
        "2 principle",
        "  2.a criterion",
    ]


def test_first_of_two_titles_is_the_title(word):
    outline = word.read(word.p("Marco", "Title") + word.p("Segundo", "Title") + word.p("1 A", "Heading1"))
    assert (outline.title, outline.preface) == ("Marco", "Segundo")


def test_automatic_number_of_the_first_heading_is_no_title(word, labels):
    numbers = word.numbering(word.level(0, "decimal", "%1"), word.level(1, "decimal", "%1.%2"))
    assert labels(word.read(word.p("A", "Heading1", (1, 0)) + word.p("B", "Heading2", (1, 1)), numbers=numbers)) == ["1", "1.1"]


def test_list_beside_clauses_stays_a_list(word):
    numbers = word.numbering(word.level(0, "lowerLetter", "%1)"))
    outline = word.read(word.p("1.1 A", "Heading1") + word.p("uno", numbers=(1, 0)), numbers=numbers)
    assert outline.entries[0].text == "- a) uno"


def test_bullet_with_a_label_is_a_clause(word):
    numbers = word.numbering(word.level(0, "bullet", "•"))
    assert tree(word.read(word.p("1.1 La operación.", numbers=(1, 0)) + word.p("uno", numbers=(1, 0)), numbers=numbers)) == [
        "1.1 criterion"
    ]


@settings(max_examples=400)
@given(LINES)
def test_every_word_ends_in_exactly_one_place(lines):
    text = "".join(f"{start}Palabra{index}x{end}" for index, (start, end) in enumerate(lines))
    outline = read_document(f"Hola\n\n{text}".encode(), "a.md")
    kept = [outline.title, outline.preface, *(part for entry in outline.walk() for part in (entry.heading, entry.text))]
    words = re.findall(r"Palabra\d+x", " ".join(kept))
    assert sorted(words) == sorted(f"Palabra{index}x" for index in range(len(lines)))


@settings(max_examples=200)
@given(LINES)
def test_labels_are_never_given_twice(lines):
    text = "".join(f"{start}Palabra{end}" for start, end in lines)
    labels = [entry.label for entry in read_document(f"Hola\n\n{text}".encode(), "a.md").walk()]
    assert len(set(labels)) == len(labels)


def test_direct_numbers_of_several_places_are_clauses(word):
    numbers = word.numbering(word.level(0, "decimal", "%1."), word.level(1, "decimal", "%1.%2."), word.level(2, "lowerLetter", "%3)"))
    body = "".join(word.p("Texto.", numbers=(1, ilvl)) for ilvl in (0, 1, 2, 1, 0, 1))
    assert tree(word.read(body, numbers=numbers)) == [
        "1 principle",
        "  1.1 criterion",
        "    1.1.a requirement",
        "  1.2 criterion",
        "2 principle",
        "  2.1 criterion",
    ]
