"""Measures CPU of the worker per request, floor and page in turn, so that a busy machine disturbs both alike."""

import http.client
import itertools
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import psutil

from tests.bench.house import HOST

ROUNDS = 5
SHARE = 0.15  # seconds of CPU that one turn aims at
TURNS = (3, 25)  # fewest and most requests of one turn
FLOOR = "/floor/"
STILL = "/floor/still/"


def cpu_seconds(pid: int) -> float:
    """Return the CPU a process has used, all its threads: to the nanosecond where the kernel tells, by the tick elsewhere."""
    try:
        return time.clock_gettime((~pid << 3) | 2)
    except (OSError, ValueError, OverflowError):
        times = psutil.Process(pid).cpu_times()
        return times.user + times.system


class Visitor:
    """A browser that keeps its connection, comes through a proxy that speaks TLS, and takes gzip."""

    _addresses = (f"10.{a}.{b}.{c}" for a, b, c in itertools.product(range(256), range(256), range(1, 255)))

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self._headers = {"Host": HOST, "X-Forwarded-Proto": "https", "Accept-Encoding": "gzip", "Accept-Language": "es"}

    def get(self, path: str, cookie: str = "") -> tuple[float, int]:
        """Read a page from an address that nobody used before; return its seconds and the bytes of its body on the wire."""
        headers = {**self._headers, "X-Forwarded-For": next(self._addresses), **({"Cookie": cookie} if cookie else {})}
        start = time.perf_counter()
        self._connection.request("GET", path, headers=headers)
        answer = self._connection.getresponse()
        size = len(answer.read())
        seconds = time.perf_counter() - start
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")
        return seconds, size


@dataclass
class Figures:
    """What was seen of one page."""

    ratios: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    size: int = 0

    @property
    def ratio(self) -> float:
        """CPU of the worker against the floor beside it: the median of the turns."""
        return statistics.median(self.ratios)

    def percentile(self, part: int) -> float:
        """Milliseconds within which `part` per cent of the requests were answered."""
        return 1000 * percentile(self.seconds, part)


def percentile(values: list[float], part: int) -> float:
    """Return the value that `part` per cent of `values` do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * part // 100)]


class Scales:
    """Weighs pages of one worker against the floor."""

    def __init__(self, port: int, worker: int, cookies: list[str]) -> None:
        self.visitor, self.worker = Visitor(port), worker
        self._cookies = itertools.cycle(cookies)
        self.floors = [self._turn(FLOOR, [""] * 20)[0] for _ in range(4)][1:]  # the first reads and compiles the template

    @property
    def floor(self) -> float:
        """Seconds of CPU of one request of the floor, the median over the whole run."""
        return statistics.median(self.floors)

    def _turn(self, path: str, cookies: list[str]) -> tuple[float, list[float], int]:
        """Read a page once for each cookie; return CPU seconds per request, all durations and the size."""
        before = cpu_seconds(self.worker)
        read = [self.visitor.get(path, cookie) for cookie in cookies]
        return (cpu_seconds(self.worker) - before) / len(read), [seconds for seconds, _size in read], read[-1][1]

    def weigh(self, path: str, *, signed_in: bool = False, rounds: int = ROUNDS) -> Figures:
        """Weigh one page: warm it, then let floor and page take turns."""
        cookie: Callable[[], str] = (lambda: next(self._cookies)) if signed_in else str
        found, cost = Figures(), min(self._turn(path, [cookie()])[0] for _ in range(3))
        many = max(TURNS[0], min(TURNS[1], round(SHARE / max(cost, 0.001))))
        for _ in range(rounds):
            floor = self._turn(FLOOR, [""] * 12)[0]
            cost, seconds, found.size = self._turn(path, [cookie() for _ in range(many)])
            self.floors.append(floor)
            found.ratios.append(cost / floor)
            found.seconds += seconds
        return found

    def weigh_cold(self, path: str, forget: Callable[[], object], *, rounds: int = ROUNDS) -> Figures:
        """Weigh one page as its first reader pays for it: `forget` comes before each request and is not weighed."""
        found = Figures()
        for _ in range(rounds):
            floor = self._turn(FLOOR, [""] * 12)[0]
            forget()
            cost, seconds, found.size = self._turn(path, [""])
            self.floors.append(floor)
            found.ratios.append(cost / floor)
            found.seconds += seconds
        return found

    def memory(self) -> float:
        """Return the megabytes the worker holds."""
        return psutil.Process(self.worker).memory_info().rss / 1e6
