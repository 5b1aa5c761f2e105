"""The letter to a voice of a round: only for the person behind it."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members.models.texts import told
from red_mpe.core.http import MemberRequest
from standards.actions.identities import own_persona
from standards.models import Letter
from standards.notifications.letters import letter_rows
from standards.views.finding import find_round


@require_safe
def letter(request: MemberRequest, slug: str, round: int) -> HttpResponse:
    """What one said in the round, what became of it, the words before and after; 404 for who has no letter."""
    consultation = find_round(request.user, slug, round)
    persona = own_persona(request.user, consultation)
    if persona is None or not Letter.objects.filter(persona=persona).exists():
        raise Http404
    context = {
        "consultation": consultation,
        "framework": consultation.framework,
        "framework_title": told(consultation.framework, "title"),
        "title": _("Your letter about round %(number)s") % {"number": consultation.number},
        "rows": letter_rows([persona.pk])[persona.pk],
        "round_args": [consultation.framework.slug, consultation.number],
        "synopsis": consultation.synopsis,  # type: ignore[attr-defined]
    }
    return render(request, "standards/reports/letter.html", context)
