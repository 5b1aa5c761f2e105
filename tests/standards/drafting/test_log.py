"""The change log follows every saving of the draft; looking at it writes nothing."""

import uuid

import pytest

from red_mpe.core.models import AuditEntry
from standards.actions.changelog import edit_change, write_change_log
from standards.actions.drafting import (
    merge_clauses,
    move_clause,
    restore_clause,
    retire_clause,
    rewrite_clause,
    split_clause,
    translate_clause,
)
from standards.actions.frameworks import edit_version
from standards.actions.imports import plan_import, write_import
from standards.actions.texts import add_clause_text
from standards.models import ClauseText, Version, VersionChange
from standards.querysets.changes import changes_of
from standards.readers import Entry, Outline
from tests.factories.drafting import at
from tests.support.pages import url
from tests.support.queries import count_queries
from tests.support.versions import follow


@pytest.fixture
def draft(rio, writer):
    """Version 0.3 of the tree, with the same words as 0.2."""
    return follow(rio, "0.3")


def told(version):
    """The log as it is kept, checked against what is found anew."""
    kept = {row.clause_id: (row.found, row.moved, row.old_label, row.new_label) for row in VersionChange.objects.filter(version=version)}
    fresh = Version.objects.select_related("previous", "framework").get(pk=version.pk)
    assert kept == {one.clause: (one.kind, one.moved, one.old_label, one.new_label) for one in changes_of(fresh)}
    return sorted((row[0], row[3] or row[2]) for row in kept.values())


def rewrite(version, writer, label, **words):
    text = at(version, label)
    return rewrite_clause(actor=writer, text=text, base=text.revision, words=words)


def split(version, writer):
    text = at(version, "1.1")
    words = {"stays": {"text_es": "Debe medir."}, "goes": {"text_es": "Debe avisar."}}
    return split_clause(actor=writer, text=text, base=text.revision, once=uuid.uuid4(), **words)


def test_saving_a_clause_writes_its_line(draft, writer):
    rewrite(draft, writer, "2", text_es="Otra cosa.")
    assert told(draft) == [("substantive", "2")]


def test_taking_the_words_back_takes_the_line_back(draft, writer):
    words = at(draft, "2").text_es
    rewrite(draft, writer, "2", text_es="Otra cosa.")
    rewrite(draft, writer, "2", text_es=words)
    assert told(draft) == []


def test_a_new_clause_is_told(draft, writer):
    add_clause_text(actor=writer, version=draft, label="3", level="requirement", text_es="Nueva.")
    assert told(draft) == [("new", "3")]


def test_a_translation_is_told(draft, writer):
    text = at(draft, "2")
    translate_clause(actor=writer, text=text, language="en", base=text.revision, words={"text_en": "Something."})
    assert told(draft) == [("editorial", "2")]


def test_a_split_tells_of_both(draft, writer):
    split(draft, writer)
    assert told(draft) == [("new", "1.3"), ("substantive", "1.1")]


def test_a_merge_tells_of_both_and_of_what_stood_under(draft, writer):
    gone, kept = at(draft, "1.1"), at(draft, "1.2")
    words = {"base": gone.revision, "base_into": kept.revision, "words": {"text_es": "Todo junto."}}
    merge_clauses(actor=writer, text=gone, into=kept, **words)
    assert told(draft) == [("moved", "1.1.1"), ("retired", "1.1"), ("substantive", "1.2")]


def test_a_move_tells_of_what_has_another_number(draft, writer):
    move_clause(actor=writer, text=at(draft, "1.1"), parent=at(draft, "2"), renumber=True)
    assert [kind for kind, _label in told(draft)] == ["moved", "moved"]


def test_retiring_and_restoring_are_told_and_taken_back(draft, writer):
    clause = retire_clause(actor=writer, text=at(draft, "1.2"), reason="Sobra.")
    assert told(draft) == [("retired", "1.2")]
    restore_clause(actor=writer, version=draft, clause=clause)
    assert told(draft) == []


def test_what_people_said_of_a_clause_stays_when_it_is_retired(draft, writer):
    rewrite(draft, writer, "1.2", text_es="Otra cosa.")
    edit_change(actor=writer, change=VersionChange.objects.get(), kind="editorial", summary_es="Solo estilo.")
    retire_clause(actor=writer, text=at(draft, "1.2"), reason="Sobra.")
    assert (VersionChange.objects.get().kind, VersionChange.objects.get().summary_es) == ("retired", "Solo estilo.")


def test_an_imported_text_tells_also_of_what_it_leaves_out(rio):
    outline = Outline("Marco", "", [Entry(label, "requirement", 1, "Agua", "Palabras.", 1) for label in ("1", "2", "3")], [])
    plan = plan_import(outline=outline, framework=rio.framework, number="0.3", language="es")
    version = write_import(actor=None, plan=plan, framework=rio.framework, slug="rio", number="0.3")
    assert told(version)[0] == ("new", "3")
    assert ("retired", "1.1.1") in told(version)


def test_another_previous_version_is_compared_anew(draft, writer, secretary):
    rewrite(draft, writer, "2", text_es="Otra cosa.")
    edit_version(actor=secretary, version=draft, previous=None)
    assert not VersionChange.objects.exists()


def test_looking_at_the_log_writes_nothing(as_user, draft, writer):
    ClauseText.objects.filter(version=draft, label="2").update(text_es="Por otro camino.")
    before = AuditEntry.objects.count()
    queries = count_queries(lambda: as_user(writer).get(url("standards:workspace_version", draft.framework.slug, "0.3")))
    assert not [query for query in queries if "standards_versionchange" in query and not query.startswith("SELECT")]
    assert (VersionChange.objects.exists(), AuditEntry.objects.count()) == (False, before)


def test_a_saving_compares_only_what_it_touched(draft, writer):
    ClauseText.objects.filter(version=draft, label="1").update(text_es="Por otro camino.")
    rewrite(draft, writer, "2", text_es="Otra cosa.")
    assert VersionChange.objects.count() == 1
    assert write_change_log(draft) == 2


def test_no_clause_or_no_version_before_asks_nothing(rio, draft):
    assert count_queries(lambda: (write_change_log(draft, []), write_change_log(rio, [1]))) == []
