"""Which comments a new version still owes something, and what it seems to mean for each."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import Case, CharField, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When

from standards.enums import PUBLIC_ANSWERS, AnswerState, CarryVerdict, CommentState, Disposition, LineageKind
from standards.querysets.lineage import Descent

#: Verdicts after which a comment still waits for its answer, on the new text.
STILL_OPEN = (CarryVerdict.OPEN, CarryVerdict.MOVED, CarryVerdict.SPLIT)


class Proposal(NamedTuple):
    """What a new version seems to mean for one comment; `clause` is where the comment would stand, if anywhere."""

    comment: int
    verdict: CarryVerdict
    clause: int | None


def _models(*names: str) -> list[Any]:
    return [apps.get_model("standards", name) for name in names]


def open_comments(version: Any) -> Any:
    """Return the comments of earlier rounds that `version` has to be asked about, in the order of rounds and numbers.

    Those that begin a thread, are neither withdrawn nor hidden, and whose answer is not published yet, was objected to, or
    says in its last word that it is deferred.
    """
    return _open(version.framework_id, version.pk).order_by("consultation__number", "serial")


def _open(framework: Any, version: Any) -> "QuerySet[Any]":
    """The same for a framework and version given by key, or by a reference to a row outside."""
    (comments,) = _models("Comment")
    last_word = Case(
        When(~Q(answer__objection__disposition=""), answer__objection__isnull=False, then=F("answer__objection__disposition")),
        default=F("answer__disposition"),
        output_field=CharField(),
    )
    answered = Q(answer__state__in=set(PUBLIC_ANSWERS) - {AnswerState.OBJECTED})
    asked = comments.objects.filter(consultation__framework=framework, consultation__version__lt=version, parent=None)
    rows = asked.filter(state=CommentState.SENT).annotate(last_word=last_word)
    return rows.filter(~answered | Q(answer=None) | Q(last_word=Disposition.DEFERRED))


def undecided_count() -> Subquery:
    """Return how many open comments a version still has to be asked about, as a column beside it."""
    (carried,) = _models("CarryForward")
    decided = carried.objects.filter(version=OuterRef(OuterRef("pk")), comment=OuterRef("pk"))
    rows = _open(OuterRef("framework"), OuterRef("pk")).filter(~Exists(decided)).order_by()
    counted = rows.annotate(every=Value(1)).values("every").annotate(count=Count("pk")).values("count")
    return Subquery(counted, output_field=IntegerField())


def undecided(version: Any) -> "QuerySet[Any]":
    """Return the open comments about which nobody has decided yet for `version`."""
    (carried,) = _models("CarryForward")
    return open_comments(version).filter(~Exists(carried.objects.filter(version=version, comment=OuterRef("pk"))))


def proposals(version: Any, comments: "QuerySet[Any]") -> list[Proposal]:
    """Return what `version` seems to mean for each of `comments`, in their order: four queries whatever their number."""
    lineage, changes = _models("ClauseLineage", "AnswerChange")
    rows = comments.values_list("pk", "clause_id", "consultation__version_id", "clause_text__label", "clause_text__parent__clause_id")
    now = {clause: (label, parent) for clause, label, parent in version.texts.values_list("clause_id", "label", "parent__clause_id")}
    links = changes.objects.filter(version=version).order_by("-id").values_list("answer__comment_id", "clause_id")
    answered = {comment: clause if clause in now else None for comment, clause in links}
    fields = ("version_id", "kind", "clause_id", "other_id", "old_label", "new_label", "reason")
    steps = [
        Descent(*row)
        for row in lineage.objects.filter(version__framework=version.framework_id, version__lte=version.pk).values_list(*fields)
    ]
    fate = cache(_Fates(now, steps).of)  # the same for all comments on one wording
    found = []
    for pk, clause, since, *place in rows:
        if pk in answered:
            found.append(Proposal(pk, CarryVerdict.ANSWERED, answered[pk]))
        else:
            found.append(Proposal(pk, *fate(clause, since, *place)))
    return found


class _Fates:
    """What became of clauses on the way into a version."""

    def __init__(self, now: Mapping[int, tuple[str, int | None]], steps: Iterable[Descent]) -> None:
        self.now = now
        self.split = {(row.clause, row.version) for row in steps if row.kind == LineageKind.SPLIT}
        self.into = {row.clause: row.other for row in steps if row.kind == LineageKind.MERGED}

    def of(self, clause: int | None, since: int, label: str, parent: int | None) -> tuple[CarryVerdict, int | None]:
        """Return the verdict on a clause that was `label` under the clause `parent` in the version `since`, and where it is now."""
        if clause is None:
            return CarryVerdict.OPEN, None
        if clause not in self.now:
            heir = self._heir(clause)
            return (CarryVerdict.MOVED, heir) if heir else (CarryVerdict.RETIRED, None)
        if any(split == clause and version > since for split, version in self.split):
            return CarryVerdict.SPLIT, clause
        return (CarryVerdict.OPEN if self.now[clause] == (label, parent) else CarryVerdict.MOVED), clause

    def _heir(self, clause: int) -> int | None:
        """Return the clause of this version into which one that has gone was merged, however far."""
        seen: set[int] = set()
        here: int | None = clause
        while here is not None and here not in seen:
            if here in self.now:
                return here
            seen.add(here)
            here = self.into.get(here)
        return None


def tally(found: Iterable[Proposal]) -> dict[str, int]:
    """Return how many proposals there are of each verdict, in the order of verdicts, without those of which there is none."""
    counts = Counter(proposal.verdict for proposal in found)
    return {verdict.value: counts[verdict] for verdict in CarryVerdict if counts[verdict]}


def carried_to(user: Any, version: Any, clause: int | None) -> "QuerySet[Any]":
    """Return the comments of earlier rounds that are still open on a clause of `version`, or in general where it is None."""
    comments, carried = _models("Comment", "CarryForward")
    rows = carried.objects.filter(version=version, clause=clause, verdict__in=STILL_OPEN)
    return comments.objects.visible_to(user).counted().filter(pk__in=rows.values("comment")).order_by("consultation__number", "serial")
