"""The beginning of the road."""

from typing import Any

from django.db import models, transaction

from red_mpe.core import audit
from red_mpe.core.models import AuditEntry
from red_mpe.notifications import registry
from red_mpe.notifications.actions.waking import FAN_OUT, wake_on_commit
from red_mpe.notifications.models import Announcement


def announce(key: str, *, actor: Any | None, target: models.Model, **data: Any) -> AuditEntry:
    """Write the audit entry and its announcement in the caller's transaction, and wake the fan-out once it is committed.

    Refused outside a transaction: fact and announcement stand or fall together. `data` holds ids and codes only.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("announce() needs the transaction of the act it announces")
    kind = registry.get(key)
    entry = audit.record(key, actor=actor, target=target, **data)
    Announcement.objects.create(entry=entry, topics=kind.topics(entry))
    wake_on_commit(FAN_OUT, entry.pk)
    return entry
