"""Digests through the real pump, with all its promises, against a sink that takes everything; and the sink's own ceiling."""

import json
import os
import signal
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from red_mpe.local.broker import free_port
from red_mpe.local.processes import end, tail
from red_mpe.local.servers import ROOT
from tests.bench import report
from tests.bench.house import settle_tables, start, wait_for_port

GOAL, SHARE = 300.0, 25.0  # mails a second, per cent of the ceiling
FLOOD = 2_000  # messages of the ceiling
PATIENCE = 600  # seconds
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


@dataclass
class Posted:
    """What several processes posted together."""

    mails: int
    seconds: float
    cpu: float

    @property
    def rate(self) -> float:
        """Mails a second."""
        return self.mails / self.seconds


def print_mail(directory: Path, people: int) -> None:
    """Make the digests of `people` readers twice, for one pump and for two, and print how fast they left."""
    log, port = directory / "sink.log", free_port()
    os.environ["EMAIL_PORT"] = str(port)
    _fill(people)
    sink = start([sys.executable, "-m", "tests.bench.sink", str(port)], log)
    try:
        wait_for_port(port, log)
        report.title(f"Digests of {people:,} people — {report.load()}")
        report.line("one durable commit on this disk", f"{_commit_ms():.1f} ms", "", "each mail needs two")
        posted = [_digests(people, pumps) for pumps in (1, 2)]
        sample = directory / "sample.eml"
        sample.write_bytes(_sample())
        ceilings = [_flood(sample, connections) for connections in (1, 2)]
    finally:
        end(sink, signal.SIGTERM)
    _print(posted, ceilings, sample.stat().st_size)
    told = json.loads(tail(log, 1) or "{}")
    taken, different = told.get("taken", 0) - sum(one.mails for one in ceilings), sum(one.mails for one in posted)
    report.line("taken by the sink, each once", f"{taken} of {2 * people}", "", "" if taken == different == 2 * people else "✗")


def _fill(people: int) -> None:
    from django.db import transaction

    from tests.bench.readers import fill_talk

    start = time.monotonic()
    with transaction.atomic():
        fill_talk(people)
    settle_tables()
    print(f"… readers: {time.monotonic() - start:.0f} s", flush=True)


def _commit_ms() -> float:
    """Return the milliseconds of one small durable transaction, the median of two hundred."""
    from tests.bench.models import Entry

    one = Entry.objects.create(title="", slug="x", author="", place="", body="", number=0, created_at=NOON, updated_at=NOON)
    seconds = []
    for number in range(200):
        start = time.perf_counter()
        Entry.objects.filter(pk=one.pk).update(number=number)
        seconds.append(time.perf_counter() - start)
    return 1000 * statistics.median(seconds)


def _digests(people: int, pumps: int) -> Posted:
    """Fill the inboxes, make the digests that are due, and let `pumps` processes send them."""
    from datetime import timedelta

    from red_mpe.notifications.actions import make_digests
    from red_mpe.notifications.models import Digest
    from tests.bench.readers import due_hour, fill_inboxes

    fill_inboxes(people)
    settle_tables()
    day = timedelta(days=0 if Digest.objects.exists() else -1)  # the second run is the next day's digest
    start = time.monotonic()
    made = make_digests(now=due_hour() + day)
    seconds = time.monotonic() - start
    report.line(f"digests made, {made}", f"{made / seconds:.0f} /s", "", f"{seconds:.1f} s in one process")
    return _together([["pump"]] * pumps)


def _together(tasks: list[list[str]]) -> Posted:
    """Start a process for each task, let them begin at once, and add up what they did."""
    command = [sys.executable, "-m", "tests.bench.posting"]
    running = [subprocess.Popen([*command, *task], stdin=-1, stdout=-1, text=True, cwd=ROOT) for task in tasks]
    try:
        for process in running:
            if _out(process).readline().strip() != "ready":
                raise RuntimeError("a process that mails did not start")
        told = [json.loads(answer) for answer in _go(running)]
    finally:
        for process in running:
            process.kill()
            process.wait()
    seconds = max(one["end"] for one in told) - min(one["start"] for one in told)
    return Posted(sum(one["mails"] for one in told), seconds, sum(one["cpu"] for one in told))


def _go(running: list[subprocess.Popen[str]]) -> list[str]:
    for process in running:
        process.stdin.write("go\n")
        process.stdin.flush()
    return [process.communicate(timeout=PATIENCE)[0] for process in running]


def _out(process: subprocess.Popen[str]) -> Any:
    return process.stdout


def _flood(sample: Path, connections: int) -> Posted:
    return _together([["flood", str(FLOOD // connections), str(sample)]] * connections)


def _sample() -> bytes:
    """Return the bytes of one digest that was sent."""
    from red_mpe.notifications.models import OutgoingMail

    return bytes(OutgoingMail.objects.filter(state="sent", message__isnull=False).order_by("pk").values_list("message", flat=True)[0])


def _print(posted: list[Posted], ceilings: list[Posted], size: int) -> None:
    for pumps, (one, ceiling) in enumerate(zip(posted, ceilings, strict=True), start=1):
        share = 100 * one.rate / ceiling.rate
        words = f"{one.mails} mails of {size / 1000:.1f} kB in {one.seconds:.1f} s, {1000 * one.cpu / max(one.mails, 1):.1f} ms CPU each"
        report.line(f"sent by {pumps} pump{'s' if pumps > 1 else ''}", f"{one.rate:.0f} /s", report.mark(one.rate, GOAL, least=True), words)
        report.line("the sink alone, as many connections", f"{ceiling.rate:.0f} /s")
        report.line("share of the ceiling", f"{share:.0f} %", report.mark(share, SHARE, least=True))
