"""Writing, publishing and correcting the synopsis of a round."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import translation

from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError, GuardsUnmet, StaleState
from standards.actions.synopses import (
    OverwrittenError,
    draft_paragraphs,
    due_on,
    languages_missing,
    missing_in,
    paragraph_drafts,
    publish_synopsis,
    synopsis_of,
    write_paragraph,
    write_synopsis,
)
from standards.enums import RoundState
from standards.models import Answer, Comment, Consultation, ProcessRules, Synopsis, SynopsisClause, SynopsisCorrection
from tests.factories.standards import fresh
from tests.standards.reports.conftest import WORDS, reread


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def write(actor, consultation, revision=0, note="", **words):
    return write_synopsis(actor=fresh(actor), consultation=consultation, words=words, revision=revision, note=note)


def paragraph(actor, consultation, clause, revision=0, note="", **words):
    place = clause and clause.clause
    return write_paragraph(actor=fresh(actor), consultation=consultation, clause=place, words=words, revision=revision, note=note)


def verbs():
    return list(AuditEntry.objects.filter(verb__startswith="standards.synopsis").order_by("pk").values_list("verb", flat=True))


def test_synopsis_begins_with_what_the_round_asked(closed):
    assert synopsis_of(closed).asked_es == "¿Qué falta?"
    assert not Synopsis.objects.exists()


def test_synopsis_that_is_saved_is_the_one_found(closed, secretary):
    saved = write(secretary, closed, asked_es="Otra cosa.")
    assert synopsis_of(closed) == saved
    assert synopsis_of(closed).asked_es == "Otra cosa."


def test_words_are_saved_clean_and_counted(closed, secretary):
    saved = write(secretary, closed, asked_es="  ¿Qué\x00 falta aquí? \r\n")
    assert (saved.asked_es, saved.revision, saved.next_steps_es) == ("¿Qué falta aquí?", 1, None)
    assert verbs() == ["standards.synopsis_saved"]


def test_columns_that_are_none_of_ours_are_not_written(closed, secretary):
    assert write(secretary, closed, asked_es="x", published_at="2026-01-01").published_at is None


def test_saving_the_same_again_counts_nothing(closed, secretary):
    write(secretary, closed, asked_es="x")
    assert write(secretary, closed, asked_es="x", revision=1).revision == 1
    assert len(verbs()) == 1


def test_second_writer_never_overwrites_silently(closed, secretary, committee):
    write(secretary, closed, asked_es="De ella.")
    with pytest.raises(OverwrittenError) as refusal:
        write(committee["member"].user, closed, asked_es="De él.")
    assert refusal.value.theirs == {"asked_es": "De ella."}
    assert refusal.value.mark == 1
    assert Synopsis.objects.get().asked_es == "De ella."


def test_two_who_write_different_clauses_do_not_meet(closed, secretary, clause):
    paragraph(secretary, closed, clause, said_es="Uno.")
    paragraph(secretary, closed, None, said_es="Dos.")
    assert sorted(SynopsisClause.objects.values_list("said_es", "revision")) == [("Dos.", 1), ("Uno.", 1)]


def test_second_writer_of_a_clause_sees_the_first(closed, secretary, clause):
    paragraph(secretary, closed, clause, said_es="Uno.")
    with pytest.raises(OverwrittenError):
        paragraph(secretary, closed, clause, said_es="Dos.")


def test_writing_a_clause_moves_the_synopsis_on(closed, secretary, clause, clock):
    before = write(secretary, closed, asked_es="x").updated_at
    clock.shift(60)
    paragraph(secretary, closed, clause, said_es="Uno.")
    assert Synopsis.objects.get().updated_at > before


@pytest.mark.parametrize("role", ["observer", None])
def test_only_who_writes_in_the_committee_writes(closed, committee, scholar, role):
    with pytest.raises(PermissionDenied):
        write(committee[role].user if role else scholar.user, closed, asked_es="x")
    assert not Synopsis.objects.exists()


@pytest.mark.parametrize("role", ["chair", "member"])
def test_committee_writes(closed, committee, role):
    assert write(committee[role].user, closed, asked_es="x").revision == 1


@pytest.mark.parametrize("act", [write, publish_synopsis, draft_paragraphs])
def test_nothing_is_written_while_the_round_listens(consultation, secretary, act):
    Consultation.objects.update(state=RoundState.OPEN)
    with pytest.raises(DomainError):
        act(actor=secretary, consultation=reread()) if act is not write else act(secretary, reread(), asked_es="x")


@pytest.mark.parametrize(("comments", "due"), [(10, date(2026, 4, 15)), (1000, date(2026, 4, 15)), (1001, date(2026, 4, 30))])
def test_synopsis_is_due_some_weeks_after_closing(closed, comments, due):
    assert due_on(closed, comments) == due


def test_drafts_say_the_numbers_in_each_language(answered, closed, clause):
    draft = paragraph_drafts(closed)[clause.clause_id]
    assert draft["said_en"] == "1 comment was made. Technical: 1."
    assert draft["changed_en"] == "Accepted: 1."
    assert len({draft["said_es"], draft["said_en"], draft["said_pt"]}) == 3


def test_drafts_tell_what_still_waits_and_not_what_is_planned(answered, closed, clause):
    Answer.objects.update(state="validated")
    assert paragraph_drafts(closed)[clause.clause_id]["changed_en"] == "1 still without answer."


def test_drafts_follow_the_text_with_the_general_first(answered, closed, clause):
    assert list(paragraph_drafts(closed)) == [None, clause.clause_id]


def test_drafting_leaves_what_people_wrote(answered, closed, secretary, clause):
    paragraph(secretary, closed, clause, said_es="De persona.")
    assert draft_paragraphs(actor=secretary, consultation=closed) == 1
    assert SynopsisClause.objects.get(clause=clause.clause).said_es == "De persona."
    assert SynopsisClause.objects.get(clause=None).said_es


def test_drafting_fills_a_paragraph_that_was_left_empty(answered, closed, secretary, clause):
    paragraph(secretary, closed, clause, said_es="x")
    paragraph(secretary, closed, clause, revision=1, said_es="")
    assert draft_paragraphs(actor=secretary, consultation=closed) == 2


def test_drafting_is_over_once_it_is_public(published, secretary):
    with pytest.raises(DomainError, match="public"):
        draft_paragraphs(actor=secretary, consultation=reread())


def missing(consultation):
    with translation.override("en"):
        return [str(words) for words in missing_in(synopsis_of(consultation))]


def test_everything_is_missing_at_first(answered, closed):
    assert missing(closed) == [
        "Not written yet: how it was promoted.",
        "Not written yet: next steps.",
        "Clauses without words on what was said: General comments, 2.3.1",
    ]


def test_nothing_is_missing_once_it_is_written(written):
    assert missing(written) == []


def test_an_open_round_is_missing_its_end(consultation):
    assert "The round has not closed yet." in missing(reread())


def test_many_missing_clauses_are_not_all_named(closed, version, miner, producers):
    from tests.support.frameworks import make_clause, make_comment

    with transaction.atomic():
        Consultation.objects.update(version=type(version).objects.create(framework=version.framework, number="0.9"))
    consultation = reread()
    for number in range(14):
        make_comment(consultation, producers, clause_text=make_clause(consultation.version, f"7.{number}"))
    assert missing(consultation)[-1].endswith("7.10…")


def test_languages_without_words_are_a_warning(written):
    ProcessRules.objects.update(required_languages=["es", "en"])
    assert languages_missing(synopsis_of(reread())) == ["en"]


def test_languages_of_what_is_not_saved_are_looked_at_too(closed):
    ProcessRules.objects.update(required_languages=["pt"])
    assert languages_missing(synopsis_of(reread())) == ["pt"]


def test_publishing_is_refused_with_all_that_is_missing(answered, closed, secretary):
    write(secretary, closed, asked_es="")
    with pytest.raises(GuardsUnmet) as refusal:
        publish_synopsis(actor=secretary, consultation=closed)
    assert len(refusal.value.unmet) == 4
    assert Synopsis.objects.get().published_at is None


@pytest.mark.parametrize("role", ["member", "observer"])
def test_publishing_is_for_who_leads(written, committee, role):
    with pytest.raises(PermissionDenied):
        publish_synopsis(actor=committee[role].user, consultation=written)


def test_publishing_keeps_the_figures(written, secretary):
    synopsis = publish_synopsis(actor=secretary, consultation=written)
    Comment.objects.update(chamber=Comment.objects.last().chamber)
    synopsis.refresh_from_db()
    assert synopsis.figures["comments"] == 2
    assert synopsis.figures["people"] is None
    assert verbs()[-1] == "standards.synopsis_published"


def test_publishing_names_who_did_it(published, secretary):
    assert (published.published_by, published.published_at is not None) == (secretary, True)


def test_answers_that_are_not_public_do_not_hold_it_up(written, secretary):
    Answer.objects.update(state="validated")
    assert publish_synopsis(actor=secretary, consultation=written).figures["answered"] == [0, 2]


def test_publishing_twice_is_refused(published, secretary):
    with pytest.raises(StaleState):
        publish_synopsis(actor=secretary, consultation=reread())


def test_public_words_change_only_with_a_reason(published, secretary):
    with pytest.raises(DomainError, match="public"):
        write(secretary, reread(), revision=published.revision, **{**WORDS, "asked_es": "Otra."})
    assert Synopsis.objects.get().asked_es == "¿Qué falta?"


def test_a_correction_keeps_the_words_before_and_after(published, secretary, clause):
    paragraph(secretary, reread(), clause, revision=1, note=" Errata ", said_es="Pedían más claridad.", changed_es="Se aclaró.")
    row = SynopsisCorrection.objects.get()
    assert (row.clause, row.before, row.after) == (clause.clause, {"said_es": "Pedían claridad."}, {"said_es": "Pedían más claridad."})
    assert (row.note, row.author) == ("Errata", secretary)
    assert verbs()[-1] == "standards.synopsis_corrected"


def test_a_correction_is_never_rewritten(published, secretary):
    write(secretary, reread(), revision=published.revision, note="Errata", **{**WORDS, "asked_es": "Otra."})
    with pytest.raises(DatabaseError, match="only"), transaction.atomic():
        SynopsisCorrection.objects.update(note="Nada")


def test_the_audit_holds_no_words(published, secretary):
    write(secretary, reread(), revision=published.revision, note="Secreta", **{**WORDS, "asked_es": "Palabras."})
    told = repr(list(AuditEntry.objects.values_list("data", flat=True)))
    assert not [word for word in ("Palabras", "Secreta", "radio") if word in told]
