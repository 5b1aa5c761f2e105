"""Whether two wordings say the same."""

import pytest

from standards.querysets.wording import only_spelling


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("La operación", "la operacion"),
        ("Agua, tierra y aire.", "Agua tierra y aire"),
        ("el  río\n\nlimpio", "el río limpio"),
        ("sinembargo", "sin embargo"),
        ("el mercurrio del río", "el mercurio del río"),
        ("la produccion", "la producción"),
        ("los requistios", "los requisitos"),
        ("«agua»", "“agua”"),
        ("", "  "),
        ("a 1.5 m", "a 1.5 m."),
    ],
)
def test_spelling_punctuation_capitals_and_blanks_are_editorial(before, after):
    assert only_spelling(before, after)
    assert only_spelling(after, before)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("debe cuidar", "debería cuidar"),
        ("cuida el agua", "no cuida el agua"),
        ("1.5 mg", "15 mg"),
        ("10 días", "100 días"),
        ("1 0", "10"),
        ("5 %", "5"),
        ("≤ 5", "≥ 5"),
        ("5 €", "5 $"),
        ("origen legal", "origen ilegal"),
        ("la caso", "la casa"),
        ("los hombres", "los hambres"),
        ("prescribir", "proscribir"),
        ("agua y tierra", "tierra y agua"),
        ("el oro", "el oro y la plata"),
        ("12:30", "1:230"),
        ("ab1234c", "ab1243c"),
    ],
)
def test_other_words_figures_and_signs_are_substantive(before, after):
    assert not only_spelling(before, after)
    assert not only_spelling(after, before)


def test_two_letters_swapped_far_apart_are_another_word():
    assert not only_spelling("abcdefgh", "agcdefbh")


def test_a_short_word_is_never_a_slip():
    assert not only_spelling("caro", "carro")


def test_a_letter_more_that_is_not_one_left_out_is_another_word():
    assert not only_spelling("amarillo", "amortillo")
