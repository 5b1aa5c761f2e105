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
    return _open(version.framework_id, version.pk).order_by("consultation__number", "code")


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


_WORDING = ("clause_id", "consultation__version_id", "clause_text__label", "clause_text__parent__clause_id")


class Outlook:
    """What a version seems to mean for comments: worked out once for each wording, whatever the number of comments on it."""

    def __init__(self, version: Any) -> None:
        self.version = version
        lineage, self._changes = _models("ClauseLineage", "AnswerChange")
        texts = version.texts.values_list("clause_id", "label", "parent__clause_id")
        self.now: dict[int, tuple[str, int | None]] = {clause: (label, parent) for clause, label, parent in texts}
        fields = ("version_id", "kind", "clause_id", "other_id", "old_label", "new_label", "reason")
        told = lineage.objects.filter(version__framework=version.framework_id, version__lte=version.pk)
        self._fate = cache(_Fates(self.now, [Descent(*row) for row in told.values_list(*fields)]).of)

    def proposals(self, comments: "QuerySet[Any]") -> list[Proposal]:
        """Return what is proposed for each of `comments`, in their order: one query whatever their number."""
        return [self._proposal(*row) for row in self._linked(comments).values_list("pk", "linked", *_WORDING)]

    def _linked(self, comments: "QuerySet[Any]") -> "QuerySet[Any]":
        """The comments with `linked`: the clause that the answer to each changed in this version."""
        links = self._changes.objects.filter(version=self.version, answer__comment=OuterRef("pk")).order_by("id")
        return comments.annotate(linked=Subquery(links.values("clause_id")[:1]))

    def _proposal(self, comment: int, linked: int | None, *wording: Any) -> Proposal:
        if linked is not None:
            return Proposal(comment, CarryVerdict.ANSWERED, linked if linked in self.now else None)
        return Proposal(comment, *self._fate(*wording))

    def counts(self, comments: "QuerySet[Any]") -> dict[str, int]:
        """Return how many of `comments` get each verdict, in the order of verdicts, without those of which there is none: one query."""
        found: Counter[str] = Counter()
        for _text, verdict, count in self._wordings(comments):
            found[verdict] += count
        return {verdict.value: found[verdict] for verdict in CarryVerdict if found[verdict]}

    def having(self, comments: "QuerySet[Any]", verdict: str) -> "QuerySet[Any]":
        """Return those of `comments` that get `verdict`."""
        linked = Exists(self._changes.objects.filter(version=self.version, answer__comment=OuterRef("pk")))
        if verdict == CarryVerdict.ANSWERED:
            return comments.filter(linked)
        texts = {text for text, found, _count in self._wordings(comments) if found == verdict}
        on = Q(clause_text__in=texts - {None})
        return comments.filter(on | Q(clause_text=None) if None in texts else on).exclude(linked)

    def _wordings(self, comments: "QuerySet[Any]") -> list[tuple[int | None, CarryVerdict, int]]:
        """Each wording that was commented, with the verdict on comments on it and how many they are: one query."""
        changes = self._changes.objects.filter(version=self.version, answer__comment=OuterRef("pk"))
        rows = comments.order_by().annotate(linked=Exists(changes)).values_list("clause_text_id", "linked", *_WORDING)
        return [
            (text, CarryVerdict.ANSWERED if linked else self._fate(*wording)[0], count)
            for text, linked, *wording, count in rows.annotate(count=Count("pk"))
        ]


def proposals(version: Any, comments: "QuerySet[Any]") -> list[Proposal]:
    """Return what `version` seems to mean for each of `comments`, in their order: three queries whatever their number."""
    return Outlook(version).proposals(comments)


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


def carried_to(user: Any, version: Any, clause: int | None) -> "QuerySet[Any]":
    """Return the comments of earlier rounds that are still open on a clause of `version`, or in general where it is None."""
    comments, carried = _models("Comment", "CarryForward")
    rows = carried.objects.filter(version=version, clause=clause, verdict__in=STILL_OPEN)
    return comments.objects.visible_to(user).counted().filter(pk__in=rows.values("comment")).order_by("consultation__number", "serial")
