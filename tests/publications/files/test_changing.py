"""Removing and describing files: who may, and what stays."""

import pytest
from django.core.exceptions import PermissionDenied

from publications.actions.files import describe_file, read_again, remove_file
from publications.models import File, RemovedFile
from red_mpe.core.models import AuditEntry
from red_mpe.core.states import DomainError, StaleState
from tests.factories.files import make_file
from tests.factories.publications import make_record


def test_a_file_goes_with_its_earlier_versions(put, record, miner):
    first = put()
    second = put(b"Dos.\n", replaces=first)
    remove_file(file=second, actor=miner.user)
    assert not File.objects.exists()
    assert set(RemovedFile.objects.values_list("number", flat=True)) == {1, 2}
    entry = AuditEntry.objects.get(verb="publications.file_removed")
    assert entry.data == {"files": [2, 1], "sha256": second.sha256}


def test_an_earlier_version_does_not_go_alone(put, miner):
    first = put()
    put(b"Dos.\n", replaces=first)
    with pytest.raises(DomainError):
        remove_file(file=first, actor=miner.user)


def test_a_file_that_is_gone_already_tells_so(put, miner):
    file = put()
    same = File.objects.get(pk=file.pk)
    remove_file(file=file, actor=miner.user)
    with pytest.raises(StaleState):
        remove_file(file=same, actor=miner.user)
    with pytest.raises(StaleState):
        describe_file(file=same, actor=miner.user, description="", language="", position=1)


def test_what_is_out_goes_only_with_a_reason(editor, db):
    file = make_file(make_record())
    with pytest.raises(DomainError):
        remove_file(file=file, actor=editor, reason=" ")
    remove_file(file=file, actor=editor, reason="Tenía nombres.")
    assert RemovedFile.objects.get().reason == "Tenía nombres."


def test_who_proposed_a_record_that_is_out_changes_no_file(miner):
    file = make_file(make_record(proposed_by=miner.user))
    with pytest.raises(PermissionDenied):
        remove_file(file=file, actor=miner.user, reason="x")
    with pytest.raises(PermissionDenied):
        describe_file(file=file, actor=miner.user, description="", language="", position=1)


def test_only_editors_have_a_file_read_again(put, miner):
    with pytest.raises(PermissionDenied):
        read_again(file=put(), actor=miner.user)


def test_a_description_is_one_clean_line(put, miner):
    file = describe_file(file=put(), actor=miner.user, description="Hoja\u202e de\ncostos", language="es", position=3)
    assert (file.description, file.position) == ("Hoja de costos", 3)
