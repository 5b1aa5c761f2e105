"""Requests for access, as the editors answer them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from publications.actions import access
from publications.enums import RequestState
from publications.forms.deciding import AnswerForm, GrantForm
from publications.models import AccessRequest
from publications.states import END_GRANT, GRANT, REFUSE
from publications.views.asking import standing
from publications.views.stories import name_of
from red_mpe.core.http import MemberRequest, see_other
from red_mpe.core.listing import page_of
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError, Move, can_start

Words = str | Promise


@dataclass(frozen=True)
class Answer:
    """One way to answer: from where, its button, the word afterwards, what is said, and the action."""

    move: Move
    button: Words
    done: Words
    do: Callable[..., Any]
    form: type[forms.Form]
    grave: bool = False


ANSWERS = {
    "grant": Answer(GRANT, _("Grant access"), _("Access is granted."), access.grant_access, GrantForm),
    "refuse": Answer(REFUSE, _("Refuse"), _("The request is refused."), access.refuse_access, AnswerForm, True),
    "end": Answer(END_GRANT, _("Take access back"), _("Access is taken back."), access.end_access, AnswerForm, True),
}


@require_safe
def access_list(request: MemberRequest) -> HttpResponse:
    """Requests for access: those that wait first, then those that were granted, then all others."""
    require(request.user, "publications.answer_accessrequest")
    asked = request.GET.get("state", "")
    state = asked if asked in RequestState.values else RequestState.ASKED
    rows = AccessRequest.objects.visible_to(request.user).select_related("record", "user__person")
    page = page_of(request, rows.filter(state=state).order_by("pk" if state == RequestState.ASKED else "-pk"))
    tabs = [
        {"url": f"?state={one.value}", "label": one.label, "count": rows.filter(state=one).count(), "current": one == state}
        for one in RequestState
    ]
    shown = [{"request": row, "who": name_of(row.user), "standing": standing(row)} for row in page]
    return render(request, "publications/access/list.html", {"page": page, "rows": shown, "tabs": tabs})


def _find(request: MemberRequest, pk: int) -> AccessRequest:
    require(request.user, "publications.answer_accessrequest")
    rows = AccessRequest.objects.visible_to(request.user).select_related("record", "user__person", "decided_by__person")
    found: AccessRequest = get_object_or_404(rows, pk=pk)
    return found


@require_safe
def access_answer(request: MemberRequest, pk: int) -> HttpResponse:
    """One request: who asks, what for, and how to answer."""
    return render(request, "publications/access/answer.html", _page(_find(request, pk), {}))


@require_POST
def access_move(request: MemberRequest, pk: int, move: str) -> HttpResponse:
    """Answer; refused, the page says why and keeps what was written."""
    asked = _find(request, pk)
    if move not in ANSWERS:
        raise Http404
    answer, status = ANSWERS[move], 422
    form = answer.form(request.POST, prefix=move)
    if form.is_valid():
        try:
            answer.do(request=asked, actor=request.user, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            status = 409
        else:
            messages.success(request, str(answer.done))
            return see_other(reverse("publications:access_list"))
    asked.refresh_from_db()
    return render(request, "publications/access/answer.html", _page(asked, {move: form}), status=status)


def _page(asked: AccessRequest, bound: dict[str, forms.Form]) -> dict[str, Any]:
    """The page of a request; `bound` holds the form of an answer that was refused."""
    free = {name: one for name, one in ANSWERS.items() if can_start(asked, one.move) or name in bound}
    return {
        "asked": asked,
        "who": name_of(asked.user),
        "decided_by": name_of(asked.decided_by),
        "standing": standing(asked),
        "earlier": AccessRequest.objects.filter(user=asked.user_id).exclude(pk=asked.pk).select_related("record").order_by("-pk")[:5],
        "talks": [(name, one, bound.get(name) or one.form(prefix=name)) for name, one in free.items()],
        "refusals": [error for form in bound.values() for error in form.non_field_errors()],
        "opened": set(bound),
    }
