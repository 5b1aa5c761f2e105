"""The process of its own: `python -m publications.readers.work WHAT KIND SOURCE FOLDER`. It says `done total` for pages on the way."""

import json
import os
import resource
import sys
import threading
from pathlib import Path
from typing import Any

from publications.readers.apart import HEAVY
from publications.readers.archives import Unreadable

MEMORY = 1_200_000_000  # bytes of addresses; a picture of 40 million pixels needs a third
SECONDS = 230  # of computing
WRITTEN = 100_000_000  # bytes in one file


def main(what: str, code: str, source: str, folder: str) -> int:
    """Do the work and write `result.json`, also about a file that cannot be read; return how the process ends."""
    try:
        found = _do(what, code, source, Path(folder))
    except Unreadable as error:
        found = {"problem": error.code}
    except (MemoryError, RecursionError):
        return HEAVY
    Path(folder, "result.json").write_text(json.dumps(found))
    return 0


def _do(what: str, code: str, source: str, folder: Path) -> dict[str, Any]:
    if what == "picture":
        from publications.readers import pictures

        pictures.encode_anew(source, folder / "picture", code)
        return {}
    if what == "two-sizes":
        from publications.readers import pictures

        return pictures.two_sizes(source, folder, code)
    from publications.readers import extracting

    return extracting.take_out(code, source, folder, say)


def say(done: int, total: int) -> None:
    """Tell whoever waits how many pages are done."""
    sys.stdout.write(f"{done} {total}\n")
    sys.stdout.flush()


def limit() -> None:
    """Give up what this process will not need."""
    for kind, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_FSIZE, WRITTEN)):
        resource.setrlimit(kind, (most, most))


def die_with_owner() -> None:  # pragma: no cover - a process of its own
    """End when whoever started us has gone: its end of our input closes with it."""
    sys.stdin.buffer.read()
    os._exit(1)


if __name__ == "__main__":  # pragma: no cover - a process of its own
    threading.Thread(target=die_with_owner, daemon=True).start()
    limit()
    sys.exit(main(*sys.argv[1:5]))
