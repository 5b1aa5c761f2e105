"""Readings of evidence: what a clause stands on, and which clauses a record supports."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.models.texts import Told, told
from publications.enums import RecordState
from publications.registry import UsedBy, UseSource
from red_mpe.core.locale import COLUMN
from standards.querysets.access import drafts_of, sees_drafts
from standards.querysets.frameworks import number_key

_TITLES = tuple(f"record__title_{column}" for column in COLUMN.values())
_NOTES = tuple(f"note_{column}" for column in COLUMN.values())
_FRAMEWORKS = tuple(f"version__framework__title_{column}" for column in COLUMN.values())


class ClauseEvidenceQuerySet(models.QuerySet[Any]):
    """Evidence of clauses."""

    def visible_to(self, user: Any) -> "ClauseEvidenceQuerySet":
        """That of versions and records which `user` may both read."""
        records = apps.get_model("publications", "Record").objects.visible_to(user)
        rows = self.filter(record__in=records.order_by().values("pk"))
        if sees_drafts(user):
            return rows
        return rows.filter(Q(version__public=True, version__framework__public=True) | drafts_of(user, "version__framework__"))

    def of_text(self, text: Any) -> "ClauseEvidenceQuerySet":
        """That of one clause in one version."""
        return self.filter(version=text.version_id, clause=text.clause_id)


@dataclass(frozen=True, slots=True)
class Shown:
    """One piece of evidence as a page shows it."""

    pk: int
    code: str
    title: Told
    note: Told
    kind: str
    year: int | None
    url: str
    withdrawn: bool


def evidence_of(user: Any, text: Any) -> list[Shown]:
    """Return what the clause stands on as far as `user` may read it, in its order: one query."""
    rows = apps.get_model("standards", "ClauseEvidence").objects.visible_to(user).of_text(text)
    kinds = dict(apps.get_model("publications", "Record")._meta.get_field("kind").flatchoices)
    named = {"code": F("record__code"), "kind": F("record__kind"), "year": F("record__year"), "state": F("record__state")}
    return [_shown(row, kinds) for row in rows.values("pk", *_TITLES, *_NOTES, **named)]


def _shown(row: dict[str, Any], kinds: dict[Any, Any]) -> Shown:
    title = told(row, "record__title") or Told(row["code"], "", "")
    url = reverse("publications:record_detail", args=[row["code"]])
    withdrawn = row["state"] == RecordState.WITHDRAWN
    return Shown(row["pk"], row["code"], title, told(row, "note"), str(kinds[row["kind"]]), row["year"], url, withdrawn)


def clauses_of(records: Iterable[int], user: Any) -> list[UsedBy]:
    """Return the clauses that each of `records` supports: one line a clause, in the newest version that everybody reads.

    Only where no public version has it is a version named that `user` sees before the public. One query.
    """
    texts = apps.get_model("standards", "ClauseText").objects.filter(version=OuterRef("version"), clause=OuterRef("clause"))
    rows = apps.get_model("standards", "ClauseEvidence").objects.visible_to(user).filter(record__in=list(records))
    rows = rows.annotate(label=Subquery(texts.values("label")[:1]), slug=F("version__framework__slug"), number=F("version__number"))
    rows = rows.annotate(public=F("version__public")).exclude(label=None)
    found: dict[tuple[int, int], dict[str, Any]] = {}
    for row in sorted(
        rows.values("record", "clause", "label", "slug", "number", "public", *_NOTES, *_FRAMEWORKS), key=_newest, reverse=True
    ):
        found.setdefault((row["record"], row["clause"]), row)
    return [_used(row) for row in sorted(found.values(), key=lambda row: (row["slug"], label_key(row["label"])))]


def _newest(row: dict[str, Any]) -> tuple[bool, tuple[int, int]]:
    return row["public"], number_key(row["number"])


def label_key(label: str) -> list[tuple[bool, int, str]]:
    """Return by what labels are put in order: 2.10 after 2.9."""
    return [(not part.isdigit(), int(part) if part.isdigit() else 0, part) for part in label.split(".")]


def _used(row: dict[str, Any]) -> UsedBy:
    named = {"label": row["label"], "number": row["number"], "framework": told(row, "version__framework__title") or row["slug"]}
    note = told(row, "note")
    words = _("supports clause %(label)s of version %(number)s · %(framework)s") % named
    url = reverse("standards:clause_detail", args=[row["slug"], row["number"], row["label"]])
    return UsedBy(row["record"], words, url, note.text, note.lang)


USES = (UseSource("standards.evidence", gettext_lazy("Frameworks"), clauses_of, rank=10),)
