"""Servers of its own in a directory of its own, the database migrated, and one real web process on loopback."""

import os
import shutil
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from red_mpe.local.broker import free_port
from red_mpe.local.catalogues import compile_catalogues
from red_mpe.local.processes import Identity, end, identify, spawn, tail
from red_mpe.local.servers import ROOT, LocalServers

HOST = "bench.example.org"
START_SECONDS = 60
MAILS = 10_000_000  # the brake stops accidents; this is none
SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
    "SECRET_KEY": "only-for-measuring-and-nothing-else-0123456789-abcdefghijklmnop",
    "BASE_URL": f"https://{HOST}",
    "TRUSTED_PROXY_COUNT": "1",  # lets each visitor come from an address of their own
    "STATIC_STORAGE": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage",
    "LOG_LEVEL": "WARNING",
    "MAIL_BRAKE_COUNT": str(MAILS),
    "EMAIL_HOST": "127.0.0.1",
}


@contextmanager
def house() -> Iterator[Path]:
    """Have PostgreSQL, with all its promises of durability, and Redis, and Django set up in this process; leave nothing behind."""
    directory = Path(tempfile.mkdtemp(prefix="red-mpe-bench-"))
    directory.chmod(0o755)
    servers = LocalServers(directory, dies_with_owner=True)
    try:
        with servers:
            _settle(directory, servers.environment())
            yield directory
    finally:
        servers.remove_if_unused()
        shutil.rmtree(directory, ignore_errors=True)


def _settle(directory: Path, urls: dict[str, str]) -> None:
    """Point the environment, Django and the tables at the new servers."""
    os.environ.pop("DEBUG", None)
    (directory / "data" / "broker").mkdir(parents=True)
    os.environ.update(SETTINGS | urls | {"DATA_DIR": str(directory / "data"), "STATIC_ROOT": str(directory / "static")})
    compile_catalogues()
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", run_syncdb=True, verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)


def start(command: list[str], log: Path, **environment: str) -> Identity:
    """Start a process of ours which dies with us."""
    spawned = spawn(command, log=log, env={**os.environ, **environment}, cwd=ROOT, dies_with_parent=signal.SIGKILL)
    found = identify(spawned.pid)
    if found is None:
        raise RuntimeError(f"{command[2]} did not start: {tail(log)}")
    return found


@contextmanager
def web(directory: Path) -> Iterator[tuple[int, int]]:
    """Run gunicorn with one worker as a deployment does; give its port and the worker's process id."""
    port, log = free_port(), directory / "web.log"
    options = ["--bind", f"127.0.0.1:{port}", "--workers", "1", "--worker-class", "gthread", "--threads", "4", "--keep-alive", "600"]
    master = start([sys.executable, "-m", "gunicorn", "tests.bench.wsgi", *options, "--no-control-socket"], log)
    try:
        wait_for_port(port, log)
        yield port, _worker_of(master.pid, log)
    finally:
        end(master, signal.SIGTERM)


def _worker_of(master: int, log: Path) -> int:
    """Return the process id of gunicorn's worker; the port is open before there is one."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if children := psutil.Process(master).children():
            return children[0].pid
        time.sleep(0.05)
    raise RuntimeError(f"gunicorn has no worker: {tail(log)}")


def wait_for_port(port: int, log: Path) -> None:
    """Wait until somebody listens."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"Nobody listens on {port}: {tail(log)}")


def settle_tables() -> None:
    """Let the planner know what is there now, as autovacuum would within a minute, and have it all on the disk."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")
