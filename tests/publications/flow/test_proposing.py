"""Proposing: begun once, sent when complete, taken back, thrown away."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from publications.actions.proposing import discard_record, propose_record, start_record, take_back_record
from publications.enums import RecordState
from publications.models import Record, Relation, SearchDoc
from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError, GuardsUnmet, StaleState
from tests.factories.library_flow import accepted, begin, make_draft, proposed, returned
from tests.factories.publications import make_record


def verbs(record):
    return list(AuditEntry.objects.filter(target_id=record.pk).order_by("pk").values_list("verb", flat=True))


def test_a_record_begins_as_a_draft_of_who_began_it(miner):
    record = begin(miner)
    assert (record.state, record.proposed_by, record.title_es) == (RecordState.DRAFT, miner.user, "Oro sin mercurio")
    assert verbs(record) == ["publications.record_started"]


def test_a_record_is_begun_with_all_that_is_known(miner):
    record = begin(miner, authors=[{"literal": "OCDE"}], identifiers=[("doi", "10.1234/ABC")], languages=["es", "qu"])
    assert record.languages == ["es", "qu"]
    assert [str(author) for author in record.authors.all()] == ["OCDE"]
    assert record.identifiers.get().value == "10.1234/abc"
    assert SearchDoc.objects.get(record=record).names == "OCDE"


def test_a_form_sent_twice_begins_one_record(miner):
    once = uuid.uuid4()
    first, second = (start_record(actor=miner.user, once=once, kind="report") for _ in range(2))
    assert first == second
    assert Record.objects.count() == 1


def test_the_form_of_somebody_else_is_stale(miner, neighbour):
    once = uuid.uuid4()
    start_record(actor=miner.user, once=once, kind="report")
    with pytest.raises(DomainError, match="stale"):
        start_record(actor=neighbour.user, once=once, kind="report")


def test_what_is_no_field_is_a_mistake(miner):
    with pytest.raises(TypeError, match="state"):
        begin(miner, state="published")


def test_another_error_of_the_database_is_not_swallowed(miner):
    with pytest.raises(IntegrityError, match="author_has_one_name"):
        begin(miner, authors=[{"literal": "OCDE", "family": "Quispe"}])


def test_an_account_proposes_nothing(visitor):
    with pytest.raises(PermissionDenied):
        start_record(actor=visitor, once=uuid.uuid4(), kind="report")


def test_an_editor_adds_a_record_too(editor):
    assert start_record(actor=editor, once=uuid.uuid4(), kind="law").proposed_by == editor


def test_who_speaks_for_an_organisation_proposes_in_its_name(miner, cooperative):
    assert begin(miner, organisation=cooperative).proposed_for == cooperative


def test_nobody_else_proposes_in_its_name(neighbour, cooperative):
    with pytest.raises(DomainError, match="do not speak"):
        begin(neighbour, organisation=cooperative)
    assert not Record.objects.exists()


def test_a_complete_draft_is_sent(miner):
    record = propose_record(record=make_draft(miner), actor=miner.user, message="Es de 2019.\r\n")
    assert (record.state, record.message) == (RecordState.PROPOSED, "Es de 2019.")
    assert record.proposed_at is not None
    assert verbs(record) == ["publications.record_proposed"]


def test_an_incomplete_draft_is_refused_with_what_is_missing(miner):
    record = make_draft(miner, abstract_es="")
    with pytest.raises(GuardsUnmet, match="abstract"):
        propose_record(record=record, actor=miner.user)
    assert Record.objects.get(pk=record.pk).state == RecordState.DRAFT


def test_nobody_sends_what_another_began(miner, neighbour):
    with pytest.raises(PermissionDenied):
        propose_record(record=make_draft(miner), actor=neighbour.user)


def test_what_was_sent_is_not_sent_again(miner):
    record = proposed(miner)
    with pytest.raises(StaleState):
        propose_record(record=record, actor=miner.user)


def test_what_was_asked_back_is_sent_again_with_the_answer(miner, editor):
    record = propose_record(record=returned(miner, editor), actor=miner.user, message="Es mía.")
    assert (record.state, record.message, record.note) == (RecordState.PROPOSED, "Es mía.", "¿De quién es la foto?")


def test_a_proposal_is_taken_back(miner):
    record = take_back_record(record=proposed(miner), actor=miner.user)
    assert record.state == RecordState.DRAFT
    assert verbs(record)[-1] == "publications.record_moved"


def test_what_was_accepted_is_not_taken_back(miner, editor):
    with pytest.raises(StaleState):
        take_back_record(record=accepted(miner, editor), actor=miner.user)


def test_an_editor_does_not_take_back_for_another(miner, editor):
    with pytest.raises(PermissionDenied):
        take_back_record(record=proposed(miner), actor=editor)


def test_a_draft_never_sent_is_thrown_away(miner):
    record = make_draft(miner)
    discard_record(record=record, actor=miner.user)
    assert not Record.objects.exists()
    assert AuditEntry.objects.get(verb="publications.record_discarded").data == {"code": record.code}


def test_what_the_editors_have_seen_is_not_thrown_away(miner):
    record = take_back_record(record=proposed(miner), actor=miner.user)
    with pytest.raises(StaleState):
        discard_record(record=record, actor=miner.user)


def test_what_waits_is_not_thrown_away(miner):
    with pytest.raises(StaleState):
        discard_record(record=proposed(miner), actor=miner.user)


def test_nobody_throws_away_what_another_began(miner, editor):
    with pytest.raises(PermissionDenied):
        discard_record(record=make_draft(miner), actor=editor)


def test_what_another_record_refers_to_is_not_thrown_away(miner):
    record = make_draft(miner)
    Relation.objects.create(record=make_record(), kind="references", other=record)
    with pytest.raises(DomainError, match="refers"):
        discard_record(record=record, actor=miner.user)
