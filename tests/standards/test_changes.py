"""What changed from one version to the next."""

from fractions import Fraction

import pytest

from standards.enums import ChangeKind, Level
from standards.models import ClauseText
from standards.querysets.changes import changed_share, changes_of
from tests.support.frameworks import make_clause, make_framework, make_version
from tests.support.queries import flat
from tests.support.versions import follow


@pytest.fixture
def old(clock, db):
    version = make_version(make_framework("marco", code="MPE", stage="drafting"), "0.1")
    for label in ("1.1", "1.2", "1.3", "1.4"):
        make_clause(version, label, text_es=f"La operación cuida el agua {label}.", text_en="Water.")
    return version


@pytest.fixture
def new(old):
    return follow(old, "0.2")


def write(version, called, /, **words):
    assert ClauseText.objects.filter(version=version, label=called).update(**words)


def kinds(version):
    return {(change.old_label, change.new_label): (change.kind.value, change.moved) for change in changes_of(version)}


def test_an_unchanged_copy_has_no_changes(new):
    assert changes_of(new) == []


def test_a_first_version_has_no_changes(old):
    assert changes_of(old) == []
    assert changed_share(old) == 0


@pytest.mark.parametrize(
    "words",
    [
        {"text_es": "La operación no usa agua."},
        {"title_es": "Otro título"},
        {"verification_es": "Se mide."},
        {"verbal_form": "may"},
        {"requirement_class": "entry"},
        {"deadline_months": 12},
        {"responsible": ["operator"]},
        {"applies_to": ["all"]},
        {"level": Level.NOTE},
        {"oecd_risk": "low"},
    ],
)
def test_what_binds_is_substantive(new, words):
    write(new, "1.1", **words)
    assert kinds(new) == {("1.1", "1.1"): ("substantive", False)}


@pytest.mark.parametrize(
    "words",
    [
        {"text_es": "La operacion, cuida el agua 1.1"},
        {"text_en": "Clean water."},
        {"plain_es": "Agua."},
        {"guidance_es": "Así."},
        {"sources": ["ISO 1"]},
    ],
)
def test_spelling_translations_and_explanations_are_editorial(new, words):
    write(new, "1.1", **words)
    assert kinds(new) == {("1.1", "1.1"): ("editorial", False)}


def test_the_authentic_language_decides(new):
    new.framework.authentic_language = "en"
    write(new, "1.1", text_en="Clean water.")
    write(new, "1.2", text_es="Otra cosa.")
    assert kinds(new) == {("1.1", "1.1"): ("substantive", False), ("1.2", "1.2"): ("editorial", False)}


def test_a_renumbered_clause_has_moved(new):
    write(new, "1.2", label="4.1")
    assert kinds(new) == {("1.2", "4.1"): ("moved", True)}


def test_a_clause_under_another_one_has_moved(new):
    above = ClauseText.objects.get(version=new, label="1.1")
    write(new, "1.2", parent=above)
    assert kinds(new) == {("1.2", "1.2"): ("moved", True)}


def test_a_moved_and_rewritten_clause_is_substantive_and_moved(new):
    write(new, "1.2", label="4.1", text_es="Otra cosa.")
    assert kinds(new) == {("1.2", "4.1"): ("substantive", True)}


def test_new_and_retired_clauses_are_told_by_their_number(new):
    ClauseText.objects.get(version=new, label="1.4").delete()
    make_clause(new, "1.9", text_es="Nueva.")
    assert kinds(new) == {("", "1.9"): ("new", False), ("1.4", ""): ("retired", False)}


def test_the_share_counts_requirements_of_both_sides_once(new):
    ClauseText.objects.get(version=new, label="1.4").delete()
    make_clause(new, "1.9", text_es="Nueva.")
    write(new, "1.1", text_es="Otra cosa.")
    write(new, "1.2", text_es="la operación cuida el agua 1.2")
    write(new, "1.3", label="7.1")
    assert changed_share(new) == Fraction(3, 5)


def test_the_share_leaves_out_what_is_no_requirement(old):
    write(old, "1.1", level=Level.NOTE)
    new = follow(old)
    write(new, "1.1", text_es="Otra cosa.")
    assert changed_share(new) == 0


def test_the_share_of_texts_without_requirements_is_nothing(old):
    ClauseText.objects.update(level=Level.NOTE)
    assert changed_share(follow(old)) == 0


def test_changes_are_flat(new, old):
    def grow():
        for label in ("8.1", "8.2", "8.3"):
            make_clause(new, label, text_es="Nueva.")

    flat(lambda: changes_of(new), grow, ceiling=2)


def test_every_kind_of_words_or_facts_has_its_words():
    assert {kind.value for kind in ChangeKind} == {"new", "substantive", "editorial", "moved", "retired"}
