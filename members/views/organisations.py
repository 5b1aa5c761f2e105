"""Pages of organisations, and what their representatives do."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from members.actions import edit_organisation
from members.forms import OrganisationForm
from members.models import Affiliation, Group, Organisation, told
from members.views.shared import seen_or_404
from red_mpe.core.http import MemberRequest, Request, attempt, see_other
from red_mpe.core.permissions import require


@require_safe
@login_not_required
def organisation_detail(request: Request, slug: str) -> HttpResponse:
    """An organisation, with the people who show that they belong to it."""
    organisation = seen_or_404(request, "members.view_organisation", Organisation.objects.for_detail().filter(slug=slug).first())
    may_edit = request.user.has_perm("members.change_organisation", organisation)
    context = {
        "organisation": organisation,
        "told": told(organisation, "description"),
        "affiliations": _people(request, organisation).filter(confirmed=True),
        "secretariat_of": sorted(Group.objects.visible_to(request.user).filter(secretariat=organisation), key=str),
        "may_edit": may_edit,
        "may_write": not may_edit and request.user.has_perm("members.contact_organisation", organisation),
    }
    return render(request, "members/organisation_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def my_organisation(request: MemberRequest, slug: str) -> HttpResponse:
    """What an organisation says of itself, changed by who speaks for it."""
    organisation = _mine(request, slug)
    form = OrganisationForm(request.POST or None, organisation=organisation)
    edit = lambda: edit_organisation(organisation=organisation, actor=request.user, **form.cleaned_data)  # noqa: E731
    if request.method == "POST" and attempt(form, edit) == 303:
        messages.success(request, _("The organisation's page is saved."))
        return see_other(organisation.get_absolute_url())
    return render(request, "members/my_organisation.html", {"form": form, "organisation": organisation})


@require_safe
def organisation_people(request: MemberRequest, slug: str) -> HttpResponse:
    """Who belongs to the organisation and who may speak for it, for its representatives."""
    organisation = _mine(request, slug)
    return render(
        request, "members/organisation_people.html", {"organisation": organisation, "affiliations": _people(request, organisation)}
    )


def _mine(request: MemberRequest, slug: str) -> Organisation:
    """Return an organisation of which the reader is a representative; 404 to strangers, 403 to other members."""
    organisation = seen_or_404(request, "members.view_organisation", Organisation.objects.for_detail().filter(slug=slug).first())
    require(request.user, "members.change_organisation", organisation)
    return organisation


def _people(request: Request, organisation: Organisation) -> Any:
    rows = Affiliation.objects.for_list().visible_to(request.user).on(timezone.localdate())
    return rows.filter(organisation=organisation).order_by("-speaks", "person__name")
