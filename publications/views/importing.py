"""Importing lists of works: looked at first, made afterwards."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from publications.actions.imports import Fate, ImportPlan, import_records, plan_import
from publications.actions.imports.writing import made_before
from publications.forms.importing import ImportForm
from publications.readers.bibliography import table
from publications.readers.bibliography.lookup import fetch_doi
from red_mpe.core.http import MemberRequest, see_other
from red_mpe.core.limits import refuse_too_many
from red_mpe.core.permissions import require
from red_mpe.core.states import DomainError

_SHOWN = 200  # rows that the page shows of each fate
_LOOKUPS_AN_HOUR = 60


@require_http_methods(["GET", "HEAD", "POST"])
def import_records_page(request: MemberRequest) -> HttpResponse:
    """Take a list, show what would become of it, and make the records when that is confirmed; nothing that was sent is lost."""
    require(request.user, "publications.import_records")
    if request.method != "POST":
        return _page(request, ImportForm(initial={"language": get_language()}))
    form = ImportForm(_looked_up(request), request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    data = form.cleaned_data
    if made := made_before(actor=request.user, once=data["once"]):
        return _told(request, len(made))
    plan = plan_import(works=data["works"], column=form.column, near_too=data["near_too"])
    if "make" not in request.POST or not plan.of(Fate.NEW):
        return _page(request, form, plan)
    return _make(request, form, plan)


def _make(request: MemberRequest, form: ImportForm, plan: ImportPlan) -> HttpResponse:
    """Make what was looked at; what has changed in the meantime is looked at again."""
    data, status = form.cleaned_data, 409
    if request.POST.get("seen") != plan.fingerprint:
        messages.warning(request, _("This is not what you looked at: the list or the library has changed. Nothing was made: look again."))
        return _page(request, form, plan, status)
    try:
        made = import_records(plan=plan, actor=request.user, once=data["once"], accept=data["accept"])
    except DomainError as error:
        messages.error(request, str(error))
        return _page(request, form, plan, status)
    return _told(request, len(made))


def _looked_up(request: HttpRequest) -> Any:
    """Return what was sent, with the metadata of a DOI in the place of the text where they were asked for and are to be had."""
    sent: Any = request.POST
    if not (settings.DOI_LOOKUP and "lookup" in sent and sent.get("doi", "").strip()):
        return sent
    refuse_too_many(request, "doi", _LOOKUPS_AN_HOUR, 3600)
    sent = sent.copy()
    try:
        sent["text"] = fetch_doi(sent["doi"])
    except DomainError as error:
        messages.error(request, str(error))
    return sent


def _page(request: HttpRequest, form: ImportForm, plan: ImportPlan | None = None, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "plan": plan, "lookup": settings.DOI_LOOKUP, "doi": request.POST.get("doi", "")}
    if plan:
        groups = {fate.value: plan.of(fate) for fate in Fate}
        context |= {"new": groups["new"][:_SHOWN], "twice": groups["twice"][:_SHOWN], "wrong": groups["wrong"][:_SHOWN]}
        context |= {"counts": {fate: len(rows) for fate, rows in groups.items()}, "shown": _SHOWN}
    return render(request, "publications/imports/import.html", context, status=status)


def _told(request: HttpRequest, count: int) -> HttpResponse:
    words = ngettext("%(count)s record was made.", "%(count)s records were made.", count)
    messages.success(request, words % {"count": count})
    return see_other(reverse("publications:my_records"))


@require_safe
def import_template(request: MemberRequest) -> HttpResponse:
    """The empty table, with headings in the reader's language."""
    require(request.user, "publications.import_records")
    response = HttpResponse(table.template(get_language() or "es"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="red-mpe-import.csv"'
    return response
