"""Describing, ordering and removing files, and having one read again."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from publications.actions.changing import mark_changed
from publications.actions.moving import lock
from publications.enums import IN_HAND, TextState
from publications.models import File, RemovedFile
from red_mpe.core import audit
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError, StaleState
from red_mpe.core.text import clean, clean_line
from red_mpe.notifications.actions.waking import wake_on_commit


def describe_file(*, file: File, actor: Any, description: str, language: str, position: int) -> File:
    """Say what a file is, in which language, and where in the list it stands."""
    with transaction.atomic():
        file.record = lock(file.record)
        require(actor, "publications.change_file", file)
        fields = {"description": clean_line(description)[:200], "language": language, "position": position}
        if not File.objects.filter(pk=file.pk).update(**fields):
            raise StaleState
        audit.record("publications.file_described", actor=actor, target=file.record, file=file.number)
        mark_changed(file.record)
    file.refresh_from_db()
    return file


def remove_file(*, file: File, actor: Any, reason: str = "") -> None:
    """Take a file with its earlier versions out of the record; the bytes go a day after nobody names them.

    Who proposed the record may while it is in their hands; an editor at any time, once it is out only with a `reason`, which
    whoever follows its address reads.
    """
    reason = clean(reason).strip()
    with transaction.atomic():
        file.record = lock(file.record)
        require(actor, "publications.change_file", file)
        if file.record.state not in IN_HAND and not reason:
            raise DomainError(_("Readers may have this file, or may have cited it. Write why it is removed."))
        if File.objects.filter(replaces=file).exists():
            raise DomainError(_("A newer version replaces this file. Remove that one, and its earlier versions go with it."))
        line = _line_of(file)
        if not line:
            raise StaleState
        audit.record("publications.file_removed", actor=actor, target=file.record, files=[one.number for one in line], sha256=file.sha256)
        for one in line:
            RemovedFile.objects.create(record=file.record, number=one.number, reason=reason, removed_by=actor)
            one.delete()
        mark_changed(file.record)


def _line_of(file: File) -> list[File]:
    """Return the file and its earlier versions, the latest first; empty when another was faster."""
    line: list[File] = []
    one = File.objects.select_for_update().filter(pk=file.pk).first()
    while one is not None:
        line.append(one)
        one = File.objects.select_for_update().filter(pk=one.replaces_id).first() if one.replaces_id else None
    return line


def read_again(*, file: File, actor: Any) -> File:
    """Have a file read once more whose words could not be taken out."""
    require(actor, "publications.edit_record", file.record)
    with transaction.atomic():
        failed = File.objects.filter(pk=file.pk, text_state__in=(TextState.FAILED, TextState.NOTHING))
        if not failed.update(text_state=TextState.WAITING, attempts=0, problem="", pages_done=0, claimed_at=None):
            raise StaleState
        audit.record("publications.file_read_again", actor=actor, target=file.record, file=file.number)
        wake_on_commit("publications.tasks.look_at_file", file.pk)
    file.refresh_from_db()
    return file
