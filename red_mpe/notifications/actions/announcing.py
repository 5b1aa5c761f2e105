"""The beginning of the road."""

import logging
from functools import partial
from typing import Any

from celery import current_app
from django.db import models, transaction
from kombu.exceptions import OperationalError

from red_mpe.core import audit
from red_mpe.core.models import AuditEntry
from red_mpe.notifications import registry
from red_mpe.notifications.models import Announcement

log = logging.getLogger(__name__)


def announce(key: str, *, actor: Any | None, target: models.Model, **data: Any) -> AuditEntry:
    """Write the audit entry and its announcement in the caller's transaction, and wake the fan-out once it is committed.

    Refused outside a transaction: fact and announcement stand or fall together. `data` holds ids and codes only.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("announce() needs the transaction of the act it announces")
    kind = registry.get(key)
    entry = audit.record(key, actor=actor, target=target, **data)
    Announcement.objects.create(entry=entry, topics=kind.topics(entry))
    transaction.on_commit(partial(wake, "red_mpe.notifications.tasks.fan_out", entry.pk))
    return entry


def wake(task: str, *arguments: int) -> None:
    """Wake a task by name; while the broker is away nothing is lost, because the sweeper finds the row."""
    try:
        current_app.send_task(task, args=arguments, retry=False)
    except OperationalError as error:
        log.warning("The broker is away, the sweeper will find the work: %s", error)
