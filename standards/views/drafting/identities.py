"""Splitting, merging and retiring a clause."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from red_mpe.core.http import MemberRequest
from standards.actions.drafting import merge_clauses, retire_clause, split_clause
from standards.forms import MergeForm, RetireForm, SplitForm
from standards.models import ClauseText
from standards.querysets.drafting import draft_rows
from standards.views.drafting.desk import attempt, find_desk, gone, page
from standards.views.drafting.tree import places_of
from standards.views.keeping import keeps_words, sent


@keeps_words
@require_http_methods(["GET", "HEAD", "POST"])
def drafting_split(request: MemberRequest, slug: str, clause: UUID) -> HttpResponse:
    """Divide the words of a clause between it and a new one."""
    desk = find_desk(request.user, slug, clause)
    if desk.text is None:
        return gone(request, desk, None)
    form = SplitForm(sent(request), text=desk.text)

    def act() -> str:
        data = form.cleaned_data
        given = {name: data[name] for name in ("base", "once", "label", "reason")}
        new = split_clause(actor=request.user, text=desk.there, stays=form.part("stays"), goes=form.part("goes"), **given)
        return reverse("standards:drafting_clause", args=[slug, new.clause.uuid])

    answer, status = attempt(request, form, act, _("The clause has been split. This is the new one."))
    return answer or page(
        request, desk.framework, "split", {"form": form, "desk": desk, "back": desk.url("drafting_clause")}, status=status
    )


@keeps_words
@require_http_methods(["GET", "HEAD", "POST"])
def drafting_merge(request: MemberRequest, slug: str, clause: UUID) -> HttpResponse:
    """Let a clause go into another one: first choose which, then write what both say together."""
    desk = find_desk(request.user, slug, clause)
    if desk.text is None:
        return gone(request, desk, None)
    data = sent(request)
    into = _other(desk.text, (request.GET if data is None else data).get("into", ""))
    context: dict[str, Any] = {"desk": desk, "back": desk.url("drafting_clause"), "into": into}
    if into is None:
        context["places"] = [(key, name) for key, name, _parent, _depth in places_of(draft_rows(desk.version), str(clause))]
        return page(request, desk.framework, "merge", context, status=422 if request.method == "POST" else 200)
    form = MergeForm(data, text=desk.text, into=into)

    def act() -> str:
        given = {name: form.cleaned_data[name] for name in ("base", "base_into", "reason")}
        whole = merge_clauses(actor=request.user, text=desk.there, into=into, words=form.words(), **given)
        return reverse("standards:drafting_clause", args=[slug, whole.clause.uuid])

    answer, status = attempt(request, form, act, _("The two clauses are one. The history and the comments of both stay."))
    return answer or page(request, desk.framework, "merge", context | {"form": form}, status=status)


def _other(text: ClauseText, clause: str) -> ClauseText | None:
    try:
        key = UUID(clause)
    except ValueError:
        return None
    rows = text.version.texts.select_related("clause", "version__framework").exclude(pk=text.pk)
    return rows.filter(clause__uuid=key).first()


@keeps_words
@require_http_methods(["GET", "HEAD", "POST"])
def drafting_retire(request: MemberRequest, slug: str, clause: UUID) -> HttpResponse:
    """Take a clause out of the version, with a reason that stays."""
    desk = find_desk(request.user, slug, clause)
    if desk.text is None:
        return gone(request, desk, None)
    form = RetireForm(sent(request), parent=desk.text.children.exists())

    def act() -> str:
        data = form.cleaned_data
        retire_clause(actor=request.user, text=desk.there, reason=data["reason"], lift_children=data.get("lift", False))
        return reverse("standards:drafting_tree", args=[slug])

    answer, status = attempt(request, form, act, _("The clause has left the text. Its identity, its history and its comments stay."))
    return answer or page(
        request, desk.framework, "retire", {"form": form, "desk": desk, "back": desk.url("drafting_clause")}, status=status
    )
