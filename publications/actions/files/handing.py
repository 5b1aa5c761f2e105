"""What is written when a file is handed out."""

from typing import Any

from publications.enums import Access
from publications.models import File
from red_mpe.core import audit


def note_download(*, file: File, actor: Any) -> None:
    """Note in the audit who took a file that is handed out on request; downloads of open files are nobody's business."""
    if file.record.access == Access.REQUEST:
        audit.record("publications.file_downloaded", actor=actor, target=file.record, file=file.number)
