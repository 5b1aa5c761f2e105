"""The wizard that carries open comments into the version that is being written."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Page
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from red_mpe.core.http import MemberRequest, see_other
from red_mpe.core.listing import CountedPaginator
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError
from red_mpe.core.text import excerpt
from standards.actions.carrying import carry_comments, carry_proposals
from standards.enums import CarryVerdict
from standards.forms.carrying import CarryForm
from standards.models import CarryForward, Comment, Framework, Version
from standards.querysets.carrying import Outlook, Proposal, open_comments, undecided
from standards.querysets.comments import byline
from standards.views.pieces import kept_piece
from standards.views.workspace import find_workspace, workspace

AREA = "workspace_carry"
_SIZE = 25
_WAITING, _DECIDED = "", "decided"
_TOLD = ("initial", "byline", "words", "label", "round", "now", "proposed", "answer", "disposition")


def version_in_drafting(framework: Framework) -> Version | None:
    """Return the version that is being written after another one, if there is one."""
    found: Version | None = (
        framework.versions.filter(frozen_at=None, previous__isnull=False).select_related("previous").order_by("-pk").first()
    )
    if found is not None:
        found.framework = framework
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def carry(request: MemberRequest, slug: str) -> HttpResponse:
    """Open comments of earlier rounds, a page at a time, each with what the new version seems to mean for it."""
    framework = find_workspace(request.user, slug)
    version = version_in_drafting(framework)
    context = workspace(request, framework, AREA) | {"version": version}
    if request.method == "POST":
        require(request.user, "standards.write_answer", framework)
    if version is None:
        return render(request, "standards/versions/carry.html", context, status=409 if request.method == "POST" else 200)
    desk = _Desk(request, version)
    if request.method == "POST" and desk.decide():
        return see_other(f"{request.path}?{request.GET.urlencode()}" if request.GET else request.path)
    context |= desk.context() | {"writes": request.user.has_perm("standards.write_answer", framework)}
    if desk.sent is None:
        context["piece"] = desk.piece(context["rows"], writes=context["writes"])
    return render(request, "standards/versions/carry.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def carry_all(request: MemberRequest, slug: str) -> HttpResponse:
    """Confirm what is proposed for all comments about which nobody has decided, or for those with one verdict."""
    framework = find_workspace(request.user, slug, "standards.write_answer")
    version = version_in_drafting(framework)
    verdict = request.POST.get("verdict", "")
    if version is not None and verdict in ("", *CarryVerdict.values):
        try:
            _thank(request, carry_proposals(actor=request.user, version=version, verdict=verdict))
        except DomainError as refusal:
            messages.error(request, str(refusal))
    return see_other(reverse("standards:workspace_carry", args=[slug]))


def _thank(request: MemberRequest, count: int) -> None:
    messages.success(request, ngettext("%(count)s comment decided.", "%(count)s comments decided.", count) % {"count": count})


def _counted(decided: QuerySet[Any]) -> dict[str, int]:
    """Return how many decisions there are of each verdict, in the order of verdicts, without those of which there is none."""
    counts = dict(decided.order_by().values_list("verdict").annotate(Count("pk")))
    return {verdict.value: counts[verdict] for verdict in CarryVerdict if verdict in counts}


class _Desk:
    """One page of the wizard: what is asked for, the rows with their forms, what was sent."""

    def __init__(self, request: MemberRequest, version: Version) -> None:
        self.request, self.version = request, version
        self.show = _DECIDED if request.GET.get("show") == _DECIDED else _WAITING
        wanted = request.GET.get("verdict", "")
        self.verdict = wanted if wanted in CarryVerdict.values else ""
        self.labels = dict(version.texts.order_by("position").values_list("label", "clause_id"))
        self.numbers = {clause: label for label, clause in self.labels.items()}
        self.sent: list[dict[str, Any]] | None = None

    def decide(self) -> bool:
        """Take the decisions that were sent, all or the one whose button was pressed; False leaves the forms with their errors."""
        only = self.request.POST.get("only")
        codes = [only] if only else self.request.POST.getlist("code")[:_SIZE]
        comments = open_comments(self.version).coded(codes)
        found = [Proposal(comment.pk, CarryVerdict.OPEN, comment.clause_id) for comment in comments]
        rows = self._with_forms(self._rows(found), self.request.POST)
        valid = [row["form"].is_valid() for row in rows]  # every form, so that each tells what is wrong in it
        if all(valid) and self._carried(rows):
            return True
        self.sent = rows
        return False

    def _carried(self, rows: Sequence[dict[str, Any]]) -> bool:
        verdicts = {row["comment"].pk: row["form"].decision for row in rows}
        try:
            _thank(self.request, carry_comments(actor=self.request.user, version=self.version, verdicts=verdicts))
        except DomainError as refusal:
            messages.error(self.request, str(refusal))
            return False
        return True

    def context(self) -> dict[str, Any]:
        """What the page shows; only its own comments are read, the others are counted."""
        waiting, decided = undecided(self.version), self._decided()
        outlook = Outlook(self.version)
        counts = {_WAITING: outlook.counts(waiting), _DECIDED: _counted(decided)}
        here = counts[self.show]
        totals = {show: sum(found.values()) for show, found in counts.items()}
        listed = decided if self.show else waiting
        if self.verdict:
            listed = decided.filter(verdict=self.verdict) if self.show else outlook.having(waiting, self.verdict)
        page = CountedPaginator(listed, _SIZE, here.get(self.verdict, 0) if self.verdict else totals[self.show])
        shown: Page[Any] = page.get_page(self.request.GET.get("page"))
        return {
            "before": self.version.previous,
            "total": sum(totals.values()),
            "waiting": totals[_WAITING],
            "decided": totals[_DECIDED],
            "tabs": self._tabs(totals[_WAITING], totals[_DECIDED]),
            "chips": self._chips(here, totals[self.show]),
            "bulk": [] if self.show else [(value, CarryVerdict(value).label, count) for value, count in here.items()],
            "page": shown,
            "rows": self.sent if self.sent is not None else self._rows(self._found(outlook, shown.object_list)),
            "labels": kept_piece("standards/versions/_carry_labels.html", tuple(self.labels), {"labels": self.labels})
            if self.labels
            else "",
            "show": self.show,
        }

    def _found(self, outlook: Outlook, listed: Any) -> list[Proposal]:
        """What is proposed for the comments of a page, or was decided about them."""
        if not self.show:
            return outlook.proposals(listed)
        rows = listed.values_list("comment_id", "verdict", "clause_id")
        return [Proposal(comment, CarryVerdict(verdict), clause) for comment, verdict, clause in rows]

    def _decided(self) -> QuerySet[Any]:
        return CarryForward.objects.filter(version=self.version).order_by("comment__consultation__number", "comment__code")

    def piece(self, rows: Sequence[dict[str, Any]], *, writes: bool) -> Any:
        """The rows with their forms as nobody has touched them yet: the same for everybody who writes. Only what is not kept gets forms."""
        made_of = [(row["comment"].code, row["comment"].kind, row["comment"].language, *(row[name] for name in _TOLD)) for row in rows]

        def context() -> dict[str, Any]:
            return {"rows": self._with_forms(rows), "writes": writes}

        return kept_piece("standards/versions/_carry_rows.html", (writes, made_of), context) if rows else ""

    def _with_forms(self, rows: Sequence[dict[str, Any]], data: Any = None) -> list[dict[str, Any]]:
        """The rows, each with the form in which a verdict is given."""
        given = [{"prefix": row["comment"].code, "initial": row["initial"], "general": not row["label"]} for row in rows]
        return [{**row, "form": CarryForm(data, labels=self.labels, **own)} for row, own in zip(rows, given, strict=True)]

    def _rows(self, found: Sequence[Proposal]) -> list[dict[str, Any]]:
        keys = [one.comment for one in found]
        comments = {
            row.pk: row for row in Comment.objects.filter(pk__in=keys).for_list().select_related("clause_text", "answer").order_by()
        }
        return [self._row(comments[one.comment], one) for one in found]

    def _row(self, comment: Comment, one: Proposal) -> dict[str, Any]:
        label = comment.clause_text.label if comment.clause_text else ""
        initial = {"verdict": one.verdict, "place": self.numbers.get(one.clause or 0, "")}
        answer = getattr(comment, "answer", None)
        return {
            "comment": comment,
            "byline": byline(comment),
            "words": excerpt(comment.body, 280),
            "label": label,
            "round": comment.consultation.number,
            "now": initial["place"],
            "proposed": CarryVerdict(one.verdict).label,
            "answer": answer.get_state_display() if answer else _("without answer"),
            "disposition": answer.get_disposition_display() if answer and answer.disposition else "",
            "initial": initial,
        }

    def _tabs(self, waiting: int, decided: int) -> list[dict[str, Any]]:
        return [
            {"url": "?", "label": _("To decide"), "count": waiting, "current": self.show == _WAITING},
            {"url": f"?show={_DECIDED}", "label": _("Decided"), "count": decided, "current": self.show == _DECIDED},
        ]

    def _chips(self, counts: dict[str, int], total: int) -> list[dict[str, Any]]:
        named = [("", _("all"), total), *((value, CarryVerdict(value).label, count) for value, count in counts.items())]
        kept = {"show": self.show} if self.show else {}
        return [
            {"url": "?" + urlencode(kept | {"verdict": value}), "label": words, "count": count, "current": value == self.verdict}
            for value, words, count in named
        ]
