"""What would become of each row of a commenting form. Nothing is written here."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from red_mpe.core.text import clean
from red_mpe.core.validators import WORDS_OF_A_COMMENT
from standards.enums import GENERAL, CommentKind, CommentState
from standards.models import ClauseText, Comment, Consultation
from standards.readers.commenting import Form, FormRow, known_kind

_GENERAL = frozenset({"", "-", "–", "—", "*", GENERAL, "geral", "ge", "todo", "all", "n/a"})
_PROPOSING = (CommentKind.TECHNICAL, CommentKind.EDITORIAL)


class Fate(StrEnum):
    """What would become of a row."""

    NEW = "new"
    THERE = "there"  # it carries the code of a comment that is there
    CHANGED = "changed"  # the same, with other words
    AGAIN = "again"  # this voice has said it already
    TWICE = "twice"  # said by an earlier row of this file
    UNKNOWN = "unknown"  # no such clause
    REFUSED = "refused"
    EMPTY = "empty"


@dataclass(frozen=True)
class PlannedRow:
    """A row and its fate, with the reason in words where nothing is written."""

    row: FormRow
    fate: Fate
    reason: str | Promise = ""
    text: ClauseText | None = None
    kind: str = ""
    body: str = ""
    proposed: str = ""
    code: str = ""

    @property
    def says(self) -> tuple[object, ...]:
        """What the row says, as `said` tells it of a comment."""
        return _says(self.text.clause_id if self.text else None, self.kind, self.body, self.proposed)


@dataclass(frozen=True)
class FormPlan:
    """What sending a form would do."""

    consultation: Consultation
    form: Form
    rows: list[PlannedRow]

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many rows of each fate there are."""
        found = Counter(row.fate.value for row in self.rows)
        return {fate.value: found[fate.value] for fate in Fate}

    def of(self, *fates: str) -> list[PlannedRow]:
        return [row for row in self.rows if row.fate in fates]


def said(comment: Comment) -> tuple[object, ...]:
    """What a comment says, by which the same is known again: clause, kind and words, whatever the blanks between them."""
    return _says(comment.clause_id, comment.kind, comment.body, comment.proposed)


def _says(clause: int | None, kind: str, body: str, proposed: str) -> tuple[object, ...]:
    return clause, kind, _bare(body), _bare(proposed)


def _bare(words: str) -> str:
    return " ".join(clean(words).split())


def plan_rows(form: Form, consultation: Consultation, there: set[tuple[object, ...]]) -> FormPlan:
    """Return the fate of each row. `there` is what the same voice has said already."""
    planner = _Planner(form, consultation)
    seen: set[tuple[object, ...]] = set()
    rows = []
    for row in form.rows:
        planned = planner.plan(row)
        if planned.fate == Fate.NEW:
            planned = _unless_said(planned, there, seen)
            seen.add(planned.says)
        rows.append(planned)
    return FormPlan(consultation, form, rows)


def _unless_said(planned: PlannedRow, there: set[tuple[object, ...]], seen: set[tuple[object, ...]]) -> PlannedRow:
    if planned.says in there:
        return replace(planned, fate=Fate.AGAIN, reason=_("The same comment is there already."))
    if planned.says in seen:
        return replace(planned, fate=Fate.TWICE, reason=_("An earlier row of this file says the same."))
    return planned


class _Planner:
    """Looks at rows one by one; what they are compared with is read once."""

    def __init__(self, form: Form, consultation: Consultation) -> None:
        texts = consultation.version.texts.select_related("clause")
        self.texts = {_label(text.label): text for text in texts}
        for text in self.texts.values():
            text.version = consultation.version
        self.code = re.compile(rf"C-{re.escape(consultation.framework.code)}-R{consultation.number}-\d{{5,}}")
        codes = {found[0] for row in form.rows if (found := self.code.search(row.mb))}
        known = Comment.objects.filter(consultation=consultation, code__in=codes)
        self.comments: dict[str, Any] = {
            comment.code: comment for comment in known.only("code", "clause_id", "kind", "body", "proposed", "state")
        }

    def plan(self, row: FormRow) -> PlannedRow:
        found = self.code.search(row.mb)
        if found and found[0] in self.comments:
            return self._known(row, found[0])
        if not row.says_something:
            return PlannedRow(row, Fate.EMPTY)
        label = _label(row.clause)
        if label not in _GENERAL and label not in self.texts:
            return PlannedRow(row, Fate.UNKNOWN, _("There is no clause “%(label)s” in this version.") % {"label": row.clause.strip()[:40]})
        planned = PlannedRow(row, Fate.NEW, "", self.texts.get(label), known_kind(row.kind), body_of(row), clean(row.proposed).strip())
        reason = _refusal(planned)
        return replace(planned, fate=Fate.REFUSED, reason=reason) if reason else planned

    def _known(self, row: FormRow, code: str) -> PlannedRow:
        """A row with a code is that comment: never sent again. Of what is hidden or withdrawn nothing is compared."""
        comment = self.comments[code]
        same = comment.state != CommentState.SENT or not row.says_something
        if same or (_bare(body_of(row)), _bare(row.proposed)) == (_bare(comment.body), _bare(comment.proposed)):
            return PlannedRow(row, Fate.THERE, code=code)
        reason = _("It carries the code %(code)s, but other words. To send it as a new comment, take the code out of the first column.")
        return PlannedRow(row, Fate.CHANGED, reason % {"code": code}, code=code)


def _label(words: str) -> str:
    return " ".join(words.split()).rstrip(".").casefold()


def body_of(row: FormRow) -> str:
    """Return the comment with what the form says of its place in the clause before it, so that nothing is lost."""
    place = " · ".join(filter(None, (clean(row.paragraph).strip(), f"L {line}" if (line := clean(row.line).strip()) else "")))
    return f"[{place}]\n\n{clean(row.comment).strip()}" if place else clean(row.comment).strip()


def _refusal(planned: PlannedRow) -> str | Promise:
    """Return why a row cannot be sent; empty where it can."""
    if not planned.kind:
        return _("Its type is none of ge, te, ed, qu.")
    if not any(map(str.isalnum, clean(planned.row.comment))):
        return _("It has no words in the column “Comments”: say why.")
    if planned.kind in _PROPOSING and not planned.proposed:
        return _("A technical or editorial comment needs a proposed wording.")
    if max(len(planned.body), len(planned.proposed)) > WORDS_OF_A_COMMENT:
        return _("It is longer than %(limit)s characters. Split it into several rows.") % {"limit": WORDS_OF_A_COMMENT}
    return ""
