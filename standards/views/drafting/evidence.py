"""What a clause stands on: records of the library, named and taken away by who writes the text, in any version."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from publications.models import Record
from red_mpe.core.http import MemberRequest, see_other
from red_mpe.core.states import DomainError
from standards.actions.evidence import add_evidence, remove_evidence
from standards.forms.evidence import EvidenceForm
from standards.models import ClauseEvidence, ClauseText
from standards.querysets.evidence import evidence_of
from standards.views.drafting.desk import WRITE, page
from standards.views.workspace import find_workspace

FOUND = 12  # records that a search for one shows


def find_text(request: MemberRequest, slug: str, clause: UUID) -> ClauseText:
    """Return the clause in the version that the address names, or in the newest that has it; 404 where none has."""
    framework = find_workspace(request.user, slug, WRITE)
    rows = ClauseText.objects.filter(version__framework=framework, clause__uuid=clause).select_related("version", "clause")
    if number := request.GET.get("version"):
        rows = rows.filter(version__number=number[:8])
    text: ClauseText = get_object_or_404(rows.order_by("-version_id")[:1])
    text.version.framework = framework
    return text


def here(text: ClauseText) -> str:
    """Return the address of the page for this very version."""
    args = [text.version.framework.slug, text.clause.uuid]
    return f"{reverse('standards:drafting_evidence', args=args)}?version={text.version.number}"


@require_http_methods(["GET", "HEAD", "POST"])
def drafting_evidence(request: MemberRequest, slug: str, clause: UUID) -> HttpResponse:
    """The evidence of a clause, and a search for more of it."""
    text = find_text(request, slug, clause)
    words = (request.POST.get("words") or request.GET.get("words") or "")[:200].strip()
    found = list(Record.objects.listed_for(request.user).named(words)[:FOUND]) if words else []
    form = EvidenceForm(request.POST if request.method == "POST" else None, found=found)
    status = _add(request, text, form, found) if request.method == "POST" else 200
    if status == 303:
        return see_other(here(text))
    rows = evidence_of(request.user, text)
    context = {"text": text, "rows": rows, "words": words, "found": found, "form": form, "here": here(text), **_ways(text)}
    return page(request, text.version.framework, "evidence", context, status=status)


def _add(request: MemberRequest, text: ClauseText, form: EvidenceForm, found: list[Record]) -> int:
    """Name the chosen record and return the status of the answer."""
    if not form.is_valid():
        return 422
    record = next(row for row in found if row.code == form.cleaned_data["code"])
    try:
        add_evidence(actor=request.user, text=text, record=record, **form.written())
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return 409
    messages.success(request, _("The clause stands on it now."))
    return 303


def _ways(text: ClauseText) -> dict[str, Any]:
    framework, version = text.version.framework, text.version
    writes = reverse("standards:drafting_clause", args=[framework.slug, text.clause.uuid])
    reads = reverse("standards:clause_detail", args=[framework.slug, version.number, text.label])
    return {"up_url": reads if version.frozen else writes}


@require_POST
def drafting_evidence_remove(request: MemberRequest, slug: str, clause: UUID, code: str) -> HttpResponse:
    """Take a record away from the clause."""
    text = find_text(request, slug, clause)
    rows = ClauseEvidence.objects.of_text(text).filter(record__code=code).select_related("version__framework", "clause")
    if (evidence := rows.first()) is not None:
        remove_evidence(actor=request.user, evidence=evidence)
        messages.success(request, _("The clause does not stand on it any more."))
    return see_other(here(text))
