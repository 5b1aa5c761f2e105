"""The terms of registration."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events.actions import set_terms
from events.forms.organising import TermsForm
from events.models import Registration, RegistrationTerms
from events.views.details import find_run
from events.views.organising.frame import framed
from red_mpe.core.http import MemberRequest, attempt, see_other


@require_http_methods(["GET", "HEAD", "POST"])
def desk_terms(request: MemberRequest, slug: str) -> HttpResponse:
    """Say when and how one registers."""
    event, status = find_run(request, slug), 200
    terms = RegistrationTerms.objects.filter(event=event).first()
    form = TermsForm(request.POST if request.method == "POST" else None, event=event, terms=terms)

    def keep() -> Any:
        return set_terms(event=event, actor=request.user, **form.terms)

    if request.method == "POST" and (status := attempt(form, keep)) == 303:
        messages.success(request, _("The terms are kept."))
        return see_other(reverse("events:desk_list", args=[event.slug]))
    registered = Registration.objects.live().filter(event=event).count()
    context = framed(event, "terms", form=form, terms=terms, registered=registered)
    return render(request, "events/organising/terms.html", context, status=status)
