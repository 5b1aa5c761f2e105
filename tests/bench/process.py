"""What the process of a standard costs: the pages of a round that is over, what is made of them, forms, the next version."""

import time
from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from standards.actions.submissions import plan_own_form, send_form
from standards.actions.versions import begin_next_version
from standards.enums import ShownAs, VersionKind
from standards.exports import files
from standards.exports.commenting import FORM_FORMATS, Row, write_form
from standards.exports.versions import FORMATS, write_version
from standards.models import ClauseText, Consultation, Framework, Synopsis, Version
from standards.readers.commenting import read_form
from tests.bench import pages, report
from tests.bench.hearing import SLUG
from tests.bench.measuring import Scales
from tests.bench.pages import CLAUSE, LIST, Page
from tests.bench.weighing import REDLINES, Table
from tests.bench.words import Writer

COMMENTS = 5_000
KEPT_REDLINE = 2.0  # CPU ÷ floor


def print_process(table: Table) -> None:
    """Weigh the pages of a round of 5,000 comments, then what is made of them."""
    table.rows("A round of 5,000 comments that is over, 200 clauses", public_pages())
    table.desk("The workspace of its committee", desk_pages())
    _print_redlines(table.scales)
    _print_files()
    _print_versions(table.scales)
    _print_forms()  # the last: they bring 5,000 comments more


def public_pages() -> list[Page]:
    """What everybody reads of a round that is over."""
    with translation.override("es"):
        version, place = [SLUG, "0.2"], [SLUG, 1]
        return [
            Page("redline of 200 clauses, kept", _address("redline", SLUG, "0.2", "0.3"), KEPT_REDLINE),
            Page("synopsis of 5,000 comments", _address("synopsis", *place), LIST),
            Page("comments and answers, a page of 50", _address("synopsis_comments", *place), LIST),
            Page("map of the round", _address("round_map", *place), LIST),
            Page("clause with 50 comments and answers", _address("clause_detail", *version, "1.1.1"), CLAUSE),
            Page("versions", _address("version_list", SLUG), LIST),
            Page("downloads of a version", _address("downloads", *version), LIST),
            Page("how the process went", _address("process", SLUG), LIST),
        ]


def desk_pages() -> list[Page]:
    """What the committee works with; each has its goal for who is signed in."""
    with translation.override("es"):
        queue = _address("answer_queue", SLUG)
        code = f"C-CIERRE-R1-{30:05d}"
        return [
            Page("overview", _address("workspace", SLUG), LIST),
            Page("drafting tree of 200 clauses", _address("drafting_tree", SLUG), LIST),
            Page("answer queue of 5,000 comments", queue, LIST),
            Page("answer queue, a clause and words", f"{queue}?clause=1.1&q=agua", LIST),
            Page("an answer", _address("answer_write", SLUG, code), LIST),
            Page("carry-forward of 5,000 comments", _address("workspace_carry", SLUG), LIST),
            Page("reports", _address("reports", SLUG), LIST),
            Page("synopsis, writing it", _address("synopsis_write", SLUG, 1), LIST),
            Page("change log of 200 clauses", _address("workspace_version", SLUG, "0.3"), LIST),
            Page("translations", _address("translations", SLUG), LIST),
        ]


def _address(name: str, *args: Any) -> str:
    return reverse(f"standards:{name}", args=args)


def _print_redlines(scales: Scales) -> None:
    report.title(f"Redlines — {report.load()}")
    with translation.override("es"):
        path = _address("redline", SLUG, "0.2", "0.3")
    found = scales.weigh_cold(path, cache.clear)
    note = f"CPU ÷ floor, p50 {found.percentile(50):.0f} ms, nothing kept of the site"
    report.line("redline of 200 clauses, first time", f"× {found.ratio:.1f}", report.mark(found.ratio, REDLINES), note)


