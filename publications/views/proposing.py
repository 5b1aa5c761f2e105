"""What a member proposes: begun, written, sent, and followed on its way."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from publications.actions.editing import OverwrittenError, save_record
from publications.actions.proposing import discard_record, propose_record, start_record, take_back_record
from publications.enums import IN_HAND, RecordState
from publications.forms.proposing import SendForm, StartForm
from publications.forms.whole import WholeForm
from publications.models import Record
from publications.states import PROPOSE, TAKE_BACK
from publications.views.stories import checklist
from red_mpe.core.http import MemberRequest, see_other
from red_mpe.core.limits import refuse_too_many
from red_mpe.core.listing import page_of
from red_mpe.core.locale import column_language
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError, can_start

STARTED_A_DAY = 60
SENT_A_DAY = 60
ALIKE = 5  # records that may be the same work, shown to who proposes


def find_record(request: MemberRequest, code: str, permission: str) -> Record:
    """Return the record to who may do that with it: 404 to who may not read it, 403 to who may."""
    rows = Record.objects.visible_to(request.user).select_related("practice", "access_group", "proposed_for")
    record: Record = get_object_or_404(rows, code=code)
    require(request.user, permission, record)
    return record


@require_http_methods(["GET", "HEAD", "POST"])
def record_propose(request: MemberRequest) -> HttpResponse:
    """Begin: what it is, and its title."""
    require(request.user, "publications.add_record")
    form = StartForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST":
        refuse_too_many(request, "propose", STARTED_A_DAY, 86_400)
        if form.is_valid():
            given = dict(form.cleaned_data)
            given[f"title_{column_language()}"] = given.pop("title")
            try:
                record = start_record(actor=request.user, **given)
            except DomainError as refusal:
                form.add_error(None, str(refusal))
            else:
                return see_other(reverse("publications:record_edit", args=[record.code]))
    return render(request, "publications/proposing/start.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def record_edit(request: MemberRequest, code: str) -> HttpResponse:
    """Write a record. One more row, like everything else, works without scripts and loses nothing."""
    record = find_record(request, code, "publications.change_record")
    form = WholeForm(request.POST if request.method == "POST" else None, record=record, user=request.user)
    context: dict[str, Any] = {"record": record, "form": form, "status": 200}
    if request.method == "POST" and "add" in request.POST:
        form.add_row(request.POST["add"])
    elif request.method == "POST":
        context["status"] = 422
        if form.is_valid() and _saved(request, record, form, context):
            messages.success(request, _("The record is saved."))
            return see_other(_after_saving(request, record))
    context["in_hand"] = record.state in IN_HAND
    return render(request, "publications/proposing/edit.html", context, status=context["status"])


def _saved(request: MemberRequest, record: Record, form: WholeForm, context: dict[str, Any]) -> bool:
    """Save what was sent; refused, say why and what stands saved instead."""
    try:
        save_record(record=record, actor=request.user, seen=form.seen, **form.fields)
    except OverwrittenError as refusal:
        context["differences"] = form.meet(refusal.present)
        form.record_form.add_error(None, str(refusal))
    except DomainError as refusal:
        form.record_form.add_error(None, str(refusal))
    else:
        return True
    context["status"] = 409
    return False


def _after_saving(request: MemberRequest, record: Record) -> str:
    if "send" in request.POST:
        return reverse("publications:record_send", args=[record.code])
    mine = record.proposed_by_id == request.user.pk
    where = "record_edit" if mine and record.state in IN_HAND else "record_desk"
    return reverse(f"publications:{where}", args=[record.code])


@require_http_methods(["GET", "HEAD", "POST"])
def record_send(request: MemberRequest, code: str) -> HttpResponse:
    """The check-list before sending, with what may be the same work; send it on POST."""
    record = find_record(request, code, "publications.propose_record")
    form, status = SendForm(request.POST if request.method == "POST" else None, initial={"message": record.message}), 200
    if request.method == "POST":
        refuse_too_many(request, "send-record", SENT_A_DAY, 86_400)
        status = 422
        if form.is_valid():
            try:
                propose_record(record=record, actor=request.user, **form.cleaned_data)
            except DomainError as refusal:
                form.add_error(None, str(refusal))
                status = 409
            else:
                messages.success(request, _("%(code)s is with the editors. You will be told what they answer.") % {"code": record.code})
                return see_other(reverse("publications:my_records"))
    return render(request, "publications/proposing/send.html", _before_sending(request, record, form), status=status)


def _before_sending(request: MemberRequest, record: Record, form: SendForm) -> dict[str, Any]:
    lines = checklist(record, PROPOSE)
    return {
        "record": record,
        "form": form,
        "lines": lines,
        "ready": not any(line.missing for line in lines),
        "free": can_start(record, PROPOSE),
        "alike": Record.objects.visible_to(request.user).alike(record)[:ALIKE],
    }


@require_safe
def my_records(request: MemberRequest) -> HttpResponse:
    """What one has proposed, where each stands, and what the editors ask."""
    rows = Record.objects.proposed_by_user(request.user).select_related("proposed_for")
    page = page_of(request, rows)
    shown = [_my_row(record) for record in page]
    may = request.user.has_perm("publications.add_record")
    return render(request, "publications/proposing/mine.html", {"page": page, "rows": shown, "may_propose": may})


def _my_row(record: Record) -> dict[str, Any]:
    asked = record.state in (RecordState.RETURNED, RecordState.DECLINED)
    return {
        "record": record,
        "words": record.withdrawn_reason if record.state == RecordState.WITHDRAWN else record.note if asked else "",
        "in_hand": record.state in IN_HAND,
        "waits": can_start(record, TAKE_BACK) and record.state == RecordState.PROPOSED,
        "discardable": record.state == RecordState.DRAFT and record.proposed_at is None,
        "mark": MARKS.get(record.state, ""),
    }


#: How the tag of a state looks.
MARKS: dict[str, str] = {
    RecordState.PROPOSED: "wait",
    RecordState.RETURNED: "late",
    RecordState.ACCEPTED: "ok",
    RecordState.EMBARGOED: "ok",
    RecordState.PUBLISHED: "ok",
    RecordState.DECLINED: "no",
    RecordState.WITHDRAWN: "no",
}


@require_POST
def record_take_back(request: MemberRequest, code: str) -> HttpResponse:
    """Take a proposal back to work on it."""
    record = find_record(request, code, "publications.take_back_record")
    try:
        take_back_record(record=record, actor=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return see_other(reverse("publications:my_records"))
    messages.success(request, _("%(code)s is yours to work on again.") % {"code": record.code})
    return see_other(reverse("publications:record_edit", args=[code]))


@require_http_methods(["GET", "HEAD", "POST"])
def record_discard(request: MemberRequest, code: str) -> HttpResponse:
    """Throw a draft away, after having asked."""
    record = find_record(request, code, "publications.take_back_record")
    if request.method != "POST":
        return render(request, "publications/proposing/discard.html", {"record": record})
    try:
        discard_record(record=record, actor=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The draft is thrown away."))
    return see_other(reverse("publications:my_records"))
