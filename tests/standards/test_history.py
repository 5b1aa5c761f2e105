"""A clause moved, reworded and split is one history, and its comments are found from every version."""

import pytest
from django.utils import translation

from standards.models import AnswerChange, ClauseLineage, ClauseText, Comment, Consultation, Version, VersionChange
from standards.querysets.history import history_of, voices_elsewhere
from standards.querysets.lineage import Descent, family
from tests.support.frameworks import make_answer, make_clause, make_comment, make_framework, make_round, make_version
from tests.support.pages import text_of, url
from tests.support.queries import flat
from tests.support.versions import follow


@pytest.fixture
def first(framework):
    version = make_version(framework, "0.1")
    make_clause(version, "3.2", title_es="Mercurio", text_es="Se cuida el agua y la tierra.")
    return version


@pytest.fixture
def identity(first):
    return first.texts.get().clause


@pytest.fixture
def second(first, identity):
    """3.2 became 4.1, was reworded, and 4.2 was taken out of it."""
    version = follow(first, "0.2")
    words = {"text_es": "Se cuida el agua.", "text_html_es": "<p>Se cuida el agua.</p>"}
    ClauseText.objects.filter(version=version).update(label="4.1", **words)
    part = make_clause(version, "4.2", text_es="Se cuida la tierra.").clause
    ClauseLineage.objects.create(version=version, kind="moved", clause=identity, old_label="3.2", new_label="4.1")
    ClauseLineage.objects.create(version=version, kind="split", clause=identity, other=part, reason="Eran dos cosas.")
    return version


def part_of(version):
    return version.texts.get(label="4.2").clause


def speak(version, label, producers, number=1, **fields):
    closed = make_round(version, number=number, state="closed")
    return make_comment(closed, producers, clause_text=version.texts.get(label=label), **fields)


def read(clause, version, user=None):
    with translation.override("en"):
        return history_of(user, clause, version.framework)


def test_a_moved_and_split_clause_has_one_history(second, identity):
    newer, older = read(identity, second).wordings
    assert [(wording.row["version__number"], wording.row["label"]) for wording in (newer, older)] == [("0.2", "4.1"), ("0.1", "3.2")]
    assert newer.before == older.row
    assert older.before is None
    assert newer.notes == ["Moved: it was 3.2 and became 4.1.", "Split: a part of it became 4.2. Eran dos cosas."]


def test_what_was_taken_out_is_compared_with_what_it_came_from(second):
    (wording,) = read(part_of(second), second).wordings
    assert wording.before["label"] == "3.2"
    assert wording.notes == ["Split off from 4.1. Eran dos cosas."]


def test_relatives_are_listed_from_both_sides(second, identity):
    assert [(row.label, row.earlier) for row in read(identity, second).relatives] == [("4.2", False)]
    assert [(row.label, row.earlier) for row in read(part_of(second), second).relatives] == [("4.1", True)]


def test_comments_are_counted_with_their_wording(second, identity, producers):
    speak(second, "4.1", producers)
    newer, older = read(identity, second).wordings
    assert [voices.count for voices in newer.voices] == [1]
    assert older.voices == []


@pytest.mark.parametrize(("version", "label"), [("0.1", "3.2"), ("0.2", "4.1"), ("0.2", "4.2")])
def test_comments_are_found_from_every_version(second, first, producers, version, label):
    speak(first, "3.2", producers)
    speak(second, "4.1", producers, 2)
    speak(second, "4.2", producers, 3)
    text = ClauseText.objects.get(version__number=version, label=label)
    found = {(row.number, row.label, row.count) for row in voices_elsewhere(None, second.framework, text)}
    everything = {("0.1", "3.2", 1), ("0.2", "4.1", 1), ("0.2", "4.2", 1)}
    assert found == everything - {(version, label, 1)}


def test_voices_on_relatives_are_marked_as_such(first, second, producers):
    speak(first, "3.2", producers)
    (voices,) = voices_elsewhere(None, second.framework, second.texts.get(label="4.2"))
    assert voices.relative
    assert voices.url.endswith("/0.1/3.2/#thread")
    with translation.override("en"):
        assert voices.count_words == "1 comment"


