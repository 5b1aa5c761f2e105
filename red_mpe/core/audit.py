"""Writing the audit."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models

from red_mpe.core.models import AuditEntry


def record(verb: str, *, actor: Any | None, target: models.Model | None, **data: Any) -> AuditEntry:
    """Write one audit entry inside the caller's transaction. `data` holds ids and codes, never people's words or addresses."""
    kind = ContentType.objects.get_for_model(target) if target is not None else None
    key = target.pk if target is not None else None
    return AuditEntry.objects.create(verb=verb, actor=actor, target_type=kind, target_id=key, data=data)
