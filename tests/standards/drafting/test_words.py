"""Saving what two people write in the same clause."""

import pytest
from django.core.exceptions import PermissionDenied

from red_mpe.core.models import Theme
from red_mpe.core.states import DomainError, StaleState
from standards.actions.drafting import ConflictError, retire_clause, rewrite_clause, take_again
from standards.actions.drafting.words import refuse_other
from standards.actions.texts import freeze_version, review_language
from standards.models import ClauseRevision, ClauseText
from tests.factories.drafting import at


def write(actor, text, base=None, note="", **words):
    return rewrite_clause(actor=actor, text=text, base=text.revision if base is None else base, words=words, note=note)


def test_a_saving_is_a_revision_with_author_and_reason(rio, writer):
    text, merged = write(writer, at(rio, "1.2"), text_es="La operación debe medir el agua.", note="Más claro.")
    row = ClauseRevision.objects.filter(clause=text.clause).last()
    assert (row.number, row.author, row.note, row.changed) == (2, writer, "Más claro.", ["text_es"])
    assert (text.revision, merged) == (2, False)


def test_what_is_left_out_stays(rio, writer):
    text, _merged = write(writer, at(rio, "1.2"), title_en="Water")
    assert (text.title_es, text.title_en) == ("Cláusula 1.2", "Water")


def test_a_saving_that_changes_nothing_is_none(rio, writer):
    text, _merged = write(writer, at(rio, "1.2"), title_es=" Cláusula  1.2 ", text_es="La operación debe cuidar el agua 1.2.\r\n")
    assert text.revision == 1
    assert ClauseRevision.objects.filter(clause=text.clause).count() == 1


def test_changes_in_different_fields_go_together(rio, writer, other_writer):
    first = at(rio, "1.2")
    write(writer, first, text_es="Otra cosa.")
    text, merged = write(other_writer, first, base=1, text_es="La operación debe cuidar el agua 1.2.", title_es="Agua")
    assert (text.text_es, text.title_es, merged, text.revision) == ("Otra cosa.", "Agua", True, 3)


def test_the_same_change_by_two_is_no_conflict(rio, writer, other_writer):
    first = at(rio, "1.2")
    write(writer, first, text_es="Otra cosa.")
    text, merged = write(other_writer, first, base=1, text_es="Otra cosa.")
    assert (text.text_es, merged, text.revision) == ("Otra cosa.", True, 2)


def test_changes_of_the_same_field_are_shown_and_nothing_is_overwritten(rio, writer, other_writer):
    first = at(rio, "1.2")
    write(writer, first, text_es="De Marta.", title_es="Agua")
    with pytest.raises(ConflictError) as refusal:
        write(other_writer, first, base=1, text_es="De Luis.", plain_es="Cuida el agua.")
    assert (refusal.value.fields, refusal.value.base, refusal.value.theirs["text_es"]) == (["text_es"], 2, "De Marta.")
    assert (at(rio, "1.2").text_es, at(rio, "1.2").plain_es) == ("De Marta.", "")


def test_facts_and_themes_are_merged_as_words_are(rio, writer, other_writer):
    first, themes = at(rio, "1.2"), list(Theme.objects.values_list("code", flat=True)[:2])
    write(writer, first, verbal_form="must", themes=themes)
    text, _merged = write(other_writer, first, base=1, verbal_form="", themes=[], responsible=["operator"])
    assert (text.verbal_form, text.responsible, text.themes.count()) == ("must", ["operator"], 2)
    with pytest.raises(ConflictError):
        write(other_writer, first, base=1, themes=themes[:1])


def test_a_revision_nobody_has_seen_is_refused(rio, writer):
    with pytest.raises(StaleState):
        write(writer, at(rio, "1.2"), base=7, title_es="x")


def test_a_clause_that_has_gone_is_refused(rio, writer):
    text = at(rio, "1.2")
    retire_clause(actor=writer, text=text, reason="Sobra.")
    with pytest.raises(StaleState):
        write(writer, text, title_es="x")


def test_columns_that_are_none_are_a_mistake_in_the_code(rio, writer):
    with pytest.raises(ValueError, match="label"):
        write(writer, at(rio, "1.2"), label="9")


def test_a_frozen_version_is_not_rewritten(rio, writer):
    freeze_version(version=rio, actor=None)
    with pytest.raises(DomainError, match=r"0\.2"):
        write(writer, at(rio, "1.2"), title_es="x")


def test_others_rewrite_nothing(rio, miner, writer):
    for act in (
        lambda: write(miner.user, at(rio, "1.2"), title_es="x"),
        lambda: take_again(actor=miner.user, text=at(rio, "1.2"), number=1),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert at(rio, "1.2").title_es == "Cláusula 1.2"


def test_an_earlier_wording_is_taken_again(rio, writer):
    write(writer, at(rio, "1.2"), text_es="Peor.", verbal_form="must")
    text = take_again(actor=writer, text=at(rio, "1.2"), number=1)
    assert (text.text_es, text.verbal_form, text.revision) == ("La operación debe cuidar el agua 1.2.", "must", 3)
    assert ClauseRevision.objects.filter(clause=text.clause).last().note


def test_a_wording_that_never_was_is_not_taken(rio, writer):
    with pytest.raises(DomainError):
        take_again(actor=writer, text=at(rio, "1.2"), number=8)


def test_a_rewritten_original_makes_reviewed_translations_stale(rio, writer):
    write(writer, at(rio, "1.2"), text_en="The operation must protect water.")
    review_language(actor=writer, version=rio, language="en")
    write(writer, at(rio, "1.2"), text_es="Otra cosa.")
    row = at(rio, "1.2").languages.get(language="en")
    assert (row.state, row.basis["text"]) == ("stale", "La operación debe cuidar el agua 1.2.")


def test_what_somebody_saved_since_is_noticed(rio, writer):
    text = at(rio, "1.2")
    assert refuse_other(text, 1) == text
    with pytest.raises(StaleState):
        refuse_other(text, 0)


def test_blanks_at_an_end_are_no_change_of_a_language(rio, writer):
    ClauseText.objects.filter(version=rio, label="1.2").update(text_en="Water.\r\n")
    review_language(actor=writer, version=rio, language="en")
    write(writer, at(rio, "1.2"), text_es="Otra cosa.", text_en="Water.")
    assert at(rio, "1.2").languages.get(language="en").state == "stale"
