"""Did you mean: near words that public texts hold."""

import pytest
from django.utils import translation

from red_mpe.core.models import Lexeme
from red_mpe.core.search import Question, learn, suggestion
from red_mpe.core.search.question import fold
from red_mpe.core.search.vocabulary import strokes


@pytest.fixture
def known(db):
    words = (("es", "mercurio", 9), ("es", "minería", 5), ("pt", "mercúrio", 20), ("en", "mercury", 3), ("es", "trazabilidad", 1))
    return [Lexeme.objects.create(language=language, word=word, folded=fold(word), texts=texts) for language, word, texts in words]


def meant(words, language="es"):
    with translation.override(language):
        return suggestion(Question(words))


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [("oro", "oro", 0), ("oro", "ora", 1), ("or", "oro", 1), ("rooo", "oroo", 1), ("", "oro", 3), ("gato", "oro", 3)],
)
def test_strokes_are_counted(one, other, count):
    assert strokes(one, other) == strokes(other, one) == count


@pytest.mark.parametrize("typed", ["mercurrio", "mercuiro", "mecurio", "MERCURRIO"])
def test_a_slip_is_put_right(known, typed):
    assert meant(typed) == "mercurio"


def test_the_word_comes_with_its_accent(known):
    assert meant("minerria") == "minería"


def test_the_readers_language_comes_first(known):
    assert meant("mercurrio", "pt-br") == "mercúrio"


@pytest.mark.parametrize("typed", ["mercurio", "mineria", "mercury"])
def test_a_known_word_is_not_corrected(known, typed):
    assert meant(typed) == ""


def test_only_the_unknown_word_is_replaced(known):
    assert meant("mineria sin mercurrio") == "mineria sin mercurio"


@pytest.mark.parametrize("typed", ["mer", "xyzzyx", "", "12345", "a-b"])
def test_what_is_near_nothing_is_left_alone(known, typed):
    assert meant(typed) == ""


def test_words_in_quotes_and_exclusions_are_left_alone(known):
    assert meant('"mercurrio" -trasabilidad') == ""


def test_many_unknown_words_are_one_query(known, django_assert_num_queries):
    question = Question("mercurrio minerria trasabilidad", literal=True)
    with django_assert_num_queries(1):
        assert suggestion(question) == "mercurio minería trazabilidad"


def test_words_are_learnt_with_how_many_texts_hold_them(db):
    from red_mpe.core.models import Theme

    assert learn([("es", Theme.objects.order_by().values_list("name_es"))]) == Lexeme.objects.count() > 10
    assert Lexeme.objects.get(word="gestión").texts == Theme.objects.filter(name_es__icontains="gestión").count()
    assert Lexeme.objects.get(word="gestión").folded == "gestion"


def test_short_words_and_numbers_are_not_learnt(db):
    from red_mpe.core.models import Theme

    Theme.objects.filter(code="water").update(name_es="Agua y oro 2024 RED-00001")
    learn([("es", Theme.objects.filter(code="water").order_by().values_list("name_es"))])
    assert set(Lexeme.objects.values_list("word", flat=True)) == {"agua"}


def test_learning_nothing_forgets_all(known):
    assert learn([]) == 0
    assert not Lexeme.objects.exists()