def _print_files() -> None:
    """The files of the round, each made as a worker makes it."""
    report.title(f"Files of a round of 5,000 comments — {report.load()}")
    synopsis = Synopsis.objects.select_related("consultation__framework__rules", "consultation__version").get(
        consultation__framework__slug=SLUG
    )
    for name in ("synopsis-es.pdf", "synopsis-es.xlsx", "record.zip"):
        _timed(name, lambda name=name: files.make(synopsis, name))


def _print_forms() -> None:
    """The commenting form: 5,000 comments out, and 5,000 new ones in."""
    report.title(f"Commenting form of 5,000 rows — {report.load()}")
    consultation = Consultation.objects.select_related("framework__rules", "version").get(framework__slug=SLUG)
    consultation.version.framework = consultation.framework
    reader = next(pages.readers())
    rows = form_rows(consultation, COMMENTS)

    def planned(data: bytes) -> None:
        plan_own_form(actor=reader, form=read_form(data), consultation=consultation)

    for kind in FORM_FORMATS.values():
        _timed(f"{kind.code} out", lambda kind=kind: write_form(consultation, format=kind, language="es", filled_for=reader))
        data = kind.write(rows, title="Comentarios", language="es")
        _timed(
            f"{kind.code} read and planned", lambda data=data: plan_own_form(actor=reader, form=read_form(data), consultation=consultation)
        )
    form = read_form(data)
    sender: dict[str, Any] = {"actor": reader, "voice": None, "shown_as": ShownAs.PSEUDONYM, "language": "es"}
    _timed("5,000 comments sent", lambda: send_form(consultation=consultation, form=form, **sender))


def form_rows(consultation: Consultation, count: int) -> list[Row]:
    """Return rows that somebody could have filled in."""
    labels = list(consultation.version.texts.order_by("position").values_list("label", flat=True))
    writer = Writer(17)
    some = [(writer.text("es", 45), writer.text("es", 60)) for _ in range(60)]
    rows: list[Row] = []
    for number in range(count):
        words, proposed = some[number % 60]
        kind = ("ge", "te", "ed", "te")[number % 4]
        rows.append(("", "", labels[number % len(labels)], "", kind, f"{number}. {words}", proposed if kind != "ge" else "", ""))
    return rows


def _print_versions(scales: Scales) -> None:
    report.title(f"A version of 200 clauses — {report.load()}")
    framework = Framework.objects.get(slug=SLUG)
    version = Version.objects.select_related("framework__rules").get(framework=framework, number="0.2")
    for code in ("docx", "pdf", "json"):
        language = FORMATS[code].languages[0]
        _timed(f"download, {code}", lambda code=code, language=language: write_version(version, language=language, format=FORMATS[code]))
    chair = next(pages.readers())

    def begin() -> None:
        Version.objects.filter(framework=framework, number="0.3").update(frozen_at=version.frozen_at, sha256="0" * 64)
        following = begin_next_version(actor=chair, framework=framework, kind=VersionKind.WORKING)
        if ClauseText.objects.filter(version=following).count() < 200:
            raise RuntimeError("The next version lacks clauses.")

    _timed("next version begun", lambda: _undone(begin), scales.floor)


def _undone(work: Callable[[], Any]) -> None:
    """Do something for its time only."""
    with transaction.atomic():
        work()
        transaction.set_rollback(True)


def _timed(name: str, work: Callable[[], Any], floor: float = 0.0) -> None:
    """Do `work` once and print how long it took on the wall and on this process's processor."""
    wall, own = time.monotonic(), time.process_time()
    result = work()
    wall, own = time.monotonic() - wall, time.process_time() - own
    size = f", {len(data) / 1e6:.2f} MB" if isinstance(data := result[0] if isinstance(result, tuple) else result, bytes) else ""
    ratio = f", × {own / floor:.0f} of the floor" if floor else ""
    report.line(name, f"{wall:.2f} s", "", f"{own:.2f} s of this process{size}{ratio}")
