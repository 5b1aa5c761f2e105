"""Words are cleaned and limited in one place; a form is sent once."""

import uuid

import pytest
from django import forms
from django.core.exceptions import ValidationError

from red_mpe.core.forms import LineField, OnceForm, WordsField
from red_mpe.core.validators import WORDS_OF_A_CLAUSE, AtMost, validate_few_words


class Saying(OnceForm):
    name = LineField(max_length=11)
    words = WordsField(validators=[AtMost(20)])


def test_words_are_cleaned_before_they_are_judged():
    form = Saying({"once": uuid.uuid4(), "name": " Rosa\u202e\nQuispe \x00", "words": " uno\r\n\x00dos " + "\x07" * 50})
    assert form.is_valid(), form.errors
    assert (form.cleaned_data["name"], form.cleaned_data["words"]) == ("Rosa Quispe", "uno\ndos")


@pytest.mark.parametrize("empty", ["", "   ", "\x00\x07", "\u2028"])
def test_words_that_say_nothing_are_missing(empty):
    form = Saying({"once": uuid.uuid4(), "name": "a", "words": empty})
    assert form.errors.as_data()["words"][0].code == "required"


def test_a_text_over_the_limit_is_refused_with_both_lengths():
    form = Saying({"once": uuid.uuid4(), "name": "a", "words": "a" * 200_000})
    error = form.errors.as_data()["words"][0]
    assert error.code == "too_long"
    assert "200000" in error.message
    assert "20" in error.message


def test_at_most_allows_the_limit_itself():
    AtMost(3)("abc")
    assert AtMost(3) == AtMost(3) != AtMost(4)
    assert WORDS_OF_A_CLAUSE > 10_000


def test_few_words_are_sixty():
    validate_few_words("palabra " * 60)
    with pytest.raises(ValidationError, match="61"):
        validate_few_words("palabra " * 61)


def test_a_form_carries_a_key_of_its_own():
    assert Saying()["once"].value() != Saying()["once"].value()
    assert isinstance(Saying().fields["once"].widget, forms.HiddenInput)


def test_a_form_without_its_key_says_so():
    form = Saying({"once": "x", "name": "a", "words": "b"})
    assert form.errors.as_data()["once"][0].code == "invalid"
