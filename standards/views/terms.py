"""The terms of reference: written in the workspace, read by everybody."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members.models.texts import told
from red_mpe.core.http import MemberRequest, Request, see_other
from red_mpe.core.states import DomainError
from red_mpe.core.text import markdown
from standards.actions.terms import publish_terms, write_terms
from standards.enums import TermsSection
from standards.forms import TermsForm
from standards.models import Framework, TermsOfReference
from standards.querysets.process import edits_of_terms
from standards.states.guards.terms import missing_sections
from standards.views.overwriting import refused
from standards.views.workspace import find_workspace, workspace


@require_safe
@login_not_required
def terms(request: Request, slug: str) -> HttpResponse:
    """The terms of reference of a framework, with the days on which they were changed after publishing."""
    rows = TermsOfReference.objects.visible_to(request.user).select_related("framework__rules")
    found = get_object_or_404(rows, framework__slug=slug)
    sections = [(section.label, _formatted(told(found, section))) for section in TermsSection]
    names = dict(TermsSection.choices)
    edits = [(at, ", ".join(str(names[one]) for one in changed)) for at, changed in edits_of_terms(found)]
    context = {"framework": found.framework, "title": told(found.framework, "title"), "terms": found, "sections": sections, "edits": edits}
    return render(request, "standards/process/terms.html", context)


def _formatted(words: Any) -> Any:
    return replace(words, text=markdown(words.text, rich=True))


@require_http_methods(["GET", "HEAD", "POST"])
def work_terms(request: MemberRequest, slug: str) -> HttpResponse:
    """Write the terms of reference in three languages."""
    framework = find_workspace(request.user, slug)
    found = TermsOfReference.objects.filter(framework=framework).first()
    right = "standards.steer" if found and found.published_at else "standards.write_text"
    may_write = request.user.has_perm(right, framework)
    form, refusal = TermsForm(request.POST if request.method == "POST" else None, terms=found), {}
    if request.method == "POST" and not may_write:
        raise PermissionDenied(right)
    if form.is_valid():
        words, seen = form.cleaned_data, _seen(form)
        refusal = refused(form, lambda: write_terms(actor=request.user, framework=framework, words=words, seen=seen))
        if not refusal:
            messages.success(request, _("The terms of reference are saved."))
            return see_other(reverse("standards:work_terms", args=[slug]))
    status = 409 if refusal else 422 if form.is_bound else 200
    return render(request, "standards/process/work_terms.html", _page(request, framework, found, form, may_write) | refusal, status=status)


def _seen(form: TermsForm) -> datetime | None:
    try:
        return parse_datetime(form.cleaned_data["seen"])
    except ValueError:
        return None


def _page(request: MemberRequest, framework: Framework, found: TermsOfReference | None, form: TermsForm, may_write: bool) -> dict[str, Any]:
    return {
        **workspace(request, framework, "work_terms"),
        "terms": found,
        "form": form,
        "may_write": may_write,
        "may_publish": request.user.has_perm("standards.steer", framework),
        "missing": [section.label for section in missing_sections(framework)],
    }


@require_POST
def work_terms_publish(request: MemberRequest, slug: str) -> HttpResponse:
    """Publish them; from now on the days of the rules count."""
    framework = find_workspace(request.user, slug, "standards.steer")
    try:
        publish_terms(actor=request.user, framework=framework)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The terms of reference are public."))
    return see_other(reverse("standards:work_terms", args=[slug]))
