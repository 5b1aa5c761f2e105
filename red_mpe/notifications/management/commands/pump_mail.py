"""The pump: needs the database and the relay, and neither broker nor worker."""

import logging
import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from red_mpe.notifications import actions

PAUSE = 10.0  # seconds
STEPS: tuple[Callable[[], int], ...] = (actions.spread_waiting, actions.make_digests, actions.pump)

log = logging.getLogger(__name__)


class Command(BaseCommand):
    """Sends what is due, every ten seconds; tells and digests what a lost broker has forgotten."""

    help = "Send queued mail every ten seconds, without broker or worker."

    def add_arguments(self, parser: CommandParser) -> None:
        """One flag."""
        parser.add_argument("--once", action="store_true", help="do it once and leave")

    def handle(self, *, once: bool, **options: Any) -> None:
        """Run until told to stop; the mail under way is finished first."""
        if once:
            for step in STEPS:
                step()
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda number, frame: _leave(stop, frame))
        while not stop.is_set():
            _round()
            stop.wait(PAUSE)


def _leave(stop: threading.Event, frame: FrameType | None) -> None:
    stop.set()


def _round() -> None:
    """Do every step once. A step that fails does not stop the pump: what it missed comes with the next round."""
    for step in STEPS:
        close_old_connections()
        try:
            step()
        except Exception:
            log.exception("The pump stumbled in %s", step.__name__)
