"""Links that fail, for editors: where a work can be read instead, and trying again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from publications.actions import links as acts
from publications.enums import LinkState, Scheme
from publications.forms.links import ArchiveForm
from publications.models import Identifier
from red_mpe.core.http import MemberRequest, see_other
from red_mpe.core.limits import TooMany, refuse_too_many
from red_mpe.core.listing import page_of
from red_mpe.core.permissions import require

_FAILING = (LinkState.FAILS, LinkState.GONE)


@require_safe
def link_list(request: MemberRequest) -> HttpResponse:
    """Links that failed when they were last tried, the longest first."""
    require(request.user, "publications")
    rows = Identifier.objects.visible_to(request.user).filter(state__in=_FAILING).select_related("record")
    page = page_of(request, rows.order_by("-failures", "checked_at"))
    for row in page:
        row.address = acts.address_of(row)
    return render(request, "publications/links/list.html", {"page": page})


def _find(request: HttpRequest, pk: int) -> Identifier:
    require(request.user, "publications")
    rows = Identifier.objects.visible_to(request.user).filter(scheme__in=(Scheme.URL, Scheme.DOI)).select_related("record")
    found: Identifier = get_object_or_404(rows, pk=pk)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def link_archive(request: MemberRequest, pk: int) -> HttpResponse:
    """Note where the work can be read when this link fails."""
    identifier = _find(request, pk)
    form = ArchiveForm(request.POST if request.method == "POST" else None, initial={"archive": identifier.archive})
    if form.is_valid():
        acts.note_archive(identifier=identifier, actor=request.user, **form.cleaned_data)
        messages.success(request, _("Saved. The record's page names the archived copy."))
        return see_other(reverse("publications:link_list"))
    context = {"form": form, "identifier": identifier, "address": acts.address_of(identifier)}
    return render(request, "publications/links/archive.html", context, status=422 if form.is_bound else 200)


@require_POST
def link_try(request: MemberRequest, pk: int) -> HttpResponse:
    """Try this link now."""
    identifier = _find(request, pk)
    try:
        refuse_too_many(request, "link", 60, 3600)
        found = acts.try_link(identifier=identifier, actor=request.user)
        messages.success(request, _("The link %(state)s.") % {"state": found.get_state_display()})
    except TooMany as error:
        messages.error(request, str(error))
    return see_other(reverse("publications:link_list"))
