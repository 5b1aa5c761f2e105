"""A clause taken from a source that may not be adapted: the mark follows its words, and nothing freezes them."""

import json
import uuid

import pytest
from django.utils import translation

from red_mpe.core.states import DomainError
from standards.actions.drafting import merge_clauses, restore_clause, retire_clause, rewrite_clause, split_clause
from standards.actions.versions import close_draft
from standards.exports.versions import ALL, FORMATS, write_version
from standards.models import ClauseRevision, ClauseText
from standards.states.guards.licences import unlicensed
from tests.factories.drafting import at, grow, small_tree
from tests.standards.drafting.walking import clause_path, filled, write
from tests.support.pages import text_of
from tests.support.versions import follow


@pytest.fixture
def rio(clock, secretary):
    return small_tree(secretary)


def mark(version, *labels):
    ClauseText.objects.filter(version=version, label__in=labels).update(forbids_adaptation=True)


def marked(version):
    return list(version.texts.filter(forbids_adaptation=True).order_by("position").values_list("label", flat=True))


def test_clauses_are_named_in_the_order_of_the_text(rio):
    mark(rio, "2", "1.1")
    assert unlicensed(rio) == ["1.1", "2"]


def test_code_and_title_alone_are_a_reference(rio):
    mark(rio, "1.1")
    ClauseText.objects.filter(version=rio, label="1.1").update(text_es="", text_en=None)
    assert unlicensed(rio) == []


@pytest.mark.parametrize("column", ["text_pt", "plain_en", "guidance_es", "intent_es", "verification_pt"])
def test_words_of_any_field_in_any_language_are_words(rio, column):
    mark(rio, "1.1")
    ClauseText.objects.filter(version=rio, label="1.1").update(**{"text_es": "", column: "Tomado."})
    assert unlicensed(rio) == ["1.1"]


def test_a_draft_with_one_is_not_closed_by_hand(rio, secretary):
    mark(rio, "1.2")
    with translation.override("en"), pytest.raises(DomainError, match=r"may not be adapted: 1\.2\."):
        close_draft(actor=secretary, version=rio)
    rio.refresh_from_db()
    assert not rio.frozen


def test_the_mark_goes_into_the_next_version_and_its_first_saving(rio):
    mark(rio, "1.2")
    new = follow(rio)
    assert marked(new) == ["1.2"]
    assert ClauseRevision.objects.get(version=new, clause=at(new, "1.2").clause).words["forbids_adaptation"] is True


def test_what_is_taken_out_of_it_keeps_the_mark(rio, secretary):
    mark(rio, "1.2")
    parts = {"stays": {"text_es": "Debe."}, "goes": {"text_es": "Puede."}}
    split_clause(actor=secretary, text=at(rio, "1.2"), base=at(rio, "1.2").revision, once=uuid.uuid4(), **parts)
    assert marked(rio) == ["1.2", "1.3"]


@pytest.mark.parametrize("label", ["1.1.1", "1.2"])
def test_what_it_is_merged_into_gets_the_mark(rio, secretary, label):
    mark(rio, label)
    gone, kept = at(rio, "1.1.1"), at(rio, "1.2")
    bases = {"base": gone.revision, "base_into": kept.revision}
    merge_clauses(actor=secretary, text=gone, into=kept, words={"text_es": "Juntas."}, **bases)
    assert marked(rio) == ["1.2"]


def test_a_merger_of_free_clauses_stays_free(rio, secretary):
    gone, kept = at(rio, "1.1.1"), at(rio, "1.2")
    merge_clauses(actor=secretary, text=gone, into=kept, base=gone.revision, base_into=kept.revision, words={"text_es": "Juntas."})
    assert marked(rio) == []


def test_it_comes_back_with_its_mark(rio, secretary):
    text = at(rio, "1.2")
    rewrite_clause(actor=secretary, text=text, base=text.revision, words={"forbids_adaptation": True})
    clause = text.clause
    retire_clause(actor=secretary, text=at(rio, "1.2"), reason="Sobra.")
    assert restore_clause(actor=secretary, version=rio, clause=clause).forbids_adaptation


def test_a_saving_from_before_the_mark_can_be_taken_up(rio, secretary):
    clause = grow(rio, secretary, "3", text_es="Tres.").clause
    old = ClauseRevision.objects.get(version=rio, clause=clause)
    del old.words["forbids_adaptation"]
    retire_clause(actor=secretary, text=at(rio, "3"), reason="Sobra.")
    ClauseRevision.objects.bulk_create([ClauseRevision(version=rio, clause=clause, number=9, words=old.words)])
    assert restore_clause(actor=secretary, version=rio, clause=clause).forbids_adaptation is False


def test_the_editor_sets_it_and_takes_it_back(rio, as_user, secretary):
    desk, address = as_user(secretary), clause_path("drafting_clause", rio, "1.2")
    assert "Derivada de una fuente que no se puede adaptar" in text_of(desk.get(address))
    assert write(desk, address, forbids_adaptation="on").status_code == 303
    assert marked(rio) == ["1.2"]
    assert write(desk, address, forbids_adaptation="").status_code == 303
    assert marked(rio) == []


def test_a_refused_saving_leaves_the_mark(rio, as_user, secretary):
    desk, address = as_user(secretary), clause_path("drafting_clause", rio, "1.2")
    text = at(rio, "1.2")
    rewrite_clause(actor=secretary, text=text, base=text.revision, words={"forbids_adaptation": True})
    sent = filled(desk.get(address), forbids_adaptation="", title_es="Otra")
    text = at(rio, "1.2")
    rewrite_clause(actor=secretary, text=text, base=text.revision, words={"title_es": "De ella"})
    page = desk.post(address, sent)
    assert page.status_code == 409
    assert marked(rio) == ["1.2"]


def test_the_file_for_machines_tells_it(rio):
    mark(rio, "1.1")
    data = json.loads(write_version(rio, language=ALL, format=FORMATS["json"])[0])
    assert [clause["label"] for clause in data["clauses"] if clause["forbids_adaptation"]] == ["1.1"]
