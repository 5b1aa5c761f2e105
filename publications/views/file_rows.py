"""The files of a record as a page shows them: two questions to the database, however many there are."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from members.enums import Spoken
from publications.enums import DESCRIBED_ONLY, LISTED, SHARED_ON, Access, FileFlag, RecordState, ScanState, TextState
from publications.models import File, Record
from publications.readers.kinds import BY_TYPE
from publications.rules import is_editor

_LANGUAGES = dict(Spoken.choices)
_FLAGS = dict(FileFlag.choices)
_OPEN = (TextState.WAITING, TextState.WORKING)


@dataclass
class FileRow:
    """One file in its latest version, with everything a page says of it before somebody takes it."""

    number: int
    name: str
    description: str
    lang: str
    language: str
    kind: str
    size: int
    pages: int
    version: int
    url: str
    sha256: str
    thumbnail: dict[str, Any] = field(default_factory=dict)
    light: dict[str, Any] = field(default_factory=dict)
    earlier: list[dict[str, Any]] = field(default_factory=list)
    reading: dict[str, Any] = field(default_factory=dict)
    problem: str = ""
    warnings: list[Any] = field(default_factory=list)
    acts: list[dict[str, str]] = field(default_factory=list)
    again: str = ""


def files_of(request: HttpRequest, record: Record) -> dict[str, Any]:
    """Return what `publications/files/_files.html` shows of the record's files to this reader."""
    user = request.user
    files = list(File.objects.filter(record=record).order_by("position", "number"))
    open_to = set(File.objects.downloadable_by(user).filter(record=record).values_list("pk", flat=True)) if files else set()
    may_change = user.has_perm("publications.change_record", record)
    keeper = may_change or is_editor(user)
    replaced = {file.replaces_id: file for file in files if file.replaces_id}
    former = {file.pk: file for file in files}
    rows = [_row(record, file, _line(file, former), open_to, keeper) for file in files if file.pk not in replaced]
    for row in rows if may_change else ():
        row.acts = _acts(record, row.number)
    return {
        "rows": rows,
        "closed": "" if not files or open_to else _why_closed(record, user),
        "may_change": may_change,
        "busy": keeper and any(row.reading for row in rows),
        "list_url": reverse("publications:file_list", args=[record.code]) if keeper else "",
        "add_url": reverse("publications:file_add", args=[record.code]) if may_change else "",
    }


def _line(file: File, former: dict[int, File]) -> list[File]:
    """Return the earlier versions of a file, the latest first."""
    line = []
    while file.replaces_id in former:
        file = former[file.replaces_id]
        line.append(file)
    return line


def _row(record: Record, file: File, line: list[File], open_to: set[int], keeper: bool) -> FileRow:
    may = file.pk in open_to
    kind = BY_TYPE.get(file.media_type)
    row = FileRow(
        number=file.number,
        name=file.name,
        description=file.description,
        lang=file.language,
        language=_LANGUAGES.get(file.language, ""),
        kind=kind.label if kind else file.media_type,
        size=file.size,
        pages=file.pages or 0,
        version=file.version,
        url=_address("file_download", record, file) if may else "",
        sha256=file.sha256,
        earlier=[_earlier(record, one, open_to) for one in line],
    )
    if may and file.thumbnail:
        size = {"width": file.thumbnail_width, "height": file.thumbnail_height}
        row.thumbnail = {"url": _address("file_thumbnail", record, file), **size}
    if may and file.light_name and record.licence in SHARED_ON:
        row.light = {"url": _address("file_light", record, file), "size": file.light_size, "kind": _light_kind(file.light_type)}
    if keeper:
        _tell_keepers(row, record, file)
    return row


def _light_kind(media_type: str) -> str:
    kind = BY_TYPE.get(media_type)
    return kind.label if kind else media_type


def _earlier(record: Record, file: File, open_to: set[int]) -> dict[str, Any]:
    url = _address("file_download", record, file) if file.pk in open_to else ""
    return {"version": file.version, "name": file.name, "size": file.size, "added": file.created_at, "url": url}


def _tell_keepers(row: FileRow, record: Record, file: File) -> None:
    """Say what only those who look after the record need: how far reading is, what went wrong, what to look at."""
    if file.scan_state in (ScanState.WAITING, ScanState.INFECTED):
        row.warnings.append(file.get_scan_state_display())
    row.warnings += [_FLAGS[flag] for flag in file.flags if flag in _FLAGS]
    if file.text_state in _OPEN and file.scan_state in File.HARMLESS:
        row.reading = {"done": file.pages_done, "total": file.pages or 0, "words": file.get_text_state_display()}
    row.problem = file.get_problem_display() if file.problem else ""
    if file.text_state == TextState.FAILED:
        row.again = _address("file_read", record, file)


def _acts(record: Record, number: int) -> list[dict[str, str]]:
    """What may be done with a file, as links."""
    names = {"file_replace": _("New version"), "file_describe": _("Describe"), "file_remove": _("Remove")}
    return [{"url": reverse(f"publications:{name}", args=[record.code, number]), "label": label} for name, label in names.items()]


def _address(name: str, record: Record, file: File) -> str:
    return reverse(f"publications:{name}", args=[record.code, file.number])


def _why_closed(record: Record, user: Any) -> str:
    """Say why a reader who may read the record cannot have its files."""
    if record.state == RecordState.EMBARGOED:
        return _("The files open when the embargo ends.")
    if record.licence in DESCRIBED_ONLY:
        return _("The licence does not let us hand out the files.")
    if record.access == Access.REQUEST and record.state in LISTED:
        return _("The files are handed out on request.")
    return _("The files cannot be downloaded now.")
