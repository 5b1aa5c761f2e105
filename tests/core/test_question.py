"""A question becomes what the database is asked."""

import pytest

from red_mpe.core.models import SynonymSet
from red_mpe.core.search import Question, forget_synonyms
from red_mpe.core.search.question import LONGEST, MOST, Term, fold, key_of

FOUR = "'azog' | 'mercuri' | 'mercury' | 'mercuri'"


@pytest.fixture
def only_mercury(db):
    SynonymSet.objects.all().delete()
    forget_synonyms()
    return SynonymSet.objects.create(code="hg", words_es=["mercurio", "azogue"], words_en=["mercury"], words_pt=["mercúrio"])


def terms(words, **more):
    return [(term.text, term.phrase, term.out) for term in Question(words, literal=True).terms]


def test_a_question_is_its_words():
    assert Question("oro limpio") == "oro limpio"


def test_words_are_asked_one_by_one():
    assert terms("oro limpio") == [("oro", False, False), ("limpio", False, False)]


def test_words_in_quotes_stand_together():
    assert terms('"oro limpio" río') == [("oro limpio", True, False), ("río", False, False)]


def test_a_quote_that_is_never_closed_is_no_quote():
    assert terms('"oro limpio') == [("oro", False, False), ("limpio", False, False)]


def test_a_minus_leaves_out():
    assert terms('oro -mercurio -"gran escala"')[1:] == [("mercurio", False, True), ("gran escala", True, True)]


def test_a_minus_inside_a_word_is_a_hyphen():
    assert terms("porto-velho") == [("porto-velho", False, False)]


def test_words_without_weight_are_dropped_in_all_languages():
    assert [text for text, *_ in terms("the ley de minas")] == ["ley", "minas"]


def test_words_without_weight_stay_when_there_are_no_others():
    assert [text for text, *_ in terms("de la")] == ["de", "la"]


def test_words_in_quotes_keep_their_small_words():
    assert terms('"ley de minas"') == [("ley de minas", True, False)]


@pytest.mark.parametrize("words", ["", "   ", "& | !", '""', "---", "\u00bf?"])
def test_signs_alone_ask_nothing(words):
    assert terms(words) == []


def test_a_question_has_an_end():
    assert len(Question("oro " * 500)) == LONGEST


def test_twelve_terms_are_enough():
    assert len(terms(" ".join(f"palabra{n}" for n in range(30)))) == MOST


def test_a_question_stays_the_question_it_is():
    question = Question("oro", literal=True)
    assert Question.of(question) is question
    assert Question.of("oro").literal is False


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("relave", "relaves"),
        ("royalty", "royalties"),
        ("legalização", "legalizações"),
        ("Minería", "mineria"),
        ("plan de cierre", "plan cierre"),
    ],
)
def test_singular_and_plural_have_one_key(one, other):
    assert key_of(one) == key_of(other)


def test_short_words_keep_all_their_letters():
    assert key_of("MPE") != key_of("MP")


def test_folding_takes_accents_and_capitals():
    assert fold("ÁGUA Ñandú") == "agua nandu"


def test_a_word_of_the_field_brings_its_synonyms(only_mercury):
    (term,) = Question("azogue").terms
    assert term.others == ("mercurio", "mercury", "mercúrio")


def test_plurals_have_synonyms_too(only_mercury):
    assert Question("azogues").synonyms[0].others == ("mercurio", "azogue", "mercury", "mercúrio")


def test_a_literal_question_has_no_synonyms(only_mercury):
    assert Question("azogue", literal=True).synonyms == []


def test_words_in_quotes_have_no_synonyms(only_mercury):
    assert Question('"azogue"').synonyms == []


def test_what_is_left_out_has_no_synonyms(only_mercury):
    assert [term.others for term in Question("oro -azogue").terms] == [(), ()]


def test_synonyms_of_several_words_are_found_among_the_words(only_mercury):
    SynonymSet.objects.create(code="asm", words_es=["minería artesanal"], words_en=["ASM"])
    forget_synonyms()
    assert Question("leyes mineria artesanal perú").terms[1] == Term("mineria artesanal", others=("ASM",))


def test_synonyms_are_kept_until_somebody_changes_them(only_mercury, django_assert_num_queries):
    assert Question("azogue").synonyms
    with django_assert_num_queries(0):
        assert Question("mercury").synonyms


def test_a_group_that_shares_a_word_adds_to_it(only_mercury):
    SynonymSet.objects.create(code="metal", words_es=["mercurio", "metal líquido"])
    forget_synonyms()
    assert "metal líquido" in Question("mercurio").terms[0].others


def test_the_database_is_asked_once_for_all_notations(only_mercury, django_assert_num_queries):
    question = Question("azogue -oro")
    assert question.terms
    with django_assert_num_queries(1):
        assert (question.ready["es"], question.exact["es"], question.without["es"]) == (FOUR, "'azog'", "'oro'")


def test_a_language_in_which_nothing_is_left_is_missing(only_mercury):
    assert set(Question("about", literal=True).ready) == {"es", "pt"}


def test_only_exclusions_ask_nothing(only_mercury):
    assert Question("-oro").ready == {}


def test_passages_are_chosen_by_any_word(only_mercury):
    assert Question("oro río", literal=True).some["es"] == "'oro' | 'rio'"


def test_words_begin_alike_whatever_their_ending(only_mercury):
    assert Question("capacitaciones", literal=True).beginnings == r"\m(capacitacion)"


def test_signs_alone_begin_nothing(db):
    assert Question("!!", literal=True).beginnings == ""


def test_a_correction_keeps_the_rest():
    assert Question('mercurrio -"gran mina"').corrected({"mercurrio": "mercurio"}) == 'mercurio -"gran mina"'
