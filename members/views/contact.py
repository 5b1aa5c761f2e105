"""Writing to members through the platform."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from members.actions import write_to_organisation, write_to_person
from members.forms import MessageForm
from members.models import Organisation, Person
from members.views.shared import seen_or_404, unindexed
from red_mpe.core.http import MemberRequest, attempt, see_other
from red_mpe.core.permissions import require

Methods = require_http_methods(["GET", "HEAD", "POST"])


@Methods
@unindexed
def contact_person(request: MemberRequest, slug: str) -> HttpResponse:
    """Write to a person; neither side sees the other's address."""
    person = seen_or_404(request, "members.view_person", Person.objects.select_related("user").filter(slug=slug).first())
    require(request.user, "members.contact_person", person)
    return _write(request, person, lambda **words: write_to_person(person=person, actor=request.user, **words))


@Methods
def contact_organisation(request: MemberRequest, slug: str) -> HttpResponse:
    """Write to who speaks for an organisation."""
    organisation = seen_or_404(request, "members.view_organisation", Organisation.objects.filter(slug=slug).first())
    require(request.user, "members.contact_organisation", organisation)
    return _write(request, organisation, lambda **words: write_to_organisation(organisation=organisation, actor=request.user, **words))


def _write(request: MemberRequest, target: Person | Organisation, send: Callable[..., Any]) -> HttpResponse:
    form = MessageForm(request.POST or None)
    if request.method == "POST" and attempt(form, lambda: send(**form.cleaned_data)) == 303:
        messages.success(request, _("Your message is on its way. An answer comes the same way."))
        return see_other(target.get_absolute_url())
    return render(request, "members/contact.html", {"form": form, "target": target})
