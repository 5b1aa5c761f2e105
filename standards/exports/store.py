"""Files made once for what never changes, kept on disk under what they were made of."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings

from red_mpe.core.files import write_whole

Maker = Callable[[Any], bytes]


def fingerprint(plain: Any) -> str:
    """Return a short name of plain values: equal values have the same, others another."""
    canonical = json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()[:24]


def kept(plain: Any, *, sha256: str, name: str, edition: int, make: Maker) -> tuple[bytes, str]:
    """Return the file that `make` writes of `plain`, and its fingerprint; made once where the text is frozen (`sha256`).

    The fingerprint covers what stands beside the text too (titles, translations of our words, errata): when one of those
    changes, the file is made anew and the old one goes. Without `sha256` nothing is kept: a draft is nobody's to find.
    """
    mark = fingerprint([plain, name, edition])
    if not sha256:
        return make(plain), mark
    path = _folder(sha256) / f"{edition}-{mark}-{name}"
    try:
        return path.read_bytes(), mark
    except FileNotFoundError:
        data = make(plain)
        _put(path, data, name)
        return data, mark


def size_kept(*, sha256: str, name: str) -> int | None:
    """Return the bytes of the file last made under `name`, None while there is none."""
    found = sorted(_folder(sha256).glob(f"*-{name}"), key=lambda path: path.name) if sha256 else []
    return found[-1].stat().st_size if found else None


def _folder(sha256: str) -> Path:
    return Path(settings.DATA_DIR) / "downloads" / sha256


def _put(path: Path, data: bytes, name: str) -> None:
    """Write the file and drop what was kept under the same name before."""
    write_whole(path, data)
    for old in path.parent.glob(f"*-{name}"):
        if old != path:
            old.unlink(missing_ok=True)
