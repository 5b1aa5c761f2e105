"""What a clause stands on: who says so, who reads it, and where it goes when the text goes on."""

import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils.translation import override

from publications import registry
from publications.enums import Access
from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError, StaleState
from standards.actions.drafting import merge_clauses, move_clause, restore_clause, retire_clause, split_clause
from standards.actions.evidence import add_evidence, remove_evidence
from standards.actions.texts import freeze_version, text_hash
from standards.models import ClauseEvidence
from standards.querysets.evidence import clauses_of, evidence_of, label_key
from tests.conftest import make_person
from tests.factories.drafting import at
from tests.factories.publications import make_group_record, make_record
from tests.support.queries import flat
from tests.support.versions import follow

ANYBODY = AnonymousUser()


@pytest.fixture
def record(rio):
    return make_record("Retortas en Puno")


def cite(actor, version, label, record, **notes):
    return add_evidence(actor=actor, text=at(version, label), record=record, **notes)


def codes(version, label, user=ANYBODY):
    return [row.code for row in evidence_of(user, at(version, label))]


def test_a_writer_names_a_record_with_what_it_shows(rio, writer, record):
    cite(writer, rio, "1.1", record, note_es="Baja el mercurio\na la mitad.")
    (row,) = evidence_of(ANYBODY, at(rio, "1.1"))
    assert (row.code, str(row.title), str(row.note)) == (record.code, "Retortas en Puno", "Baja el mercurio a la mitad.")


def test_evidence_stands_in_the_order_in_which_it_was_named(rio, writer, record):
    second = make_record("Otra")
    cite(writer, rio, "1.1", record)
    cite(writer, rio, "1.1", second)
    assert codes(rio, "1.1") == [record.code, second.code]


def test_the_same_record_is_named_once(rio, writer, record):
    first = cite(writer, rio, "1.1", record, note_es="Primera.")
    assert cite(writer, rio, "1.1", record, note_es="Segunda.") == first
    assert ClauseEvidence.objects.get().note_es == "Primera."


def test_naming_and_taking_away_are_in_the_audit(rio, writer, record):
    remove_evidence(actor=writer, evidence=cite(writer, rio, "1.1", record))
    verbs = AuditEntry.objects.filter(actor=writer, verb__startswith="standards.evidence").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == ["standards.evidence_added", "standards.evidence_removed"]


def test_taking_away_twice_is_once(rio, writer, record):
    found = cite(writer, rio, "1.1", record)
    for _time in range(2):
        remove_evidence(actor=writer, evidence=ClauseEvidence(pk=found.pk, version=rio, clause=found.clause, record=record))
    assert AuditEntry.objects.filter(verb="standards.evidence_removed").count() == 1


def test_who_does_not_write_there_names_nothing(rio, record, visitor):
    with pytest.raises(PermissionDenied):
        cite(visitor, rio, "1.1", record)


def test_who_does_not_write_there_takes_nothing_away(rio, writer, record, visitor):
    found = cite(writer, rio, "1.1", record)
    with pytest.raises(PermissionDenied):
        remove_evidence(actor=visitor, evidence=found)


@pytest.mark.parametrize("state", ["draft", "proposed", "withdrawn"])
def test_what_is_not_in_the_library_is_no_evidence(rio, writer, state):
    with override("en"), pytest.raises(DomainError, match="is not there"):
        cite(writer, rio, "1.1", make_record(state=state, proposed_by=writer))


def test_a_record_of_another_group_is_no_evidence(rio, writer):
    from members.models import Group

    other = Group.objects.create(slug="otra", name="Otra", name_es="Otra", kind="working-group")
    with pytest.raises(DomainError):
        cite(writer, rio, "1.1", make_group_record(other))


def test_a_clause_that_has_left_the_version_gets_none(rio, writer, record):
    text = at(rio, "2")
    retire_clause(actor=writer, text=text, reason="Sobra.")
    with pytest.raises(StaleState):
        add_evidence(actor=writer, text=text, record=record)


def test_evidence_may_grow_after_freezing_and_the_hash_stays(rio, writer, record):
    freeze_version(version=rio, actor=writer)
    cite(writer, rio, "1.1", record)
    assert codes(rio, "1.1") == [record.code]
    assert text_hash(at(rio, "1.1").version) == at(rio, "1.1").version.sha256


def test_the_next_version_stands_on_the_same(rio, writer, record):
    cite(writer, rio, "1.1", record, note_es="Lo mide.")
    new = follow(rio)
    assert codes(new, "1.1") == [record.code]
    assert ClauseEvidence.objects.get(version=new).note_es == "Lo mide."


def test_what_a_retired_clause_stood_on_is_not_carried(rio, writer, record):
    cite(writer, rio, "2", record)
    retire_clause(actor=writer, text=at(rio, "2"), reason="Sobra.")
    assert not ClauseEvidence.objects.filter(version=follow(rio)).exists()


def test_a_clause_taken_up_again_has_its_evidence_again(rio, writer, record):
    cite(writer, rio, "2", record)
    clause = retire_clause(actor=writer, text=at(rio, "2"), reason="Sobra.")
    restore_clause(actor=writer, version=rio, clause=clause)
    assert codes(rio, "2") == [record.code]


