"""Files that go with mails, asked of each type once for all who read it in one language."""

import logging
from collections.abc import Sequence
from typing import Any

from django.db import DatabaseError

from red_mpe.core.models import AuditEntry
from red_mpe.notifications import registry
from red_mpe.notifications.registry import Attachment

log = logging.getLogger(__name__)


def files_of(key: str, pairs: Sequence[tuple[AuditEntry, Any]]) -> Sequence[Sequence[Attachment]]:
    """Return the files for each entry with its reader; one that cannot be made is missing from its own mail only."""
    filing = registry.filing(key)
    if filing is None:
        return [()] * len(pairs)
    try:
        return filing(pairs)
    except DatabaseError:
        raise
    except Exception:
        log.exception("%s cannot make its files", key)
        return [files for pair in pairs for files in files_of(key, [pair])] if len(pairs) > 1 else [()]
