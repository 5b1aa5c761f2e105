"""Taking words, pages and a first picture out of files: each is claimed, read apart, and written once.

A file whose text is done is never read again. One that a dead worker held is claimed anew when its sign of life is old.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Now

from publications.actions.changing import mark_changed
from publications.actions.storing import StoreAway, keep_bytes, name_of, open_stored
from publications.enums import Problem, ScanState, TextState
from publications.models import File, FileText
from publications.readers.apart import Tell, read_apart
from publications.readers.archives import Unreadable
from publications.readers.extracting import PLAIN, take_out
from publications.readers.kinds import BY_TYPE
from red_mpe.notifications.actions.waking import wake_on_commit

LEASE: Final = timedelta(seconds=60)  # without a sign of life the file is free again
ATTEMPTS: Final = 3
_TELL: Final = 1.0  # seconds between two signs of life at least
_SAFE: Final = (ScanState.CLEAN, ScanState.NOT_ASKED)


def waiting() -> Any:
    """Return the files that nobody is reading and that should be read."""
    held = Q(text_state=TextState.WORKING, claimed_at__gt=Now() - LEASE)
    unread = Q(text_state__in=(TextState.WAITING, TextState.WORKING))
    return File.objects.filter(unread, scan_state__in=_SAFE).exclude(held).order_by("attempts", "id")


def read_file(pk: int) -> bool:
    """Read one file, unless it is read, somebody reads it, or it must be scanned before; tell whether it was tried."""
    file = _claim(pk)
    if file is None:
        return False
    try:
        with bytes_of(file) as source, TemporaryDirectory(prefix="reading-") as folder:
            _write(file, _look(file, source, folder), Path(folder))
    except StoreAway:
        _give_back(file)
    except Unreadable as error:
        _finish(file, text_state=TextState.FAILED, problem=error.code, flags=_flags(file, {"flags": _said_by(error.code)}))
    return True


def _look(file: File, source: str, folder: str) -> dict[str, Any]:
    """Read plain text here, everything else in a process of its own."""
    code = BY_TYPE[file.media_type].code
    if code in PLAIN:
        return take_out(code, source, Path(folder), _telling(file))
    return read_apart("read", code, source, folder, tell=_telling(file))


def _said_by(problem: str) -> list[str]:
    return ["encrypted"] if problem == Problem.ENCRYPTED else []


def _claim(pk: int) -> File | None:
    """Take the file with one UPDATE; one that broke off too often is given up."""
    free = waiting().filter(pk=pk)
    File.objects.filter(pk__in=free.filter(attempts__gte=ATTEMPTS).order_by().values("pk")).update(
        text_state=TextState.FAILED, problem=Problem.GAVE_UP
    )
    with transaction.atomic():
        taken = free.select_for_update(skip_locked=True).first()
        if taken is None:
            return None
        File.objects.filter(pk=pk).update(text_state=TextState.WORKING, claimed_at=Now(), attempts=F("attempts") + 1, pages_done=0)
    return File.objects.select_related("record").get(pk=pk)


@contextmanager
def bytes_of(file: File) -> Iterator[str]:
    """Give a path under which another process can read the file. Raises StoreAway."""
    with open_stored(name_of(file.sha256)) as stored:
        path = getattr(stored.file, "name", None)
        if isinstance(path, str) and Path(path).is_file():
            yield path
            return
        with TemporaryDirectory(prefix="copy-") as folder:
            copy = Path(folder, "source")
            with copy.open("wb") as target:
                for chunk in stored.chunks():
                    target.write(chunk)
            yield str(copy)


def _mine(file: File) -> Any:
    """The row, as long as this very attempt holds it."""
    return File.objects.filter(pk=file.pk, text_state=TextState.WORKING, attempts=file.attempts)


def _telling(file: File) -> Tell:
    """Return what writes pages and signs of life into the row, once a second at most."""
    last = 0.0

    def tell(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last < _TELL:
            return
        last = time.monotonic()
        _mine(file).update(claimed_at=Now(), pages_done=done, **({"pages": total} if total else {}))

    return tell


def _write(file: File, found: dict[str, Any], folder: Path) -> None:
    """Keep what the reader made: pictures in the store, words in the database, all of it or nothing."""
    text = (folder / "text").read_text(encoding="utf-8") if (folder / "text").exists() else ""
    pages = found.get("pages")
    fields: dict[str, Any] = {"pages": pages, "pages_done": pages or 0, "flags": _flags(file, found), "problem": found.get("problem", "")}
    fields |= _thumbnail(found, folder) | _light_picture(folder)
    if text.strip():
        _finish(file, text=text, text_state=TextState.DONE, **fields)
        return
    if pages and not fields["problem"]:
        fields["problem"] = Problem.PICTURES
    _finish(file, text_state=TextState.NOTHING, **fields)


def _flags(file: File, found: dict[str, Any]) -> list[str]:
    return sorted({*file.flags, *found.get("flags", [])})


def _thumbnail(found: dict[str, Any], folder: Path) -> dict[str, Any]:
    picture = folder / "thumbnail"
    if not picture.exists():
        return {}
    name = keep_bytes(picture.read_bytes())
    return {"thumbnail": name, "thumbnail_width": found["width"], "thumbnail_height": found["height"]}


def _light_picture(folder: Path) -> dict[str, Any]:
    picture = folder / "light"
    if not picture.exists():
        return {}
    data = picture.read_bytes()
    return {"light_name": keep_bytes(data), "light_type": "image/webp", "light_size": len(data)}


def _finish(file: File, text: str = "", **fields: Any) -> None:
    """Write the end of this attempt, unless another holds the file by now, and let the search know."""
    with transaction.atomic():
        if not _mine(file).update(claimed_at=None, **fields):
            return
        if text:
            FileText.objects.update_or_create(file=file, defaults={"text": text})
            mark_changed(file.record)
            wake_on_commit("publications.tasks.lighten_file", file.pk)


def _give_back(file: File) -> None:
    """Leave the file for later: the store was away, which is not the file's fault."""
    if file.attempts < ATTEMPTS:
        _mine(file).update(text_state=TextState.WAITING, claimed_at=None)
        return
    _mine(file).update(text_state=TextState.FAILED, claimed_at=None, problem=Problem.LOST)
