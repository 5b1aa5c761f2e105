"""Trying the links of the library: once a week, a few at a time, one after the other for each house."""

import time
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Now

from publications.enums import LISTED, LinkState, Scheme
from publications.models import Identifier
from publications.readers.links import Allow, Refused, answers, is_open_web
from red_mpe.core import audit
from red_mpe.core.permissions import require

WEEK: Final = timedelta(days=7)
SOON: Final = timedelta(days=1)  # after a failure
FAILURES: Final = 3  # in a row, after which a link is gone
BATCH: Final = 30
EACH: Final = 3  # of one house in one go
PAUSE: Final = 1.0  # seconds between two questions to the same house


def address_of(identifier: Identifier) -> str:
    """Return where an identifier leads."""
    return f"https://doi.org/{identifier.value}" if identifier.scheme == Scheme.DOI else identifier.value


def due() -> Any:
    """Return the links whose turn it is, those never tried first."""
    rested = Q(checked_at=None) | Q(checked_at__lt=Now() - WEEK) | Q(checked_at__lt=Now() - SOON, state=LinkState.FAILS)
    rows = Identifier.objects.filter(rested, scheme__in=(Scheme.URL, Scheme.DOI), record__state__in=LISTED)
    return rows.order_by(F("checked_at").asc(nulls_first=True), "pk")


def check_links(*, allow: Allow = is_open_web, pause: float = PAUSE) -> int:
    """Try the links whose turn it is, unless LINK_CHECKS is off; return how many. Safe at any time, twice and at once."""
    if not settings.LINK_CHECKS:
        return 0
    seen: Counter[str] = Counter()
    for identifier in _polite(due()[: BATCH * 4]):
        host = urlsplit(address_of(identifier)).hostname or ""
        if seen[host]:
            time.sleep(pause)
        seen[host] += _try(identifier, allow)
    return seen.total()


def _polite(rows: Iterable[Identifier]) -> list[Identifier]:
    """Choose from the rows no more than a few of each house, and no more than a batch."""
    hosts: Counter[str] = Counter()
    chosen = []
    for row in rows:
        host = urlsplit(address_of(row)).hostname or ""
        hosts[host] += 1
        if hosts[host] <= EACH:
            chosen.append(row)
    return chosen[:BATCH]


def _try(identifier: Identifier, allow: Allow) -> bool:
    """Take one link, try it outside any transaction, and write what it said; False when another took it."""
    with transaction.atomic():
        mine = due().select_for_update(skip_locked=True, of=("self",)).filter(pk=identifier.pk).first()
        if mine is None:
            return False
        Identifier.objects.filter(pk=mine.pk).update(checked_at=Now())
    _write(mine, allow)
    return True


def _write(identifier: Identifier, allow: Allow) -> None:
    """Try it now. An address that we do not visit stays untried."""
    try:
        found = answers(address_of(identifier), allow=allow)
    except Refused:
        Identifier.objects.filter(pk=identifier.pk).update(state=LinkState.UNTRIED)
        return
    row = Identifier.objects.filter(pk=identifier.pk)
    if found:
        row.update(state=LinkState.ANSWERS, failures=0)
        return
    state = Case(When(failures__gte=FAILURES - 1, then=Value(LinkState.GONE.value)), default=Value(LinkState.FAILS.value))
    row.update(state=state, failures=F("failures") + 1)


def try_link(*, identifier: Identifier, actor: Any, allow: Allow = is_open_web) -> Identifier:
    """Try one link now, for an editor who wants to know."""
    require(actor, "publications.edit_record", identifier.record)
    Identifier.objects.filter(pk=identifier.pk).update(checked_at=Now())
    _write(identifier, allow)
    identifier.refresh_from_db()
    return identifier


def note_archive(*, identifier: Identifier, actor: Any, archive: str) -> Identifier:
    """Note where a work can be read when its link fails; empty takes the note away."""
    require(actor, "publications.edit_record", identifier.record)
    with transaction.atomic():
        Identifier.objects.filter(pk=identifier.pk).update(archive=archive)
        audit.record("publications.archive_noted", actor=actor, target=identifier.record, identifier=identifier.pk)
    identifier.refresh_from_db()
    return identifier