def test_evidence_moves_with_its_clause(rio, writer, record):
    cite(writer, rio, "1.2", record)
    moved = move_clause(actor=writer, text=at(rio, "1.2"), parent=at(rio, "2"))
    assert [row.code for row in evidence_of(ANYBODY, moved)] == [record.code]


def test_after_a_split_the_first_part_keeps_it(rio, writer, record):
    cite(writer, rio, "1.1", record)
    text = at(rio, "1.1")
    words = {"stays": {"text_es": "Debe medir."}, "goes": {"text_es": "Debe avisar."}}
    new = split_clause(actor=writer, text=text, base=text.revision, once=uuid.uuid4(), **words)
    assert (codes(rio, "1.1"), codes(rio, new.label)) == ([record.code], [])


def test_after_a_merger_both_stand_on_everything_once(rio, writer, record):
    own, shared = make_record("Propia"), record
    for label, each in (("1.2", own), ("1.2", shared), ("2", shared)):
        cite(writer, rio, label, each)
    text, into = at(rio, "1.2"), at(rio, "2")
    merge_clauses(actor=writer, text=text, into=into, base=text.revision, base_into=into.revision, words={"text_es": "Todo."})
    assert codes(rio, "2") == [shared.code, own.code]


def test_a_merger_into_a_bare_clause_brings_its_evidence(rio, writer, record):
    cite(writer, rio, "1.2", record)
    text, into = at(rio, "1.2"), at(rio, "2")
    merge_clauses(actor=writer, text=text, into=into, base=text.revision, base_into=into.revision, words={"text_es": "Todo."})
    assert codes(rio, "2") == [record.code]


def test_evidence_is_shown_to_whom_record_and_version_are(rio, writer, record):
    hidden = make_record("Solo miembros", access=Access.MEMBERS)
    cite(writer, rio, "1.1", record)
    cite(writer, rio, "1.1", hidden)
    assert codes(rio, "1.1") == [record.code]
    assert codes(rio, "1.1", make_person("ana-torres").user) == [record.code, hidden.code]


def test_a_draft_s_evidence_is_for_who_sees_the_draft(rio, writer, record, secretary):
    cite(writer, rio, "1.1", record)
    type(rio).objects.filter(pk=rio.pk).update(public=False)
    assert (codes(rio, "1.1"), codes(rio, "1.1", writer), codes(rio, "1.1", secretary)) == ([], [record.code], [record.code])


def test_withdrawn_evidence_is_marked(rio, writer, record):
    cite(writer, rio, "1.1", record)
    type(record).objects.filter(pk=record.pk).update(state="withdrawn", withdrawn_reason="Era otra.")
    assert [row.withdrawn for row in evidence_of(ANYBODY, at(rio, "1.1"))] == [True]


def test_a_record_says_which_clause_it_supports(rio, writer, record):
    cite(writer, rio, "1.1", record, note_en="Halves mercury.")
    with override("en"):
        (use,) = clauses_of([record.pk], ANYBODY)
    assert use.label == "supports clause 1.1 of version 0.2 · Framework rio"
    assert use.url == "/en/frameworks/rio/0.2/1.1/"
    assert (use.note, use.lang) == ("Halves mercury.", "en")


def test_a_record_names_the_newest_public_version(rio, writer, record):
    cite(writer, rio, "1.1", record)
    newer = follow(rio)
    follow(newer, public=False)
    for user in (ANYBODY, writer):
        assert ["0.3" in use.label for use in clauses_of([record.pk], user)] == [True]


def test_a_draft_alone_is_told_to_who_sees_it(rio, writer, record):
    cite(writer, rio, "1.1", record)
    type(rio).objects.filter(pk=rio.pk).update(public=False)
    assert (len(clauses_of([record.pk], ANYBODY)), len(clauses_of([record.pk], writer))) == (0, 1)


def test_a_retired_clause_is_not_told(rio, writer, record):
    cite(writer, rio, "2", record)
    retire_clause(actor=writer, text=at(rio, "2"), reason="Sobra.")
    assert clauses_of([record.pk], ANYBODY) == []


def test_uses_are_in_the_order_of_the_text():
    assert sorted(["2.10", "2.9", "A.1", "2"], key=label_key) == ["2", "2.9", "2.10", "A.1"]


def test_the_library_asks_us_who_uses_a_record():
    assert "standards.evidence" in [source.key for source in registry.sources()]


def test_reading_evidence_asks_once_however_much_there_is(rio, writer, record):
    cite(writer, rio, "1.1", record)
    text = at(rio, "1.1")
    flat(lambda: evidence_of(ANYBODY, text), lambda: [cite(writer, rio, "1.1", make_record(f"{n}")) for n in range(3)], ceiling=1)


def test_reading_uses_asks_once_however_many_there_are(rio, writer, record):
    cite(writer, rio, "1.1", record)
    more = ("1", "1.2", "2")
    flat(lambda: clauses_of([record.pk], ANYBODY), lambda: [cite(writer, rio, label, record) for label in more], ceiling=1)
