"""Writing the text of a version."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from red_mpe.core.models import AuditEntry, Theme
from red_mpe.core.states import DomainError
from standards.actions.texts import (
    add_clause_text,
    freeze_version,
    label_is_reserved,
    refuse_frozen,
    review_language,
    save_clause_text,
    text_hash,
)
from standards.enums import Level, TextState
from standards.models import Clause, ClauseText, Version
from tests.support.frameworks import make_clause, make_framework, make_version


def states_of(text):
    return dict(text.languages.order_by("language").values_list("language", "state"))


@pytest.fixture
def reviewed(clause, version, secretary):
    """A clause of which each language that has words is reviewed."""
    save_clause_text(actor=secretary, text=clause)
    for language in ("es", "en", "pt"):
        review_language(actor=secretary, version=version, language=language)
    return clause


def test_only_what_has_words_is_reviewed(reviewed, secretary):
    assert states_of(reviewed) == {"es": "reviewed", "en": "reviewed", "pt": "draft"}
    row = reviewed.languages.get(language="es")
    assert (row.reviewed_by, row.reviewed_at) == (secretary, timezone.now())


def test_review_may_be_of_some_clauses(reviewed, version, secretary):
    reviewed.languages.update(state=TextState.DRAFT)
    assert review_language(actor=secretary, version=version, language="es", labels=["9.9"]) == 0
    assert review_language(actor=secretary, version=version, language="es", labels=["2.3.1"]) == 1


def test_changing_the_authentic_text_makes_the_others_stale(reviewed, secretary):
    reviewed.text_es = "La operación no usa mercurio."
    save_clause_text(actor=secretary, text=reviewed)
    assert states_of(reviewed) == {"es": "draft", "en": "stale", "pt": "draft"}
    assert reviewed.languages.get(language="es").reviewed_by is None
    assert "no usa" in ClauseText.objects.get().text_html_es


def test_changing_a_translation_leaves_the_others_alone(reviewed, secretary):
    reviewed.intent_en = "To keep rivers alive."
    save_clause_text(actor=secretary, text=reviewed)
    assert states_of(reviewed) == {"es": "reviewed", "en": "draft", "pt": "draft"}
    assert AuditEntry.objects.filter(verb="standards.clause_text_saved").first().data == {"languages": ["en"]}


def test_saving_what_has_not_changed_changes_no_state(reviewed, secretary):
    reviewed.position = 7
    save_clause_text(actor=secretary, text=reviewed)
    assert states_of(reviewed)["en"] == "reviewed"


def test_saving_cleans_words_and_sets_themes(clause, secretary):
    clause.title_es, clause.plain_es = " Mercurio\u202e\n y oro ", "\x00 Sin mercurio. "
    theme = Theme.objects.first()
    save_clause_text(actor=secretary, text=clause, themes=[theme])
    clause.refresh_from_db()
    assert (clause.title_es, clause.plain_es) == ("Mercurio y oro", "Sin mercurio.")
    save_clause_text(actor=secretary, text=clause)
    assert list(clause.themes.all()) == [theme]


def test_markdown_of_a_clause_is_harmless(clause, secretary):
    clause.text_es = "<script>x</script> [a](javascript:b)\n\n| a |\n|---|\n| b |"
    save_clause_text(actor=secretary, text=clause)
    assert "<script" not in clause.text_html_es
    assert "href" not in clause.text_html_es
    assert "<table>" in clause.text_html_es


@pytest.mark.parametrize("act", ["save", "add", "review"])
def test_only_the_secretariat_writes(miner, version, clause, act):
    with pytest.raises(PermissionDenied):
        {
            "save": lambda: save_clause_text(actor=miner.user, text=clause),
            "add": lambda: add_clause_text(actor=miner.user, version=version, label="9", level="requirement"),
            "review": lambda: review_language(actor=miner.user, version=version, language="es"),
        }[act]()


@pytest.mark.parametrize("act", ["save", "add", "review"])
def test_a_frozen_version_is_not_written(secretary, version, clause, act):
    freeze_version(version=version, actor=secretary)
    with pytest.raises(DomainError):
        {
            "save": lambda: save_clause_text(actor=secretary, text=clause),
            "add": lambda: add_clause_text(actor=secretary, version=version, label="9", level="requirement"),
            "review": lambda: review_language(actor=secretary, version=version, language="es"),
        }[act]()


def test_freezing_twice_keeps_the_first_hash(secretary, version, clause):
    first = freeze_version(version=version, actor=secretary).sha256
    assert freeze_version(version=Version.objects.get(), actor=None).sha256 == first == text_hash(version)
    assert AuditEntry.objects.filter(verb="standards.version_frozen").count() == 1
    with pytest.raises(DomainError):
        refuse_frozen(version)


@pytest.mark.parametrize("change", [{"text_pt": "Água."}, {"label": "2.3.2"}, {"verbal_form": "may"}, {"sources": ["Minamata"]}])
def test_the_hash_is_of_every_word_and_fact(version, clause, change):
    before = text_hash(version)
    assert text_hash(version) == before
    ClauseText.objects.update(**change)
    assert text_hash(version) != before


def test_the_hash_is_of_the_order_too(version, clause):
    other = make_clause(version, "9", text_es="x")
    before = text_hash(version)
    ClauseText.objects.filter(pk=other.pk).update(position=0)
    assert text_hash(version) != before


def add(secretary, version, label, parent=None, **facts):
    return add_clause_text(actor=secretary, version=version, label=label, level=Level.REQUIREMENT, parent=parent, **facts)


def test_a_clause_is_added_under_another(secretary, version):
    first, last = add(secretary, version, "1"), add(secretary, version, "2")
    below = add(secretary, version, "1.1", first, text_es="**Agua**", themes=[Theme.objects.first()])
    add(secretary, version, "1.2", first)
    rows = version.texts.order_by("position").values_list("label", "depth")
    assert list(rows) == [("1", 0), ("1.1", 1), ("1.2", 1), ("2", 0)]
    assert (below.parent, below.text_html_es, states_of(below)["es"]) == (first, "<p><strong>Agua</strong></p>", "draft")
    assert add(secretary, version, "2.1", last).position == 4


def test_a_label_of_an_earlier_version_keeps_its_identity(secretary, version, clause):
    later = make_version(version.framework, "0.3")
    assert add(secretary, later, "2.3.1").clause == clause.clause
    assert add(secretary, later, "9").clause != clause.clause


def test_a_clause_renumbered_in_this_version_is_not_taken_twice(secretary, version, clause):
    later = make_version(version.framework, "0.3")
    moved = add(secretary, later, "2.3.1")
    ClauseText.objects.filter(pk=moved.pk).update(label="4.1")
    assert add(secretary, later, "2.3.1").clause != clause.clause


@pytest.mark.parametrize("label", ["general", "General", "a/b", "", " . "])
def test_a_label_that_cannot_be_an_address_is_refused(secretary, version, label):
    assert label_is_reserved(label)
    with pytest.raises(DomainError):
        add(secretary, version, label)


def test_a_label_given_already_and_a_strange_parent_are_refused(secretary, version, clause):
    with pytest.raises(DomainError):
        add(secretary, version, "2.3.1")
    other = make_clause(make_version(make_framework("otro", code="OTRO")), "1")
    with pytest.raises(DomainError):
        add(secretary, version, "9", other)
    assert Clause.objects.count() == 2


def test_labels_and_places_are_unique_in_the_database(version, clause):
    for same in ({"label": "2.3.1", "position": 9}, {"label": "", "position": 9}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ClauseText.objects.create(version=version, clause=Clause.objects.create(framework=version.framework), **same)