def test_hidden_and_withdrawn_comments_are_not_counted(first, second, producers):
    speak(first, "3.2", producers, state="withdrawn")
    assert voices_elsewhere(None, second.framework, second.texts.get(label="4.1")) == []


def test_other_clauses_have_other_voices(first, second, producers):
    other = make_clause(second, "9", text_es="Otra.")
    speak(first, "3.2", producers)
    assert voices_elsewhere(None, second.framework, other) == []


def test_a_split_in_a_draft_is_not_told_before_its_time(second, identity, producers):
    Version.objects.filter(pk=second.pk).update(public=False)
    found = read(identity, second)
    assert len(found.wordings) == 1
    assert (found.relatives, found.wordings[0].notes) == ([], [])


def test_a_merger_leads_to_the_clause_it_went_into(first, framework):
    other = make_clause(first, "3.3", text_es="Otra.").clause
    new = follow(first, "0.2")
    new.texts.filter(label="3.3").delete()
    kept = new.texts.get().clause
    ClauseLineage.objects.create(version=new, kind="merged", clause=other, other=kept)
    assert read(other, new).wordings[0].notes == ["Merged into 3.2."]
    assert [(row.label, row.earlier) for row in read(kept, new).relatives] == [("3.3", True)]
    assert read(kept, new).wordings[0].notes == ["3.3 was merged into it."]


@pytest.mark.parametrize(
    ("kind", "labels", "words"),
    [
        ("retired", ("", ""), "Retired."),
        ("restored", ("", ""), "Taken up again."),
        ("moved", ("1", "1"), "Moved to another place."),
        ("moved", ("1", "2"), "Moved: it was 1 and became 2."),
    ],
)
def test_lineage_is_told_in_words(kind, labels, words):
    with translation.override("en"):
        assert Descent(1, kind, 5, None, *labels, "").words(5, {}) == words


def test_a_clause_without_number_is_another_clause():
    with translation.override("en"):
        assert Descent(1, "split", 5, 6, "", "", "").words(6, {}) == "Split off from another clause."


def test_the_family_goes_through_generations_but_not_to_siblings():
    rows = [Descent(1, "split", 1, 2, "", "", ""), Descent(2, "merged", 2, 3, "", "", ""), Descent(2, "split", 1, 9, "", "", "")]
    assert family(3, rows) == ({1, 2}, set())
    assert family(1, rows) == (set(), {2, 3, 9})
    assert family(9, rows) == ({1}, set())


def test_a_circle_in_the_family_ends():
    rows = [Descent(1, "split", 1, 2, "", "", ""), Descent(2, "merged", 2, 1, "", "", "")]
    assert family(1, rows) == ({2}, {2})


def test_rounds_stand_with_the_version_that_was_open(second, identity, producers):
    speak(second, "4.1", producers)
    assert [round.number for round in read(identity, second).wordings[0].rounds] == [1]


def cause(comment, clause, version, **fields):
    answer = make_answer(comment, disposition="AC", **fields)
    AnswerChange.objects.create(answer=answer, clause=clause, version=version)


def test_published_answers_say_what_caused_the_wording(first, second, identity, producers):
    comment = speak(first, "3.2", producers)
    cause(comment, identity, second)
    (found,) = read(identity, second).wordings[0].causes
    assert (found.code, found.disposition, found.words) == (comment.code, "AC", "Accepted")
    assert comment.code in found.url


@pytest.mark.parametrize("state", ["drafted", "validated"])
def test_answers_that_are_not_published_are_no_cause_yet(first, second, identity, producers, secretary, state):
    cause(speak(first, "3.2", producers), identity, second, state=state)
    assert read(identity, second, secretary).wordings[0].causes == []


