"""The next version, closing a draft, errata."""

import pytest
from django.core.exceptions import PermissionDenied

from red_mpe.core.models import AuditEntry, Theme
from red_mpe.core.states import DomainError
from standards.actions.texts import canonical_text, freeze_version
from standards.actions.versions import add_erratum, begin_next_version, close_draft, next_number
from standards.enums import RoundState, Stage
from standards.models import ClauseLanguage, ClauseRevision, ClauseText, Erratum, Version
from standards.querysets.frameworks import number_key
from tests.support.frameworks import make_clause, make_round, make_version
from tests.support.queries import count_queries
from tests.support.versions import follow


@pytest.fixture
def frozen(version, clause):
    return freeze_version(version=version, actor=None)


def begin(secretary, framework, kind="working", number=None):
    return begin_next_version(actor=secretary, framework=framework, kind=kind, number=number)


def test_the_next_version_has_the_same_text(frozen, secretary):
    new = begin(secretary, frozen.framework)
    assert canonical_text(new) == canonical_text(frozen)
    assert (new.number, new.kind, new.previous, new.public, new.frozen) == ("0.3", "working", frozen, False, False)


def test_every_column_of_a_clause_is_copied(version, clause, secretary):
    facts = {"verbal_form": "must", "requirement_class": "entry", "deadline_months": 12, "oecd_risk": "low", "applies_to": ["all"]}
    ClauseText.objects.filter(pk=clause.pk).update(responsible=["plant"], sources=["ISO"], depth=2, position=7, **facts)
    new = follow(version).texts.get()
    old = ClauseText.objects.get(pk=clause.pk)
    own = {"id", "version_id", "created_at", "updated_at", "revision"}
    names = [field.attname for field in ClauseText._meta.concrete_fields if field.attname not in own]
    assert {name: getattr(new, name) for name in names} == {name: getattr(old, name) for name in names}
    assert new.text_html_es == old.text_html_es != ""


def test_the_tree_is_copied_within_the_new_version(version, clause):
    child = make_clause(version, "2.3.1.1", text_es="Hija.", parent=clause)
    make_clause(version, "2.3.1.1.1", text_es="Nieta.", parent=child)
    texts = {text.label: text for text in follow(version).texts.select_related("parent")}
    assert texts["2.3.1"].parent is None
    assert texts["2.3.1.1"].parent == texts["2.3.1"]
    assert texts["2.3.1.1.1"].parent == texts["2.3.1.1"]


def test_the_tree_is_found_through_several_versions(version, clause):
    make_clause(version, "2.3.1.1", text_es="Hija.", parent=clause)
    third = follow(follow(version))
    assert third.texts.get(label="2.3.1.1").parent == third.texts.get(label="2.3.1")


def test_themes_and_languages_are_copied(version, clause, secretary):
    theme = Theme.objects.first()
    clause.themes.add(theme)
    state = {"state": "reviewed", "reviewed_by": secretary, "basis": {"text": "La operación"}}
    ClauseLanguage.objects.create(clause_text=clause, language="en", **state)
    new = follow(version).texts.get()
    row = new.languages.get()
    assert list(new.themes.all()) == [theme]
    assert (row.language, row.state, row.reviewed_by, row.basis) == ("en", "reviewed", secretary, {"text": "La operación"})


def test_each_clause_begins_with_a_first_revision(version, clause, secretary):
    make_clause(version, "2.3.1.1", text_es="Hija.", parent=clause)
    frozen = freeze_version(version=version, actor=None)
    new = begin(secretary, frozen.framework)
    row = ClauseRevision.objects.get(version=new, words__label="2.3.1.1")
    assert (row.number, row.author, row.words["text_es"], row.words["parent"]) == (1, secretary, "Hija.", clause.clause_id)
    assert row.words["text_pt"] == ""
    assert set(new.texts.values_list("revision", flat=True)) == {1}


def test_copying_is_flat(frozen, secretary):
    def copy():
        new = begin(secretary, frozen.framework)
        freeze_version(version=new, actor=None)

    few = len(count_queries(copy))
    new = begin(secretary, frozen.framework)
    for label in ("8.1", "8.2", "8.3"):
        make_clause(new, label, text_es="Nueva.")
    freeze_version(version=new, actor=None)
    assert len(count_queries(copy)) <= few


def test_beginning_leaves_a_trace(frozen, secretary):
    begin(secretary, frozen.framework)
    assert AuditEntry.objects.get(verb="standards.version_begun").data == {"previous": frozen.pk, "clauses": 1}


@pytest.mark.parametrize(
    ("last", "kind", "number"),
    [
        ("0.2", "working", "0.3"),
        ("0.9", "consultation", "0.10"),
        ("0.3", "final_draft", "1.0"),
        ("1.0", "working", "1.1"),
        ("1.2", "final_draft", "2.0"),
        ("1.0", "adopted", "2.0"),
    ],
)
def test_numbers_count_on(last, kind, number):
    assert next_number(last, kind) == number


