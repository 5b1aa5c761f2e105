"""Translating, reviewing, and what a review was made against."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from red_mpe.core.states import DomainError, StaleState
from standards.actions.drafting import ConflictError, review_unchanged, rewrite_clause, translate_clause
from standards.actions.texts import freeze_version, review_language
from tests.factories.drafting import at

EN = {"title_en": "Water", "text_en": "The operation must protect water."}


def translate(actor, text, words=EN, language="en", **given):
    return translate_clause(actor=actor, text=text, language=language, words=words, **{"base": text.revision, **given})


def state(version, label="1.2", language="en"):
    return at(version, label).languages.get(language=language).state


def change_original(actor, version, words="Otra cosa."):
    text = at(version, "1.2")
    rewrite_clause(actor=actor, text=text, base=text.revision, words={"text_es": words})


def test_a_translation_that_is_saved_is_a_draft(rio, writer):
    text = translate(writer, at(rio, "1.2"))
    assert (text.text_en, state(rio), text.revision) == (EN["text_en"], "draft", 2)


def test_a_translation_saved_as_reviewed_keeps_what_it_was_compared_with(rio, writer):
    translate(writer, at(rio, "1.2"), reviewed=True)
    row = at(rio, "1.2").languages.get(language="en")
    assert (row.state, row.reviewed_by, row.reviewed_at) == ("reviewed", writer, timezone.now())
    assert row.basis["text"] == "La operación debe cuidar el agua 1.2."


def test_reviewing_is_refused_where_the_original_has_changed_meanwhile(rio, writer):
    seen = at(rio, "1.2")
    change_original(writer, rio)
    with pytest.raises(DomainError):
        translate(writer, seen, reviewed=True)
    assert at(rio, "1.2").text_en == ""
    assert translate(writer, seen).text_en == EN["text_en"]


def test_a_translation_beside_another_language_is_reviewed_all_the_same(rio, writer, other_writer):
    seen = at(rio, "1.2")
    translate(other_writer, seen, {"text_pt": "A operação deve cuidar da água."}, "pt")
    translate(writer, seen, reviewed=True)
    assert (state(rio), at(rio, "1.2").text_pt[:10]) == ("reviewed", "A operação")


def test_two_translators_of_one_language_see_each_other(rio, writer, other_writer):
    seen = at(rio, "1.2")
    translate(other_writer, seen)
    with pytest.raises(ConflictError) as refusal:
        translate(writer, seen, {"text_en": "Water has to be protected."})
    assert refusal.value.fields == ["text_en"]


def test_a_stale_translation_may_still_hold(rio, writer):
    translate(writer, at(rio, "1.2"), reviewed=True)
    change_original(writer, rio)
    assert state(rio) == "stale"
    text = at(rio, "1.2")
    review_unchanged(actor=writer, text=text, language="en", base=text.revision)
    assert (state(rio), at(rio, "1.2").languages.get(language="en").basis["text"]) == ("reviewed", "Otra cosa.")


def test_words_that_changed_while_one_compared_are_not_reviewed(rio, writer):
    translate(writer, at(rio, "1.2"))
    seen = at(rio, "1.2")
    change_original(writer, rio)
    with pytest.raises(DomainError):
        review_unchanged(actor=writer, text=seen, language="en", base=seen.revision)
    assert state(rio) == "draft"


def test_changes_elsewhere_do_not_hinder_a_review(rio, writer):
    translate(writer, at(rio, "1.2"))
    seen = at(rio, "1.2")
    rewrite_clause(actor=writer, text=seen, base=2, words={"verbal_form": "must"})
    review_unchanged(actor=writer, text=seen, language="en", base=2)
    assert state(rio) == "reviewed"


def test_a_review_of_what_nobody_saw_is_refused(rio, writer):
    with pytest.raises(StaleState):
        review_unchanged(actor=writer, text=at(rio, "1.2"), language="es", base=9)


def test_nothing_is_reviewed_where_there_are_no_words(rio, writer):
    with pytest.raises(DomainError):
        review_unchanged(actor=writer, text=at(rio, "1.2"), language="pt", base=1)
    with pytest.raises(DomainError):
        translate(writer, at(rio, "1.2"), {"text_pt": ""}, "pt", reviewed=True)


def test_the_authentic_language_is_reviewed_too(rio, writer):
    translate(writer, at(rio, "1.2"), {"text_es": "Nueva."}, "es", reviewed=True)
    row = at(rio, "1.2").languages.get(language="es")
    assert (row.state, row.basis["text"]) == ("reviewed", "Nueva.")


def test_reviewing_many_keeps_the_basis_of_each(rio, secretary):
    assert review_language(actor=secretary, version=rio, language="es") == 5
    assert at(rio, "2").languages.get(language="es").basis["title"] == "Cláusula 2"


def test_words_of_another_language_are_a_mistake_in_the_code(rio, writer):
    with pytest.raises(ValueError, match="language"):
        translate(writer, at(rio, "1.2"), {"text_es": "x"}, "en")


@pytest.mark.parametrize("act", [translate, lambda user, text: review_unchanged(actor=user, text=text, language="es", base=1)])
def test_others_translate_and_review_nothing(rio, miner, act):
    with pytest.raises(PermissionDenied):
        act(miner.user, at(rio, "1.2"))


@pytest.mark.parametrize("act", [translate, lambda user, text: review_unchanged(actor=user, text=text, language="es", base=1)])
def test_nothing_is_translated_in_a_frozen_version(rio, writer, act):
    freeze_version(version=rio, actor=None)
    with pytest.raises(DomainError):
        act(writer, at(rio, "1.2"))
