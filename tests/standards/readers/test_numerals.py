import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards.readers.numerals import cardinal, chicago, identifying, known, letters, ordinal, ordinal_word, roman, written

WORTH = dict(zip("ivxlcdm", (1, 5, 10, 50, 100, 500, 1000), strict=True))


def from_roman(text):
    worths = [WORTH[sign] for sign in text]
    return sum(-one if one < after else one for one, after in zip(worths, [*worths[1:], 0], strict=True))


@given(st.integers(1, 3999))
def test_roman_reads_back(value):
    assert from_roman(roman(value)) == value


@given(st.integers(1, 3999))
def test_roman_never_repeats_a_sign_four_times(value):
    assert not re.search(r"(.)\1{3}", roman(value))


@given(st.integers(1, 780))
def test_letters_repeat_the_letter_after_z(value):
    text = letters(value)
    assert set(text) == {text[0]}
    assert (len(text) - 1) * 26 + ord(text[0]) - ord("a") + 1 == value


@given(
    st.integers(-50, 5000), st.sampled_from(["upperRoman", "lowerLetter", "cardinalText", "ordinalText", "chicago", "ordinal", "neverSeen"])
)
def test_any_number_is_written_somehow(value, form):
    assert written(value, form, "pt")


@pytest.mark.parametrize("value", [0, 4000, -3])
def test_roman_out_of_range_is_decimal(value):
    assert roman(value) == str(value)


@pytest.mark.parametrize(
    ("form", "value", "text"),
    [
        ("decimal", 12, "12"),
        ("decimalZero", 7, "07"),
        ("upperRoman", 14, "XIV"),
        ("lowerRoman", 9, "ix"),
        ("upperLetter", 28, "BB"),
        ("lowerLetter", 3, "c"),
        ("ordinal", 1, "1.º"),
        ("hex", 11, "B"),
        ("numberInDash", 2, "- 2 -"),
        ("none", 4, ""),
        ("bullet", 4, ""),
        ("001", 5, "005"),
        ("chicago", 6, "††"),
        ("thaiLetters", 8, "8"),
    ],
)
def test_format_is_written_as_printed(form, value, text):
    assert written(value, form) == text


@pytest.mark.parametrize(
    ("value", "language", "word"),
    [
        (1, "es", "Uno"),
        (22, "es", "Veintidós"),
        (31, "es", "Treinta y uno"),
        (40, "pt", "Quarenta"),
        (42, "pt", "Quarenta e dois"),
        (21, "en", "Twenty-one"),
        (100, "es", "100"),
        (3, "fr", "3"),
    ],
)
def test_cardinal_is_written_in_words(value, language, word):
    assert cardinal(value, language) == word


@pytest.mark.parametrize(("value", "text"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (113, "113th"), (21, "21st")])
def test_ordinal_in_english_has_its_ending(value, text):
    assert ordinal(value, "en") == text


def test_ordinal_word_beyond_ten_is_decimal():
    assert (ordinal_word(3, "es"), ordinal_word(11, "es"), ordinal_word(0, "en"), ordinal_word(1, "fr")) == ("Tercero", "11", "0", "1")


def test_identifying_number_is_the_same_in_every_language():
    assert (identifying(2, "ordinalText"), identifying(2, "cardinalText"), identifying(2, "upperRoman"), chicago(0)) == (
        "2",
        "2",
        "II",
        "0",
    )


def test_known_formats_include_patterns_of_zeros():
    assert (known("0001"), known("decimal"), known("thaiLetters")) == (True, True, False)
