"""The editors' work: their queue, the page of one record with all that is known of it, and every step they take."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from publications.actions import deciding
from publications.forms import deciding as words
from publications.models import Record
from publications.states import ACCEPT, DECLINE, EMBARGO, PUBLISH, RETURN, WITHDRAW
from publications.views.file_rows import files_of
from publications.views.proposing import MARKS, find_record
from publications.views.stories import checklist, history, name_of
from red_mpe.core.http import MemberRequest, safe_next, see_other
from red_mpe.core.listing import page_of
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError, Move, can_start

Words = str | Promise
ALIKE = 10  # records that may be the same work, shown to editors


@dataclass(frozen=True)
class Act:
    """A step of an editor: from where it starts, its button, the word afterwards, what must be said, and the action."""

    move: Move
    button: Words
    done: Words
    do: Callable[..., Any]
    form: type[forms.Form] = words.NoWordsForm
    grave: bool = False


ACTS = {
    "accept-and-publish": Act(ACCEPT, _("Accept and publish"), _("%(code)s is in the library."), deciding.accept_and_publish_record),
    "accept": Act(ACCEPT, _("Accept, publish later"), _("%(code)s is accepted."), deciding.accept_record),
    "publish": Act(PUBLISH, _("Publish now"), _("%(code)s is in the library."), deciding.publish_record),
    "embargo": Act(
        EMBARGO,
        _("Publish under embargo"),
        _("%(code)s is in the library; its files open later."),
        deciding.embargo_record,
        words.EmbargoForm,
    ),
    "return": Act(RETURN, _("Ask back"), _("%(code)s went back with the question."), deciding.return_record, words.QuestionForm),
    "decline": Act(DECLINE, _("Decline"), _("%(code)s is declined."), deciding.decline_record, words.ReasonForm, True),
    "withdraw": Act(WITHDRAW, _("Withdraw"), _("%(code)s is withdrawn."), deciding.withdraw_record, words.TombstoneForm, True),
}


@require_safe
def record_queue(request: MemberRequest) -> HttpResponse:
    """Every record that was proposed, by where it stands; what waits for an editor first."""
    require(request.user, "publications.edit_record")
    form = words.QueueForm(request.GET)
    rows = form.narrow(Record.objects.visible_to(request.user))
    state = request.GET.get("state", "")
    state = state if state in words.TABS else words.TABS[0]
    counts = dict(rows.order_by().values_list("state").annotate(count=Count("pk")))
    page = page_of(request, _of_state(rows, state))
    context = {
        "form": form,
        "narrowing": len(form.chosen),
        "state": state,
        "tabs": _tabs(request.GET, state, counts),
        "page": page,
        "rows": [_row(record) for record in page],
        "back": request.get_full_path(),
    }
    return render(request, "publications/editing/queue.html", context)


def _of_state(rows: "QuerySet[Any]", state: str) -> "QuerySet[Any]":
    """Those in that state: what waits the oldest first, everything else the newest."""
    rows = rows.filter(state=state).select_related("proposed_by__person", "proposed_for")
    return rows.order_by("proposed_at", "pk") if state == words.TABS[0] else rows.order_by("-updated_at", "-pk")


def _tabs(query: QueryDict, chosen: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    tabs = []
    for state in words.TABS:
        if state in (words.TABS[0], chosen) or counts.get(state):
            asked = query.copy()
            asked.pop("page", None)
            asked["state"] = state
            tabs.append({"url": f"?{asked.urlencode()}", "label": state.label, "count": counts.get(state, 0), "current": state == chosen})
    return tabs


def _row(record: Record) -> dict[str, Any]:
    """A record as the queue shows it."""
    return {
        "record": record,
        "url": reverse("publications:record_desk", args=[record.code]),
        "who": name_of(record.proposed_by),
        "acts": [(name, ACTS[name]) for name in ("accept-and-publish", "return", "decline") if can_start(record, ACTS[name].move)],
    }


@require_safe
def record_desk(request: MemberRequest, code: str) -> HttpResponse:
    """Everything an editor needs to decide on a record."""
    record = find_record(request, code, "publications.edit_record")
    return render(request, "publications/editing/desk.html", _desk(request, record, {}))


@require_POST
def record_move(request: MemberRequest, code: str, move: str) -> HttpResponse:
    """Take one step; refused, the page of the record says why and keeps what was written."""
    record = find_record(request, code, "publications.edit_record")
    if move not in ACTS:
        raise Http404
    act, status = ACTS[move], 422
    form = act.form(request.POST, prefix=move)
    if form.is_valid():
        try:
            act.do(record=record, actor=request.user, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            status = 409
        else:
            messages.success(request, act.done % {"code": record.code})
            return see_other(safe_next(request, reverse("publications:record_desk", args=[code])))
    record.refresh_from_db()
    return render(request, "publications/editing/desk.html", _desk(request, record, {move: form}), status=status)


def _desk(request: MemberRequest, record: Record, bound: dict[str, forms.Form]) -> dict[str, Any]:
    """The page of a record; `bound` holds the form of a step that was refused."""
    said = {name for name in bound if ACTS[name].form is not words.NoWordsForm}
    free = {name: act for name, act in ACTS.items() if can_start(record, act.move) or name in said}
    steps = [(name, act, bound.get(name) or act.form(prefix=name)) for name, act in free.items()]
    return {
        "record": record,
        "mark": MARKS.get(record.state, ""),
        "who": name_of(record.proposed_by),
        "lines": checklist(record, PUBLISH),
        "alike": Record.objects.visible_to(request.user).alike(record)[:ALIKE],
        "files": files_of(request, record),
        "history": history(record),
        "clicks": [step for step in steps if step[1].form is words.NoWordsForm],
        "talks": [step for step in steps if step[1].form is not words.NoWordsForm],
        "refusals": [error for form in bound.values() for error in form.non_field_errors()],
        "opened": {*bound, request.GET.get("open", "")},
    }
