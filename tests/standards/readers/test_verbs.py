"""Verbal forms in the words of a requirement."""

import pytest

from standards.readers.verbs import Finding, forms_in, lint

NAMES = {"es": "Español", "en": "English", "pt": "Português"}


@pytest.mark.parametrize(
    ("language", "text", "form", "words"),
    [
        ("es", "La operación debe medir.", "must", "debe"),
        ("es", "Las operaciones DEBEN medir.", "must", "deben"),
        ("es", "La planta deberá avisar.", "must", "deberá"),
        ("es", "Las plantas deberán avisar.", "must", "deberán"),
        ("es", "La operación debería medir.", "should", "debería"),
        ("es", "Deberían medir.", "should", "deberían"),
        ("es", "Conviene\n que mida.", "should", "conviene que"),
        ("es", "Se recomienda medir.", "should", "se recomienda"),
        ("es", "La operación puede medir.", "may", "puede"),
        ("es", "Podrán medir.", "may", "podrán"),
        ("es", "No se puede verter.", "must", "no se puede"),
        ("es", "La operación no podrá verter.", "must", "no podrá"),
        ("en", "The operation shall measure.", "must", "shall"),
        ("en", "The operation must measure.", "must", "must"),
        ("en", "The operation should measure.", "should", "should"),
        ("en", "It ought to measure.", "should", "ought to"),
        ("en", "It may measure.", "may", "may"),
        ("en", "It can measure.", "may", "can"),
        ("en", "It may not discharge.", "must", "may not"),
        ("en", "It cannot discharge.", "must", "cannot"),
        ("pt", "A operação deve medir.", "must", "deve"),
        ("pt", "As operações devem medir.", "must", "devem"),
        ("pt", "A planta deverá avisar.", "must", "deverá"),
        ("pt", "Convém que a planta avise.", "should", "convém que"),
        ("pt", "A planta deveria avisar.", "should", "deveria"),
        ("pt", "Recomenda-se avisar.", "should", "recomenda-se"),
        ("pt", "As plantas podem avisar.", "may", "podem"),
        ("pt", "A planta não pode verter.", "must", "não pode"),
    ],
)
def test_a_form_is_recognised(language, text, form, words):
    assert forms_in(text, language) == {form: words}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "Los deberes de la planta."),
        ("es", "Su poder y sus debilidades."),
        ("en", "Mayors and canals; the shoulder."),
        ("en", "From 31 May 2020; in May, until May."),
        ("pt", "O dever e o poder."),
        ("es", ""),
    ],
)
def test_words_that_only_look_alike_are_no_form(language, text):
    assert forms_in(text, language) == {}


def test_may_at_the_beginning_of_a_sentence_is_a_form():
    assert forms_in("May be met by others.", "en") == {"may": "may"}


def test_a_prohibition_beside_a_permission_is_both():
    assert forms_in("Puede medir y no puede verter.", "es") == {"must": "no puede", "may": "puede"}


def check(form="must", binds=True, **words):
    return lint(words, form=form, binds=binds)


def test_agreement_is_silent():
    assert check(text_es="Debe medir.", text_en="It shall measure.", text_pt="Deve medir.") == []


@pytest.mark.parametrize(
    ("words", "language"),
    [({"text_es": "Debería medir."}, "es"), ({"text_en": "It should measure."}, "en"), ({"text_pt": "Convém que meça."}, "pt")],
)
def test_another_form_than_the_field_is_told_in_its_language(words, language):
    (finding,) = check(**words)
    assert (finding.code, finding.language, finding.form) == ("other_form", language, "must")


def test_a_requirement_without_a_form_is_told():
    assert check(text_es="La operación mide.") == [Finding("no_form", "es")]


def test_several_forms_are_told():
    assert check(text_es="Debe medir y puede avisar.") == [Finding("several_forms", "es", "debe, puede")]


def test_a_form_nobody_chose_is_told():
    assert check(form="", text_en="It may measure.") == [Finding("no_field", "en", "may")]


def test_what_does_not_bind_needs_no_form():
    assert check(binds=False, text_es="Agua y debería.") == []


def test_empty_words_are_not_linted():
    assert check(text_es="  ", text_en=None) == []


def test_many_plain_words_are_told_in_every_level():
    assert check(binds=False, plain_pt="água " * 61) == [Finding("many_words", "pt", "61")]
    assert check(plain_pt="água " * 60) == []


@pytest.mark.parametrize(
    ("finding", "part"),
    [
        (Finding("other_form", "pt", "pode", "should"), "Português: the text says “pode” and the verbal form is “convém que”"),
        (Finding("many_words", "es", "61"), "there are 61 words; 60 are the most"),
        (Finding("several_forms", "en", "must, may"), "(must, may)"),
        (Finding("no_form", "en"), "English: the text has no verbal form"),
        (Finding("no_field", "es", "debe"), "“debe” and no verbal form is chosen"),
    ],
)
def test_a_finding_is_a_sentence(finding, part, settings):
    from django.utils.translation import override

    with override("en"):
        assert part in finding.sentence(NAMES)


def test_two_hundred_thousand_letters_are_read_at_once():
    assert forms_in("no se " * 40_000 + "puede", "es") == {"must": "no se puede"}
