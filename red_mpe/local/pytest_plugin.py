"""Gives each test run a PostgreSQL and a Redis of its own, before pytest-django reads the settings.

Loaded by `-p red_mpe.local.pytest_plugin`. Runs side by side do not meet, and a run never touches the demo. DATABASE_URL and
REDIS_URL, when both are set, are used instead.
"""

import os
import shutil
from collections.abc import Generator
from pathlib import Path

import pytest

from red_mpe.local.locks import alone
from red_mpe.local.servers import LOCAL, LocalServers

TESTS = LOCAL / "tests"
ENVIRONMENT = {
    "SECRET_KEY": "only-for-the-tests-of-this-checkout-and-nothing-else",
    "BASE_URL": "http://localhost:8000",
    "STATIC_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
}
_servers: list[LocalServers] = []


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Generator[None, object, object]:
    """Set the environment of the run. A wrapper, so that it comes before every plugin that reads the settings."""
    os.environ.pop("DEBUG", None)
    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    if not {"DATABASE_URL", "REDIS_URL"} <= set(os.environ):
        _start()
    return (yield)


def pytest_unconfigure() -> None:
    """Stop the run's servers and remove their data."""
    while _servers:
        servers = _servers.pop()
        servers.leave()
        servers.remove_if_unused()


def _start() -> None:
    servers = start_run(TESTS)
    _servers.append(servers)
    for name, value in servers.environment().items():
        os.environ.setdefault(name, value)
    os.environ.setdefault("DATA_DIR", str(servers.directory / "data"))


def start_run(tests: Path) -> LocalServers:
    """Sweep what dead runs left below `tests` and start servers for a new one, which die with this process."""
    with alone(tests / "sweep.lock"):
        for leftover in sorted(tests.glob("run-*")):
            _sweep(leftover)
        servers = LocalServers(_new_directory(tests), durable=False, dies_with_owner=True)
        servers.enter()
    return servers


def _new_directory(tests: Path) -> Path:
    directory = tests / f"run-{os.getpid()}"
    shutil.rmtree(directory, ignore_errors=True)  # a dead run of the same number that could not be swept
    (directory / "data" / "broker").mkdir(parents=True)
    return directory


def _sweep(directory: Path) -> None:
    """Remove a dead run; a living one holds its lock, and another user's is theirs to sweep."""
    try:
        LocalServers(directory, durable=False).remove_if_unused()
    except OSError:
        return
