"""What a representative decides about people of the organisation."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from members import actions
from members.models import Affiliation
from members.views.shared import seen_or_404
from red_mpe.core.http import MemberRequest, done, safe_next


@require_POST
def confirm_affiliation(request: MemberRequest, pk: int) -> HttpResponse:
    """Say that somebody belongs to the organisation."""
    return _decide(request, pk, actions.confirm_affiliation, _("Confirmed."))


@require_POST
def grant_speaking(request: MemberRequest, pk: int) -> HttpResponse:
    """Let somebody speak for the organisation."""
    return _decide(request, pk, actions.grant_speaking, _("This person may now speak on behalf of the organisation."))


@require_POST
def withdraw_speaking(request: MemberRequest, pk: int) -> HttpResponse:
    """Take the word back."""
    return _decide(request, pk, actions.withdraw_speaking, _("This person no longer speaks on behalf of the organisation."))


@require_POST
def end_affiliation(request: MemberRequest, pk: int) -> HttpResponse:
    """End somebody's, or one's own, belonging to the organisation."""
    return _decide(request, pk, actions.end_affiliation, _("The affiliation has ended."))


def _decide(request: MemberRequest, pk: int, act: Callable[..., Any], words: str) -> HttpResponse:
    affiliation = seen_or_404(request, "members.view_affiliation", Affiliation.objects.for_list().filter(pk=pk).first())
    address = safe_next(request, reverse("members:organisation_people", args=[affiliation.organisation.slug]))
    return done(request, lambda: act(affiliation=affiliation, actor=request.user), words, address)
