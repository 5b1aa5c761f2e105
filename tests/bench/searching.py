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


def print_library(scales: Scales, records: int) -> None:
    """Weigh the pages of the library, and ask it each question fifteen times."""
    from tests.bench.library import library_pages, library_questions

    report.title(f"Library of {records:,} records, one client — {report.load()}")
    for page in library_pages():
        figures = scales.weigh(page.path)
        report.line(
            page.name, f"{figures.ratio:.2f} ÷ floor", report.mark(figures.ratio, page.goal), f"p95 {figures.percentile(95):.1f} ms"
        )
    with translation.override("es"):
        address = reverse("publications:library")
    everything: list[float] = []
    for name, question in library_questions():
        path = f"{address}?{urlencode(question)}"
        scales.visitor.get(path)
        seconds = [scales.visitor.get(path)[0] for _ in range(TIMES)]
        everything += seconds
        _line(name, seconds)
    _line("all of them", everything)


def print_quality() -> None:
    """Ask the fixed questions of the fixed small library, which is written and taken back, and print what is among the first ten."""
    from django.contrib.auth.models import AnonymousUser
    from django.db import transaction

    from publications.models import Record, SearchDoc
    from tests.support.quality import ask_all, fill_corpus

    with transaction.atomic():
        SearchDoc.objects.all().delete()
        Record.objects.all().update(state="draft")
        fill_corpus()
        answers = list(ask_all(AnonymousUser()))
        transaction.set_rollback(True)
    report.title(f"What is found: {len(answers)} questions in three languages, recall@10")
    for language in ("es", "en", "pt-br"):
        mine = [one.recall for one in answers if one.language == language]
        report.line(f"{language}, {len(mine)} questions", f"{sum(mine) / len(mine):.3f}")
    report.line("all of them", f"{sum(one.recall for one in answers) / len(answers):.3f}")


def _line(name: str, seconds: list[float]) -> None:
    p50, p95 = 1000 * percentile(seconds, 50), 1000 * percentile(seconds, 95)
    report.line(name, f"{p50:.1f} ms", report.mark(p50, P50), f"p95 {p95:.1f} ms {report.mark(p95, P95)}")
