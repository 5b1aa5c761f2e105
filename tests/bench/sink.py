"""A mail relay of its own process that takes everything: `python -m tests.bench.sink PORT`. At SIGTERM it says what came."""

import json
import re
import signal
import sys
import threading

from aiosmtpd.controller import Controller

_ID = re.compile(rb"^Message-ID: *(\S+)", re.MULTILINE | re.IGNORECASE)


class Sink:
    """Remembers which messages came, and how often."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []

    async def handle_DATA(self, server, session, envelope) -> str:
        found = _ID.search(envelope.content)
        self.taken.append(found.group(1) if found else b"")
        return "250 Kept"


def main(port: int) -> None:
    """Listen until told to stop."""
    sink, stop = Sink(), threading.Event()
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    signal.signal(signal.SIGTERM, lambda number, frame: stop.set())
    controller.start()
    stop.wait()
    controller.stop()
    print(json.dumps({"taken": len(sink.taken), "different": len(set(sink.taken))}), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
