"""Files on disk: whole or not there."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.core.files.storage import FileSystemStorage


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """Give a file to write into, beside its place; it is moved there at the end, and thrown away when something fails."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def write_whole(path: Path, data: bytes) -> Path:
    """Write beside and move into place: a file that is there is whole."""
    with whole_file(path) as file:
        file.write(data)
    return path


class WholeFiles(FileSystemStorage):
    """A private store on disk: a file appears under its name when its last byte is on the disk, and replaces what was there."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Keep the name: whoever names files by their content wants the same one again."""
        return name

    def _save(self, name: str, content: Any) -> str:
        path = Path(self.path(name))
        with whole_file(path) as file:
            for chunk in content.chunks():
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
            os.fchmod(file.fileno(), self.file_permissions_mode or 0o600)
        return name
