"""Clauses found by their label are shown in words the reader can be given."""

import pytest
from django.utils import translation

from standards.models import ClauseText
from standards.search import find_clauses, find_frameworks


def found(words, language, find=find_clauses, user=None):
    with translation.override(language):
        return find(words, user, 0, 20)


@pytest.mark.parametrize(("language", "lang", "words"), [("es", "es", "Mercurio"), ("en", "en", ""), ("pt-br", "es", "Mercurio")])
def test_a_clause_found_by_label_falls_back_to_the_original(clause, language, lang, words):
    (hit,) = found("2.3.1", language).hits
    assert (hit.lang, hit.title) == (lang, words)
    assert ("río" in hit.snippet) is (lang == "es")
    assert hit.kicker == "MPE 0.2 · 2.3.1"


def test_a_clause_without_any_words_is_found_by_label_too(clause):
    ClauseText.objects.update(title_es="", text_es="", text_en="", plain_es="")
    assert [(hit.title, hit.lang) for hit in found("2.3.1", "en").hits] == [("", "en")]


def test_a_framework_found_in_another_language_is_marked(framework):
    (hit,) = found("acordamos", "en", find_frameworks).hits
    assert (hit.lang, hit.url) == ("es", "/en/frameworks/marco/")


def test_nothing_that_is_not_public_is_found(clause):
    type(clause.version).objects.update(public=False)
    assert found("mercurio", "es").count == 0
