"""Looking at what somebody sends before anything is kept."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from publications.enums import FileFlag
from publications.readers.apart import read_apart
from publications.readers.archives import Unreadable
from publications.readers.kinds import FileRefused, Kind, kind_of
from publications.readers.names import clean_name, split_name


@dataclass
class Checked:
    """Bytes that may be kept: what they are, what they will be called, and what an editor should know."""

    file: IO[bytes]
    kind: Kind
    name: str
    size: int
    flags: list[str] = field(default_factory=list)


def too_large(size: int) -> FileRefused:
    """Return the refusal of a file over the limit, which tells both."""
    words = _("This file has %(size)s and the limit is %(limit)s. Send a smaller copy, or describe the work with a link to it.")
    return FileRefused(words % {"size": filesizeformat(size), "limit": filesizeformat(settings.LIBRARY_FILE_LIMIT)})


@contextmanager
def checked(upload: Any) -> Iterator[Checked]:
    """Give the file as it may be kept. Refused with words: empty, too large, of a type we do not take, a trap."""
    if not upload.size:
        raise FileRefused(_("This file is empty. Perhaps it was not saved before it was sent."))
    if upload.size > settings.LIBRARY_FILE_LIMIT:
        raise too_large(upload.size)
    source = upload.file if hasattr(upload, "file") else upload
    given = str(upload.name or "")
    kind = kind_of(source, given)
    ending = split_name(given)[1]
    flags = [] if ending in (kind.code, *kind.also, "") else [FileFlag.RENAMED.value]
    name = clean_name(given, kind.code, known=kind.also)
    if not kind.picture:
        yield Checked(source, kind, name, upload.size, flags)
        return
    with _anew(source, kind) as picture:
        yield Checked(picture, kind, name, Path(picture.name).stat().st_size, flags)


@contextmanager
def _anew(source: IO[bytes], kind: Kind) -> Iterator[IO[bytes]]:
    """Give a picture encoded anew, in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="picture-") as folder:
        path = Path(folder, "source")
        source.seek(0)
        with path.open("wb") as copy:
            while chunk := source.read(1 << 20):
                copy.write(chunk)
        try:
            read_apart("picture", kind.code, str(path), folder, patience=40)
        except Unreadable as error:
            raise FileRefused(
                _("This picture cannot be opened: it is damaged, or far too large. Save it anew and send it again.")
            ) from error
        with Path(folder, "picture").open("rb") as picture:
            yield picture
