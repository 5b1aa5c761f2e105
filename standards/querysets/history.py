"""The history of a clause through all versions, and where people spoke about it: one identity and its family."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.apps import apps
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import ngettext

from red_mpe.core.locale import COLUMN
from standards.enums import PUBLIC_ANSWERS, Disposition, LineageKind
from standards.querysets.changes import COLUMNS, FACTS
from standards.querysets.lineage import Descent, descent, family, near

_HTML = tuple(f"text_html_{column}" for column in COLUMN.values())
_VERSION = ("version__number", "version__previous_id", "version__kind", "version__frozen_at", "version__public")
_PLACE = ("pk", "clause_id", "clause__uuid", "version_id", *_VERSION)
_READ = (*_PLACE, "label", "parent__clause_id", "sources", *FACTS, *COLUMNS, *_HTML)


@dataclass(frozen=True, slots=True)
class Cause:
    """A comment whose published answer says that it changed this wording."""

    code: str
    url: str
    disposition: str
    words: str


@dataclass(frozen=True, slots=True)
class Voices:
    """The comments on one wording of the clause or of a relative, in one round."""

    number: str  # of the version
    label: str
    round: int
    count: int
    url: str
    relative: bool  # said on a clause that this one came from or went into

    @property
    def count_words(self) -> str:
        """“3 comments”."""
        return ngettext("%(told)s comment", "%(told)s comments", self.count) % {"told": self.count}


@dataclass(slots=True)
class Wording:
    """One wording of the clause, in one version; `before` is what it is compared with, `None` for a beginning."""

    row: dict[str, Any]
    before: dict[str, Any] | None = None
    notes: list[str] = field(default_factory=list)
    rounds: list[Any] = field(default_factory=list)
    causes: list[Cause] = field(default_factory=list)
    voices: list[Voices] = field(default_factory=list)
    summary: dict[str, Any] = field(default_factory=dict)
    revisions: list[Any] = field(default_factory=list)


@dataclass(slots=True)
class Relative:
    """A clause that this one came from or went into, as it was called last."""

    uuid: str
    label: str
    number: str
    earlier: bool


@dataclass(slots=True)
class History:
    """Everything about one identity, the newest wording first."""

    wordings: list[Wording]
    relatives: list[Relative]


def history_of(user: Any, clause: Any, framework: Any) -> History:
    """Return the history of a clause as far as `user` sees its versions: as many queries for twenty versions as for one."""
    rows = descent(user, framework)
    before, after = family(clause.pk, rows)
    texts = list(_texts(user, {clause.pk, *before, *after}))
    own = [Wording(row) for row in texts if row["clause_id"] == clause.pk]
    _compare(own, texts, rows, clause.pk)
    _tell(own, texts, rows, clause.pk)
    versions = {wording.row["version_id"]: wording for wording in own}
    _add_rounds(user, versions)
    _add_causes(user, clause, versions)
    _add_summaries(clause, versions)
    for voices in voices_on(user, framework, clause.pk):
        next(wording for wording in own if wording.row["version__number"] == voices.number).voices.append(voices)
    return History(own[::-1], _relatives(texts, before, after))


def _texts(user: Any, clauses: set[int]) -> Iterable[dict[str, Any]]:
    texts = apps.get_model("standards", "ClauseText").objects.visible_to(user).filter(clause__in=clauses)
    found: Iterable[dict[str, Any]] = texts.order_by("version_id", "position").values(*_READ)
    return found


def _compare(own: list[Wording], texts: list[dict[str, Any]], rows: list[Descent], clause: int) -> None:
    """Put before each wording the one it came from: its own earlier one, or for the first that of the clause it was taken from."""
    for earlier, later in pairwise(own):
        later.before = earlier.row
    if own:
        first = own[0].row["version_id"]
        origin = next((row.clause for row in rows if row.kind == LineageKind.SPLIT and row.other == clause), None)
        sources = [row for row in texts if row["clause_id"] == origin and row["version_id"] < first]
        own[0].before = sources[-1] if sources else None


def _tell(own: list[Wording], texts: list[dict[str, Any]], rows: list[Descent], clause: int) -> None:
    """Write what became of the clause into the wording of that version, or into the last where it has none any more."""
    places = {wording.row["version_id"]: wording for wording in own}
    for row in rows:
        wording = places.get(row.version) or (own[-1] if own else None)
        if wording is not None and clause in (row.clause, row.other):
            labels = {text["clause_id"]: text["label"] for text in texts if text["version_id"] <= row.version}
            wording.notes.append(row.words(clause, labels))


def _add_rounds(user: Any, versions: dict[int, Wording]) -> None:
    rounds = apps.get_model("standards", "Consultation").objects.visible_to(user).filter(version__in=versions)
    for consultation in rounds.order_by("number"):
        versions[consultation.version_id].rounds.append(consultation)


def _add_causes(user: Any, clause: Any, versions: dict[int, Wording]) -> None:
    comments = apps.get_model("standards", "Comment").objects.visible_to(user).counted()
    changes = clause.answer_changes.filter(version__in=versions, answer__state__in=PUBLIC_ANSWERS, answer__comment__in=comments.order_by())
    values = changes.order_by("answer__comment__code").values_list("version_id", "answer__comment__code", "answer__disposition")
    for version, code, disposition in values:
        url = reverse("standards:comment_detail", args=[code])
        versions[version].causes.append(Cause(code, url, disposition, str(Disposition(disposition).label)))


def _add_summaries(clause: Any, versions: dict[int, Wording]) -> None:
    columns = [f"summary_{column}" for column in COLUMN.values()]
    for row in clause.changes.filter(version__in=versions).order_by().values("version_id", "kind", *columns):
        versions[row["version_id"]].summary = row


def _relatives(texts: list[dict[str, Any]], before: set[int], after: set[int]) -> list[Relative]:
    last = {row["clause_id"]: row for row in texts if row["clause_id"] in before | after}
    return [
        Relative(str(row["clause__uuid"]), row["label"], row["version__number"], earlier=clause in before) for clause, row in last.items()
    ]


def voices_on(user: Any, framework: Any, clause: int) -> list[Voices]:
    """Return where people spoke about this very clause, by wording and round: one query."""
    return _voices(user, framework, clause, Q(clause=clause))


def voices_elsewhere(user: Any, framework: Any, text: Any) -> list[Voices]:
    """Return the comments made on other wordings than `text` of the same identity and its relatives: one query."""
    return _voices(user, framework, text.clause_id, near(user, framework, text.clause_id) & ~Q(clause_text=text))


def _voices(user: Any, framework: Any, own: int, wanted: Q) -> list[Voices]:
    comments = apps.get_model("standards", "Comment").objects.visible_to(user).counted().filter(wanted, clause__isnull=False)
    names = ("clause_text__version__number", "clause_text__label", "consultation__number", "clause_id")
    counted = comments.order_by("consultation__number", "clause_text__position").values_list(*names).annotate(count=Count("pk"))
    found = []
    for number, label, told, clause, count in counted:
        url = reverse("standards:clause_detail", args=[framework.slug, number, label]) + "#thread"
        found.append(Voices(number, label, told, count, url, relative=clause != own))
    return found
