"""Carrying open comments forward: what a new version means for each, decided by people."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.models import User
from red_mpe.core import audit
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError
from standards.actions.texts import refuse_frozen
from standards.enums import CarryVerdict
from standards.models import CarryForward, Comment, Version
from standards.querysets.carrying import STILL_OPEN, Proposal, open_comments, proposals, undecided

_BATCH = 1000


def carry_comments(*, actor: User, version: Version, verdicts: Mapping[int, tuple[str, int | None]]) -> int:
    """Decide what `version` means for some comments, given by key: a verdict and the clause where the comment stands now.

    A decision taken before is replaced. Comments that are not open any more are left out. Returns how many were decided.
    Refused: in a frozen version; on a clause that the version does not have; still open without a place although the comment
    was on a clause.
    """
    require(actor, "standards.write_answer", version)
    with transaction.atomic():
        refuse_frozen(Version.objects.select_for_update().get(pk=version.pk))
        rows = dict(open_comments(version).filter(pk__in=verdicts).values_list("pk", "clause_id"))
        found = [Proposal(pk, CarryVerdict(verdicts[pk][0]), verdicts[pk][1]) for pk in rows]
        _refuse_places(version, found, rows)
        _write(version, found, actor, replace=True)
    return len(found)


def carry_proposals(*, actor: User, version: Version, verdict: str = "") -> int:
    """Confirm what the system proposes for all comments about which nobody has decided yet, or for those with one verdict.

    What a person has decided stays. Returns how many were decided. Refused in a frozen version.
    """
    require(actor, "standards.write_answer", version)
    with transaction.atomic():
        refuse_frozen(Version.objects.select_for_update().get(pk=version.pk))
        found = [one for one in proposals(version, undecided(version)) if verdict in ("", one.verdict)]
        _write(version, found, actor, replace=False)
    return len(found)


def _refuse_places(version: Version, found: Sequence[Proposal], rows: Mapping[int, int | None]) -> None:
    known = set(version.texts.values_list("clause_id", flat=True))
    for one in found:
        if one.clause is not None and one.clause not in known:
            raise DomainError(_("Version %(number)s has no such clause. Choose one of its clauses.") % {"number": version.number})
        if one.clause is None and rows[one.comment] is not None and one.verdict in STILL_OPEN:
            code = Comment.objects.values_list("code", flat=True).get(pk=one.comment)
            raise DomainError(_("Say on which clause %(code)s stands now, or that its clause was retired.") % {"code": code})


def _write(version: Version, found: Sequence[Proposal], actor: User, *, replace: bool) -> None:
    rows = [
        CarryForward(version=version, comment_id=one.comment, verdict=one.verdict, clause_id=_place(one), decided_by=actor) for one in found
    ]
    if replace:
        columns = ["verdict", "clause", "decided_by", "updated_at"]
        conflict = {"update_conflicts": True, "unique_fields": ["comment", "version"], "update_fields": columns}
        CarryForward.objects.bulk_create(rows, batch_size=_BATCH, **conflict)  # type: ignore[arg-type]
    else:
        CarryForward.objects.bulk_create(rows, batch_size=_BATCH, ignore_conflicts=True)
    if rows:
        audit.record("standards.comments_carried", actor=actor, target=version, count=len(rows))


def _place(one: Proposal) -> int | None:
    return None if one.verdict == CarryVerdict.RETIRED else one.clause
