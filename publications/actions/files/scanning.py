"""Having files looked at by the virus scanner, before anybody may have them."""

import logging
from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from publications.actions.storing import StoreAway, name_of, open_stored
from publications.enums import ScanState
from publications.models import File
from publications.readers.clamd import ScannerAway, scan
from red_mpe.core import audit

PAUSE: Final = timedelta(minutes=10)  # between two tries at the same file

log = logging.getLogger(__name__)


def unscanned() -> Any:
    """Return the files that wait for the scanner and were not tried just now."""
    rested = Q(scan_tried_at=None) | Q(scan_tried_at__lt=Now() - PAUSE)
    return File.objects.filter(rested, scan_state=ScanState.WAITING).order_by("id")


def scan_file(pk: int) -> None:
    """Ask the scanner about one file. While it does not answer the file waits, and nobody may have it. Without a scanner nothing waits."""
    if not settings.CLAMD:
        File.objects.filter(pk=pk, scan_state=ScanState.WAITING).update(scan_state=ScanState.NOT_ASKED)
        return
    if not unscanned().filter(pk=pk).update(scan_tried_at=Now()):
        return
    file = File.objects.select_related("record").get(pk=pk)
    try:
        with open_stored(name_of(file.sha256)) as stored:
            found = scan(stored, settings.CLAMD)
    except (ScannerAway, StoreAway) as error:
        log.warning("File %s waits for the virus scanner: %s", pk, error)
        return
    _write(file, found)


def _write(file: File, found: str) -> None:
    state = ScanState.INFECTED if found else ScanState.CLEAN
    with transaction.atomic():
        if File.objects.filter(pk=file.pk, scan_state=ScanState.WAITING).update(scan_state=state) and found:
            audit.record("publications.file_infected", actor=None, target=file.record, file=file.number, found=found[:100])
