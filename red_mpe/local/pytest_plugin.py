"""Gives each test run a PostgreSQL and a Redis of its own, before pytest-django reads the settings.

Loaded by `-p red_mpe.local.pytest_plugin`. Runs side by side do not meet, and a run never touches the demo. DATABASE_URL and
REDIS_URL in the environment replace them. Each worker of pytest-xdist counts as a run.
"""

import os
import shutil
from collections.abc import Collection, Generator
from pathlib import Path

import pytest

from red_mpe.local.catalogues import compile_catalogues
from red_mpe.local.environment import given_urls
from red_mpe.local.locks import alone
from red_mpe.local.servers import LOCAL, LocalServers

TESTS = LOCAL / "tests"
ENVIRONMENT = {
    "SECRET_KEY": "only-for-the-tests-of-this-checkout-and-nothing-else",
    "BASE_URL": "http://localhost:8000",
    "STATIC_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
}
SET_BY_A_RUN = "SET_BY_A_TEST_RUN"
_runs: list[LocalServers] = []


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Generator[None, object, object]:
    """Set the environment of the run. A wrapper, so that it comes before every plugin that reads the settings."""
    compile_catalogues()
    _forget_the_run_that_started_us()
    run = start_run(TESTS, given=given_urls())
    _runs.append(run)
    os.environ.pop("DEBUG", None)
    places = {"DATA_DIR": str(run.directory / "data"), "STATIC_ROOT": str(run.directory / "static")}
    chosen = {**ENVIRONMENT, **run.environment(), **places}
    ours = [name for name in chosen if not os.environ.get(name)]
    os.environ.update({name: chosen[name] for name in ours}, **{SET_BY_A_RUN: " ".join(ours)})
    return (yield)


def _forget_the_run_that_started_us() -> None:
    """Drop what pytest has set in the process that started this one, a worker: two workers must not share a Redis."""
    for name in os.environ.pop(SET_BY_A_RUN, "").split():
        del os.environ[name]


def pytest_unconfigure() -> None:
    """Stop the run's servers and remove their data."""
    while _runs:
        run = _runs.pop()
        run.leave()
        run.remove_if_unused()


def start_run(tests: Path, *, given: Collection[str] = ()) -> LocalServers:
    """Sweep what dead runs left below `tests` and start servers for a new one, which die with this process."""
    with alone(tests / "sweep.lock"):
        for leftover in sorted(tests.glob("run-*")):
            _sweep(leftover)
        run = LocalServers(_new_directory(tests), durable=False, dies_with_owner=True, given=given)
        run.enter()
    return run


def _new_directory(tests: Path) -> Path:
    directory = tests / f"run-{os.getpid()}"
    shutil.rmtree(directory, ignore_errors=True)  # a dead run of the same number that could not be swept
    (directory / "data" / "broker").mkdir(parents=True)
    (directory / "static").mkdir()
    return directory


def _sweep(directory: Path) -> None:
    """Remove a dead run; a living one holds its lock, and another user's is theirs to sweep."""
    try:
        LocalServers(directory, durable=False).remove_if_unused()
    except OSError:
        return
