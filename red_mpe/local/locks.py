"""Locks the kernel drops by itself when their holder dies, however it dies."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class FileLock:
    """A lock on a file, exclusive or shared. Children do not inherit it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle: int | None = None

    def take(self, *, shared: bool = False, wait: bool = True) -> bool:
        """Take the lock, or change its kind; False when somebody else has it and `wait` is off."""
        kind = (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB)
        handle = self._open()
        try:
            fcntl.flock(handle, kind)
        except BlockingIOError:
            self.drop()
            return False
        return True

    def drop(self) -> None:
        """Give the lock back; nothing happens when it is not held."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _open(self) -> int:
        if self._handle is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        return self._handle


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Run the block while nobody else runs one under the same file."""
    lock = FileLock(path)
    lock.take()
    try:
        yield
    finally:
        lock.drop()
