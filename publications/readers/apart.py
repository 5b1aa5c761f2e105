"""Reading in a process of its own: with limits of time and memory, without our secrets, and gone when we are.

Files of strangers crash readers, and the reader of PDFs is not safe with threads (docs/adr/0017).
"""

import json
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from publications.readers.archives import Unreadable

ROOT: Final = Path(__file__).resolve().parents[2]
PATIENCE: Final = 240  # seconds for one file, below the time limit of a task
BEAT: Final = 2  # seconds between two signs of life while a page takes long
_RESULT: Final = 100_000  # bytes
HEAVY: Final = 70  # how the process says that its memory did not do

Tell = Callable[[int, int], None]


def _quiet(done: int, total: int) -> None:
    """Tell nobody."""


def read_apart(what: str, code: str, source: str, folder: str, *, patience: float = PATIENCE, tell: Tell = _quiet) -> dict[str, Any]:
    """Have `what` done with the file at `source`; what it makes lands in `folder`. Return what it says of the file.

    `tell(done, total)` is called now and then with pages, at least every few seconds. Raises Unreadable with the code of a problem,
    also when the process crashed, took more than `patience` seconds or more memory than there is for it.
    """
    command = [sys.executable, "-m", "publications.readers.work", what, code, source, folder]
    with subprocess.Popen(  # noqa: S603 - our own module
        command, cwd=ROOT, env=_environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        try:
            _listen(process, time.monotonic() + patience, tell)
        finally:
            process.kill()
            status = process.wait()
    return _result(Path(folder) / "result.json", status)


def _environment() -> dict[str, str]:
    """Nothing that a crashed reader of strangers' files could give away."""
    return {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}


def _listen(process: subprocess.Popen[bytes], end: float, tell: Tell) -> None:
    """Pass on what the process says of its pages until it closes its mouth. Raises Unreadable at the end of patience."""
    done, total, tail = 0, 0, b""
    assert process.stdout is not None
    with selectors.DefaultSelector() as watch:
        watch.register(process.stdout, selectors.EVENT_READ)
        while True:
            if time.monotonic() > end:
                raise Unreadable("too-slow")
            if watch.select(timeout=min(BEAT, max(0.05, end - time.monotonic()))):
                said = os.read(process.stdout.fileno(), 65536)
                if not said:
                    return
                *lines, tail = (tail + said).split(b"\n")
                done, total = map(int, lines[-1].split()) if lines else (done, total)
            tell(done, total)


def _result(path: Path, status: int) -> dict[str, Any]:
    """Return the last word of the process; one that died without has met a file it cannot read."""
    if not path.exists():
        raise Unreadable("too-heavy" if status == HEAVY else "broken")
    found: dict[str, Any] = json.loads(path.read_bytes()[:_RESULT])
    if "problem" in found and not found.get("kept"):
        raise Unreadable(found["problem"])
    return found
