"""One process that mails, begun at a word: `python -m tests.bench.posting pump`, or `… flood COUNT FILE` for the bare protocol.

It says `ready`, waits for a line, works, and tells how many mails left, in what time and with how much CPU.
"""

import json
import os
import smtplib
import sys
import time
from collections.abc import Callable
from pathlib import Path


def pump() -> Callable[[], int]:
    """Return the site's own pump."""
    import django

    django.setup()
    from django.core.cache import cache
    from django.db import connection

    from red_mpe.notifications import actions

    connection.ensure_connection()
    cache.get("warm")
    return actions.pump


def flood(count: int, file: Path) -> Callable[[], int]:
    """Return what hands over the same bytes `count` times over one connection and does nothing else."""
    raw = file.read_bytes()
    smtp = smtplib.SMTP("127.0.0.1", int(os.environ["EMAIL_PORT"]), timeout=60)
    smtp.ehlo()

    def work() -> int:
        for _ in range(count):
            smtp.sendmail("red@bench.example.org", ["reader@people.example"], raw)
        return count

    return work


def main(what: str, *rest: str) -> None:
    """Make ready, wait, work, tell."""
    work = pump() if what == "pump" else flood(int(rest[0]), Path(rest[1]))
    print("ready", flush=True)
    sys.stdin.readline()
    start, cpu = time.time(), time.process_time()
    mails = work()
    print(json.dumps({"mails": mails, "start": start, "end": time.time(), "cpu": time.process_time() - cpu}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
