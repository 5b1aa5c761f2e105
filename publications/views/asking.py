"""Asking for files that are handed out on request."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from publications.actions.access import ask_access
from publications.enums import RequestState
from publications.forms.deciding import AskForm
from publications.models import AccessRequest
from publications.views.proposing import find_record
from red_mpe.core.http import MemberRequest, see_other
from red_mpe.core.limits import refuse_too_many
from red_mpe.core.locale import network_day
from red_mpe.core.states import DomainError

ASKED_A_DAY = 20


@require_http_methods(["GET", "HEAD", "POST"])
def access_ask(request: MemberRequest, code: str) -> HttpResponse:
    """Say what the files are needed for; once asked, where the request stands."""
    record = find_record(request, code, "publications.ask_access")
    mine = AccessRequest.objects.filter(record=record, user=request.user).order_by("-pk").first()
    form, status = AskForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        refuse_too_many(request, "ask-access", ASKED_A_DAY, 86_400)
        status = 422
        if form.is_valid():
            try:
                ask_access(record=record, actor=request.user, **form.cleaned_data)
            except DomainError as refusal:
                form.add_error(None, str(refusal))
                status = 409
            else:
                messages.success(request, _("The editors have your request. You will be told what they answer."))
                return see_other(reverse("publications:access_ask", args=[code]))
    context = {"record": record, "form": form, "mine": mine, "standing": standing(mine)}
    return render(request, "publications/access/ask.html", context, status=status)


def standing(request: AccessRequest | None) -> str:
    """Return where a request stands: waiting, granted, refused, ended, or over because its day is past; empty where there is none."""
    if request is None:
        return ""
    if request.state == RequestState.GRANTED and request.until and request.until < network_day():
        return "over"
    return str(request.state)
