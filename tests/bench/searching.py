"""What a search takes, by the kind of question."""

from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode

from tests.bench import report
from tests.bench.measuring import Scales, percentile

P50, P95 = 40.0, 200.0  # ms
TIMES = 15
QUESTIONS = (
    ("a frequent word, all kinds", {"q": "agua"}),
    ("a frequent word, clauses: 20 with count", {"q": "agua", "in": "clauses"}),
    ("two words, clauses", {"q": "mercurio agua", "in": "clauses"}),
    ("a rare word, clauses", {"q": "regalía", "in": "clauses"}),
    ("a phrase, clauses", {"q": '"agua mina"', "in": "clauses"}),
    ("a name, organisations", {"q": "cooperativa quispe", "in": "organisations"}),
    ("a frequent part of names, organisations", {"q": "coop", "in": "organisations"}),
    ("a name, people", {"q": "rosa quispe", "in": "people"}),
    ("nothing to be found, all kinds", {"q": "xyzzy"}),
)


def print_search(scales: Scales, records: int) -> None:
    """Ask each question fifteen times and print how long the whole page took."""
    report.title(f"Search over {records:,} records, one client — {report.load()}")
    with translation.override("es"):
        address = reverse("portal:search")
    everything: list[float] = []
    for name, question in QUESTIONS:
        path = f"{address}?{urlencode(question)}"
        scales.visitor.get(path)
        seconds = [scales.visitor.get(path)[0] for _ in range(TIMES)]
        everything += seconds
        _line(name, seconds)
    _line("all of them", everything)


def _line(name: str, seconds: list[float]) -> None:
    p50, p95 = 1000 * percentile(seconds, 50), 1000 * percentile(seconds, 95)
    report.line(name, f"{p50:.1f} ms", report.mark(p50, P50), f"p95 {p95:.1f} ms {report.mark(p95, P95)}")
