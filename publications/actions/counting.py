"""Counting use without following anybody: a visitor is a hash with a salt that is thrown away with the day."""

import hashlib
import hmac
import logging
import re
import secrets
from datetime import datetime, timedelta
from typing import Any, Final

from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from publications.models import Record, UseMark
from publications.rules import is_editor

_ROBOTS: Final = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|archiver|scrap|curl|wget|python|java/|okhttp|go-http|libwww|headless|preview|monitor|feed|fetch|^$",
    re.IGNORECASE,
)
_ONCE: Final = """
WITH seen AS (
    INSERT INTO publications_usemark (day, mark) VALUES (%(day)s, %(mark)s) ON CONFLICT DO NOTHING RETURNING 1
)
INSERT INTO publications_dailyuse (record_id, day, kind, count) SELECT %(record)s, %(day)s, %(kind)s, 1 FROM seen
ON CONFLICT (record_id, day, kind) DO UPDATE SET count = publications_dailyuse.count + 1
"""
_KEPT: Final = 2 * 86400  # seconds after which the cache forgets a salt by itself

log = logging.getLogger(__name__)


def count_use(*, record: Record, kind: str, user: Any, address: str, agent: str) -> None:
    """Count one visitor of a record once a day for each kind of use. Robots and editors do not count; it never fails the caller."""
    if _ROBOTS.search(agent) or is_editor(user):
        return
    now = timezone.now()
    salt = _salt(now)
    if salt is None:
        return
    words = f"{address}\n{agent}\n{record.pk}\n{kind}"
    mark = hmac.new(salt.encode(), words.encode(), hashlib.sha256).hexdigest()
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_ONCE, {"day": now.date(), "mark": mark, "record": record.pk, "kind": kind})
    except DatabaseError as error:
        log.warning("A use was not counted: %s", type(error).__name__)


def _salt(now: datetime) -> str | None:
    """Return the salt of the day, the same in all processes; None while the cache is away: then nobody is counted."""
    key = f"use:{now:%Y-%m-%d}"
    salt: str | None = cache.get(key)
    if salt is None:
        cache.add(key, secrets.token_hex(32), _KEPT)
        salt = cache.get(key)
    return salt


def forget_visitors() -> int:
    """Throw away the marks and salts of the days before; return how many marks. Safe at any time, twice and at once."""
    today = timezone.now().date()
    for days in range(1, 4):
        cache.delete(f"use:{today - timedelta(days=days):%Y-%m-%d}")
    gone, _kinds = UseMark.objects.filter(day__lt=today).delete()
    return gone
