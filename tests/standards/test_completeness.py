"""What a clause lacks."""

import pytest

from standards.enums import Level
from standards.states.completeness import NAMES, has_words, lacking

EMPTY = {
    "title_es": "",
    "text_es": "",
    "plain_es": None,
    "verbal_form": "",
    "requirement_class": "",
    "responsible": [],
}


@pytest.mark.parametrize(
    ("level", "lacks"),
    [
        ("part", ["title"]),
        ("principle", ["title"]),
        ("criterion", ["title"]),
        ("annex", ["title"]),
        ("definition", ["text"]),
        ("note", ["text"]),
        ("question", ["text"]),
        ("sub_requirement", ["text", "verbal_form"]),
        ("requirement", ["text", "plain", "verbal_form", "requirement_class", "responsible"]),
    ],
)
def test_each_level_needs_its_own(level, lacks):
    assert lacking({**EMPTY, "level": level}, "es") == lacks


def test_what_is_there_is_not_lacking():
    full = {"text_es": "x", "plain_es": "x", "verbal_form": "must", "requirement_class": "entry", "responsible": ["operator"]}
    assert lacking({**EMPTY, "level": "requirement", **full}, "es") == []


def test_only_the_authentic_language_counts():
    assert lacking({"level": "note", "text_pt": "", "text_es": "x"}, "pt") == ["text"]


def test_every_lacking_thing_has_a_name():
    assert {name for level in Level for name in lacking({**EMPTY, "level": level}, "es")} <= set(NAMES)


@pytest.mark.parametrize(("words", "has"), [(("", ""), False), ((None, None), False), (("x", ""), True), (("", "x"), True)])
def test_a_title_or_a_text_is_words(words, has):
    assert has_words({"title_en": words[0], "text_en": words[1]}, "en") is has
