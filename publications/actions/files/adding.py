"""Adding a file to a record, or a new version of one."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from publications.actions.changing import mark_changed
from publications.actions.files.checking import Checked, checked
from publications.actions.moving import lock
from publications.actions.storing import keep
from publications.enums import ScanState, TextState
from publications.models import File, Record
from publications.readers.kinds import FileRefused
from red_mpe.core import audit
from red_mpe.core.permissions import require
from red_mpe.core.states import StaleState
from red_mpe.core.text import clean_line
from red_mpe.notifications.actions.waking import wake_on_commit

MOST = 60  # files of one record, earlier versions included


def add_file(
    *,
    record: Record,
    actor: Any,
    upload: Any,
    description: str = "",
    language: str = "",
    replaces: File | None = None,
    once: UUID | None = None,
) -> File:
    """Keep a file of `record`, or the version after `replaces`, and have it looked at; sent twice with the same `once` it is one.

    `upload` is a Django file (name, size, bytes). Refused with words (FileRefused): empty, too large, of a type that is not taken, a
    trap, already here; with StaleState when another version came first. A failing store raises StoreAway. Pictures lose what cameras
    write into them. Reading and scanning happen afterwards, by tasks.
    """
    require(actor, "publications.change_record", record)
    if (known := _sent_before(record, once)) is not None:
        return known
    with checked(upload) as found:
        sha256 = keep(found.file)
    with transaction.atomic():
        require(actor, "publications.change_record", lock(record))  # it may have been accepted while the file was looked at
        number = _next_number(record)
        if (known := _sent_before(record, once)) is not None:
            return known
        _refuse_double(record, sha256)
        told = {"description": clean_line(description)[:200], "once": once, "added_by": actor}
        line = _in_line(replaces, number, language)
        file = File.objects.create(record=record, number=number, sha256=sha256, **told, **_as_found(found), **line)
        audit.record("publications.file_added", actor=actor, target=record, file=file.number, sha256=sha256)
        mark_changed(record)
        wake_on_commit("publications.tasks.look_at_file", file.pk)
    return file


def _sent_before(record: Record, once: UUID | None) -> File | None:
    return File.objects.filter(record=record, once=once).first() if once else None


def _next_number(record: Record) -> int:
    """Count one more file, holding the record until the end of the transaction; no number is given twice. Refused beyond MOST."""
    held = Record.objects.select_for_update().only("files_given").get(pk=record.pk)
    known = File.objects.filter(record=record).aggregate(last=Max("number"))["last"] or 0
    if File.objects.filter(record=record).count() >= MOST:
        raise FileRefused(
            _("A record holds at most %(most)s files. Put the work into one archive, or into another record.") % {"most": MOST}
        )
    number = max(held.files_given, known) + 1
    Record.objects.filter(pk=record.pk).update(files_given=number)
    return number


def _refuse_double(record: Record, sha256: str) -> None:
    if File.objects.newest().filter(record=record, sha256=sha256).exists():
        raise FileRefused(_("This very file is already here."))


def _as_found(found: Checked) -> dict[str, Any]:
    """What the bytes themselves say."""
    return {
        "name": found.name,
        "media_type": found.kind.media_type,
        "size": found.size,
        "flags": found.flags,
        "text_state": TextState.WAITING if found.kind.reads or found.kind.picture else TextState.NOTHING,
        "scan_state": ScanState.WAITING if settings.CLAMD else ScanState.NOT_ASKED,
    }


def _in_line(replaces: File | None, number: int, language: str) -> dict[str, Any]:
    """Where the file stands: at the end, or in the place of the one it replaces, which must be the latest of its line."""
    if replaces is None:
        return {"position": number, "language": language}
    if File.objects.filter(replaces=replaces).exists() or not File.objects.filter(pk=replaces.pk).exists():
        raise StaleState
    line = {"replaces": replaces, "version": replaces.version + 1, "position": replaces.position}
    return line | {"language": language or replaces.language}
