"""The main table: what pages cost, how they grow, what a worker holds, what a redline takes."""

import statistics
import time
from dataclasses import dataclass

from django.test import Client

from red_mpe.core.text import redline
from tests.bench import report
from tests.bench.house import HOST
from tests.bench.measuring import STILL, Figures, Scales
from tests.bench.pages import QUERIES, SIGNED_IN, Page, queries
from tests.bench.words import Writer

GROWTH, MEMORY, REDLINES, CLAUSES = 1.3, 130.0, 40.0, 200
HEAD = f"{'page':<40}{'reader':<7}{'CPU÷floor':>9}  {'goal':<7}{'queries':>8}  {'goal':<6}{'kB gz':>7}{'p50 ms':>8}{'p95 ms':>8}"


@dataclass
class Weighed:
    """A page with what was seen of it."""

    page: Page
    anonymous: Figures
    member: Figures


class Table:
    """Weighs pages and prints a line for each reader."""

    def __init__(self, scales: Scales, member: Client) -> None:
        self.scales = scales
        self._clients = (Client(headers={"Host": HOST, "X-Forwarded-Proto": "https"}), member)

    def rows(self, name: str, pages: list[Page]) -> list[Weighed]:
        """Weigh `pages` and print them under a heading."""
        report.title(f"{name} — {report.load()}")
        print(HEAD)
        return [self._row(page) for page in pages]

    def desk(self, name: str, pages: list[Page]) -> None:
        """Weigh pages that only a committee reads; their goals are those of who is signed in."""
        report.title(f"{name} — {report.load()}")
        print(HEAD)
        for page in pages:
            self._line(page, "member", self.scales.weigh(page.path, signed_in=True), page.goal, page.name)

    def _row(self, page: Page) -> Weighed:
        anonymous, member = self.scales.weigh(page.path), self.scales.weigh(page.path, signed_in=True)
        self._line(page, "nobody", anonymous, page.goal, page.name)
        self._line(page, "member", member, round(anonymous.ratio + SIGNED_IN, 1) if page.goal else 0)
        return Weighed(page, anonymous, member)

    def _line(self, page: Page, reader: str, figures: Figures, goal: float, name: str = "") -> None:
        """Print what one reader's page costs, and count its queries."""
        place = int(reader == "member")
        asked, p95, ratio = queries(self._clients[place], page), figures.percentile(95), figures.ratio
        late = f" ✗ {page.p95:g}" if page.p95 and p95 > page.p95 else ""
        allowed = report.mark(ratio, goal) if goal else ""
        cost = f"{ratio:>9.2f}  {allowed:<7}{asked:>8}  {report.mark(asked, QUERIES[place]):<6}"
        rest = f"{figures.size / 1000:>7.1f}{figures.percentile(50):>8.1f}{p95:>8.1f}{late}"
        print(f"{name:<40}{reader:<7}{cost}{rest}", flush=True)


def print_floor(scales: Scales) -> None:
    """Say what the floor is now, and what a page of the same size costs that never changes."""
    report.title(f"Floor — {report.load()}")
    still = scales.weigh(STILL, rounds=3)
    floor = scales.weigh("/floor/", rounds=3)
    report.line(
        "one list of 30 rows, 30 kB", f"{1000 * scales.floor:.1f} ms", "", f"±{spread(scales.floors):.0f} % · {floor.size / 1000:.1f} kB"
    )
    report.line("the floor against itself", f"× {floor.ratio:.2f}")
    report.line("as many bytes that never change", f"× {still.ratio:.2f}")


def spread(values: list[float]) -> float:
    """Return by how many per cent of the median half of the values lie apart."""
    low, middle, high = statistics.quantiles(values, n=4)
    return 50 * (high - low) / middle


def print_growth(before: list[Weighed], after: list[Weighed], name: str) -> None:
    """Say how many times more each page costs with ten times the data."""
    report.title(f"Growth: {name}")
    known = {row.page.group: row for row in before}
    for row in after:
        less = known[row.page.group]
        for reader in ("anonymous", "member"):
            many, few = getattr(row, reader).ratio, getattr(less, reader).ratio
            report.line(f"{row.page.name}, {reader}", f"× {many / few:.2f}", report.mark(many / few, GROWTH))


def print_rest(scales: Scales) -> None:
    """Memory of the worker after all of it, and redlines."""
    report.title("Memory and redlines")
    report.line("a web process, after all of this", f"{scales.memory():.0f} MB", report.mark(scales.memory(), MEMORY))
    cost = redline_seconds()
    report.line("redline of one clause of 60 words", f"{1000 * cost:.2f} ms", "", "made once, when a comment is sent")
    ratio = CLAUSES * cost / scales.floor
    report.line(f"redlines of {CLAUSES} clauses, first time", f"× {ratio:.1f}", report.mark(ratio, REDLINES), "CPU ÷ floor")


def redline_seconds() -> float:
    """Return the CPU of one redline, the mean over two hundred different ones."""
    writer = Writer(5)
    pairs = []
    for _ in range(CLAUSES):
        words = writer.text("es", 60).split()
        other = [*words[:9], "además", *words[12:40], *writer.sentence("es", 6).split(), *words[44:]]
        pairs.append((" ".join(words), " ".join(other)))
    start = time.process_time()
    for before, after in pairs:
        redline(before, after)
    return (time.process_time() - start) / len(pairs)