def test_the_change_log_says_its_word(second, identity):
    VersionChange.objects.create(version=second, clause=identity, found="substantive", kind="editorial", summary_es="Más corto.")
    assert read(identity, second).wordings[0].summary["summary_es"] == "Más corto."


def page(client, clause, language="es", more=""):
    return client.get(url("standards:clause_history", "marco", clause.uuid, language=language) + more)


def test_the_page_tells_the_history(client, second, identity, first, producers):
    comment = speak(first, "3.2", producers)
    cause(comment, identity, second)
    words = text_of(page(client, identity))
    for said in ("Historia de 4.1", "era 3.2 en 0.1", "Cambió a raíz de:", comment.code, "Eran dos cosas."):
        assert said in words


def test_the_page_marks_what_went(client, second, identity):
    html = page(client, identity).content.decode()
    assert "<del>" in html
    assert "tierra" in html


def test_the_page_of_an_unknown_or_hidden_clause_is_not_found(client, second, identity):
    elsewhere = make_clause(make_version(make_framework("otro")), "1").clause
    assert page(client, elsewhere).status_code == 404
    Version.objects.update(public=False)
    assert page(client, identity).status_code == 404


def test_the_committee_sees_who_saved_the_drafts(as_user, second, identity, miner, secretary):
    identity.revisions.create(version=second, number=2, author=miner.user, words={}, note="Más corto")
    assert "Más corto" not in text_of(page(as_user(miner), identity))
    assert "Rosa Quispe · Más corto" in text_of(page(as_user(secretary), identity))


def test_a_saving_of_the_secretariat_names_nobody(as_user, second, identity, secretary):
    identity.revisions.create(version=second, number=2, author=secretary, words={})
    words = text_of(page(as_user(secretary), identity))
    assert "secretaría" in words
    assert secretary.email not in words


def test_the_page_is_flat(client, second, identity, producers):
    speak(second, "4.1", producers)

    def grow():
        comments = Comment.objects.all()
        for number in ("0.3", "0.4", "0.5"):
            speak(follow(Version.objects.latest("pk"), number), "4.1", producers, Consultation.objects.count() + 1)
            cause(comments.last(), identity, Version.objects.latest("pk"))

    flat(lambda: page(client, identity), grow, ceiling=9)


def test_the_clause_page_links_to_its_history_and_other_voices(client, first, second, identity, producers):
    speak(first, "3.2", producers)
    words = text_of(client.get(url("standards:clause_detail", "marco", "0.2", "4.1")))
    assert "Historia de esta cláusula" in words
    assert "1 comentario sobre otras redacciones de esta cláusula" in words
    assert "Qué cambió desde la versión 0.1" in words
    assert "era 3.2" in words


def test_the_clause_page_says_when_nothing_changed(client, second):
    third = follow(second, "0.3")
    assert "Nada: las palabras" in text_of(client.get(url("standards:clause_detail", "marco", third.number, "4.1")))


def test_the_clause_page_says_that_a_clause_is_new(client, second):
    words = text_of(client.get(url("standards:clause_detail", "marco", "0.2", "4.2")))
    assert "Qué cambió desde la versión 0.1 nueva" in words


def test_the_clause_page_is_silent_about_a_previous_version_that_is_not_public(client, first, second):
    Version.objects.filter(pk=first.pk).update(public=False)
    for label in ("4.1", "4.2"):
        assert "Qué cambió desde" not in text_of(client.get(url("standards:clause_detail", "marco", "0.2", label)))


def test_the_clause_page_of_a_first_version_compares_with_nothing(client, first):
    assert "Qué cambió" not in text_of(client.get(url("standards:clause_detail", "marco", "0.1", "3.2")))


def test_on_paper_a_history_says_what_it_is_of(client, clock, second, identity):
    html = page(client, identity).content.decode()
    head = html.partition('<dl class="kv paper">')[2].partition("</dl>")[0]
    for said in ("Marco marco", "Español", "9 de marzo de 2026", url("standards:clause_history", "marco", identity.uuid)):
        assert said in head
    assert "Versión" not in head  # each wording tells its own
