"""Compiles the translations without gettext."""

import os
from pathlib import Path

import polib

from red_mpe.local.servers import ROOT


def compile_catalogues(locale: Path = ROOT / "locale") -> list[Path]:
    """Compile each catalogue whose `.mo` is missing or older than its `.po`; return what was compiled."""
    return [_compile(source) for source in sorted(locale.glob("*/LC_MESSAGES/*.po")) if _is_stale(source)]


def _is_stale(source: Path) -> bool:
    target = source.with_suffix(".mo")
    return not target.exists() or target.stat().st_mtime < source.stat().st_mtime


def _compile(source: Path) -> Path:
    """Write the compiled catalogue in one step, so that a reader at the same time sees the old or the new one."""
    target = source.with_suffix(".mo")
    half_done = target.with_suffix(f".mo.{os.getpid()}")
    polib.pofile(str(source)).save_as_mofile(str(half_done))
    half_done.replace(target)
    return target
