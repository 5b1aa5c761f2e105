"""Keeps the demo's processes running: each in a session of its own, started again when it dies, all ended together."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import NoReturn

from red_mpe.local.processes import end_session, spawn

LONGEST_PAUSE = 30.0
STEADY = 60.0  # seconds after which a process counts as well
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stop(BaseException):
    """Somebody asked us to stop."""


@contextmanager
def stoppable() -> Iterator[None]:
    """Turn the first Ctrl-C, SIGTERM or hang-up into `Stop`; those that follow do not disturb the clearing up."""
    before = {number: signal.signal(number, _stop) for number in STOPS}
    try:
        yield
    except Stop:
        pass
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    for each in STOPS:
        signal.signal(each, signal.SIG_IGN)
    raise Stop


@dataclass
class Child:
    """One process the supervisor looks after."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_at: float = 0.0
    pause: float = 1.0

    def is_due(self) -> bool:
        """Tell whether it is not running and should be started now."""
        return self.process is None and time.monotonic() >= self.start_at

    def next_pause(self) -> float:
        """Return how long to wait before the next start: longer each time, short again after a steady run."""
        self.pause = 1.0 if time.monotonic() - self.started_at > STEADY else min(self.pause * 2, LONGEST_PAUSE)
        return self.pause


class Supervisor:
    """Starts the children, starts again what dies, ends all. `remember` is told the sessions whenever they change."""

    def __init__(
        self,
        children: list[Child],
        *,
        env: dict[str, str],
        mark: str,
        logs: Path,
        cwd: Path,
        say: Callable[[str], None],
        remember: Callable[[dict[str, int]], None],
    ) -> None:
        self.children = children
        self.mark = mark
        self.logs = logs
        self.cwd = cwd
        self.say = say
        self.remember = remember
        self.patience = 12.0  # seconds between asking and killing
        name, _, value = mark.partition("=")
        self.env = {**env, name: value, "PYTHONUNBUFFERED": "1"}
        logs.mkdir(parents=True, exist_ok=True)

    def tick(self) -> None:
        """Look at every child once: notice the dead, start what is due."""
        for child in self.children:
            self._notice_end(child)
            if child.is_due():
                self._start(child)

    def run(self) -> NoReturn:
        """Look after the children until `Stop`."""
        while True:
            self.tick()
            time.sleep(0.5)

    def end(self) -> None:
        """End every child, all at once and gently at first; forget the sessions once they are gone."""
        for child in self.children:
            if child.process and child.process.poll() is None:
                child.process.send_signal(signal.SIGTERM)
        for child in self.children:
            if child.process:
                self._collect(child.process)
        self.remember({})

    def _collect(self, process: subprocess.Popen[bytes]) -> None:
        try:
            process.wait(timeout=self.patience)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        end_session(process.pid, mark=self.mark)

    def _start(self, child: Child) -> None:
        child.process = spawn(child.command, log=self.log(child), env=self.env, cwd=self.cwd, dies_with_parent=signal.SIGTERM)
        child.started_at = time.monotonic()
        self._remember()

    def _notice_end(self, child: Child) -> None:
        if child.process is None or child.process.poll() is None:
            return
        code = child.process.returncode
        end_session(child.process.pid, mark=self.mark)
        child.process = None
        child.start_at = time.monotonic() + child.next_pause()
        how = f"was killed by signal {-code}" if code < 0 else f"ended with code {code}"
        self.say(f"{child.name} {how}; starting it again in {child.pause:.0f} s. Its log: {os.path.relpath(self.log(child))}")
        self._remember()

    def _remember(self) -> None:
        self.remember({child.name: child.process.pid for child in self.children if child.process})

    def log(self, child: Child) -> Path:
        """The file a child writes its words to."""
        return self.logs / f"{child.name}.log"
