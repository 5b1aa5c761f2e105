"""Processes known by number *and* start time, so that a recycled number is never taken for ours."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil

DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of <linux/prctl.h>


@dataclass(frozen=True)
class Identity:
    """One life of one process: the number may be used again, the pair may not."""

    pid: int
    started: str


def identify(pid: int) -> Identity | None:
    """Return who lives under this number now; None when nobody does, or only a zombie."""
    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return None
        return Identity(pid, _start_of(process))
    except psutil.Error:
        return None


def _start_of(process: psutil.Process) -> str:
    """Return the kernel's own start mark where there is one: the wall clock may be moved under a living process."""
    try:
        fields = Path(f"/proc/{process.pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
        return fields[19]  # "starttime", the 22nd field of proc(5), counted after the name in brackets
    except (OSError, IndexError):
        return f"{process.create_time():.0f}"


def is_alive(identity: Identity) -> bool:
    """Tell whether this very process still runs."""
    return identify(identity.pid) == identity


def wait_for_end(identity: Identity, seconds: float) -> bool:
    """Wait until the process is gone; False when it is still there after `seconds`."""
    deadline = time.monotonic() + seconds
    while is_alive(identity):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def end(identity: Identity, *signals: int, patience: float = 10) -> None:
    """End one process of ours: each signal in turn with `patience` seconds, SIGKILL at last. Others are left alone."""
    for number in (*signals, signal.SIGKILL):
        if not is_alive(identity):
            return
        try:
            os.kill(identity.pid, number)
        except ProcessLookupError:
            return
        if wait_for_end(identity, patience):
            return


def end_session(pid: int, *, mark: str, patience: float = 10) -> None:
    """End every process of the session `pid` that carries `mark` (NAME=value) in its environment, gently, then not."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        members = session_members(pid, mark=mark)
        for process in members:
            _send(process, number)
        if not psutil.wait_procs(members, timeout=patience)[1]:
            return


def session_members(pid: int, *, mark: str) -> list[psutil.Process]:
    """List the living processes of the session led, or once led, by `pid` that carry `mark` in their environment."""
    return [process for process in psutil.process_iter() if _belongs(process, pid, mark)]


def _belongs(process: psutil.Process, session: int, mark: str) -> bool:
    name, _, value = mark.partition("=")
    try:
        return os.getsid(process.pid) == session and process.environ().get(name) == value
    except (psutil.Error, OSError):
        return False


def _send(process: psutil.Process, number: int) -> None:
    try:
        process.send_signal(number)
    except psutil.Error:
        return


def die_with_parent(number: int) -> Callable[[], None] | None:
    """Return a `preexec_fn` that has the kernel send `number` to the child when its parent dies; None where it cannot."""
    if sys.platform != "linux":
        return None
    prctl, parent = ctypes.CDLL(None).prctl, os.getpid()

    def prepare() -> None:
        prctl(DEATH_SIGNAL, number)
        if os.getppid() != parent:  # it died before we asked
            os._exit(1)

    return prepare


_ours: list[subprocess.Popen[bytes]] = []


def spawn(
    command: list[str],
    *,
    log: Path,
    env: dict[str, str],
    cwd: Path | str = "/",
    user: int | None = None,
    group: int | None = None,
    dies_with_parent: int | None = None,
) -> subprocess.Popen[bytes]:
    """Start a child in a session of its own with its words appended to `log`; Ctrl-C in the terminal does not reach it."""
    with log.open("ab") as out:
        child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            env=env,
            cwd=cwd,
            user=user,
            group=group,
            extra_groups=None if user is None else [],
            start_new_session=True,
            preexec_fn=die_with_parent(dies_with_parent) if dies_with_parent else None,
        )
    _ours.append(child)  # kept: a server may outlive the object that started it
    return child


def reap() -> None:
    """Collect the children that have ended."""
    for child in _ours[:]:
        if child.poll() is not None:
            _ours.remove(child)


def tail(log: Path, lines: int = 20) -> str:
    """Return the last lines of a log, or nothing when there is none."""
    try:
        return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
    except OSError:
        return ""