@pytest.mark.parametrize("number", ["0.2", "0.1", "1.0", "2", "a.b", "0.3.1", "", " 0.x", "0.³"])
def test_a_working_version_is_refused_a_number_that_does_not_fit(frozen, secretary, number):
    if number:
        with pytest.raises(DomainError):
            begin(secretary, frozen.framework, number=number)
    assert frozen.framework.versions.count() == 1


def test_a_final_draft_is_refused_a_number_that_does_not_end_in_0(frozen, secretary):
    with pytest.raises(DomainError):
        begin(secretary, frozen.framework, "final_draft", "0.9")
    assert begin(secretary, frozen.framework, "final_draft", "2.0").number == "2.0"


def test_numbers_may_be_skipped_and_are_written_plainly(frozen, secretary):
    assert begin(secretary, frozen.framework, number="0.07").number == "0.7"


def test_numbers_are_sorted_as_numbers():
    assert sorted(["0.10", "1.0", "0.9"], key=number_key) == ["0.9", "0.10", "1.0"]


def test_the_highest_number_is_the_last_version(frozen, framework, secretary):
    freeze_version(version=make_version(framework, "0.1"), actor=None)
    assert begin(secretary, framework).previous == frozen


def test_no_version_to_begin_from_is_refused(framework, secretary):
    with pytest.raises(DomainError, match=r"(?i)import"):
        begin(secretary, framework)


def test_a_draft_is_finished_first(version, secretary):
    with pytest.raises(DomainError, match=r"0\.2"):
        begin(secretary, version.framework)


@pytest.mark.parametrize("state", [RoundState.ANNOUNCED, RoundState.OPEN])
def test_a_live_round_is_heard_first(frozen, secretary, state):
    make_round(frozen, state=state)
    with pytest.raises(DomainError, match="1"):
        begin(secretary, frozen.framework)


@pytest.mark.parametrize("state", [RoundState.PLANNED, RoundState.CLOSED])
def test_other_rounds_do_not_hinder(frozen, secretary, state):
    make_round(frozen, state=state)
    assert begin(secretary, frozen.framework).number == "0.3"


@pytest.mark.parametrize("stage", [Stage.SUSPENDED, Stage.ABANDONED, Stage.SUPERSEDED])
def test_a_framework_at_rest_has_no_next_version(frozen, secretary, stage):
    type(frozen.framework).objects.update(stage=stage)
    with pytest.raises(DomainError):
        begin(secretary, frozen.framework)


def test_only_who_steers_begins_a_version(frozen, miner):
    with pytest.raises(PermissionDenied):
        begin(miner.user, frozen.framework)


def test_closing_a_draft_gives_its_hash(version, clause, secretary):
    assert len(close_draft(actor=secretary, version=version).sha256) == 64


def test_an_empty_draft_is_not_closed(version, secretary):
    with pytest.raises(DomainError):
        close_draft(actor=secretary, version=version)
    assert not Version.objects.get().frozen


def test_only_who_steers_closes_a_draft(version, clause, miner):
    with pytest.raises(PermissionDenied):
        close_draft(actor=miner.user, version=version)


def test_an_erratum_stands_beside_the_frozen_text(frozen, clause, secretary):
    words = {"wrong": "del  río", "right": "de los ríos", "note_es": "Falta.", "note_en": "Missing."}
    erratum = add_erratum(actor=secretary, version=frozen, clause_text=clause, language="es", **words)
    assert (erratum.wrong, erratum.right, erratum.note_es, erratum.note_en) == ("del  río", "de los ríos", "Falta.", "Missing.")
    assert ClauseText.objects.get().text_es == "La operación elimina el mercurio del río."


def test_a_general_erratum_needs_only_an_explanation(frozen, secretary):
    assert add_erratum(actor=secretary, version=frozen, language="es", note_es="La portada.").clause_text is None


@pytest.mark.parametrize(
    ("language", "words"),
    [("es", {}), ("es", {"wrong": "del río"}), ("es", {"wrong": "of the river", "right": "x"}), ("en", {"wrong": "del río", "right": "x"})],
)
def test_an_erratum_that_says_nothing_or_misquotes_is_refused(frozen, clause, secretary, language, words):
    with pytest.raises(DomainError):
        add_erratum(actor=secretary, version=frozen, clause_text=clause, language=language, **words)
    assert not Erratum.objects.exists()


def test_a_draft_has_no_errata(version, clause, secretary):
    with pytest.raises(DomainError):
        add_erratum(actor=secretary, version=version, language="es", note_es="x")


def test_an_erratum_is_of_a_clause_of_that_version(frozen, framework, secretary):
    other = make_clause(make_version(framework, "0.1"), "1", text_es="x")
    with pytest.raises(DomainError):
        add_erratum(actor=secretary, version=frozen, clause_text=other, language="es", note_es="x")


def test_only_who_steers_adds_errata(frozen, miner):
    with pytest.raises(PermissionDenied):
        add_erratum(actor=miner.user, version=frozen, language="es", note_es="x")


def test_no_version_is_called_a_final_draft_and_closed_past_the_guards(version, clause, secretary):
    Version.objects.filter(pk=version.pk).update(kind="final_draft")
    version.refresh_from_db()
    with pytest.raises(DomainError):
        close_draft(actor=secretary, version=version)
    assert not Version.objects.get(pk=version.pk).frozen
