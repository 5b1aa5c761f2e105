"""The audit is written once and for ever."""

import pytest
from django.db import IntegrityError, connection, transaction

from red_mpe.core import audit
from red_mpe.core.models import AuditEntry


@pytest.mark.django_db
def test_record_names_who_what_and_which(secretary, cooperative):
    entry = audit.record("tests.done", actor=secretary, target=cooperative, code="x")
    entry.refresh_from_db()
    assert (entry.actor, entry.target, entry.data) == (secretary, cooperative, {"code": "x"})
    assert str(entry) == f"tests.done #{entry.pk}"


@pytest.mark.django_db
def test_record_needs_neither_actor_nor_target():
    entry = audit.record("tests.done", actor=None, target=None)
    assert (entry.actor_id, entry.target_id, entry.target_type_id) == (None, None, None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        lambda pk: AuditEntry.objects.filter(pk=pk).update(verb="x"),
        lambda pk: AuditEntry.objects.filter(pk=pk).delete(),
        lambda pk: connection.cursor().execute("DELETE FROM core_auditentry WHERE id = %s", [pk]),
    ],
)
def test_the_database_refuses_to_change_an_entry(change):
    entry = audit.record("tests.done", actor=None, target=None)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        change(entry.pk)
    assert AuditEntry.objects.get().verb == "tests.done"
