"""The map of a round, for everybody."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from red_mpe.core.http import Request
from red_mpe.core.packed import holding
from standards.models import Consultation
from standards.querysets.heat import heat_map
from standards.views.pieces import kept_piece


@require_safe
@login_not_required
def round_map(request: Request, slug: str, round: int) -> HttpResponse:
    """Clause by chamber: how much was said, where it is unresolved, and on what the chambers differ most."""
    rounds = Consultation.objects.visible_to(request.user).select_related("framework__rules", "version__framework")
    consultation = get_object_or_404(rounds, framework__slug=slug, number=round)
    rows = heat_map(consultation)
    works = request.user.has_perm("standards.enter_workspace", consultation.framework)
    queue_url = reverse("standards:answer_queue", args=[slug]) if works else ""
    told = {"rows": rows, "queue_url": queue_url, "number": consultation.number}
    table = kept_piece("standards/answers/_map_rows.html", told, told)
    context = {
        "consultation": consultation,
        "framework": consultation.framework,
        "rows": rows,
        "chambers": [(cell.code, cell.name) for cell in rows[0].cells] if rows else [],
        "table": table,
    }
    return holding(render(request, "standards/answers/map.html", context), table)
